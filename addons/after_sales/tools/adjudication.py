"""The rules of adjudication (AS-08): pure functions from the facts of one claim to a
verdict, and the register in which they stand.

A further rule is a function under ``@rule(key)``, in a file of its own that is imported
with its addon; the key joins the selection of ``after.sales.rule`` by
``selection_add``, its sentences join ``after.sales.finding._get_sentences`` and its
facts ``after.sales.claim._get_rule_facts``. A rule that has nothing to say about a
claim (another kind, too few cases to compare with) returns None and leaves no finding.

Facts come from ``after.sales.claim._get_rule_facts``, a dict per claim:

===================  ===================================================================
key                  value
===================  ===================================================================
``date_repair``      date
``date_submitted``   date
``usage``            int, what the meter showed at the repair
``covers``           list of ``(part or False, Cover)``, see ``tools/coverage.py``;
                     empty without a policy
``coverage``         name of the coverage policy
``labor``            list of ``(operation, hours claimed, standard hours or None)``
``amount``           claimed, in company currency
``authority``        what the station may claim without asking; 0: no limit
``duplicates``       list of ``(part, claim number, repair date, station id)``
``missing``          keys of the kinds of evidence that are asked for and not there
``usage_before``     ``(reading, date)`` last known before the repair, or None
``station_id``       id of the claiming station
``selling_id``       id of the station that sold the unit, or None
===================  ===================================================================

Names (coverage, operation, part) are passed through: a text, or ``[model, id, text]``
of a record whose name is told in the reader's language.

A verdict is ``(level, facts)``: one of pass, warn, fail, and the figures of the
sentence, see ``sales_base.tools.fact``; the fact ``cause`` chooses among the sentences
of a rule that breaks in several ways. Limits are inclusive.
"""

from collections import namedtuple

from .coverage import GOODWILL

PASS, WARN, FAIL = "pass", "warn", "fail"
LEVELS = (PASS, WARN, FAIL)

Verdict = namedtuple("Verdict", "level facts")

#: {key of ``after.sales.rule``: function}, filled by ``rule``
CHECKS = {}


def rule(key):
    """Enter a function as the check of the rules with this key.

    :param str key: key of ``after.sales.rule``
    """

    def enter(check):
        CHECKS[key] = check
        return check

    return enter


@rule("coverage")
def check_coverage(facts, limit):
    """Months or usage, whichever comes first, part by part (AS-02); the part that is
    paid least is told. Goodwill wants a look."""
    if not facts["covers"]:
        return Verdict(FAIL, {"cause": "none", "coverage": facts["coverage"] or ""})
    part, cover = min(facts["covers"], key=lambda row: row[1].percent)
    repair = facts["date_repair"]
    figures = {
        "coverage": facts["coverage"],
        "part": part,
        "repair_date": repair.isoformat(),
        "first_date": cover.first and cover.first.isoformat(),
        "last_date": cover.last and cover.last.isoformat(),
        "usage": facts["usage"],
        "usage_limit": cover.limit,
    }
    if cover.cause == "ok":
        return Verdict(PASS, figures)
    if cover.payer == GOODWILL:
        share = {"cause": "goodwill", "share_percent": cover.percent}
        return Verdict(WARN, {**figures, **share})
    figures["cause"] = cover.cause
    if cover.cause == "date":
        figures["days"] = (repair - cover.last).days
    if cover.cause == "usage":
        figures["over"] = facts["usage"] - cover.limit
    if part and cover.cause in ("date", "usage"):
        figures["cause"] = f"part_{cover.cause}"
    if cover.cause == "unsold":
        figures["cause"] = "none"
    return Verdict(FAIL, figures)


@rule("duplicate")
def check_duplicate(facts, limit):
    """The same part of the same unit claimed again within ``limit`` days.

    The earliest other claim is named, the rest is counted.
    """
    found = sorted(facts["duplicates"], key=lambda row: (row[2], row[1]))
    near = [row for row in found if abs((facts["date_repair"] - row[2]).days) <= limit]
    if not near:
        return Verdict(PASS, {"days": int(limit)})
    part, number, repair, station_id = near[0]
    return Verdict(
        FAIL,
        {
            "part": part,
            "number": number,
            "other_date": repair.isoformat(),
            "other_station_id": station_id,
            "count": len(near),
            "days": int(limit),
        },
    )


@rule("labor_time")
def check_labor_time(facts, limit):
    """Hours claimed over the standard time of the operation by more than ``limit``
    percent; an operation on several lines counts once, hours without a standard time
    want a look."""
    hours, standards = {}, {}
    for name, claimed, standard in facts["labor"]:
        key = tuple(name) if isinstance(name, list) else name
        hours[key] = hours.get(key, 0) + claimed
        standards[key] = (name, standard)
    over, unknown = [], []
    for key, claimed in hours.items():
        name, standard = standards[key]
        if standard is None:
            unknown.append(name)
        elif claimed > standard * (1 + limit / 100) + 1e-9:
            over.append((claimed - standard, name, claimed, standard))
    if over:
        _excess, name, claimed, standard = max(over, key=lambda row: row[0])
        return Verdict(
            FAIL,
            {
                "operation": name,
                "claimed_hours": round(claimed, 4),
                "standard_hours": standard,
                "excess_hours": round(sum(row[0] for row in over), 4),
                "tolerance_percent": limit,
            },
        )
    if unknown:
        return Verdict(
            WARN,
            {"cause": "unknown", "operation": unknown[0], "count": len(unknown)},
        )
    return Verdict(PASS, {"claimed_hours": round(sum(hours.values()), 4)})


@rule("authority")
def check_authority(facts, limit):
    """The sum claimed over what the station may decide by itself, both in company
    currency at the day of submission."""
    figures = {
        "claimed_amount": [facts["amount"], facts["company_currency_id"]],
        "authority_amount": [facts["authority"], facts["company_currency_id"]],
    }
    if facts["authority"] and facts["amount"] > facts["authority"]:
        return Verdict(FAIL, figures)
    return Verdict(PASS, figures)


@rule("evidence")
def check_evidence(facts, limit):
    """The photos and papers that the claim's kind asks for are there."""
    if facts["missing"]:
        return Verdict(FAIL, {"missing_kinds": list(facts["missing"])})
    return Verdict(PASS, {})


@rule("late")
def check_late(facts, limit):
    """Submitted more than ``limit`` days after the repair."""
    days = (facts["date_submitted"] - facts["date_repair"]).days
    figures = {
        "days": days,
        "limit_days": int(limit),
        "repair_date": facts["date_repair"].isoformat(),
    }
    return Verdict(FAIL if days > limit else PASS, figures)


@rule("usage_backwards")
def check_usage_backwards(facts, limit):
    """The meter shows less than it did before."""
    before = facts["usage_before"]
    if not before:
        return Verdict(PASS, {"usage": facts["usage"], "before": False})
    figures = {
        "usage": facts["usage"],
        "before": before[0],
        "before_date": before[1].isoformat(),
    }
    return Verdict(FAIL if facts["usage"] < before[0] else PASS, figures)


def judge(key, facts, limit, breach):
    """Verdict of one rule; a breach counts as ``breach`` says, never more. None where
    the rule does not concern the claim.

    :returns: Verdict, or None where the rule has nothing to say

    >>> judge("evidence", {"missing": ["damage"]}, 0, "warn").level
    'warn'
    """
    verdict = CHECKS[key](facts, limit)
    if verdict is None:
        return None
    level = LEVELS[min(LEVELS.index(verdict.level), LEVELS.index(breach))]
    return Verdict(level, verdict.facts)


def judge_all(terms, facts):
    """Verdicts of the rules that have something to say about a claim.

    :param dict terms: {key: (limit, breach)}
    :param dict facts: of the claim
    :returns: {key: Verdict}, in the order of ``terms``

    >>> judge_all({"evidence": (0, "fail")}, {"missing": []})
    {'evidence': Verdict(level='pass', facts={})}
    """
    verdicts = {
        key: judge(key, facts, limit, breach) for key, (limit, breach) in terms.items()
    }
    return {key: verdict for key, verdict in verdicts.items() if verdict}


def worst(levels):
    """The worst of some levels.

    >>> worst(["pass", "fail", "warn"])
    'fail'
    >>> worst([])
    'pass'
    """
    return max(levels, key=LEVELS.index, default=PASS)
