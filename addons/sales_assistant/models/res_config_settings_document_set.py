# pylint: disable=consider-merging-classes-inherited
# Own file: the document sets are one concept.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_document_set = fields.Boolean(
        "Document Sets",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_document_set",
    )
    sales_assistant_document_set_days = fields.Integer(
        related="company_id.sales_assistant_document_set_days", readonly=False
    )
    sales_assistant_sets_enabled = fields.Boolean(
        related="company_id.sales_assistant_sets_enabled", readonly=False
    )
    sales_assistant_check_document_set = fields.Integer(
        related="company_id.sales_assistant_check_document_set", readonly=False
    )
