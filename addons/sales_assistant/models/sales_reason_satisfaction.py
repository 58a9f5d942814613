# pylint: disable=consider-merging-classes-inherited
# Own file: the reasons of one part.
from odoo import fields, models


class SalesReason(models.Model):
    _inherit = "sales.reason"

    usage = fields.Selection(
        selection_add=[
            ("sales_assistant_campaign_cancel", "Satisfaction Survey: Cancel"),
            ("sales_assistant_improvement_cancel", "Improvement Action: Cancel"),
        ],
        ondelete={
            "sales_assistant_campaign_cancel": "cascade",
            "sales_assistant_improvement_cancel": "cascade",
        },
    )
