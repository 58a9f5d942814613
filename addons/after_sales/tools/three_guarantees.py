"""Counters of the 三包 rules, before they bite (B-13).

Facts taken from 家用汽车产品修理更换退货责任规定 (order 43 of the market regulator, in
force since 2022), as we read it:

* the counters run within the 三包 term: 2 years or 50,000 km, whichever comes first;
* within 60 days and 3,000 km, whichever ends first, a fault of a main assembly or of
  safety gives the customer replacement or refund;
* so does a safety or main assembly fault that was repaired 2 times and is not cured;
* so does the same main part that was replaced 2 times and fails again;
* so does the same quality problem beyond 4 repairs: the 5th;
* so do repairs of more than 30 days in total; a repair below 24 hours counts a day.

These are the defaults of thresholds each company may set. The function counts and
warns; what a customer is entitled to, and which repairs count, the law's text decides.
"""

from collections import namedtuple

from odoo.addons.sales_base.tools.period import last_day_of_term

#: ``near``: the next one bites; ``reached``: this one does
NEAR, REACHED = "near", "reached"

#: One counter that has something to say: key, level, what is counted, its limit.
Finding = namedtuple("Finding", "key level number limit")

DEFAULTS = {
    "months": 24,
    "usage": 50000,
    "early_days": 60,
    "early_usage": 3000,
    "main_repairs": 2,
    "part_replacements": 2,
    "fault_repairs": 4,
    "repair_days": 30,
    "near_days": 5,
}

DAY = 24 * 3600


def repair_days(begin, end):
    """Days a repair counts: begun days of 24 hours, at least one.

    :param datetime begin: the unit was handed over
    :param datetime end: the unit was ready

    >>> from datetime import datetime
    >>> repair_days(datetime(2026, 3, 1, 8), datetime(2026, 3, 1, 9))
    1
    >>> repair_days(datetime(2026, 3, 1, 8), datetime(2026, 3, 2, 8))
    1
    >>> repair_days(datetime(2026, 3, 1, 8), datetime(2026, 3, 2, 9))
    2
    """
    seconds = int((end - begin).total_seconds())
    return max(1, -(-seconds // DAY))


def count(facts, limits):
    """What the counters say about taking this unit in for this fault.

    :param dict facts:

        * ``date_sold``: date, or a false value: nothing is counted
        * ``day``: date of the reception
        * ``usage``: meter reading, ``None`` for a unit without a meter
        * ``is_major``: the fault is one of a main assembly or of safety
        * ``main_repairs``: earlier repairs of this main fault, or of safety faults
        * ``part_replacements``: how often the same main part was replaced before
        * ``fault_repairs``: earlier repairs of the same fault
        * ``days_before``: days of all earlier repairs
        * ``days_here``: days of this repair until now, at least 1
    :param dict limits: keys of ``DEFAULTS``; 0 switches a counter or a bound off
    :returns: list of ``Finding``, in the order of the regulation
    """
    if not _is_in_term(facts, limits):
        return []
    findings = []
    age = (facts["day"] - facts["date_sold"]).days
    early = (
        limits["early_days"]
        and age <= limits["early_days"]
        and _is_usage_within(facts["usage"], limits["early_usage"])
    )
    if facts["is_major"] and early:
        findings.append(Finding("early", REACHED, age, limits["early_days"]))
    if facts["is_major"]:
        findings += _count_next("main", facts["main_repairs"], limits["main_repairs"])
    findings += _count_next(
        "part", facts["part_replacements"], limits["part_replacements"]
    )
    findings += _count_next("fault", facts["fault_repairs"], limits["fault_repairs"])
    findings += _count_days(facts["days_before"] + facts["days_here"], limits)
    return findings


def _is_in_term(facts, limits):
    sold, months = facts["date_sold"], limits["months"]
    if not sold or facts["day"] < sold:
        return False
    if months and facts["day"] > last_day_of_term(sold, months):
        return False
    return _is_usage_within(facts["usage"], limits["usage"])


def _is_usage_within(usage, limit):
    return usage is None or not limit or usage <= limit


def _count_next(key, before, limit):
    """The next repair or replacement: reached once ``limit`` lie behind it."""
    if not limit or before < limit - 1 or not before:
        return []
    level = REACHED if before >= limit else NEAR
    return [Finding(key, level, before + 1, limit)]


def _count_days(total, limits):
    limit = limits["repair_days"]
    if not limit or total <= limit - limits["near_days"]:
        return []
    return [Finding("days", REACHED if total > limit else NEAR, total, limit)]
