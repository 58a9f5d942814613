"""Who pays for a sample and its courier: from facts to the first rule that fits.

The facts of a sample::

    {"customer": "new",      # "new" without a confirmed order so far, else "known"
     "grade_id": 3,          # the customer's grade, or False
     "market": "export",     # "export" outside the company's country, else "domestic"
     "purpose": "evaluation",
     "amount": 120.0}        # value at list prices, in the company's currency

A rule names what it asks for; what it leaves empty fits everything::

    {"customer": "", "grade_ids": [], "market": "", "purpose": "", "amount_from": 0.0}
"""

MATCHED, OVER, UNKNOWN, TWICE = "matched", "over", "unknown", "twice"


def fits(rule, facts):
    """Whether a rule applies. ``amount_from`` is inclusive.

    >>> anything = dict(customer="", grade_ids=[], market="", purpose="", amount_from=0)
    >>> facts = {"customer": "new", "grade_id": 3, "market": "export",
    ...          "purpose": "evaluation", "amount": 500.0}
    >>> fits(anything, facts)
    True
    >>> fits({**anything, "customer": "known"}, facts)
    False
    >>> fits({**anything, "grade_ids": [1, 2]}, facts)
    False
    >>> fits({**anything, "amount_from": 500.0}, facts)
    True
    >>> fits({**anything, "amount_from": 500.01}, facts)
    False
    """
    for key in ("customer", "market", "purpose"):
        if rule[key] and rule[key] != facts[key]:
            return False
    if rule["grade_ids"] and facts["grade_id"] not in rule["grade_ids"]:
        return False
    return facts["amount"] >= rule["amount_from"]


def first_fit(rules, facts):
    """Place of the first rule that applies, or None.

    :param list rules: in their order, see above
    :rtype: int or None

    >>> rule = dict(customer="", grade_ids=[], market="", purpose="", amount_from=0)
    >>> facts = {"customer": "new", "grade_id": False, "market": "export",
    ...          "purpose": "evaluation", "amount": 10.0}
    >>> first_fit([{**rule, "customer": "known"}, rule, rule], facts)
    1
    >>> first_fit([{**rule, "amount_from": 11}], facts) is None
    True
    """
    for place, rule in enumerate(rules):
        if fits(rule, facts):
            return place
    return None


def waybill_key(text):
    """A waybill as it is compared: letters and digits, upper case.

    >>> waybill_key(" sf 1234-5678.9 ")
    'SF123456789'
    >>> waybill_key(False)
    ''
    """
    return "".join(sign for sign in (text or "").upper() if sign.isalnum())


def judge_charge(amount, expected, tolerance, is_billed):
    """What a line of a courier's bill is.

    :param float amount: what the courier asks for
    :param expected: what was expected for the parcel; None when nobody sent it
    :param float tolerance: percent over what was expected that is let pass, inclusive
    :param bool is_billed: this waybill has been billed already

    >>> judge_charge(105.0, 100.0, 5.0, False)
    'matched'
    >>> judge_charge(105.01, 100.0, 5.0, False)
    'over'
    >>> judge_charge(20.0, 0.0, 5.0, False)
    'over'
    >>> judge_charge(20.0, None, 5.0, False)
    'unknown'
    >>> judge_charge(20.0, None, 5.0, True), judge_charge(20.0, 20.0, 5.0, True)
    ('twice', 'twice')
    """
    if is_billed:
        return TWICE
    if expected is None:
        return UNKNOWN
    limit = expected * (1 + tolerance / 100)
    return OVER if round(amount - limit, 6) > 0 else MATCHED


def share(amount, weights, digits=2):
    """An amount shared out by weights; the rounding rests with the last.

    >>> share(10.0, [1, 1, 1])
    [3.33, 3.33, 3.34]
    >>> share(10.0, [0, 0])
    [5.0, 5.0]
    >>> share(10.0, [])
    []
    """
    if not weights:
        return []
    total = sum(weights)
    if not total:
        weights, total = [1] * len(weights), len(weights)
    parts = [round(amount * weight / total, digits) for weight in weights[:-1]]
    return [*parts, round(amount - sum(parts), digits)]
