# pylint: disable=consider-merging-classes-inherited
# Own file: the settings of one part.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_satisfaction = fields.Boolean(
        "Satisfaction Surveys",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_satisfaction",
    )
    sales_assistant_satisfaction_target = fields.Float(
        related="company_id.sales_assistant_satisfaction_target", readonly=False
    )
    sales_assistant_satisfaction_low = fields.Float(
        related="company_id.sales_assistant_satisfaction_low", readonly=False
    )
    sales_assistant_satisfaction_least = fields.Integer(
        related="company_id.sales_assistant_satisfaction_least", readonly=False
    )
    sales_assistant_improvement_days = fields.Integer(
        related="company_id.sales_assistant_improvement_days", readonly=False
    )
