# pylint: disable=consider-merging-classes-inherited
# Own file: the reasons of one part.
from odoo import fields, models


class SalesReason(models.Model):
    _inherit = "sales.reason"

    usage = fields.Selection(
        selection_add=[("sales_assistant_care_cancel", "Care Plan: Leave Out")],
        ondelete={"sales_assistant_care_cancel": "cascade"},
    )
