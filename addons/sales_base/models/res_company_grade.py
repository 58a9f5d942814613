# pylint: disable=consider-merging-classes-inherited
# Own file: how a company judges its customers.
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.grade import SCALE


class ResCompany(models.Model):
    """Weights of the customer grade (F-20); the cut-offs stand on the grades."""

    _inherit = "res.company"

    sales_grade_enabled = fields.Boolean(
        "Compute Customer Grades",
        help="Every month customers are graded by turnover, payment behaviour and "
        "growth; another grade is given by an override with a reason.",
    )
    sales_grade_months = fields.Integer(
        "Months Judged", default=12, help="Months before that count, rolling."
    )
    sales_grade_turnover_weight = fields.Integer(
        "Points for Turnover", default=SCALE.turnover_weight
    )
    sales_grade_payment_weight = fields.Integer(
        "Points for Payment", default=SCALE.payment_weight
    )
    sales_grade_growth_weight = fields.Integer(
        "Points for Growth", default=SCALE.growth_weight
    )
    sales_grade_turnover_full = fields.Monetary(
        "Full Points From Turnover",
        default=SCALE.turnover_full,
        help="Untaxed turnover of the months judged that earns all points.",
    )
    sales_grade_late_zero = fields.Integer(
        "No Points From Days Late",
        default=SCALE.late_zero,
        help="Who pays so many days late gets no points for payment.",
    )
    sales_grade_growth_zero = fields.Integer(
        "No Points at Growth (%)", default=SCALE.growth_zero
    )
    sales_grade_growth_full = fields.Integer(
        "Full Points at Growth (%)", default=SCALE.growth_full
    )

    @api.constrains(
        "sales_grade_months",
        "sales_grade_turnover_weight",
        "sales_grade_payment_weight",
        "sales_grade_growth_weight",
        "sales_grade_turnover_full",
        "sales_grade_late_zero",
        "sales_grade_growth_zero",
        "sales_grade_growth_full",
    )
    def _check_sales_grade(self):
        for company in self:
            weights = [
                company.sales_grade_turnover_weight,
                company.sales_grade_payment_weight,
                company.sales_grade_growth_weight,
            ]
            if sum(weights) != 100 or min(weights) < 0:
                raise ValidationError(
                    self.env._(
                        "The points for turnover, payment and growth add up to 100, "
                        "not to %s; none is negative.",
                        sum(weights),
                    )
                )
            if company.sales_grade_months < 1:
                raise ValidationError(self.env._("At least one month is judged."))
            if (
                company.sales_grade_turnover_full <= 0
                or company.sales_grade_late_zero < 1
                or company.sales_grade_growth_full <= company.sales_grade_growth_zero
            ):
                raise ValidationError(
                    self.env._(
                        "Full points need a turnover above zero, at least one day late "
                        "without points, and a growth above that without points."
                    )
                )
