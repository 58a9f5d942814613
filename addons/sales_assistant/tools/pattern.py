"""The usual pattern of a customer: what is unusual about a quotation, with figures.

Plain Python over facts, without the ORM::

    history = [Past(id, day, address, [Item(product, quantity, price, list_price,
                                            right), ...]), ...]   # oldest first
    quotation = Past(0, day, address, [Item(...), ...])

Days are ordinals, products and addresses any keys. A ``price`` is the net unit price; a
product in another unit or currency is another key (``price_key``). ``right`` marks what
a customer confirmed although it was unusual: it counts as any usual order does.

What is flagged is held to a share of *orders*: every order has a budget, divided among
all that is compared in it. Histories that are too thin to tell stay silent by
themselves: what is expected of them is wide.
"""

import math
from collections import Counter, namedtuple

from . import robust

Item = namedtuple("Item", "product quantity price list_price right price_key")
Past = namedtuple("Past", "id day address items")
#: how far the customer's habit is left; ``orders`` are the compared ones, newest first
Finding = namedtuple("Finding", "key product facts orders surprise")

#: what is believed before: quantities, intervals, prices
QUANTITY = robust.Prior(0.35, 4.0, trend=0.2, season=0.2, floor=0.05)
INTERVAL = robust.Prior(0.35, 4.0, trend=0.15, floor=0.05)
PRICE = robust.Prior(0.015, 4.0, floor=0.004)
#: how the budget of an order is divided
PARTS = {"quantity": 0.19, "price": 0.17, "interval": 0.07}
#: an event this rare in the customer's own history is unusual
RARE = 0.04
#: the newest orders that are looked at
ORDERS_MOST = 150
#: so many values are looked at for a course; those of what is asked come first
POINTS_MOST = 400
#: at least so many orders before anything is said
ORDERS_LEAST = 5
#: so many compared orders are named
NAMED = 12


def judge(history, quotation, share=0.05, sensitivity=1.0, least=ORDERS_LEAST):
    """What is unusual about a quotation.

    :param float share: share of usual orders that may be flagged, 0 to 1
    :param float sensitivity: 1, lowered by false alarms
    :param int least: orders a history has at least
    :returns: list of ``Finding``, most surprising first
    """
    history = history[-ORDERS_MOST:]
    if len(history) < max(least, 2) or not quotation.items:
        return []
    budget = share * sensitivity
    findings = [
        *judge_quantities(history, quotation, budget * PARTS["quantity"]),
        *judge_prices(history, quotation, budget * PARTS["price"]),
        *judge_interval(history, quotation, budget * PARTS["interval"]),
        *judge_products(history, quotation, RARE * sensitivity),
        *judge_companions(history, quotation, RARE * sensitivity),
        *judge_destination(history, quotation, RARE * sensitivity),
    ]
    return sorted(findings, key=lambda finding: finding.surprise)


# ------------------------------------------------------------------------ quantities


def add_up(items):
    """Quantity of each product; right where a part of it is known to be right.

    :returns: {product: (quantity, right)}
    """
    total = {}
    for item in items:
        if item.quantity > 0:
            before, right = total.get(item.product, (0.0, False))
            total[item.product] = before + item.quantity, right or item.right
    return total


def judge_quantities(history, quotation, budget):
    past = {}
    for order in history:
        for product, (quantity, right) in add_up(order.items).items():
            past.setdefault(product, []).append((order, quantity, right))
    asked = {
        product: quantity
        for product, (quantity, _right) in add_up(quotation.items).items()
        if product in past
    }
    if not asked:
        return
    course = robust.Course(_choose_points(past, asked), QUANTITY)
    limit = budget / len(asked)
    for product, quantity in asked.items():
        expected = course.expect(product, quotation.day)
        surprise = expected.get_surprise(math.log(quantity))
        if surprise < limit:
            pairs = [(order.id, number) for order, number, _right in past[product]]
            yield _compare(
                "quantity", product, quantity, pairs, expected, surprise, limit
            )


def _choose_points(past, asked):
    """The newest quantities of what is asked, then of the other products: they share
    growth and season."""
    each = max(POINTS_MOST // len(asked), 2)
    chosen = [(product, *one) for product in asked for one in past[product][-each:]]
    others = [
        (product, *one)
        for product, found in past.items()
        if product not in asked
        for one in found
    ]
    room = POINTS_MOST - len(chosen)
    if len(others) > room:
        others = sorted(others, key=lambda one: one[1].day)[len(others) - room :]
    return [
        (product, order.day, math.log(quantity), right)
        for product, order, quantity, right in [*chosen, *others]
    ]


def _compare(key, product, value, past, expected, surprise, limit):
    newest = past[: -NAMED - 1 : -1]
    low, high = expected.get_limits(limit)
    values = [number for _id, number in newest]
    facts = {
        "value": value,
        "count": len(newest),
        "total": len(past),
        "least": min(values),
        "most": max(values),
        "low": math.exp(low),
        "high": math.exp(high),
        "expected": math.exp(expected.centre),
    }
    orders = list(dict.fromkeys(id_ for id_, _number in newest))
    return Finding(key, product, facts, orders, surprise)


# ---------------------------------------------------------------------------- prices


def judge_prices(history, quotation, budget):
    """A price is compared as it is or as a share of the list price, whichever course
    was the steadier; both when the list has moved since: a price round is usual.
    All prices of an order moved alike are a price round, too.
    """
    past = {}
    for order in history:
        for item in order.items:
            if item.price > 0:
                past.setdefault((item.product, item.price_key), []).append(
                    (order.id, item)
                )
    asked = {}
    for item in quotation.items:
        if item.price > 0 and (item.product, item.price_key) in past:
            asked.setdefault((item.product, item.price_key), item)
    if not asked:
        return
    each = max(POINTS_MOST // len(asked), 2)
    past = {key: past[key][-each:] for key in asked}
    views = [_PriceView(past, ratio) for ratio in (False, True)]
    views.sort(key=lambda view: view.course.spread)
    tested = []
    for key, item in asked.items():
        seen = [found for view in views if (found := view.expect(key, item))]
        if _is_list_steady(past[key][-1][1], item):
            seen = seen[:1]
        tested.append((key, item, seen))
    shift = _get_common_shift(tested)
    limit = budget / len(tested)
    for (product, price_key), item, seen in tested:
        surprises = [
            max(
                expected.get_surprise(value),
                expected.get_surprise(value - shift) if shift else 0.0,
            )
            for value, expected, _scale in seen
        ]
        surprise = max(surprises)
        if surprise < limit:
            _value, expected, scale = seen[surprises.index(surprise)]
            shown = robust.Expected(
                expected.centre + math.log(scale),
                expected.spread,
                expected.freedom,
                expected.count,
            )
            pairs = [(id_, one.price) for id_, one in past[product, price_key]]
            yield _compare("price", product, item.price, pairs, shown, surprise, limit)


def _is_list_steady(before, item):
    """Whether the list price is what it was at the newest order."""
    if before.list_price <= 0 or item.list_price <= 0:
        return True
    return abs(math.log(item.list_price / before.list_price)) < PRICE.floor / 2


class _PriceView:
    """Past prices as they are, or as shares of the list price of their day."""

    def __init__(self, past, ratio):
        self.ratio = ratio
        self.values = {}
        for key, pairs in past.items():
            values = [
                (self._scale(item), item) for _id, item in pairs if self._has(item)
            ]
            self.values[key] = [
                (math.log(item.price / scale), item.right) for scale, item in values
            ]
        steps = [
            after[0] - before[0]
            for values in self.values.values()
            for before, after in zip(values, values[1:], strict=False)
        ]
        spread = PRICE.spread
        if len(steps) >= 4:  # steps of price rounds are few, the median passes them by
            spread = robust.spread_of([*steps, *(-one for one in steps)]) / 2**0.5
        self.noise = max(spread, PRICE.floor)
        points = []
        for key, values in self.values.items():
            level = robust.latest_level([value for value, _right in values], self.noise)
            points += [
                (key, 0, value, right)
                for value, right in values[len(values) - len(level) :]
            ]
        self.course = robust.Course(points, PRICE)

    def _has(self, item):
        return not self.ratio or item.list_price > 0

    def _scale(self, item):
        return item.list_price if self.ratio else 1.0

    def expect(self, key, item):
        """:returns: (logarithm of the price, what is expected, scale), or None"""
        expected = self._has(item) and self.course.expect(key, 0)
        if not expected:
            return None
        scale = self._scale(item)
        return math.log(item.price / scale), expected, scale


def _get_common_shift(tested):
    """How far all prices of an order moved together, if they did: a price round."""
    if len(tested) < 2:
        return 0.0
    off = []
    for _key, _item, seen in tested:
        value, expected, _scale = min(
            seen, key=lambda one: abs(one[0] - one[1].centre) / one[1].spread
        )
        off.append((value - expected.centre, expected.spread))
    low, high = min(d for d, _s in off), max(d for d, _s in off)
    spread = max(s for _d, s in off)
    if low * high <= 0 or high - low > 4 * spread or max(-low, high) > 0.15:
        return 0.0
    return (low + high) / 2


# -------------------------------------------------------------------------- interval


def get_gaps(history):
    """Days between orders: ``(order id, day, gap)``; orders of one day are one."""
    gaps = []
    for before, after in zip(history, history[1:], strict=False):
        if after.day > before.day:
            gaps.append((after.id, after.day, after.day - before.day))
    return gaps


def expect_gap(gaps, day):
    """:returns: ``robust.Expected`` of the logarithm of the next gap, or None"""
    if len(gaps) < ORDERS_LEAST - 1:
        return None
    points = [("", when, math.log(gap), False) for _id, when, gap in gaps]
    return robust.Course(points, INTERVAL).expect("", day)


def judge_interval(history, quotation, budget):
    gaps = get_gaps(history)
    gap = quotation.day - history[-1].day
    expected = expect_gap(gaps, history[-1].day)
    if gap < 0 or not expected:
        return
    surprise = expected.get_surprise(math.log(max(gap, 0.5)))
    if surprise < budget:
        pairs = [(id_, days) for id_, _day, days in gaps]
        yield _compare("interval", None, gap, pairs, expected, surprise, budget)


# ---------------------------------------------------- products, companions, address


def get_rate(events, tries):
    """How often something happens that happened ``events`` times in ``tries``."""
    return (events + 0.5) / (tries + 1)


def count_firsts(sets):
    """In how many orders something appeared for the first time, after the first third
    in which a customer's assortment shows itself.

    >>> count_firsts([{1}, {1, 2}, {1}, {1}, {3}, {1}])
    (1, 4)
    """
    known, firsts, start = set(), 0, len(sets) // 3
    for place, found in enumerate(sets):
        if place >= start and not found <= known:
            firsts += 1
        known |= found
    return firsts, len(sets) - start


def judge_products(history, quotation, limit):
    baskets = [{item.product for item in order.items} for order in history]
    firsts, tries = count_firsts(baskets)
    rate = get_rate(firsts, tries)
    if rate > limit:
        return
    known = set().union(*baskets)
    orders = [order.id for order in history[: -NAMED - 1 : -1]]
    for product in dict.fromkeys(item.product for item in quotation.items):
        if product not in known:
            facts = {"total": len(history), "products": len(known), "firsts": firsts}
            yield Finding("product", product, facts, orders, rate)


def judge_companions(history, quotation, limit):
    """A product that always came with one of those ordered is missing."""
    baskets = [(order.id, {item.product for item in order.items}) for order in history]
    asked = {item.product for item in quotation.items}
    found, counted = {}, {}
    for product in asked:
        with_it = [(id_, basket) for id_, basket in baskets if product in basket]
        if get_rate(0, len(with_it)) > limit:
            continue
        key = tuple(id_ for id_, _basket in with_it)
        if key not in counted:  # products that come together share their orders
            counted[key] = Counter(one for _id, basket in with_it for one in basket)
        counts = counted[key]
        regular = [one for one, n in counts.items() if 2 * n >= len(with_it)]
        for other in regular:
            rate = get_rate(len(with_it) - counts[other], len(with_it))
            if other in asked or rate * max(len(regular) - 1, 1) > limit:
                continue
            if other not in found or rate < found[other].surprise:
                orders = [id_ for id_, _basket in with_it[: -NAMED - 1 : -1]]
                facts = {"count": counts[other], "total": len(with_it)}
                facts["with"] = product
                found[other] = Finding("companion", other, facts, orders, rate)
    yield from found.values()


def judge_destination(history, quotation, limit):
    firsts, tries = count_firsts([{order.address} for order in history])
    rate = get_rate(firsts, tries)
    known = {order.address for order in history}
    if rate > limit or quotation.address in known:
        return
    orders = [order.id for order in history[: -NAMED - 1 : -1]]
    facts = {"total": len(history), "places": len(known), "address": quotation.address}
    yield Finding("destination", None, facts, orders, rate)
