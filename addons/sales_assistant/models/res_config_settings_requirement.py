# pylint: disable=consider-merging-classes-inherited
# Own file: the switch of one part.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_requirement = fields.Boolean(
        "Process Requirement Sheets",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_requirement",
    )
    sales_assistant_requirement_days = fields.Integer(
        related="company_id.sales_assistant_requirement_days", readonly=False
    )
