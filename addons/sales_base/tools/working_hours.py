"""Working hours of a company, read from its calendar once and asked many times."""

from bisect import bisect_right
from datetime import datetime, time, timedelta

OFFICE_HOURS = (time(9), time(17))


class WorkingHours:
    """Sorted stretches of work.

    :param spans: iterable of (start, end), naive datetimes of one time zone
    :param datetime last: end of the window the spans were read for
    """

    def __init__(self, spans, last):
        self.spans = sorted(spans)
        self.starts = [start for start, _end in self.spans]
        self.last = last

    def add(self, moment, hours):
        """The moment at which ``hours`` of work have passed since ``moment``.

        >>> monday = WorkingHours.office_week(datetime(2026, 11, 23), 7)
        >>> monday.add(datetime(2026, 11, 23, 16), 2)  # one hour is left of Monday
        datetime.datetime(2026, 11, 24, 10, 0)
        >>> monday.add(datetime(2026, 11, 22, 12), 0)  # Sunday: work begins on Monday
        datetime.datetime(2026, 11, 23, 9, 0)

        :raises ValueError: the answer lies outside the window
        """
        left = timedelta(hours=hours)
        for start, end in self.spans[max(bisect_right(self.starts, moment) - 1, 0) :]:
            start = max(start, moment)
            if start < end and left <= end - start:
                return start + left
            left -= max(end - start, timedelta())
        raise ValueError(f"{hours} working hours after {moment} lie outside the window")

    def between(self, start, end):
        """Hours of work from ``start`` to ``end``, 0 when ``end`` is not later.

        >>> week = WorkingHours.office_week(datetime(2026, 11, 23), 7)
        >>> week.between(datetime(2026, 11, 23, 16), datetime(2026, 11, 24, 10, 30))
        2.5
        """
        passed = timedelta()
        for first, last in self.spans[max(bisect_right(self.starts, start) - 1, 0) :]:
            if first >= end:
                break
            passed += max(min(last, end) - max(first, start), timedelta())
        return passed.total_seconds() / 3600

    @classmethod
    def office_week(cls, first, days):
        """The hours of somebody without a calendar: Monday to Friday, nine to five.

        :param datetime first: begin of the window
        :param int days: its length
        """
        opening, closing = OFFICE_HOURS
        dates = (first.date() + timedelta(days=n) for n in range(days + 1))
        spans = [
            (datetime.combine(day, opening), datetime.combine(day, closing))
            for day in dates
            if day.weekday() < 5
        ]
        return cls(spans, first + timedelta(days=days))
