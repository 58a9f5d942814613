"""Rules that compare a claim with the catalogues (AS-04, AS-08): prices, rates,
quantities, and whether operation, part, fault and product belong together.

===================  ===================================================================
key                  value
===================  ===================================================================
``prices``           list of ``(part, unit price, most or None)``, company currency
``quantities``       list of ``(part, quantity, most)``; parts without a most are left
                     out
``rates``            list of hourly rates claimed, station's currency
``labor_rate``       what is agreed with the station; 0: nothing
``currency_id``      of the claim
``extra_amount``     claimed in words only, company currency; without what the kind of
                     claim is for and has rules for
``foreign_labor``    operations that are for other products only
``unfit_parts``      list of ``(fault, part)``: claimed parts, none of which the fault's
                     list names; empty where a fault names no parts
===================  ===================================================================
"""

from .adjudication import FAIL, PASS, WARN, Verdict, rule

#: half a cent: prices and rates are rounded amounts
CENT = 0.005


@rule("part_price")
def check_part_price(facts, limit):
    """A part dearer than its price limit by more than ``limit`` percent; the one that
    is farthest over is told. A part without any price to compare with wants a look."""
    unknown = [part for part, _price, most in facts["prices"] if most is None]
    over = [
        (price - most, part, price, most)
        for part, price, most in facts["prices"]
        if most is not None and price > most * (1 + limit / 100) + CENT
    ]
    currency = facts["company_currency_id"]
    if over:
        _excess, part, price, most = max(over, key=lambda row: row[0])
        return Verdict(
            FAIL,
            {
                "part": part,
                "claimed_amount": [price, currency],
                "limit_amount": [most, currency],
                "count": len(over),
            },
        )
    if unknown:
        return Verdict(WARN, {"cause": "unknown", "part": unknown[0]})
    return Verdict(PASS, {"count": len(facts["prices"])})


@rule("part_quantity")
def check_part_quantity(facts, limit):
    """More pieces of a part than one repair takes; several lines of a part add up."""
    claimed, most = {}, {}
    for part, quantity, allowed in facts["quantities"]:
        key = tuple(part) if isinstance(part, list) else part
        claimed[key] = claimed.get(key, 0) + quantity
        most[key] = (part, allowed)
    over = [
        (claimed[key] - allowed, part, claimed[key], allowed)
        for key, (part, allowed) in most.items()
        if claimed[key] > allowed + 1e-9
    ]
    if not over:
        return Verdict(PASS, {})
    _excess, part, quantity, allowed = max(over, key=lambda row: row[0])
    return Verdict(FAIL, {"part": part, "quantity": quantity, "most": allowed})


@rule("labor_rate")
def check_labor_rate(facts, limit):
    """An hour dearer than agreed with the station by more than ``limit`` percent."""
    if not facts["rates"]:
        return None
    rate, agreed = max(facts["rates"]), facts["labor_rate"]
    figures = {
        "rate_amount": [rate, facts["currency_id"]],
        "agreed_amount": [agreed, facts["currency_id"]],
    }
    if not agreed:
        return Verdict(WARN, {**figures, "cause": "unknown"})
    if rate > agreed * (1 + limit / 100) + CENT:
        return Verdict(FAIL, figures)
    return Verdict(PASS, figures)


@rule("extra_cost")
def check_extra_cost(facts, limit):
    """Costs that no catalogue prices (travel, purchases, others) over ``limit``."""
    amount, currency = facts["extra_amount"], facts["company_currency_id"]
    figures = {"extra_amount": [amount, currency], "limit_amount": [limit, currency]}
    return Verdict(FAIL if amount > limit + CENT else PASS, figures)


@rule("operation")
def check_operation(facts, limit):
    """An operation whose standard time is for other products only."""
    if not facts["foreign_labor"]:
        return Verdict(PASS, {})
    return Verdict(
        FAIL,
        {
            "operation": facts["foreign_labor"][0],
            "product": facts["product"],
            "count": len(facts["foreign_labor"]),
        },
    )


@rule("fault_part")
def check_fault_part(facts, limit):
    """None of the claimed parts is one that the fault concerns."""
    if not facts["unfit_parts"]:
        return Verdict(PASS, {})
    fault, part = facts["unfit_parts"][0]
    return Verdict(FAIL, {"fault": fault, "part": part})
