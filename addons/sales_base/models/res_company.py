from datetime import datetime, time

import pytz

from odoo import fields, models

from ..tools.working_days import WorkingDays


class ResCompany(models.Model):
    _inherit = "res.company"

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

    def _get_sales_moment(self, day, at=time.min):
        """The moment ``at`` of a business day as Odoo stores it.

        :param date day: business day
        :param time at: wall clock of the company
        :returns: naive UTC datetime
        """
        local = self._get_sales_tz().localize(datetime.combine(day, at))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def _get_sales_working_days(self, first, last):
        """Working days of the company's calendar without its leaves, read once.

        :param date first: first day of the window
        :param date last: last day of the window
        :rtype: WorkingDays
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
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
