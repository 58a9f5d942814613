# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of the objections, one concept.
from odoo import api, models
from odoo.tools import format_amount

OBJECTION_ACTION = "after_sales.after_sales_settlement_objection_action"
CLERK = "after_sales.group_after_sales_clerk"


class AfterSalesBoard(models.AbstractModel):
    """Objections of stations that wait for the clerk's answer (AS-12)."""

    _inherit = "after.sales.board"

    @api.model
    def _get_lane_domains(self):
        return {
            **super()._get_lane_domains(),
            "objections": [
                ("company_id", "in", self.env.companies.ids),
                ("state", "=", "open"),
            ],
        }

    @api.model
    def _get_lanes(self):
        return [
            *super()._get_lanes(),
            {
                "key": "objections",
                "title": self.env._("Objections to Answer"),
                "icon": "fa-comments-o",
                "model": "after.sales.settlement.objection",
                "domain": self._get_lane_domains()["objections"],
                "order": "id",
                "fields": [
                    "name",
                    "settlement_id",
                    "station_id",
                    "amount",
                    "currency_id",
                    "sentence",
                ],
                "row": self._get_objection_row,
                "action": OBJECTION_ACTION,
                "groups": CLERK,
                "empty": self.env._("Every objection is answered."),
            },
        ]

    @api.model
    def _get_objection_row(self, objection):
        amount = format_amount(self.env, objection.amount, objection.currency_id)
        return {
            "title": f"{objection.name} · {amount}",
            "subtitle": f"{objection.settlement_id.name} · "
            f"{objection.station_id.display_name}",
            "reason": objection.sentence,
            "level": "warning",
        }
