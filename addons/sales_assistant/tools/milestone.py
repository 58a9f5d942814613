"""Planning milestones backwards from the promised date, in working days."""

from datetime import timedelta

from odoo.addons.sales_base.tools.working_days import WorkingDays

#: calendar days read around a plan for each working day it counts; a calendar of two
#: working days a week still fits
SPREAD = 4
#: calendar days read in addition, for long holidays
MARGIN = 60


def get_window(days, offsets):
    """First and last day of the calendar that a plan needs.

    :param days: promised dates
    :param offsets: working days before (negative) or after the promised date
    :returns: (date, date)
    """
    back = SPREAD * abs(min([0, *offsets])) + MARGIN
    ahead = SPREAD * max([0, *offsets]) + MARGIN
    return min(days) - timedelta(days=back), max(days) + timedelta(days=ahead)


def plan(promised, offset, working_days):
    """The day of one milestone.

    With offset 0 it is the promised date itself, or the working day before it: what is
    promised for a Sunday has to be ready on Friday. A calendar without working days
    must not stop an order: Monday to Friday are taken then.

    >>> from datetime import date
    >>> week = WorkingDays.monday_to_friday(date(2026, 10, 1), date(2026, 12, 31))
    >>> plan(date(2026, 11, 20), -5, week)
    datetime.date(2026, 11, 13)
    >>> plan(date(2026, 11, 22), 0, week)
    datetime.date(2026, 11, 20)
    >>> empty = WorkingDays([], date(2026, 10, 1), date(2026, 12, 31))
    >>> plan(date(2026, 11, 20), 1, empty)
    datetime.date(2026, 11, 23)
    """
    try:
        return working_days.add(promised, offset)
    except ValueError:
        first, last = get_window([promised], [offset])
        return WorkingDays.monday_to_friday(first, last).add(promised, offset)
