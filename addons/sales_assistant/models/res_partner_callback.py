# pylint: disable=consider-merging-classes-inherited
# Own file: the fields of one part.
from odoo import fields, models

CALLBACK = "sales_assistant.group_sales_assistant_callback"


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_callback_ids = fields.One2many(
        "sales.assistant.callback", "commercial_partner_id", groups=CALLBACK
    )
    sales_callback_count = fields.Integer(
        compute="_compute_sales_callback_count", groups=CALLBACK
    )

    def _compute_sales_callback_count(self):
        counted = dict(
            self.env["sales.assistant.callback"]._read_group(
                [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.sales_callback_count = counted.get(partner.commercial_partner_id, 0)

    def action_view_sales_callbacks(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_callback_action"
        )
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }
