"""Points of a customer's grade (F-20): pure arithmetic from facts to points.

Three parts, each between nothing and its weight: rolling turnover, days the customer
pays late, growth against the same time before. What nobody can know yet (nothing was
due, nothing was sold before) counts half, so that a new customer is neither first nor
last. The points of the parts are rounded before they are added: the sentence adds up.
"""

from collections import namedtuple

#: How a company judges its customers.
#:
#: :param float turnover_weight: points for the turnover; the weights add up to 100
#: :param float payment_weight: points for the payment behaviour
#: :param float growth_weight: points for the growth
#: :param float turnover_full: turnover from which on all its points are given
#: :param float late_zero: mean days late from which on the payment gives none
#: :param float growth_zero: growth in percent down to which nothing is given
#: :param float growth_full: growth in percent from which on all is given
Scale = namedtuple(
    "Scale",
    "turnover_weight payment_weight growth_weight"
    " turnover_full late_zero growth_zero growth_full",
)

SCALE = Scale(60, 20, 20, 1_000_000, 30, -30, 30)


def share(value, zero, full):
    """Share of the points between ``zero`` (none) and ``full`` (all).

    >>> share(3, 30, 0)
    0.9
    >>> share(12, -30, 30)
    0.7
    >>> share(45, 30, 0), share(-4, 30, 0)
    (0.0, 1.0)
    """
    if zero == full:
        return 1.0 if value >= full else 0.0
    return min(1.0, max(0.0, (value - zero) / (full - zero)))


def growth(turnover, before):
    """Growth in percent, or None where nothing was sold before.

    >>> growth(112, 100)
    12.0
    >>> growth(50, 0) is None
    True
    """
    if before <= 0:
        return None
    return round(100 * (turnover - before) / before, 1)


def points(scale, turnover, before, days_late):
    """The points of one customer.

    :param Scale scale: the company's scale
    :param float turnover: turnover of the months judged
    :param float before: turnover of as many months before them
    :param days_late: mean days late weighted by amount, or None when nothing was due
    :returns: dict with ``turnover_points``, ``payment_points``, ``growth_points``,
        ``growth_percent`` (or None) and their sum ``points``
    :rtype: dict

    >>> got = points(SCALE, 1_200_000, 1_071_428.57, 3)
    >>> got["turnover_points"], got["payment_points"], got["growth_points"]
    (60.0, 18.0, 14.0)
    >>> got["points"]
    92.0
    >>> points(SCALE, 0, 0, None)["points"]
    0.0
    >>> points(SCALE, 500_000, 0, None)["points"]
    50.0
    """
    percent = growth(turnover, before)
    known = turnover > 0 or before > 0
    unknown = 0.5 if known else 0.0
    parts = {
        "turnover_points": scale.turnover_weight
        * share(turnover, 0, scale.turnover_full),
        "payment_points": scale.payment_weight
        * (unknown if days_late is None else share(days_late, scale.late_zero, 0)),
        "growth_points": scale.growth_weight
        * (
            unknown
            if percent is None
            else share(percent, scale.growth_zero, scale.growth_full)
        ),
    }
    parts = {key: round(value, 1) for key, value in parts.items()}
    return {
        **parts,
        "growth_percent": percent,
        "points": round(sum(parts.values()), 1),
    }


def place(total, cutoffs):
    """The grade reached with ``total`` points: the best whose points are reached, else
    the last.

    :param float total: points
    :param list cutoffs: [(least points, grade)], the best grade first
    :returns: a grade of the list

    >>> grades = [(80, "A"), (60, "B"), (40, "C"), (0, "D")]
    >>> [place(total, grades) for total in (92, 80, 79.9, 40, 1)]
    ['A', 'A', 'B', 'C', 'D']
    >>> place(10, [(80, "A"), (60, "B")])
    'B'
    """
    for least, grade in cutoffs:
        if total >= least:
            return grade
    return cutoffs[-1][1]
