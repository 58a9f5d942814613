from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models

from ..tools.working_days import WorkingDays
from ..tools.working_hours import WorkingHours

#: days of the calendar that are read first for a deadline, and at the most
HOURS_WINDOW, HOURS_WINDOW_MAX = 28, 1000


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_complaint_office_id = fields.Many2one(
        "sales.department",
        "Service Quality Office",
        help="Learns of every complaint at once, and sees them all (S2 二·5).",
    )
    sales_complaint_manager_id = fields.Many2one(
        "res.users",
        "Told of Late Answers",
        domain=[("share", "=", False)],
        help="Learns of complaints that were not answered in time.",
    )
    sales_complaint_reopen_days = fields.Integer(
        "Reopen Complaints Within",
        default=30,
        help="Days after its closing in which a complaint is taken up again.",
    )
    sales_notice_remind_outside = fields.Boolean(
        "Remind Stations and Customers by E-mail",
        help="Readers outside the house get reminders of unread notices, too.",
    )

    sales_snooze_days_max = fields.Integer(
        "Put Off at Most",
        default=14,
        help="Days for which somebody may put a row of the board off.",
    )
    sales_board_load_limit = fields.Integer(
        "Overloaded From",
        default=30,
        help="Waiting items of one person from which on the view of the team says that "
        "it is too much. 0: never.",
    )

    def _get_sales_tz(self):
        """Time zone in which this company counts its days: that of its calendar."""
        self.ensure_one()
        return pytz.timezone(self.resource_calendar_id.tz or "UTC")

    def _get_sales_today(self):
        """The business day of this moment, whoever asks and from wherever.

        :rtype: datetime.date
        """
        return self._get_sales_day(fields.Datetime.now())

    def _get_sales_day(self, moment):
        """The business day on which ``moment`` lies.

        :param datetime moment: naive UTC, as Odoo stores it
        :rtype: datetime.date
        """
        return pytz.utc.localize(moment).astimezone(self._get_sales_tz()).date()

    def _get_sales_clock(self, moment):
        """Wall clock of the company at ``moment``.

        :param datetime moment: naive UTC, as Odoo stores it
        :rtype: datetime.time
        """
        return pytz.utc.localize(moment).astimezone(self._get_sales_tz()).time()

    def _get_sales_moment(self, day, at=time.min):
        """The moment ``at`` of a business day as Odoo stores it.

        :param date day: business day
        :param time at: wall clock of the company
        :returns: naive UTC datetime
        """
        return self._to_sales_utc(datetime.combine(day, at))

    def _to_sales_utc(self, moment):
        """Wall clock of the company as Odoo stores it."""
        local = self._get_sales_tz().localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_sales_working_days(self, first, last, calendar=None):
        """Working days of the company's calendar without its leaves, read once.

        :param date first: first day of the window
        :param date last: last day of the window
        :param calendar: another ``resource.calendar``, such as a factory's
        :rtype: WorkingDays
        """
        self.ensure_one()
        calendar = calendar or self.resource_calendar_id
        if not calendar or calendar.flexible_hours:
            return WorkingDays.monday_to_friday(first, last)
        tz = self._get_sales_tz()
        intervals = calendar._work_intervals_batch(
            tz.localize(datetime.combine(first, time.min)),
            tz.localize(datetime.combine(last, time.max)),
            tz=tz,
        )[False]
        days = {start.date() for start, _stop, _meta in intervals}
        return WorkingDays(days, first, last)

    def _get_sales_working_hours(self, first, last):
        """Working hours of the company's calendar without its leaves, read once.

        :param datetime first: begin of the window, naive UTC
        :param datetime last: its end
        :returns: ``WorkingHours`` in naive UTC
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not calendar or calendar.flexible_hours:
            tz = self._get_sales_tz()
            local = pytz.utc.localize(first).astimezone(tz).replace(tzinfo=None)
            week = WorkingHours.office_week(local, (last - first).days + 1)
            spans = [
                (self._to_sales_utc(start), self._to_sales_utc(end))
                for start, end in week.spans
            ]
            return WorkingHours(spans, last)
        intervals = calendar._work_intervals_batch(
            pytz.utc.localize(first), pytz.utc.localize(last)
        )[False]
        return WorkingHours(
            [
                tuple(
                    moment.astimezone(pytz.utc).replace(tzinfo=None)
                    for moment in (start, end)
                )
                for start, end, _meta in intervals
            ],
            last,
        )

    def _plan_sales_hours(self, wanted):
        """Deadlines in working hours, with one reading of the calendar.

        :param list wanted: [(begin as naive UTC, working hours)]
        :returns: list of naive UTC moments, in the same order; False for what lies
            further ahead than anybody keeps a calendar
        """
        self.ensure_one()
        if not wanted:
            return []
        first, latest = min(wanted)[0], max(wanted)[0]
        days, planned = HOURS_WINDOW, {}
        while days <= HOURS_WINDOW_MAX and len(planned) < len(set(wanted)):
            hours = self._get_sales_working_hours(first, latest + timedelta(days=days))
            for begin, count in set(wanted) - planned.keys():
                try:
                    planned[begin, count] = hours.add(begin, count)
                except ValueError:
                    continue
            days *= 4
        return [planned.get(key, False) for key in wanted]
