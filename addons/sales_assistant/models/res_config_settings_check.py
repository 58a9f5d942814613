# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_check = fields.Boolean(
        "Four-Eyes Check",
        implied_group="sales_assistant.group_sales_assistant_check",
        group="sales_assistant.group_sales_assistant_user",
    )
    sales_assistant_check_quotation = fields.Integer(
        related="company_id.sales_assistant_check_quotation", readonly=False
    )
    sales_assistant_check_order = fields.Integer(
        related="company_id.sales_assistant_check_order", readonly=False
    )
