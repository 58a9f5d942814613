# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models


class ResCompany(models.Model):
    """SA-13: how many people check which document; nobody until a company asks."""

    _inherit = "res.company"

    sales_assistant_check_quotation = fields.Integer(
        "Checkers before a quotation is sent"
    )
    sales_assistant_check_order = fields.Integer(
        "Checkers before an order is confirmed"
    )

    _sales_assistant_checkers_positive = models.Constraint(
        "CHECK(sales_assistant_check_quotation >= 0 "
        "AND sales_assistant_check_order >= 0)",
        "A number of checkers cannot be negative.",
    )
