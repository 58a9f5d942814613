# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models

DESK = "sales_assistant.group_sales_assistant_user"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_property = fields.Boolean(
        "Customer Property",
        implied_group="sales_assistant.group_sales_assistant_property",
        group=DESK,
    )
    sales_property_count_period = fields.Selection(
        related="company_id.sales_property_count_period", readonly=False
    )
    sales_property_return_days = fields.Integer(
        related="company_id.sales_property_return_days", readonly=False
    )
    sales_property_answer_days = fields.Integer(
        related="company_id.sales_property_answer_days", readonly=False
    )
