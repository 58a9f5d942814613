"""Planning milestones backwards from the promised date, in working days."""

from collections import namedtuple
from datetime import date, timedelta

from odoo.addons.sales_base.tools.working_days import WorkingDays

#: calendar days read around a plan for each working day it counts; a calendar of two
#: working days a week still fits
SPREAD = 4
#: calendar days read in addition, for long holidays
MARGIN = 60
#: answer of ``latest_days`` for a step whose day cannot be reached any more
PAST = date(1900, 1, 1)

#: One open step of an order.
#:
#: :param key: whatever tells it from the others
#: :param date planned: its day of the plan
#: :param int duration: working days that it takes after the step before it
#: :param date expected: day on which it will happen as far as Odoo knows, or ``None``
OpenStep = namedtuple("OpenStep", "key planned duration expected", defaults=(None,))


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


def forecast(steps, start, today, working_days):
    """The day on which each open step will be done if all goes on as planned: one after
    the other, the first one begun when the step before it was done, none before today.

    :param list steps: ``OpenStep`` in their order
    :param date start: day on which the last step was done, or the order was placed
    :param date today: business day, or ``None``: whatever the day is
    :param WorkingDays working_days: of the calendar around them
    :returns: {key: date}

    >>> week = WorkingDays.monday_to_friday(date(2026, 10, 1), date(2026, 12, 31))
    >>> steps = [OpenStep("production", date(2026, 11, 6), 5),
    ...          OpenStep("packing", date(2026, 11, 10), 1)]
    >>> days = forecast(steps, date(2026, 11, 2), date(2026, 11, 3), week)
    >>> days["production"], days["packing"]
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 10))
    >>> forecast(steps, date(2026, 11, 2), date(2026, 11, 12), week)["packing"]
    datetime.date(2026, 11, 13)
    """
    days, day = {}, start
    for step in steps:
        if step.duration:
            day = plan(day, step.duration, working_days)
        day = max(filter(None, (day, step.expected)))
        if not days and today:
            day = max(day, today)
        days[step.key] = day
    return days


def latest_days(steps, start, working_days):
    """The last day on which each open step is not at risk yet: until then the first
    open step can be done, and what follows still reaches the step on its planned day.

    :param list steps: ``OpenStep`` in their order
    :param date start: day on which the last step was done, or the order was placed
    :returns: {key: date}, ``PAST`` where the work takes longer than there is time

    >>> week = WorkingDays.monday_to_friday(date(2026, 10, 1), date(2026, 12, 31))
    >>> steps = [OpenStep("production", date(2026, 11, 9), 5),
    ...          OpenStep("packing", date(2026, 11, 12), 1)]
    >>> days = latest_days(steps, date(2026, 11, 2), week)
    >>> days["production"], days["packing"]
    (datetime.date(2026, 11, 9), datetime.date(2026, 11, 11))
    >>> latest_days(steps, date(2026, 11, 3), week)["production"] == PAST
    True
    """
    reached = forecast(steps, start, None, working_days)
    days, rest = {}, 0
    for step in steps:
        rest += step.duration if days else 0
        days[step.key] = PAST
        if reached[step.key] <= step.planned:
            days[step.key] = plan(step.planned, -rest, working_days)
    return days


def move(steps, new_day, is_pushed, working_days):
    """New days of the steps from the moved one on.

    :param list steps: ``OpenStep`` from the moved one on, in their order
    :param date new_day: of the first of them
    :param bool is_pushed: move a following step only where the work before it needs
        the time; otherwise all keep their distance in working days
    :returns: {key: date}

    >>> week = WorkingDays.monday_to_friday(date(2026, 10, 1), date(2026, 12, 31))
    >>> steps = [OpenStep("production", date(2026, 11, 6), 5),
    ...          OpenStep("packing", date(2026, 11, 12), 1)]
    >>> move(steps, date(2026, 11, 10), False, week)["packing"]
    datetime.date(2026, 11, 16)
    >>> move(steps, date(2026, 11, 10), True, week)["packing"]
    datetime.date(2026, 11, 12)
    >>> move(steps, date(2026, 11, 12), True, week)["packing"]
    datetime.date(2026, 11, 13)
    """
    first, *others = steps
    days, day = {first.key: new_day}, new_day
    shift = working_days.count(first.planned, new_day)
    for step in others:
        if is_pushed:
            after = plan(day, step.duration, working_days) if step.duration else day
            day = max(step.planned, after)
        else:
            day = plan(step.planned, shift, working_days)
        days[step.key] = day
    return days
