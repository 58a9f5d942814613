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
     "previous_orders": 0,      # confirmed orders of the customer so far
     "margin": 18.5,            # percent of the net amount, None without known costs
     "overdue": 1200.0,         # receivables past their day, in company currency
     "overdue_since": "2026-10-01",  # ISO date of the oldest of them, or False
     "grade": [30, "C"],        # sequence and name of the customer's grade, or None
     "requirement": "Grease X", # what deviates from the standard, or False
     "is_oral": False}          # agreed by word of mouth only

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


def check_margin(facts, limit):
    """Without known costs nothing can be said: the rule passes.

    >>> check_margin({"margin": 10.0}, 10)[0]
    'pass'
    >>> check_margin({"margin": 9.9}, 10)[0]
    'fail'
    >>> check_margin({"margin": None}, 10)
    ('pass', {'margin_percent': False, 'limit_percent': 10})
    """
    margin = facts["margin"]
    return _verdict(margin is not None and margin < limit), {
        "margin_percent": margin if margin is not None else False,
        "limit_percent": limit,
    }


def check_overdue(facts, limit):
    """
    >>> facts = {"overdue": 0.0, "overdue_since": False, "currency_id": 7}
    >>> check_overdue(facts, 0)[0]
    'pass'
    >>> facts = {"overdue": 5.0, "overdue_since": "2026-10-01", "currency_id": 7}
    >>> check_overdue(facts, 0)[0]
    'fail'
    """
    currency_id = facts["currency_id"]
    return _verdict(facts["overdue"] > limit), {
        "overdue_amount": [facts["overdue"], currency_id],
        "since_date": facts["overdue_since"],
        "limit_amount": [limit, currency_id],
    }


def check_low_grade(facts, limit):
    """A customer without a grade, or a rule without one, passes.

    :param limit: sequence and name of the best grade that is low, or None

    >>> check_low_grade({"grade": [30, "C"]}, [40, "D"])
    ('pass', {'grade': 'C', 'limit_grade': 'D'})
    >>> check_low_grade({"grade": [40, "D"]}, [40, "D"])[0]
    'fail'
    >>> check_low_grade({"grade": None}, [40, "D"])[0]
    'pass'
    >>> check_low_grade({"grade": [40, "D"]}, None)
    ('pass', {'grade': 'D', 'limit_grade': False})
    """
    grade = facts["grade"]
    is_low = bool(grade and limit and grade[0] >= limit[0])
    return _verdict(is_low), {
        "grade": grade[1] if grade else False,
        "limit_grade": limit[1] if limit else False,
    }


def check_requirement(facts, _limit):
    """
    >>> check_requirement({"requirement": "Grease X"}, 0)
    ('fail', {'requirement': 'Grease X'})
    >>> check_requirement({"requirement": False}, 0)[0]
    'pass'
    """
    text = facts["requirement"]
    return _verdict(bool(text)), {"requirement": text}


def check_oral(facts, _limit):
    """
    >>> check_oral({"is_oral": True}, 0)
    ('fail', {})
    """
    return _verdict(facts["is_oral"]), {}


CHECKS = {
    "amount": check_amount,
    "discount": check_discount,
    "payment_term": check_payment_term,
    "lead_time": check_lead_time,
    "new_customer": check_new_customer,
    "margin": check_margin,
    "overdue": check_overdue,
    "low_grade": check_low_grade,
    "requirement": check_requirement,
    "oral": check_oral,
}

#: whom and what the order is for: another customer touches every opinion
_CUSTOMER = frozenset({"partner_id"})
_GOODS = frozenset({"product_id", "product_uom_qty", "product_uom_id"})
_MONEY = _GOODS | {"price_unit", "discount", "tax_ids", "currency_id"}

#: {rule key: terms an opinion asked for by that rule is about}; a line that was added
#: or taken away touches what is about goods
RULE_TERMS = {
    "amount": _CUSTOMER | _MONEY,
    "discount": _CUSTOMER | _MONEY,
    "payment_term": _CUSTOMER | _MONEY | {"payment_term_id"},
    "lead_time": _CUSTOMER | _GOODS | {"sales_promised_date"},
    "new_customer": _CUSTOMER | _MONEY | {"payment_term_id"},
    "margin": _CUSTOMER | _MONEY | {"incoterm"},
    "overdue": _CUSTOMER | _MONEY | {"payment_term_id"},
    "low_grade": _CUSTOMER | _MONEY | {"payment_term_id"},
    "requirement": _CUSTOMER | _GOODS | {"sales_special_requirement"},
    "oral": _CUSTOMER | _MONEY | {"is_sales_oral_contract"},
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


def get_touched(keys, changes):
    """Rules whose opinion has to be asked for again.

    :param keys: rule keys
    :param changes: differences of the terms, see ``sales_base.tools.snapshot.compare``
    :returns: set of the keys
    :rtype: set

    >>> date = {"field": "sales_promised_date", "list": False}
    >>> get_touched(["amount", "lead_time"], [date])
    {'lead_time'}
    >>> line = {"field": False, "list": "order_line"}
    >>> sorted(get_touched(["amount", "lead_time"], [line]))
    ['amount', 'lead_time']
    >>> get_touched(["amount"], [{"field": "partner_shipping_id", "list": False}])
    set()
    """
    names = set()
    for change in changes:
        names |= {change["field"]} if change["field"] else _GOODS
    return {key for key in keys if RULE_TERMS.get(key, names) & names}


def _verdict(failed):
    return FAIL if failed else PASS
