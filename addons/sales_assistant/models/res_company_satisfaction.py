# pylint: disable=consider-merging-classes-inherited
# Own file: what the company settles about satisfaction.
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_assistant_satisfaction_target = fields.Float(
        "Satisfaction to Reach",
        default=90,
        help="Points, 0 to 100. A score is green only when its lower bound reaches it.",
    )
    sales_assistant_satisfaction_low = fields.Float(
        "Low Answer Below",
        default=60,
        help="Points, 0 to 100. An answer below opens an improvement action.",
    )
    sales_assistant_satisfaction_least = fields.Integer(
        "Least Number of Answers",
        default=5,
        help="With fewer answers nothing is proven.",
    )
    sales_assistant_improvement_days = fields.Integer(
        "Days for an Improvement",
        default=10,
        help="Working days within which an improvement action ends.",
    )

    _sales_assistant_satisfaction_points = models.Constraint(
        "CHECK(sales_assistant_satisfaction_target BETWEEN 0 AND 100"
        " AND sales_assistant_satisfaction_low BETWEEN 0 AND 100"
        " AND sales_assistant_satisfaction_least >= 0"
        " AND sales_assistant_improvement_days >= 0)",
        "Points lie between 0 and 100, numbers are not negative.",
    )

    def _get_sales_improvement_day(self):
        """Day until which an improvement action opened today ends."""
        return self._get_sales_day_ahead(self.sales_assistant_improvement_days)
