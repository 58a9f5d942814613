"""Periods as the sales organisation counts them: ISO weeks, months, quarters."""

from collections import namedtuple
from datetime import date, timedelta

Period = namedtuple("Period", "first last")


def week_of(day):
    """ISO week, Monday to Sunday.

    :param date day: any day of the week
    :rtype: Period
    """
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def month_of(day):
    """Calendar month.

    >>> month_of(date(2028, 2, 10)).last
    datetime.date(2028, 2, 29)
    """
    first = day.replace(day=1)
    return Period(first, add_months(first, 1) - timedelta(days=1))


def quarter_of(day):
    """Calendar quarter.

    >>> quarter_of(date(2026, 11, 22))
    Period(first=datetime.date(2026, 10, 1), last=datetime.date(2026, 12, 31))
    """
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(first, add_months(first, 3) - timedelta(days=1))


def add_months(day, months):
    """The same day ``months`` later, or the last day of that month if it is shorter.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    >>> add_months(date(2027, 1, 31), -2)
    datetime.date(2026, 11, 30)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def last_day_of_term(start, months):
    """Last day covered by a term of ``months`` months that begins on ``start``: the day
    before the same date so many months later.

    >>> last_day_of_term(date(2026, 3, 1), 12)
    datetime.date(2027, 2, 28)
    >>> last_day_of_term(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 27)
    """
    return add_months(start, months) - timedelta(days=1)
