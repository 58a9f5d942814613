# pylint: disable=consider-merging-classes-inherited
# Own file: the settings of letters and greetings.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_letter = fields.Boolean(
        "Letters",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_letter",
    )
    sales_assistant_letter_reason_required = fields.Boolean(
        related="company_id.sales_assistant_letter_reason_required", readonly=False
    )
    sales_assistant_greeting_enabled = fields.Boolean(
        related="company_id.sales_assistant_greeting_enabled", readonly=False
    )
    sales_assistant_greeting_days = fields.Integer(
        related="company_id.sales_assistant_greeting_days", readonly=False
    )
    sales_assistant_greeting_send_days = fields.Integer(
        related="company_id.sales_assistant_greeting_send_days", readonly=False
    )
    sales_assistant_greeting_both = fields.Boolean(
        related="company_id.sales_assistant_greeting_both", readonly=False
    )
    sales_assistant_greeting_attachment_ids = fields.Many2many(
        related="company_id.sales_assistant_greeting_attachment_ids", readonly=False
    )
