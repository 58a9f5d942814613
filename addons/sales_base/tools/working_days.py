"""Working days of a company, read from its calendar once and asked many times."""

from bisect import bisect_left, bisect_right
from datetime import timedelta


class WorkingDays:
    """A sorted list of working days that is counted by bisection.

    :param days: iterable of date, the working days of the window ``first`` to ``last``
    :param date first: first day of the window the list was read for
    :param date last: last day of that window
    """

    def __init__(self, days, first, last):
        self.days = sorted(days)
        self.first = first
        self.last = last

    def __contains__(self, day):
        index = bisect_left(self.days, day)
        return index < len(self.days) and self.days[index] == day

    def add(self, day, count):
        """The working day ``count`` working days after ``day`` (before, when negative).

        With 0 a working day is itself and another day moves to the working day before,
        so that what is planned backwards never ends late.

        :raises ValueError: the answer lies outside the window
        """
        if count > 0:
            index = bisect_right(self.days, day) + count - 1
        else:
            index = bisect_right(self.days, day) - 1 + count
        if not 0 <= index < len(self.days):
            raise ValueError(f"{day} {count:+d} working days lies outside the window")
        return self.days[index]

    def count(self, start, end):
        """Working days after ``start`` up to and including ``end``; negative when
        ``end`` lies before ``start``."""
        return bisect_right(self.days, end) - bisect_right(self.days, start)

    @classmethod
    def monday_to_friday(cls, first, last):
        """The working days of somebody without a calendar."""
        span = (last - first).days + 1
        days = (first + timedelta(days=n) for n in range(span))
        return cls([day for day in days if day.weekday() < 5], first, last)
