# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models


class ResCompany(models.Model):
    """SA-14: which exceptions a superior hears of, and who that is."""

    _inherit = "res.company"

    sales_assistant_exception_tell_days = fields.Integer(
        "Superior Told from a Delay of", default=1
    )
    sales_assistant_exception_superior_id = fields.Many2one(
        "res.users",
        "Superior for Exceptions",
        domain=[("share", "=", False)],
        ondelete="set null",
    )

    _sales_assistant_tell_days_positive = models.Constraint(
        "CHECK(sales_assistant_exception_tell_days >= 0)",
        "A number of days cannot be negative.",
    )
