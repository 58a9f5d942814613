from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_production_days(self):
        """Day on which the last manufacturing order of each order was done; none while
        one of them is open.

        :returns: {order id: date}
        """
        return {
            order.id: max(
                order.company_id._get_sales_day(one.date_finished)
                for one in order.mrp_production_ids
            )
            for order in self
            if order.mrp_production_ids
            and all(one.state == "done" for one in order.mrp_production_ids)
        }

    def _get_production_expected_days(self):
        """Planned end of the last open manufacturing order of each order.

        :returns: {order id: date}
        """
        days = {}
        for order in self:
            ends = order.mrp_production_ids.filtered(
                lambda one: one.state not in ("done", "cancel")
            ).mapped("date_finished")
            if ends:
                days[order.id] = order.company_id._get_sales_day(max(ends))
        return days
