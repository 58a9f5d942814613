# pylint: disable=consider-merging-classes-inherited
# Own file: the contracts on the customer's file are one concept.
from odoo import fields, models


class ResPartner(models.Model):
    """SA-16: contracts with day and number on the customer's file (S2 内勤 13)."""

    _inherit = "res.partner"

    sales_contract_count = fields.Integer(
        compute="_compute_sales_contract_count",
        groups="sales_assistant.group_sales_assistant_user",
    )

    def _compute_sales_contract_count(self):
        counts = dict(
            self.env["sales.assistant.contract"]._read_group(
                [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.sales_contract_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_sales_contracts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_contract_action"
        )
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }
