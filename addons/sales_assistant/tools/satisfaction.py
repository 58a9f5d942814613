"""Scores of satisfaction and what they prove, without the ORM."""

from collections import namedtuple
from math import log

#: how sure a proof is
CONFIDENCE = 0.95
#: steps of the bisection, far below a hundredth of a point
STEPS = 60

#: what a set of answers says: its mean, and the bound above which the true mean lies
Finding = namedtuple("Finding", "mean bound rate verdict")


def scale_score(value, low, high):
    """An answer on a scale as points from 0 to 100.

    >>> scale_score(4, 1, 5)
    75.0
    >>> scale_score(7, 7, 7)
    100.0
    """
    if high == low:
        return 100.0
    return max(0.0, min(100.0, 100 * (value - low) / (high - low)))


def lower_bound(mean, count, asked):
    """Points above which the mean of everybody asked lies, 19 times out of 20.

    Answers of customers are few, crowd at the top, and one angry customer among thirty
    moves the mean: the usual bound by Student's t calls four answers of 100 a proof.
    This one holds for scores of any shape between 0 and 100 (Hoeffding 1963, theorem 1:
    the mean of n such scores exceeds m by chance with at most exp(-n kl(mean, m))).
    For 100 throughout it is the exact bound of a share: 29 answers prove 90.

    Where nearly everybody has answered no chance is left: even if all who kept silent
    had given 0, the mean of all would be ``mean * count / asked``. The better of both
    counts.

    :param float mean: points of the answers, 0 to 100
    :param int count: number of answers
    :param int asked: how many were asked
    :rtype: float
    """
    if not count:
        return 0.0
    certain = mean * count / max(asked, count)
    return max(certain, 100 * _chance_bound(mean / 100, count))


def _chance_bound(share, count):
    """The least true share that lets a mean of ``share`` of ``count`` answers come
    about with a chance of one in twenty."""
    limit = -log(1 - CONFIDENCE) / count
    low, high = 0.0, share
    for _step in range(STEPS):
        middle = (low + high) / 2
        if _divergence(share, middle) > limit:
            low = middle
        else:
            high = middle
    return high


def _divergence(share, true):
    """Kullback-Leibler divergence of two shares."""
    if share <= 0:
        return 0.0
    if true <= 0:
        return float("inf")
    rest = (1 - share) * log((1 - share) / (1 - true)) if share < 1 else 0.0
    return share * log(share / true) + rest


def judge(mean, count, asked, target, least):
    """What a set of answers says against a target.

    :param float mean: points of the answers, 0 to 100
    :param int count: number of answers
    :param int asked: how many were asked
    :param float target: points to reach
    :param int least: with fewer answers nothing is proven
    :returns: ``Finding``; the verdict is ``none`` without answers, ``few`` with fewer
        than ``least``, ``missed`` below the target, ``open`` above it without proof,
        ``proven`` when the lower bound reaches it
    Source: S2 五·2, key customers: 90 points; B-15.
    """
    bound = lower_bound(mean, count, asked)
    rate = 100 * count / asked if asked else 0.0
    if not count:
        verdict = "none"
    elif count < least:
        verdict = "few"
    elif mean < target:
        verdict = "missed"
    elif bound < target:
        verdict = "open"
    else:
        verdict = "proven"
    return Finding(mean, bound, rate, verdict)
