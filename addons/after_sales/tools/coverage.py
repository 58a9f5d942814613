"""Who pays for a part on a day (AS-02): pure functions from a policy and the life of a
unit to what the warranty covers.

Days are dates, usage is the unit's own (km or h, whole numbers). A term of n months
includes its last day, the one before the same date n months later; a reading equal to
the limit is covered. A limit of 0 is no limit.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from odoo.addons.sales_base.tools.period import last_day_of_term

WARRANTY, GOODWILL, CUSTOMER = "warranty", "goodwill", "customer"


@dataclass(frozen=True)
class Term:
    """So many months or so much usage, whichever comes first."""

    months: int
    usage: int = 0


@dataclass(frozen=True)
class RunningIn:
    """The first service 走合保养, and what happens to the warranty without it.

    :param int days: last day it may be done, counted from the start; 0: any day
    :param int usage: last reading at which it may be done; 0: any
    :param shortened: the term that is left when it was missed; None: no warranty
    """

    days: int = 0
    usage: int = 0
    shortened: Term | None = None


@dataclass(frozen=True)
class Goodwill:
    """What is paid after the warranty, to ``percent``."""

    months: int = 0
    usage: int = 0
    percent: float = 0.0


@dataclass(frozen=True)
class Policy:
    """What a unit is covered by.

    :param Term term: of the whole unit
    :param dict parts: {part: Term} of parts with a term of their own
    :param excluded: parts that are never covered
    :param running_in: ``RunningIn`` or None where no first service is asked for
    :param Term least: what a replaced part gets at least, counted from its replacement
    :param Goodwill goodwill: after the warranty
    """

    term: Term
    parts: dict = field(default_factory=dict)
    excluded: frozenset = frozenset()
    running_in: RunningIn | None = None
    least: Term = Term(0)
    goodwill: Goodwill = Goodwill()


@dataclass(frozen=True)
class Unit:
    """The life of a unit as far as the warranty asks.

    :param start: first covered day, or None while it is not sold
    :param serviced: (day, reading) of the running-in service, or None
    :param dict replaced: {part: (day, reading)} of the last replacement under warranty
    """

    start: date | None
    serviced: tuple | None = None
    replaced: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Cover:
    """Who pays, and why.

    :param str payer: warranty, goodwill or customer
    :param str cause: ok, unsold, early, excluded, running_in, date or usage
    :param percent: share that the maker pays, 0 to 100
    :param first: first covered day, or None
    :param last: last covered day, or None
    :param int limit: last covered reading, 0: no limit
    """

    payer: str
    cause: str
    percent: float = 0.0
    first: date | None = None
    last: date | None = None
    limit: int = 0


def get_cover(policy, unit, part, day, usage):
    """What is covered when ``part`` fails.

    :param Policy policy: of the unit
    :param Unit unit: its life
    :param part: the part as the policy names it; None: labour and the unit as a whole
    :param date day: of the repair
    :param int usage: reading at the repair
    :rtype: Cover
    Source: S2 第三篇 (走保卡, 保修期); months or usage, whichever comes first.
    """
    if unit.start is None:
        return Cover(CUSTOMER, "unsold")
    if day < unit.start:
        return Cover(CUSTOMER, "early", first=unit.start)
    if part in policy.excluded:
        return Cover(CUSTOMER, "excluded", first=unit.start)
    term = policy.parts.get(part, policy.term)
    if is_service_missed(policy.running_in, unit, day, usage):
        if policy.running_in.shortened is None:
            return Cover(CUSTOMER, "running_in", first=unit.start)
        term = get_shorter(term, policy.running_in.shortened)
    last, limit = get_end(policy, unit, part, term)
    return _decide(policy.goodwill, unit.start, last, limit, day, usage)


def is_service_missed(running_in, unit, day, usage):
    """Whether the running-in service was due and not done in time, as things stood on
    the day of the repair: a service that came later says nothing about it."""
    if running_in is None:
        return False
    done_day, done_usage = unit.serviced or (day, usage)
    if done_day > day:
        done_day, done_usage = day, usage
    late = running_in.days and (done_day - unit.start).days > running_in.days
    return bool(late or (running_in.usage and done_usage > running_in.usage))


def get_shorter(term, other):
    """The shorter in months and in usage.

    >>> get_shorter(Term(24, 0), Term(12, 10_000))
    Term(months=12, usage=10000)
    """
    limits = [limit for limit in (term.usage, other.usage) if limit]
    return Term(min(term.months, other.months), min(limits, default=0))


def get_end(policy, unit, part, term):
    """Last covered day and reading: a replaced part keeps what was left of the old one,
    and gets the policy's least from its replacement on.

    :returns: (date, int)
    """
    last, limit = last_day_of_term(unit.start, term.months), term.usage
    if part in unit.replaced:
        day, usage = unit.replaced[part]
        if policy.least.months:
            last = max(last, last_day_of_term(day, policy.least.months))
        if limit and policy.least.usage:
            limit = max(limit, usage + policy.least.usage)
    return last, limit


def _decide(goodwill, first, last, limit, day, usage):
    cover = Cover(WARRANTY, "ok", 100.0, first, last, limit)
    if day > last:
        cause = "date"
    elif limit and usage > limit:
        cause = "usage"
    else:
        return cover
    longest = last_day_of_term(last + timedelta(days=1), goodwill.months)
    farthest = limit + goodwill.usage
    if goodwill.percent and day <= longest and (not limit or usage <= farthest):
        return replace(cover, payer=GOODWILL, cause=cause, percent=goodwill.percent)
    return replace(cover, payer=CUSTOMER, cause=cause, percent=0.0)
