# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models

from ..tools import milestone


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_assistant_review_enabled = fields.Boolean(
        "Contract Review",
        help="A quotation is confirmed only after its review is approved.",
    )
    sales_assistant_opinion_days = fields.Integer(
        "Days for an Opinion",
        default=2,
        help="Working days a department has to give its opinion.",
    )
    sales_assistant_milestone_enabled = fields.Boolean(
        "Milestones",
        default=True,
        help="Confirmed orders get milestones from the matching template.",
    )
    sales_assistant_risk_days = fields.Integer(
        "Days at Risk",
        default=3,
        help="A milestone due within so many working days is at risk while an earlier "
        "milestone of its order is not done.",
    )
    sales_assistant_contact_manager_id = fields.Many2one(
        "res.users",
        "Told of Unanswered Contacts",
        domain=[("share", "=", False)],
        help="Learns of contacts that were not answered in time, besides the team's "
        "lead.",
    )

    sales_assistant_requirement_days = fields.Integer(
        "Days to Acknowledge",
        default=1,
        help="Working days that a department has to acknowledge a process requirement "
        "sheet.",
    )

    _sales_assistant_days_positive = models.Constraint(
        "CHECK(sales_assistant_opinion_days >= 0 AND sales_assistant_risk_days >= 0 "
        "AND sales_assistant_requirement_days >= 0)",
        "Days cannot be negative.",
    )

    def _get_sales_opinion_deadline(self):
        """Day until which a department asked today gives its opinion."""
        return self._get_sales_day_ahead(self.sales_assistant_opinion_days)

    def _get_sales_risk_day(self):
        """Last day on which a milestone counts as due soon."""
        return self._get_sales_day_ahead(self.sales_assistant_risk_days)

    def _get_sales_day_ahead(self, count):
        """The day ``count`` working days from today, never before today."""
        self.ensure_one()
        today = self._get_sales_today()
        window = milestone.get_window([today], [count])
        working_days = self._get_sales_working_days(*window)
        return max(today, milestone.plan(today, count, working_days))
