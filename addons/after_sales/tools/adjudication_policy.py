"""What the policy makes of verdicts (AS-08): pure functions, so that a decision can be
made again from what is stored."""

from hashlib import sha256

from .adjudication import FAIL, PASS

APPROVED, RETURNED = "approved", "returned"
SAMPLE, AMOUNT, RULES = "sample", "amount", "rules"
#: what a rule's ``consequence`` may say
RETURN, AUDIT, NOTE = "return", "audit", "note"


def decide(verdicts, is_over, is_drawn, may_return):
    """How a submitted claim goes on.

    A fail that is the station's to put right returns it, whatever else was found: an
    auditor sees it once it is complete. All else that is not passed wants a person.

    :param verdicts: iterable of ``(level, consequence of its rule)``
    :param bool is_over: over the amount that is approved without a person
    :param bool is_drawn: in the audit sample
    :param bool may_return: whether the policy may return it to the station
    :returns: one of approved, returned, sample, amount, rules

    >>> decide([("pass", "return")], False, False, True)
    'approved'
    >>> decide([("fail", "return"), ("warn", "audit")], False, False, True)
    'returned'
    >>> decide([("fail", "return")], False, False, False)
    'rules'
    >>> decide([("warn", "return")], False, False, True)
    'rules'
    >>> decide([("fail", "note")], True, True, True)
    'amount'
    """
    found = [
        (level, consequence)
        for level, consequence in verdicts
        if level != PASS and consequence != NOTE
    ]
    if may_return and (FAIL, RETURN) in found:
        return RETURNED
    if found:
        return RULES
    if is_over:
        return AMOUNT
    return SAMPLE if is_drawn else APPROVED


def is_drawn(key, number, percent):
    """Whether a claim is in the audit sample: the same answer whenever it is asked.

    :param str key: the company's own, so that stations cannot reckon it
    :param str number: of the claim
    :param float percent: share of all claims, 0 to 100

    >>> is_drawn("key", "AP1", 0), is_drawn("key", "AP1", 100)
    (False, True)
    """
    head = sha256(f"{key}:{number}".encode()).digest()[:4]
    return int.from_bytes(head) / 2**32 * 100 < percent
