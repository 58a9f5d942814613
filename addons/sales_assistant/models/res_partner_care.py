# pylint: disable=consider-merging-classes-inherited
# Own file: the fields of one part.
from odoo import fields, models

from .res_partner_callback import CALLBACK


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_care_plan_ids = fields.One2many(
        "sales.assistant.care.plan",
        "commercial_partner_id",
        "Care Plans",
        groups=CALLBACK,
    )
    sales_care_plan_count = fields.Integer(
        compute="_compute_sales_care_plan_count", groups=CALLBACK
    )

    def _compute_sales_care_plan_count(self):
        counted = dict(
            self.env["sales.assistant.care.plan"]._read_group(
                [
                    ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                    ("state", "!=", "cancelled"),
                ],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            count = counted.get(partner.commercial_partner_id, 0)
            partner.sales_care_plan_count = count

    def action_view_sales_care_plans(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_care_plan_action"
        )
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }
