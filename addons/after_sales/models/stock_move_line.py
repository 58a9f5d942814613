from odoo import models
from odoo.fields import Domain


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _get_selling_stations(self):
        """Stations among the customers of delivered lines.

        :returns: {(commercial partner, company): station id}
        """
        partners = (
            self.move_id.sale_line_id.order_id.partner_id | self.picking_id.partner_id
        ).commercial_partner_id
        if not partners:
            return {}
        # sudo: a warehouse user need not read the network
        stations_sudo = (
            self.env["after.sales.station"]
            .sudo()
            .search(Domain("partner_id.commercial_partner_id", "in", partners.ids))
        )
        return {
            (station.partner_id.commercial_partner_id, station.company_id): station.id
            for station in stations_sudo
        }
