# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_exception = fields.Boolean(
        "Exceptions",
        implied_group="sales_assistant.group_sales_assistant_exception",
        group="sales_assistant.group_sales_assistant_user",
    )
    sales_assistant_exception_tell_days = fields.Integer(
        related="company_id.sales_assistant_exception_tell_days", readonly=False
    )
    sales_assistant_exception_superior_id = fields.Many2one(
        related="company_id.sales_assistant_exception_superior_id", readonly=False
    )
