"""Who bears what of a claim's cost: shares and amounts, without the ORM."""

import math

#: who may bear a share of a failure's cost 责任单位
PARTIES = ("supplier", "maker", "station", "customer", "carrier")


def split_amount(amount, weights, rounding=0.01):
    """Divide an amount by weights; the parts add up to it to the cent.

    :param float amount: what is divided
    :param list weights: numbers, not negative; all zero: equal parts
    :param float rounding: smallest unit of the currency
    :returns: list of floats, one per weight

    >>> split_amount(100, [1, 1, 1])
    [33.33, 33.34, 33.33]
    >>> split_amount(10, [0, 0])
    [5.0, 5.0]
    >>> split_amount(0.01, [1, 1])
    [0.01, 0.0]
    >>> split_amount(80, [3, 1])
    [60.0, 20.0]
    >>> split_amount(-0.01, [1])
    [-0.01]
    """
    total = sum(weights)
    if not total:
        weights = [1] * len(weights)
        total = len(weights)
    cents = int(round(amount / rounding))
    parts, taken, reached = [], 0, 0
    for weight in weights:
        reached += weight
        until = math.floor(cents * reached / total + 0.5)
        parts.append(round((until - taken) * rounding, 6))
        taken = until
    return parts


def supplier_amounts(costs, share, bears_labor, handling_percent, rounding=0.01):
    """What a supplier is charged of a claim's cost.

    :param dict costs: ``part``, ``labor`` and ``other`` (travel and the like)
    :param float share: the supplier's share in percent
    :param bool bears_labor: whether it bears more than the part itself
    :param float handling_percent: of what it bears, for the maker's handling
    :returns: dict ``part``, ``labor``, ``other``, ``handling``, ``total``; each is
        rounded, the total adds the rounded ones

    >>> costs = {"part": 200, "labor": 150, "other": 30}
    >>> supplier_amounts(costs, 80, True, 5)["total"]
    319.2
    >>> supplier_amounts(costs, 80, False, 0)
    {'part': 160.0, 'labor': 0.0, 'other': 0.0, 'handling': 0.0, 'total': 160.0}
    """

    def cut(amount, percent):
        return round(int(amount * percent / 100 / rounding + 0.5 + 1e-9) * rounding, 6)

    amounts = {
        key: cut(amount, share) if key == "part" or bears_labor else 0.0
        for key, amount in costs.items()
    }
    amounts["handling"] = cut(sum(amounts.values()), handling_percent)
    amounts["total"] = round(sum(amounts.values()), 6)
    return amounts
