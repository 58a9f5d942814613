# pylint: disable=consider-merging-classes-inherited
# Own file: the reasons of one part.
from odoo import fields, models


class SalesReason(models.Model):
    _inherit = "sales.reason"

    usage = fields.Selection(
        selection_add=[
            ("sales_assistant_callback_snooze", "Callback: Snooze"),
            ("sales_assistant_callback_cancel", "Callback: Cancel"),
        ],
        ondelete={
            "sales_assistant_callback_snooze": "cascade",
            "sales_assistant_callback_cancel": "cascade",
        },
    )
