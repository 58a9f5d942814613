"""Robust statistics in plain Python: a course with trend and season through few and
partly odd values, and how surprising a new value is.

Values are logarithms: amounts of orders are skewed, twice as much and half as much are
equally far away.
"""

import math
from statistics import median

YEAR = 365.25
#: residuals beyond so many spreads pull less
HUBER = 2.0
ROUNDS = 3


class Prior:
    """What is believed before any order was seen; it fades as orders come in.

    :param float spread: usual spread of the logarithms
    :param float weight: so many observations this belief is worth
    :param float trend: spread of the yearly growth, 0 for none
    :param float season: spread of the amplitude of the season, 0 for none
    :param float floor: no spread is taken to be smaller
    """

    def __init__(self, spread, weight, trend=0.0, season=0.0, floor=0.0):
        self.spread, self.weight = spread, weight
        self.trend, self.season, self.floor = trend, season, floor


class Expected:
    """A value to come: its centre and spread as logarithms, and the degrees of freedom
    of the estimate."""

    def __init__(self, centre, spread, freedom, count):
        self.centre, self.spread = centre, spread
        self.freedom, self.count = freedom, count

    def get_surprise(self, value):
        """Probability of a value at least as far away, either side."""
        return tail((value - self.centre) / self.spread, self.freedom)

    def get_limits(self, share):
        """The range outside of which ``share`` of usual values lie."""
        half = self.spread * quantile(share, self.freedom)
        return self.centre - half, self.centre + half


def tail(t, freedom):
    """Two-sided tail of Student's distribution (Wallace's approximation, within a few
    percent from four degrees of freedom on).

    >>> round(tail(2.776, 4), 2)
    0.05
    >>> round(tail(1.96, 1e6), 3)
    0.05
    """
    z = math.sqrt(freedom * math.log1p(t * t / freedom))
    z *= (8 * freedom + 1) / (8 * freedom + 3)
    return math.erfc(z / math.sqrt(2))


def quantile(share, freedom):
    """The ``t`` whose two-sided tail is ``share``.

    >>> round(quantile(0.05, 4), 1)
    2.8
    """
    low, high = 0.0, 1e3
    for _n in range(60):
        middle = (low + high) / 2
        if tail(middle, freedom) > share:
            low = middle
        else:
            high = middle
    return high


def spread_of(values):
    """Robust spread about the median, as a standard deviation.

    >>> round(spread_of([1, 2, 3, 4, 100]), 2)
    1.48
    """
    middle = median(values)
    return 1.4826 * median(abs(value - middle) for value in values)


def solve(matrix, right):
    """Solve a small symmetric system; rows without a pivot give 0.

    >>> solve([[2.0, 0.0], [0.0, 4.0]], [2.0, 2.0])
    [1.0, 0.5]
    """
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = rows[i][i]
        if abs(pivot) < 1e-12:
            continue
        for k in range(size):
            if k != i and rows[k][i]:
                factor = rows[k][i] / pivot
                rows[k] = [
                    a - factor * b for a, b in zip(rows[k], rows[i], strict=True)
                ]
    return [
        rows[i][size] / rows[i][i] if abs(rows[i][i]) >= 1e-12 else 0.0
        for i in range(size)
    ]


class Course:
    """A level for each group, with trend and season common to all groups.

    Fitted by iteratively reweighted least squares: odd values pull less, unless they
    are known to be right. Trend and season are held near zero until the history speaks
    for them, and so long the uncertainty about them widens what is expected.

    :param list points: ``(group, day as a number, value, known to be right)``
    :param Prior prior: what is believed before
    :param last: day about which the trend turns, the newest
    """

    def __init__(self, points, prior):
        self.prior = prior
        self.last = max((point[1] for point in points), default=0)
        self.penalties = [
            1 / spread**2 if spread else None
            for spread in (prior.trend, prior.season, prior.season)
        ]
        self.terms = [k for k, penalty in enumerate(self.penalties) if penalty]
        self.points = [
            (group, self._get_terms(day), value, right)
            for group, day, value, right in points
        ]
        self._fit()

    def _get_terms(self, day):
        angle = 2 * math.pi * day / YEAR
        every = ((day - self.last) / YEAR, math.cos(angle), math.sin(angle))
        return [every[k] for k in self.terms]

    def _fit(self):
        prior, size = self.prior, len(self.terms)
        values = {}
        for group, _terms, value, _right in self.points:
            values.setdefault(group, []).append(value)
        middles = {group: median(found) for group, found in values.items()}
        rest = [value - middles[group] for group, _terms, value, _r in self.points]
        start = spread_of(rest) if len(rest) > len(values) + 2 else prior.spread
        self.spread = max(start, prior.floor, prior.spread / 4)
        self.slopes = [0.0] * size
        for _n in range(ROUNDS):
            weights = self._weigh(rest)
            self._solve(weights)
            rest = [
                value
                - self.levels[group][0]
                - sum(b * x for b, x in zip(self.slopes, terms, strict=True))
                for group, terms, value, _right in self.points
            ]
            self._measure(rest, weights)

    def _weigh(self, rest):
        limit = HUBER * self.spread
        return [
            1.0 if right or abs(r) <= limit else limit / abs(r)
            for r, (_g, _x, _v, right) in zip(rest, self.points, strict=True)
        ]

    def _solve(self, weights):
        size, span = len(self.terms), range(len(self.terms))
        sums = {}
        for weight, (group, terms, value, _right) in zip(
            weights, self.points, strict=True
        ):
            total = sums.setdefault(group, [0.0, 0.0, [0.0] * size])
            total[0] += weight
            total[1] += weight * value
            for k in span:
                total[2][k] += weight * terms[k]
        means = {
            group: (total[0], total[1] / total[0], [x / total[0] for x in total[2]])
            for group, total in sums.items()
        }
        matrix = [[0.0] * size for _k in span]
        right_side = [0.0] * size
        for weight, (group, terms, value, _right) in zip(
            weights, self.points, strict=True
        ):
            _count, mean, centre = means[group]
            off = [terms[k] - centre[k] for k in span]
            for k in span:
                scaled = weight * off[k]
                right_side[k] += scaled * (value - mean)
                for j in span:
                    matrix[k][j] += scaled * off[j]
        variance = self.spread**2
        for k in span:
            matrix[k][k] += variance * self.penalties[self.terms[k]]
        self.matrix = matrix
        self.slopes = solve(matrix, right_side) if size else []
        self.levels = {
            group: (
                mean - sum(b * x for b, x in zip(self.slopes, centre, strict=True)),
                count,
                centre,
            )
            for group, (count, mean, centre) in means.items()
        }

    def _measure(self, rest, weights):
        """The spread about the course: of all groups, and of each."""
        prior, sums = self.prior, {}
        for r, weight, (group, _x, _v, _right) in zip(
            rest, weights, self.points, strict=True
        ):
            total = sums.setdefault(group, [0.0, 0.0])
            total[0] += weight
            total[1] += weight * r * r
        freedom = sum(max(count - 1, 0.0) for count, _square in sums.values())
        square = sum(square for _count, square in sums.values())
        self.freedom = prior.weight + freedom
        self.spread = max(
            prior.floor,
            math.sqrt((prior.weight * prior.spread**2 + square) / self.freedom),
        )
        self.sums = sums

    def expect(self, group, day, pool=10.0):
        """What a new value of a group is expected to be.

        :param float pool: the spread of all groups counts as so many values of this one
        :rtype: Expected or None
        """
        if group not in self.levels:
            return None
        level, count, centre = self.levels[group]
        terms = self._get_terms(day)
        weight, square = self.sums[group]
        pool = min(pool, self.freedom)
        freedom = pool + max(weight - 1, 0.0)
        own = max(
            self.prior.floor, math.sqrt((pool * self.spread**2 + square) / freedom)
        )
        off = [x - c for x, c in zip(terms, centre, strict=True)]
        doubt = 1 / count
        if off:
            doubt += sum(
                a * b for a, b in zip(off, solve(self.matrix, off), strict=True)
            )
        expected = level + sum(b * x for b, x in zip(self.slopes, terms, strict=True))
        return Expected(expected, own * math.sqrt(1 + doubt), freedom, round(count))


def latest_level(values, spread):
    """The values since the last lasting change of level (a price round), newest last.

    >>> latest_level([1.0, 1.0, 1.01, 1.2, 1.2], 0.01)
    [1.2, 1.2]
    """
    begin, sharpest = 0, 3.5
    for start in range(len(values) - 1, 0, -1):
        before, after = values[max(start - 3, 0) : start], values[start:]
        noise = spread * math.sqrt(1 / len(before) + 1 / min(len(after), 5))
        contrast = abs(median(after[:5]) - median(before)) / noise
        if contrast > sharpest:
            begin, sharpest = start, contrast
        elif begin:
            break
    return values[begin:]
