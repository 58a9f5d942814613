# pylint: disable=consider-merging-classes-inherited
# Own file: the settings of one part.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_grade_enabled = fields.Boolean(
        related="company_id.sales_grade_enabled", readonly=False
    )
    sales_grade_months = fields.Integer(
        related="company_id.sales_grade_months", readonly=False
    )
    sales_grade_turnover_weight = fields.Integer(
        related="company_id.sales_grade_turnover_weight", readonly=False
    )
    sales_grade_payment_weight = fields.Integer(
        related="company_id.sales_grade_payment_weight", readonly=False
    )
    sales_grade_growth_weight = fields.Integer(
        related="company_id.sales_grade_growth_weight", readonly=False
    )
    sales_grade_turnover_full = fields.Monetary(
        related="company_id.sales_grade_turnover_full",
        readonly=False,
        currency_field="currency_id",
    )
    sales_grade_late_zero = fields.Integer(
        related="company_id.sales_grade_late_zero", readonly=False
    )
    sales_grade_growth_zero = fields.Integer(
        related="company_id.sales_grade_growth_zero", readonly=False
    )
    sales_grade_growth_full = fields.Integer(
        related="company_id.sales_grade_growth_full", readonly=False
    )
