"""What is right about a claim of the made-up world (AS-08): the oracle.

Written from the specification; it imports nothing of the rules. Limits are inclusive, a
warranty of n months includes the day before the same date n months later.
"""

from dataclasses import dataclass

from .world import (
    DAILY_USAGE,
    DUPLICATE_DAYS,
    EVIDENCE,
    EXTRA_AMOUNT,
    LATE_DAYS,
    REPEAT_DAYS,
    cents,
    last_day,
)

#: causes that leave the other lines payable; with any other nothing is paid as it is
BY_LINE = {"hours", "price", "rate", "quantity", "excluded"}
#: planted kinds that show as another cause, or that only a person can tell
SHOWS_AS = {"hours_twice": "hours"}
LOOKS = {"foreign", "padded"}


@dataclass(frozen=True)
class Truth:
    """
    :param frozenset causes: what is wrong
    :param frozenset looks: why the maker wants a person to see it, though nothing may
        be wrong
    :param float allowed: the most that may be paid without a person
    """

    causes: frozenset
    looks: frozenset
    allowed: float


def tell(claim, catalogue):
    """:rtype: Truth"""
    causes = {
        *_coverage(claim, catalogue),
        *_history(claim),
        *_meter(claim),
        *_lines(claim, catalogue),
    }
    if set(EVIDENCE) - set(claim.evidence):
        causes.add("evidence")
    if (claim.today - claim.day).days > LATE_DAYS:
        causes.add("late")
    causes |= LOOKS & set(claim.planted)
    allowed = 0.0
    if not causes - BY_LINE:
        allowed = _pay(claim, catalogue)
    return Truth(frozenset(causes), frozenset(_looks(claim, catalogue)), allowed)


def _coverage(claim, catalogue):
    if claim.day < claim.sold:
        yield "early"
    elif claim.day > last_day(claim.sold, claim.vehicle.months):
        yield "date"
    if claim.usage > claim.vehicle.usage:
        yield "usage"
    for part in _parts(claim, catalogue):
        if part.excluded:
            yield "excluded"
        if part.months and claim.day > last_day(claim.sold, part.months):
            yield "part_term"


def _history(claim):
    parts = {line.item for line in claim.lines if line.kind == "part"}
    total = claim.amount
    for earlier in claim.earlier:
        days = abs((claim.day - earlier.day).days)
        if earlier.part in parts and days <= DUPLICATE_DAYS:
            yield "duplicate"
        if earlier.fault == claim.fault.key and days <= REPEAT_DAYS:
            yield "repeated"
        if days == 0 and earlier.station != claim.station:
            yield "two_stations"
        if days == 0 and earlier.station == claim.station:
            total += earlier.amount
    if total > claim.amount and total > claim.station.authority:
        yield "split"


def _meter(claim):
    before = [row for row in claim.readings if row[0] <= claim.day]
    if any(value > claim.usage for _day, value in before):
        yield "backwards"
    if any(day > claim.day and value < claim.usage for day, value in claim.readings):
        yield "after"
    start = max(before, key=lambda row: row[1], default=(claim.sold, 0))
    if start[0] <= claim.day:
        days = max((claim.day - start[0]).days, 1)
        most = 24 if claim.vehicle.unit == "h" else DAILY_USAGE
        if claim.usage - start[1] > most * days:
            yield "daily"


def _lines(claim, catalogue):
    hours, pieces = {}, {}
    for line in claim.lines:
        if line.kind == "labor":
            if line.price > claim.station.rate:
                yield "rate"
            hours[line.item] = hours.get(line.item, 0) + line.quantity
        if line.kind == "part":
            part = catalogue.parts[line.item]
            pieces[part] = pieces.get(part, 0) + line.quantity
            if part.price is not None and line.price > part.price:
                yield "price"
    for operation, claimed in hours.items():
        standard = operation and catalogue.hours(operation, claim.vehicle)
        if operation and standard is None:
            yield "operation"
        elif operation and round(claimed, 2) > standard:
            yield "hours"
    if any(part.most and claimed > part.most for part, claimed in pieces.items()):
        yield "quantity"
    if pieces and not {part.key for part in pieces} & set(claim.fault.parts):
        yield "unfit"


def _looks(claim, catalogue):
    if claim.amount > claim.station.authority:
        yield "authority"
    if any(line.kind == "labor" and line.item is None for line in claim.lines):
        yield "labor"
    if any(part.price is None for part in _parts(claim, catalogue)):
        yield "price"
    if sum(line.amount for line in claim.lines if line.kind == "travel") > EXTRA_AMOUNT:
        yield "padded"
    known = any(earlier.station == claim.station for earlier in claim.earlier)
    if claim.selling and claim.selling.region != claim.station.region and not known:
        yield "foreign"


def _pay(claim, catalogue):
    """Each line at most at what was agreed for it."""
    total, left = 0.0, {}
    for line in claim.lines:
        quantity, price = line.quantity, line.price
        if line.kind == "part":
            part = catalogue.parts[line.item]
            if part.excluded:
                continue
            price = min(price, part.price if part.price is not None else price)
            most = part.most or quantity
        elif line.kind == "labor":
            price = min(price, claim.station.rate)
            most = quantity
            if line.item:
                most = catalogue.hours(line.item, claim.vehicle)
        else:
            most = quantity
        left.setdefault(line.item, most)
        if line.item is not None:
            quantity = min(quantity, left[line.item])
            left[line.item] -= quantity
        total += cents(round(quantity, 2), price)
    return round(total, 2)


def _parts(claim, catalogue):
    return [catalogue.parts[line.item] for line in claim.lines if line.kind == "part"]
