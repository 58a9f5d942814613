from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

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
