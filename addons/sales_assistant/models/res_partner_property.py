# pylint: disable=consider-merging-classes-inherited
# Own file: what belongs to a customer and is with us.
from odoo import fields, models

from .sales_assistant_order_mixin import PROPERTY


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_property_count = fields.Integer(
        "Customer Property", compute="_compute_sales_property_count", groups=PROPERTY
    )

    def _compute_sales_property_count(self):
        owners = self.commercial_partner_id
        counts = dict(
            self.env["sales.assistant.customer.property"]._read_group(
                [
                    ("commercial_partner_id", "in", owners.ids),
                    ("state", "=", "held"),
                ],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.sales_property_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_sales_property(self):
        self.ensure_one()
        owner = self.commercial_partner_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_customer_property_action"
        )
        return {
            **action,
            "domain": [("commercial_partner_id", "=", owner.id)],
            "context": {"default_partner_id": owner.id, "search_default_held": 1},
        }
