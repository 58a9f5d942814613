"""Distances on the earth and the order in which to walk a few stops."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_000


def distance(start, end):
    """Metres between two positions as the crow flies.

    :param tuple start: (latitude, longitude) in degrees, or None when unknown
    :param tuple end: as ``start``
    :returns: metres, or None when a position is unknown
    :rtype: float

    >>> round(distance((31.2304, 121.4737), (31.2304, 121.4842)))
    998
    >>> distance(None, (31.2, 121.4)) is None
    True
    """
    if not start or not end:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (*start, *end))
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))


def position(latitude, longitude):
    """A position, or None where nobody entered one (Odoo stores 0, 0)."""
    return (latitude, longitude) if latitude or longitude else None


def route(stops):
    """A sensible order of a day's stops: from the westernmost on, always the nearest
    stop not yet visited. Stops without a position come last, in their given order.

    :param list stops: (key, position or None)
    :returns: keys in visiting order
    :rtype: list

    >>> route([("c", (0, 3)), ("a", (0, 1)), ("x", None), ("b", (0, 2))])
    ['a', 'b', 'c', 'x']
    """
    placed = sorted(
        (stop for stop in stops if stop[1]), key=lambda stop: (stop[1][1], stop[1][0])
    )
    order = []
    while placed:
        here = placed.pop(0)
        order.append(here[0])
        placed.sort(key=lambda stop, at=here[1]: distance(at, stop[1]))
    return order + [key for key, where in stops if not where]
