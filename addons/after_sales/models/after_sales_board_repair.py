# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of the follow-up calls, one concept.
from odoo import api, models
from odoo.tools import format_date

REPAIR_ACTION = "after_sales.after_sales_repair_action"


class AfterSalesBoard(models.AbstractModel):
    """Customers to call after their repair (AS-05, AS-18)."""

    _inherit = "after.sales.board"

    @api.model
    def _get_lane_domains(self):
        return {
            **super()._get_lane_domains(),
            "to_call": [
                ("company_id", "in", self.env.companies.ids),
                ("state", "=", "picked_up"),
                ("called_at", "=", False),
            ],
        }

    @api.model
    def _get_lanes(self):
        return [
            *super()._get_lanes(),
            {
                "key": "to_call",
                "title": self.env._("To Call"),
                "icon": "fa-phone",
                "model": "after.sales.repair",
                "domain": self._get_lane_domains()["to_call"],
                "order": "picked_up_at, id",
                "fields": [
                    "name",
                    "customer_name",
                    "customer_phone",
                    "station_id",
                    "picked_up_at",
                    "company_id",
                ],
                "row": self._get_call_row,
                "action": REPAIR_ACTION,
                "empty": self.env._("Every customer was called."),
            },
        ]

    @api.model
    def _get_call_row(self, repair):
        day = repair.company_id._get_sales_day(repair.picked_up_at)
        waited = (repair.company_id._get_sales_today() - day).days
        return {
            "title": " ".join(
                filter(None, (repair.customer_name, repair.customer_phone))
            ),
            "subtitle": f"{repair.name} · {repair.station_id.display_name}",
            "reason": self.env._("Picked up %(date)s", date=format_date(self.env, day)),
            "level": "warning" if waited > 3 else "muted",
        }
