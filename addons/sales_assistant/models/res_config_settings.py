from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_contact = fields.Boolean(
        "Contact Log",
        implied_group="sales_assistant.group_sales_assistant_contact",
        group="sales_assistant.group_sales_assistant_user",
    )
    sales_assistant_contact_manager_id = fields.Many2one(
        related="company_id.sales_assistant_contact_manager_id", readonly=False
    )
    sales_assistant_review_enabled = fields.Boolean(
        related="company_id.sales_assistant_review_enabled", readonly=False
    )
    sales_assistant_opinion_days = fields.Integer(
        related="company_id.sales_assistant_opinion_days", readonly=False
    )
    sales_assistant_milestone_enabled = fields.Boolean(
        related="company_id.sales_assistant_milestone_enabled", readonly=False
    )
    sales_assistant_risk_days = fields.Integer(
        related="company_id.sales_assistant_risk_days", readonly=False
    )
