"""Rules on what happens to the unit itself (AS-06, AS-08): the running-in service
走保单 and the major assembly 大总成单.

The facts of a claim hold ``running_in`` or ``assembly`` for claims of that kind only.

``running_in``:

===================  ===================================================================
key                  value
===================  ===================================================================
``start``            date the warranty began, or None
``days``, ``usage``  the period: so many days and so much usage; 0: any
``has_period``       whether the unit's coverage asks for the service at all
``done``             ``(claim number or False, date)`` of the service done before
===================  ===================================================================

``assembly``:

===================  ===================================================================
key                  value
===================  ===================================================================
``part``             the assembly
``old``, ``new``     serial numbers as told
``known``            serial number the unit has by the register, or None
``elsewhere``        ``(serial number of the other unit)`` that has the new assembly
                     already, or None
===================  ===================================================================

A rule that does not concern a claim gives None. Limits are inclusive.
"""

from .adjudication import FAIL, PASS, WARN, Verdict, rule


@rule("running_in")
def check_running_in(facts, limit):
    """The running-in service is done once, within its period."""
    card = facts.get("running_in")
    if card is None:
        return None
    day, usage = facts["date_repair"], facts["usage"]
    figures = {
        "repair_date": day.isoformat(),
        "usage": usage,
        "limit_days": card["days"],
        "limit_usage": card["usage"],
    }
    if card["done"]:
        number, done = card["done"]
        figures |= {"cause": "done", "number": number, "other_date": done.isoformat()}
        return Verdict(FAIL, figures)
    if not card["has_period"] or not card["start"]:
        return Verdict(WARN, {**figures, "cause": "none"})
    figures["days"] = (day - card["start"]).days
    if card["days"] and figures["days"] > card["days"]:
        return Verdict(FAIL, {**figures, "cause": "days"})
    if card["usage"] and usage > card["usage"]:
        return Verdict(FAIL, {**figures, "cause": "usage"})
    return Verdict(PASS, figures)


@rule("assembly_serial")
def check_assembly_serial(facts, limit):
    """The assembly taken out is the one the unit had; the one put in is another, and
    in no other unit."""
    swap = facts.get("assembly")
    if swap is None:
        return None
    figures = {key: swap[key] for key in ("part", "old", "new")}
    if swap["old"] == swap["new"]:
        return Verdict(FAIL, {**figures, "cause": "same"})
    if swap["elsewhere"]:
        other = {"cause": "elsewhere", "unit": swap["elsewhere"]}
        return Verdict(FAIL, {**figures, **other})
    if swap["known"] and swap["known"] != swap["old"]:
        return Verdict(FAIL, {**figures, "cause": "other", "known": swap["known"]})
    return Verdict(PASS, figures)
