"""Pareto order: what few causes make up most of the cases."""

from collections import namedtuple

#: share of the cases, in percent, that the vital few make up
VITAL_PERCENT = 80.0

#: :param key: what was counted
#: :param int count: how often
#: :param float percent: share of all, 0 to 100
#: :param float cumulated_percent: share of this and all before it
#: :param bool is_vital: needed to reach ``VITAL_PERCENT``
Bar = namedtuple("Bar", "key count percent cumulated_percent is_vital")


def pareto(counts):
    """Counts as bars, the most frequent first; equal ones keep their order.

    :param dict counts: {key: number}
    :returns: list of Bar; empty without cases

    >>> [(bar.key, bar.cumulated_percent) for bar in pareto({"b": 1, "a": 3})]
    [('a', 75.0), ('b', 100.0)]
    >>> [bar.is_vital for bar in pareto({"a": 8, "b": 1, "c": 1})]
    [True, False, False]
    """
    total = sum(counts.values())
    bars, passed = [], 0
    for key, count in sorted(counts.items(), key=lambda item: -item[1]):
        if not count:
            continue
        is_vital = 100 * passed < VITAL_PERCENT * total
        passed += count
        bars.append(
            Bar(key, count, 100 * count / total, 100 * passed / total, is_vital)
        )
    return bars
