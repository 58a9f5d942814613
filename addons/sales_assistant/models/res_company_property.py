# pylint: disable=consider-merging-classes-inherited
# Own file: how a company keeps what belongs to its customers.
from odoo import fields, models

COUNT_PERIODS = [
    ("none", "Not by Itself"),
    ("month", "Every Month"),
    ("quarter", "Every Quarter"),
]


class ResCompany(models.Model):
    """SA-17c: how often customer property is counted, and when somebody is reminded."""

    _inherit = "res.company"

    sales_property_count_period = fields.Selection(
        COUNT_PERIODS,
        "Count Sheets",
        required=True,
        default="quarter",
        help="How often a count sheet is prepared for each customer who has something "
        "with us.",
    )
    sales_property_return_days = fields.Integer(
        "Days Ahead",
        default=7,
        help="Days before its day that a return or a count shows on the board.",
    )
    sales_property_answer_days = fields.Integer(
        "Days to Answer",
        default=10,
        help="Days until a count sheet that the customer has not answered shows on "
        "the board.",
    )

    _sales_property_days_positive = models.Constraint(
        "CHECK(sales_property_return_days >= 0 AND sales_property_answer_days >= 0)",
        "Days of customer property cannot be negative.",
    )
