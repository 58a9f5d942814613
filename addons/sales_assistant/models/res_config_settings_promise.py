# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models

#: who answers questions of the desk has these parts, too
OPINION = "sales_assistant.group_sales_assistant_opinion"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_promise = fields.Boolean(
        "Promises",
        implied_group="sales_assistant.group_sales_assistant_promise",
        group=OPINION,
    )
    group_sales_assistant_suggestion = fields.Boolean(
        "Suggestions",
        implied_group="sales_assistant.group_sales_assistant_suggestion",
        group=OPINION,
    )
