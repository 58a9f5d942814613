# pylint: disable=consider-merging-classes-inherited
# Own file: the document sets are one concept.
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_assistant_document_set_days = fields.Integer(
        "Show Document Sets",
        default=7,
        help="Days before a document or a set is due on which it is on the board.",
    )
    sales_assistant_sets_enabled = fields.Boolean(
        "Document Sets with Each Order",
        help="The fitting sets are made when an order is confirmed.",
    )
    sales_assistant_check_document_set = fields.Integer(
        "Checkers before a document set is handed in"
    )

    _sales_assistant_set_checkers_positive = models.Constraint(
        "CHECK(sales_assistant_check_document_set >= 0)",
        "A number of checkers cannot be negative.",
    )
