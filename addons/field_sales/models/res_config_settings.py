from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    field_sales_order_factor = fields.Float(
        related="company_id.field_sales_order_factor", readonly=False
    )
    field_sales_greeting_days = fields.Integer(
        related="company_id.field_sales_greeting_days", readonly=False
    )
    field_sales_checkin_distance = fields.Integer(
        related="company_id.field_sales_checkin_distance", readonly=False
    )
    field_sales_plan_auto = fields.Boolean(
        related="company_id.field_sales_plan_auto", readonly=False
    )
    field_sales_require_price = fields.Boolean(
        related="company_id.field_sales_require_price", readonly=False
    )
    field_sales_require_stock_shelf = fields.Boolean(
        related="company_id.field_sales_require_stock_shelf", readonly=False
    )
    field_sales_require_stock_back = fields.Boolean(
        related="company_id.field_sales_require_stock_back", readonly=False
    )
    field_sales_require_production_date = fields.Boolean(
        related="company_id.field_sales_require_production_date", readonly=False
    )
    field_sales_require_shelf_level = fields.Boolean(
        related="company_id.field_sales_require_shelf_level", readonly=False
    )
    field_sales_require_facings = fields.Boolean(
        related="company_id.field_sales_require_facings", readonly=False
    )
    field_sales_require_promotion = fields.Boolean(
        related="company_id.field_sales_require_promotion", readonly=False
    )
    field_sales_require_order = fields.Boolean(
        related="company_id.field_sales_require_order", readonly=False
    )
    field_sales_require_competitor = fields.Boolean(
        related="company_id.field_sales_require_competitor", readonly=False
    )
    field_sales_require_promoter = fields.Boolean(
        related="company_id.field_sales_require_promoter", readonly=False
    )
    field_sales_require_opinion = fields.Boolean(
        related="company_id.field_sales_require_opinion", readonly=False
    )
    field_sales_require_proposal = fields.Boolean(
        related="company_id.field_sales_require_proposal", readonly=False
    )
    field_sales_require_signature = fields.Boolean(
        related="company_id.field_sales_require_signature", readonly=False
    )
