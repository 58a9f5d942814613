"""Numbered blanks as ranges: which numbers are where (SA-17b, B-10).

A range is ``(first, last)``, both included. A ledger is a list of ``(first, last,
place)`` without overlaps, so that every number it knows is in exactly one place.
"""

import re

#: larger numbers do not fit the columns that keep them
MAX_NUMBER = 2_147_483_646
PART = re.compile(r"(\d+)(?:\s*[-–—~～至]\s*(\d+))?")


class NotThereError(ValueError):
    """A number is not where a movement wants to take it from.

    :param int number: the first such number
    :param place: where it is; None when the ledger does not know it
    """

    def __init__(self, number, place):
        super().__init__(number, place)
        self.number, self.place = number, place


def parse(text):
    """Ranges as people write them, sorted and joined.

    >>> parse("100-149, 160 161；200～210")
    [(100, 149), (160, 161), (200, 210)]
    >>> parse("150-100")
    Traceback (most recent call last):
    ValueError: 150-100
    >>> parse("1-5, 3-9")
    Traceback (most recent call last):
    ValueError: 3-9

    :param str text: numbers and ranges, separated by commas, semicolons or space
    :returns: list of (first, last)
    :raises ValueError: with the part that is no range, or names a number twice
    """
    found = []
    text = re.sub(r"\s*([-–—~～至])\s*", r"\1", text or "")
    for part in re.split(r"[\s,;，；、]+", text.strip()):
        if not part:
            continue
        match = PART.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or match[1]) if match else 0
        if not match or first > last or last > MAX_NUMBER:
            raise ValueError(part)
        if any(first <= other[1] and other[0] <= last for other in found):
            raise ValueError(part)
        found.append((first, last))
    return join(found)


def join(ranges):
    """Sorted, with neighbours and overlaps joined.

    >>> join([(5, 9), (1, 4), (20, 20), (8, 12)])
    [(1, 12), (20, 20)]
    """
    joined = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def subtract(ranges, others):
    """What of ``ranges`` is in none of ``others``; both joined.

    >>> subtract([(1, 10)], [(3, 4), (8, 20)])
    [(1, 2), (5, 7)]
    """
    left = []
    for first, last in ranges:
        for low, high in others:
            if high < first:
                continue
            if low > last:
                break
            if low > first:
                left.append((first, low - 1))
            first = high + 1
        if first <= last:
            left.append((first, last))
    return left


def count(ranges):
    """How many numbers.

    >>> count([(1, 10), (20, 20)])
    11
    """
    return sum(last - first + 1 for first, last in ranges)


def write(ranges, form=str):
    """Ranges as ``parse`` reads them.

    >>> write([(1, 10), (20, 20)])
    '1-10, 20'
    """
    return ", ".join(
        form(first) if first == last else f"{form(first)}-{form(last)}"
        for first, last in ranges
    )


def add(entries, ranges, place):
    """The ledger with new numbers.

    :raises NotThereError: the ledger knows one of them already
    """
    for first, last in ranges:
        for low, high, held in sorted(entries):
            if low <= last and first <= high:
                raise NotThereError(max(low, first), held)
    return _join_entries([*entries, *((first, last, place) for first, last in ranges)])


def move(entries, ranges, source, target):
    """The ledger after a movement of ``ranges`` from one place to another.

    >>> move([(1, 10, "safe")], [(3, 4)], "safe", "Ann")
    [(1, 2, 'safe'), (3, 4, 'Ann'), (5, 10, 'safe')]

    :param list entries: the ledger, or all of it that touches ``ranges``
    :raises NotThereError: one of the numbers is not in ``source``
    """
    held = [(first, last) for first, last, place in entries if place == source]
    missing = subtract(ranges, join(held))
    if missing:
        number = missing[0][0]
        places = [place for low, high, place in entries if low <= number <= high]
        raise NotThereError(number, places[0] if places else None)
    kept = [entry for entry in entries if entry[2] != source]
    left = [(first, last, source) for first, last in subtract(join(held), ranges)]
    moved = [(first, last, target) for first, last in ranges]
    return _join_entries([*kept, *left, *moved])


def _join_entries(entries):
    joined = []
    for first, last, place in sorted(entries, key=lambda entry: entry[:2]):
        if joined and joined[-1][2] == place and joined[-1][1] + 1 == first:
            joined[-1] = (joined[-1][0], last, place)
        else:
            joined.append((first, last, place))
    return joined
