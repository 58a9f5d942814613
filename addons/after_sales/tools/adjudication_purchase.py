"""Rules on outside purchases 外购申请单 (AS-06, AS-08): asked for first, invoiced once,
and not more claimed than paid.

The facts of a claim hold ``purchase`` for claims of that kind only, a dict:

===================  ===================================================================
key                  value
===================  ===================================================================
``request``          ``none``, ``asked``, ``granted`` or ``refused``
``granted``          amount the maker agreed to, in the claim's currency
``granted_day``      date of the consent, or None
``invoice_day``      date of the invoice, or None
``invoice``          amount of the invoice, in the claim's currency
``claimed``          sum of the claim's purchase lines, in the claim's currency
``currency_id``      id of the claim's currency
``twins``            list of ``(claim number, invoice number, station id)`` of other
                     claims with the same invoice
===================  ===================================================================

A rule that does not concern a claim gives None. Limits are inclusive.
"""

from .adjudication import FAIL, PASS, Verdict, rule


@rule("purchase_request")
def check_purchase_request(facts, limit):
    """The maker agreed before the invoice was made, and to at least so much; ``limit``
    percent more pass."""
    buy = facts.get("purchase")
    if buy is None:
        return None
    figures = {
        "claimed_amount": [buy["claimed"], buy["currency_id"]],
        "granted_amount": [buy["granted"], buy["currency_id"]],
    }
    if buy["request"] != "granted":
        return Verdict(FAIL, {**figures, "cause": "none"})
    figures["granted_date"] = buy["granted_day"].isoformat()
    if buy["invoice_day"] and buy["invoice_day"] < buy["granted_day"]:
        day = buy["invoice_day"].isoformat()
        return Verdict(FAIL, {**figures, "cause": "before", "invoice_date": day})
    if buy["claimed"] > buy["granted"] * (1 + limit / 100) + 1e-9:
        return Verdict(FAIL, {**figures, "cause": "over"})
    return Verdict(PASS, figures)


@rule("invoice_twice")
def check_invoice_twice(facts, limit):
    """The same invoice stands on another claim; the first one is named."""
    buy = facts.get("purchase")
    if buy is None:
        return None
    if not buy["twins"]:
        return Verdict(PASS, {})
    number, invoice, station_id = min(buy["twins"])
    figures = {
        "number": number,
        "invoice": invoice,
        "other_station_id": station_id,
        "count": len(buy["twins"]),
    }
    return Verdict(FAIL, figures)


@rule("invoice_amount")
def check_invoice_amount(facts, limit):
    """More is claimed than the invoice says, by more than ``limit`` percent."""
    buy = facts.get("purchase")
    if buy is None:
        return None
    figures = {
        "claimed_amount": [buy["claimed"], buy["currency_id"]],
        "invoice_amount": [buy["invoice"], buy["currency_id"]],
    }
    over = buy["claimed"] > buy["invoice"] * (1 + limit / 100) + 1e-9
    return Verdict(FAIL if over else PASS, figures)
