# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models

DESK = "sales_assistant.group_sales_assistant_user"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_sample = fields.Boolean(
        "Samples",
        implied_group="sales_assistant.group_sales_assistant_sample",
        group=DESK,
    )
    sales_sample_transit_days = fields.Integer(
        related="company_id.sales_sample_transit_days", readonly=False
    )
    sales_sample_follow_up_days = fields.Integer(
        related="company_id.sales_sample_follow_up_days", readonly=False
    )
    sales_sample_courier_tolerance = fields.Float(
        related="company_id.sales_sample_courier_tolerance", readonly=False
    )
    sales_sample_courier_product_id = fields.Many2one(
        related="company_id.sales_sample_courier_product_id", readonly=False
    )
