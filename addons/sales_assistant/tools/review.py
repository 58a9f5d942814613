"""Sorting a quotation into normal or special: from facts to a verdict, without the ORM.

The facts of a quotation::

    {"amount": 120000.0,        # in the company's currency
     "currency_id": 7,          # the company's currency
     "rate": 1.0,               # order currency per company currency, as used
     "discount": 12.0,          # the highest discount of a line, in percent
     "authority": None,         # the salesperson's own limit in percent, if he has one
     "term_days": 60,           # days the payment term grants at most
     "lead_days": 8,            # working days to the promised date, None without one
     "promised": "2026-12-04",  # ISO date or False
     "previous_orders": 0}      # confirmed orders of the customer so far

Limits are inclusive: an amount equal to the limit is still normal.
"""

PASS, FAIL = "pass", "fail"
NORMAL, SPECIAL = "normal", "special"


def check_amount(facts, limit):
    """
    >>> check_amount({"amount": 100, "currency_id": 1, "rate": 1.0}, 100)[0]
    'pass'
    >>> check_amount({"amount": 100.01, "currency_id": 1, "rate": 1.0}, 100)[0]
    'fail'
    """
    currency_id = facts["currency_id"]
    return _verdict(facts["amount"] > limit), {
        "order_amount": [facts["amount"], currency_id],
        "limit_amount": [limit, currency_id],
        "rate": facts["rate"],
    }


def check_discount(facts, limit):
    """The salesperson's own authority counts before the general limit.

    >>> check_discount({"discount": 12, "authority": 15.0}, 10)
    ('pass', {'discount_percent': 12, 'limit_percent': 15.0})
    >>> check_discount({"discount": 12, "authority": 0.0}, 20)[0]
    'fail'
    """
    own = facts["authority"]
    limit = limit if own is None else own
    return _verdict(facts["discount"] > limit), {
        "discount_percent": facts["discount"],
        "limit_percent": limit,
    }


def check_payment_term(facts, limit):
    """
    >>> check_payment_term({"term_days": 31}, 30)
    ('fail', {'term_days': 31, 'limit_days': 30})
    """
    return _verdict(facts["term_days"] > limit), {
        "term_days": facts["term_days"],
        "limit_days": int(limit),
    }


def check_lead_time(facts, limit):
    """Without a promised date nothing was promised: the rule passes.

    >>> check_lead_time({"lead_days": None, "promised": False}, 10)[0]
    'pass'
    >>> check_lead_time({"lead_days": 10, "promised": "2026-12-04"}, 10)[0]
    'pass'
    >>> check_lead_time({"lead_days": 9, "promised": "2026-12-04"}, 10)[0]
    'fail'
    """
    lead = facts["lead_days"]
    return _verdict(lead is not None and lead < limit), {
        "promised_date": facts["promised"],
        "lead_days": lead if lead is not None else False,
        "limit_days": int(limit),
    }


def check_new_customer(facts, limit):
    """A customer counts as new until ``limit`` orders were confirmed.

    >>> check_new_customer({"previous_orders": 1}, 1)[0]
    'pass'
    >>> check_new_customer({"previous_orders": 0}, 1)[0]
    'fail'
    """
    return _verdict(facts["previous_orders"] < limit), {
        "previous_orders": facts["previous_orders"],
        "limit_orders": int(limit),
    }


CHECKS = {
    "amount": check_amount,
    "discount": check_discount,
    "payment_term": check_payment_term,
    "lead_time": check_lead_time,
    "new_customer": check_new_customer,
}


def judge(facts, limits):
    """Every rule's verdict on one quotation.

    :param dict facts: see the module's text
    :param dict limits: {rule key: limit}
    :returns: list of (rule key, verdict, facts to keep)
    """
    return [(key, *CHECKS[key](facts, limit)) for key, limit in limits.items()]


def sort_kind(findings):
    """One failed rule makes a quotation special.

    >>> sort_kind([("amount", "pass", {}), ("discount", "fail", {})])
    'special'
    >>> sort_kind([])
    'normal'
    """
    failed = any(verdict == FAIL for _key, verdict, _facts in findings)
    return SPECIAL if failed else NORMAL


def _verdict(failed):
    return FAIL if failed else PASS
