# pylint: disable=consider-merging-classes-inherited
# What is still to do is a concept of its own beside the plan.
from odoo import api, fields, models
from odoo.tools import format_date

from ..tools import milestone
from .sales_assistant_order_mixin import MILESTONE


class SaleOrder(models.Model):
    """SA-10: whether an order will be ready in time, by the work that is still to do
    (掌握生产进度状况, S0 二·4): the working days of its open milestones, from the day
    on which the last one was done."""

    _inherit = "sale.order"

    sales_forecast_date = fields.Date(
        "Ready by Forecast",
        compute="_compute_sales_forecast",
        groups=MILESTONE,
        help="Day on which all is done that has to be done until the promised date, if "
        "each open milestone takes as long as planned.",
    )
    sales_forecast_text = fields.Char(
        compute="_compute_sales_forecast", groups=MILESTONE
    )

    @api.depends("sales_milestone_ids.date_latest", "sales_promised_date")
    def _compute_sales_forecast(self):
        days = self._get_forecast_days()
        for order in self:
            steps = order._filter_promised(order._get_open_milestones())
            reached = [days[one.id] for one in steps if one.id in days]
            order.sales_forecast_date = max(reached, default=False)
            order.sales_forecast_text = order._get_forecast_text()

    def _get_forecast_text(self):
        reached, promised = self.sales_forecast_date, self.sales_promised_date
        if not reached or not promised:
            return False
        days = (reached - promised).days
        day = format_date(self.env, reached)
        if days > 0:
            return self.env._(
                "Ready on %(day)s at the planned pace: %(days)s days after promise.",
                day=day,
                days=days,
            )
        return self.env._("Ready on %(day)s at the planned pace.", day=day)

    def _get_open_milestones(self):
        """Pending milestones of one order, in the order of their steps."""
        # sudo: a step counts whoever may see it
        milestones_sudo = self.sudo().sales_milestone_ids
        return milestones_sudo.filtered(
            lambda one: one.state == "pending" and one.id and one.date_planned
        ).sorted(milestones_sudo._get_order_key)

    @api.model
    def _filter_promised(self, milestones):
        """Those that have to be done until the promised date: not after it in the
        template, or added by hand before the last of these."""
        planned = milestones.filtered("template_line_id")
        until = planned.filtered(lambda one: one.offset_days <= 0)
        if not planned:
            return milestones
        last = max(until.mapped("sequence"), default=0)
        return milestones.filtered(lambda one: one.sequence <= last)

    def _get_work_start(self, milestones):
        """Day on which the first of the open milestones could be begun."""
        # sudo: see above
        done_sudo = self.sudo().sales_milestone_ids.filtered(
            lambda one: (
                one.state == "done"
                and one.date_done
                and one.sequence <= milestones[0].sequence
            )
        )
        ordered = self.company_id._get_sales_day(self.date_order)
        return max([ordered, *done_sudo.mapped("date_done")])

    def _plan_open_steps(self, plan):
        """Ask something of the open steps of each order, with one reading of the
        calendar for all that share it. Orders whose steps take no time are left out.

        :param plan: function of (order, steps, start, working days) -> {key: day}
        :returns: {milestone id: day}
        """
        works = {}
        for order in self:
            milestones = order._get_open_milestones()
            if any(one.duration_days or one.date_expected for one in milestones):
                steps = milestones._to_open_steps()
                start = order._get_work_start(milestones)
                works[order] = (steps, start)
        days = {}
        orders = self.browse().concat(*works)
        for (company, calendar), group in orders.grouped(
            lambda order: (order.company_id, order._get_sales_calendar())
        ).items():
            dates, offsets = [company._get_sales_today()], []
            for steps, start in map(works.get, group):
                dates += [start, *(step.planned for step in steps)]
                dates += [step.expected for step in steps if step.expected]
                work = sum(step.duration for step in steps)
                offsets += [-work, work]
            window = milestone.get_window(dates, offsets)
            working_days = company._get_sales_working_days(*window, calendar=calendar)
            for order in group:
                days.update(plan(order, *works[order], working_days))
        return days

    def _get_latest_days(self):
        """See ``tools.milestone.latest_days``.

        :returns: {milestone id: day}
        """
        return self._plan_open_steps(
            lambda order, steps, start, working_days: milestone.latest_days(
                steps, start, working_days
            )
        )

    def _get_forecast_days(self):
        """See ``tools.milestone.forecast``.

        :returns: {milestone id: day}
        """
        return self._plan_open_steps(
            lambda order, steps, start, working_days: milestone.forecast(
                steps, start, order.company_id._get_sales_today(), working_days
            )
        )

    def _get_sales_calendar(self):
        """The working calendar an order is planned with: its template's, else the
        company's."""
        self.ensure_one()
        # sudo: calendars are read by planning, not by the user
        order_sudo = self.sudo()
        templates = order_sudo.sales_milestone_ids.template_line_id.template_id
        return templates.calendar_id[:1] or order_sudo.company_id.resource_calendar_id
