# pylint: disable=consider-merging-classes-inherited
# Own file: the contacts on a customer's file.
from odoo import fields, models


class ResPartner(models.Model):
    """SA-03: the customer's file shows his contacts."""

    _inherit = "res.partner"

    sales_contact_count = fields.Integer(
        "Contact Count",
        compute="_compute_sales_contact_count",
        groups="sales_assistant.group_sales_assistant_contact",
    )

    def _compute_sales_contact_count(self):
        counts = dict(
            self.env["sales.assistant.contact"]._read_group(
                [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.sales_contact_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_sales_contacts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_contact_action"
        )
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
        }
