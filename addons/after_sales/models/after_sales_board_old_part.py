# pylint: disable=consider-merging-classes-inherited
# Own file: the lanes of replaced parts are one concept.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

CLERK = "after_sales.group_after_sales_clerk"
MAKER = f"{CLERK},after_sales.group_after_sales_quality"


class AfterSalesBoard(models.AbstractModel):
    """Replaced parts on the board: what has arrived, and what stations owe (AS-10)."""

    _inherit = "after.sales.board"

    @api.model
    def _get_lane_domains(self):
        company = Domain("company_id", "in", self.env.companies.ids)
        return {
            **super()._get_lane_domains(),
            "part_receive": list(company & Domain("state", "=", "sent")),
            "part_overdue": list(
                company
                & self.env["after.sales.old.part"]._get_overdue_domain(self.env.company)
            ),
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        return [
            *super()._get_lanes(),
            {
                "key": "part_receive",
                "title": _("Parts to Receive"),
                "icon": "fa-truck",
                "model": "after.sales.part.shipment",
                "domain": domains["part_receive"],
                "order": "sent_at, id",
                "action": "after_sales.after_sales_part_shipment_action",
                "fields": ["name", "station_id", "sent_at", "carrier", "waybill"],
                "row": self._get_shipment_row,
                "groups": MAKER,
                "empty": _("No parcel is on its way."),
            },
            {
                "key": "part_overdue",
                "title": _("Overdue Replaced Parts"),
                "icon": "fa-recycle",
                "model": "after.sales.old.part",
                "domain": domains["part_overdue"],
                "order": "date_due, id",
                "action": "after_sales.after_sales_old_part_action",
                "fields": ["name", "station_id", "product_id", "date_due"],
                "row": self._get_overdue_part_row,
                "groups": MAKER,
                "empty": _("All parts came back in time."),
            },
        ]

    @api.model
    def _get_shipment_row(self, shipment):
        way = " ".join(filter(None, (shipment.carrier, shipment.waybill)))
        return {
            "title": shipment.name,
            "subtitle": shipment.station_id.display_name,
            "reason": f"{format_date(self.env, shipment.sent_at)} · {way}",
            "level": "info",
        }

    @api.model
    def _get_overdue_part_row(self, part):
        return {
            "title": f"{part.name} · {part.product_id.name}",
            "subtitle": part.station_id.display_name,
            "reason": self.env._(
                "To be returned until %(date)s",
                date=format_date(self.env, part.date_due),
            ),
            "level": "danger",
        }
