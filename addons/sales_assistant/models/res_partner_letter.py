# pylint: disable=consider-merging-classes-inherited
# Own file: letters on the customer's file.
from odoo import api, fields, models

from .sales_assistant_letter_check import LETTER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_no_greeting = fields.Boolean(
        "No Holiday Greetings", help="No greetings are prepared for this customer."
    )
    sales_letter_ids = fields.One2many(
        "sales.assistant.letter", "partner_id", "Letters", groups=LETTER_GROUP
    )
    sales_letter_count = fields.Integer(
        compute="_compute_sales_letter_count", groups=LETTER_GROUP
    )

    @api.depends("sales_letter_ids")
    def _compute_sales_letter_count(self):
        counts = dict(
            self.env["sales.assistant.letter"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.sales_letter_count = counts.get(partner._origin, 0)

    def action_open_sales_letters(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_letter_action"
        )
        return {
            **action,
            "domain": [("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }
