# pylint: disable=consider-merging-classes-inherited
# Own file: the switch of one part.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_callback = fields.Boolean(
        "Callbacks and Care Plans",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_callback",
    )
