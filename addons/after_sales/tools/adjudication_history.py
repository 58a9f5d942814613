"""Rules that compare a claim with what else is known of its unit and of its fault
(AS-08).

Other claims are those that were submitted before this one, or approved meanwhile: of
two that contradict each other, the later one is asked.

===================  ===================================================================
key                  value
===================  ===================================================================
``others``           list of ``Other``: claims of the unit submitted before
``fault``            name of the fault
``fault_id``         id of the fault
``region_ids``       ids of the regions of the claiming and of the selling station
``usage_unit``       km, h or False
``usage_from``       ``(reading, date)`` to measure the daily usage from: the last
                     reading before, else 0 on the day of sale; or None
``usage_after``      ``(reading, date)``, the lowest known after the repair, or None
``repair_amount``    parts and labour claimed, company currency; parts whose pieces have
                     a limit count once
``usual``            ``(cases, median, spread)`` of what the fault cost on this product,
                     company currency; ``cases`` may be 0
===================  ===================================================================
"""

from collections import namedtuple

from .adjudication import FAIL, PASS, Verdict, rule

#: Another claim of the same unit.
#:
#: :param str number: of the claim
#: :param int station_id: of its station
#: :param date day: of its repair
#: :param int fault_id: its fault
#: :param float amount: claimed, company currency
Other = namedtuple("Other", "number station_id day fault_id amount")

#: fewer cases say nothing about what a fault costs
LEAST_CASES = 12
#: costs that hardly differ still vary by so much of their median
LEAST_SPREAD = 0.05
#: a meter of hours cannot run longer than the day
DAY_HOURS = 24


@rule("foreign_unit")
def check_foreign_unit(facts, limit):
    """A unit that another station of another region sold, and that this station never
    had before."""
    selling, own = facts["selling_id"], facts["station_id"]
    if not selling or selling == own:
        return Verdict(PASS, {})
    region, selling_region = facts["region_ids"]
    if region and region == selling_region:
        return Verdict(PASS, {"cause": "region"})
    if any(other.station_id == own for other in facts["others"]):
        return Verdict(PASS, {"cause": "known"})
    return Verdict(FAIL, {"selling_station": facts["selling"]})


@rule("repeated")
def check_repeated(facts, limit):
    """The same fault of the unit repaired again within ``limit`` days."""
    near = [
        (abs((facts["date_repair"] - other.day).days), other)
        for other in facts["others"]
        if facts["fault_id"] and other.fault_id == facts["fault_id"]
    ]
    near = [row for row in near if row[0] <= limit]
    if not near:
        return Verdict(PASS, {"days": int(limit)})
    days, other = min(near, key=lambda row: (row[0], row[1].number))
    return Verdict(
        FAIL,
        {
            "fault": facts["fault"],
            "number": other.number,
            "other_date": other.day.isoformat(),
            "other_station_id": other.station_id,
            "between": days,
            "days": int(limit),
        },
    )


@rule("two_stations")
def check_two_stations(facts, limit):
    """Another station repaired the unit within ``limit`` days of this repair; 0: on
    the same day."""
    near = [
        other
        for other in facts["others"]
        if other.station_id != facts["station_id"]
        and abs((facts["date_repair"] - other.day).days) <= limit
    ]
    if not near:
        return Verdict(PASS, {})
    other = min(near, key=lambda one: (one.day, one.number))
    return Verdict(
        FAIL,
        {
            "number": other.number,
            "other_date": other.day.isoformat(),
            "other_station_id": other.station_id,
        },
    )


@rule("split")
def check_split(facts, limit):
    """One visit claimed in several documents that together are over the station's
    authority, each of them within it."""
    same = [
        other
        for other in facts["others"]
        if other.station_id == facts["station_id"] and other.day == facts["date_repair"]
    ]
    total = facts["amount"] + sum(other.amount for other in same)
    authority, currency = facts["authority"], facts["company_currency_id"]
    if not same or not authority or total <= authority:
        return Verdict(PASS, {})
    return Verdict(
        FAIL,
        {
            "count": len(same) + 1,
            "number": same[0].number,
            "total_amount": [round(total, 2), currency],
            "authority_amount": [authority, currency],
        },
    )


@rule("usage_rate")
def check_usage_rate(facts, limit):
    """More usage a day than ``limit`` since the last reading, or since the sale; a
    meter of hours more than the day has."""
    before = facts["usage_from"]
    if not before or not facts["usage_unit"]:
        return None
    most = min(limit, DAY_HOURS) if facts["usage_unit"] == "h" else limit
    days = max((facts["date_repair"] - before[1]).days, 1)
    usage = facts["usage"] - before[0]
    figures = {
        "usage": usage,
        "days": days,
        "per_day": round(usage / days, 1),
        "most": int(most),
        "before_date": before[1].isoformat(),
    }
    return Verdict(FAIL if usage > most * days else PASS, figures)


@rule("usage_after")
def check_usage_after(facts, limit):
    """The meter showed less on a later day: one of the two readings is wrong."""
    after = facts["usage_after"]
    if not after:
        return None
    figures = {
        "usage": facts["usage"],
        "after": after[0],
        "after_date": after[1].isoformat(),
    }
    return Verdict(FAIL if facts["usage"] > after[0] else PASS, figures)


@rule("cost_outlier")
def check_cost_outlier(facts, limit):
    """Parts and labour dearer than this fault usually is on this product: over the
    median by more than ``limit`` times the usual spread (median of the distances,
    scaled to a standard deviation). Says nothing as long as there are few cases."""
    cases, median, spread = facts["usual"]
    if cases < LEAST_CASES:
        return None
    step = max(spread * 1.4826, median * LEAST_SPREAD)
    most = median + limit * step
    currency = facts["company_currency_id"]
    figures = {
        "fault": facts["fault"],
        "claimed_amount": [facts["repair_amount"], currency],
        "median_amount": [round(median, 2), currency],
        "most_amount": [round(most, 2), currency],
        "cases": cases,
    }
    is_over = facts["repair_amount"] > most + 0.005
    return Verdict(FAIL if is_over else PASS, figures)
