"""Customers whose way of ordering is known, and orders that do or do not keep to it.

Made from the specification alone (SA-09, B-04): nothing of the check is imported here.
A customer's own spread of a feature is the standard deviation of its logarithm about
the customer's course (level, growth, season, price rounds); an odd order lies a known
number of spreads away in one feature and is usual in all the others.
"""

import math
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

YEAR = 365.25
TODAY = date(2026, 11, 2)
SIZED = ("quantity", "price", "interval")
SEEN = ("product", "companion", "destination")


@dataclass(frozen=True)
class Line:
    product: int
    quantity: float
    price: float
    list_price: float


@dataclass(frozen=True)
class Order:
    day: date
    address: int
    lines: tuple


@dataclass
class Case:
    """A history and the order after it; ``size`` is None for a usual order."""

    history: list
    order: Order
    kind: str | None = None
    size: float | None = None


@dataclass
class Customer:
    number: int
    rnd: random.Random
    orders: int
    days: float
    interval_spread: float
    quantity_spread: float
    price_spread: float
    skew: int
    growth: float
    season: float
    phase: float
    bump: float
    new_items: float
    new_addresses: float
    own_rounds: bool
    companion: float
    baskets: int
    products: dict = field(default_factory=dict)
    weights: dict = field(default_factory=dict)
    addresses: int = 1
    pair: tuple = ()

    def noise(self):
        """Mean 0, spread 1; skewed for some."""
        if not self.skew:
            return self.rnd.gauss(0, 1)
        return self.skew * (self.rnd.gammavariate(6, 1) - 6) / math.sqrt(6)


class World:
    """:param int seed: the same seed makes the same world"""

    def __init__(self, seed, thin=True):
        self.rnd = random.Random(seed)
        self.thin = thin
        self.base = {
            number: (
                round(math.exp(self.rnd.uniform(math.log(0.5), math.log(80))), 2),
                math.exp(self.rnd.uniform(math.log(50), math.log(5000))),
                self.rnd.choice((1, 10, 10, 50)),
            )
            for number in range(400)
        }
        day, self.rounds = TODAY - timedelta(days=5 * 366), []
        while day < TODAY:
            day += timedelta(days=self.rnd.randint(200, 420))
            self.rounds.append((day, self.rnd.choice((0.02, 0.03, 0.05, 0.06, -0.02))))

    # ------------------------------------------------------------------ customers

    def make_customer(self, number):
        rnd = random.Random(self.rnd.getrandbits(64))
        uniform = rnd.uniform
        if self.thin:  # as many of 5 to 10 orders as of 50 to 100
            orders = round(math.exp(uniform(math.log(5), math.log(100))))
        else:
            orders = rnd.randint(5, 100)
        longest = min(75.0, 1500 / orders)
        customer = Customer(
            number=number,
            rnd=rnd,
            orders=orders,
            days=math.exp(uniform(math.log(5), math.log(longest))),
            interval_spread=uniform(0.15, 0.5),
            quantity_spread=uniform(0.1, 0.6),
            price_spread=rnd.choice((0.0, uniform(0.005, 0.03), uniform(0.005, 0.03))),
            skew=rnd.choice((0, 0, 1, -1)),
            growth=rnd.gauss(0.05, 0.15),
            season=rnd.choice((0.0, uniform(0.1, 0.4))),
            phase=uniform(0, 2 * math.pi),
            bump=rnd.choice((0, 0, 0, 0, 0, 0.4)),
            new_items=rnd.choice((0, 0, uniform(0.01, 0.08))),
            new_addresses=rnd.choice((0, 0, 0, uniform(0.005, 0.03))),
            own_rounds=rnd.random() < 0.2,
            companion=rnd.choice((0, 0, 1, uniform(0.8, 0.97))),
            baskets=rnd.choice((1, 2, 2, 3, 4)),
            addresses=rnd.choice((1, 1, 1, 2, 3)),
        )
        for _n in range(rnd.randint(2, 10)):
            self._add_product(customer)
        customer.pair = tuple(sorted(customer.products)[:2])
        return customer

    def _add_product(self, customer):
        rnd = customer.rnd
        product = rnd.choice([p for p in self.base if p not in customer.products])
        customer.products[product] = (
            math.log(self.base[product][1]) + rnd.gauss(0, 0.7),
            rnd.uniform(0.8, 1.25),  # a product's own share of the spread
            math.log(rnd.uniform(0.8, 1.0)),
        )
        customer.weights[product] = rnd.expovariate(1) + 0.1
        return product

    # ---------------------------------------------------------------------- truth

    def list_price(self, product, day):
        level = sum(step for since, step in self.rounds if since <= day)
        return round(self.base[product][0] * math.exp(level), 2)

    def price_centre(self, customer, product, day):
        """The customer's own course of the price, as a logarithm."""
        own = 0.0
        if customer.own_rounds:  # agreed once a year, whatever the list says
            own = 0.04 * ((day.toordinal() + customer.number * 97) // 365 - 2020)
            level = sum(step for since, step in self.rounds if since <= day)
            own -= level
        price = self.list_price(product, day)
        return math.log(price) + customer.products[product][2] + own

    def quantity_centre(self, customer, product, day):
        years = (day - TODAY).days / YEAR
        wave = customer.season * math.cos(
            2 * math.pi * day.timetuple().tm_yday / YEAR - customer.phase
        )
        bump = customer.bump if day.month in (9, 10) else 0
        return customer.products[product][0] + customer.growth * years + wave + bump

    def quantity_spread(self, customer, product):
        return customer.quantity_spread * customer.products[product][1]

    # --------------------------------------------------------------------- orders

    def make_line(self, customer, product, day):
        log = self.quantity_centre(customer, product, day)
        log += self.quantity_spread(customer, product) * customer.noise()
        price = self.price_centre(customer, product, day)
        price += customer.price_spread * customer.noise()
        return Line(
            product,
            self.round_quantity(product, math.exp(log)),
            max(round(math.exp(price), 4), 0.0001),
            self.list_price(product, day),
        )

    def round_quantity(self, product, quantity):
        pack = self.base[product][2]
        return max(round(quantity / pack), 1) * pack

    def make_order(self, customer, day):
        rnd = customer.rnd
        chosen = []
        if rnd.random() < customer.new_items:
            chosen.append(self._add_product(customer))
        names = sorted(customer.products)
        first, second = customer.pair
        count = min(len(names), 1 + int(rnd.expovariate(1 / customer.baskets)))
        while len(chosen) < count:
            [name] = rnd.choices(names, [customer.weights[p] for p in names])
            if name not in chosen:
                chosen.append(name)
        if customer.companion and first in chosen and second not in chosen:
            if rnd.random() < customer.companion:
                chosen.append(second)
        if rnd.random() < customer.new_addresses:
            customer.addresses += 1
            address = customer.addresses
        else:
            address = 1 + min(int(rnd.expovariate(1.2)), customer.addresses - 1)
        lines = tuple(self.make_line(customer, name, day) for name in chosen)
        return Order(day, address, lines)

    def draw_days(self, customer):
        log = math.log(customer.days) + customer.interval_spread * customer.noise()
        return max(round(math.exp(log)), 1)

    def make_history(self, customer):
        gaps = [self.draw_days(customer) for _n in range(customer.orders)]
        day = TODAY - timedelta(days=sum(gaps))
        history = []
        for gap in [0, *gaps[1:]]:
            day += timedelta(days=gap)
            history.append(self.make_order(customer, day))
        return history

    # ----------------------------------------------------------------------- cases

    def make_cases(self, number, sizes=1):
        """The usual order after a history, and the same order made odd in each way."""
        customer = self.make_customer(number)
        history = self.make_history(customer)
        last = history[-1].day
        known = set(customer.products)
        day = last + timedelta(days=self.draw_days(customer))
        order = self.make_order(customer, day)
        cases = [Case(history, order)]
        rnd = customer.rnd
        for _n in range(sizes):
            for kind in SIZED:
                size = rnd.uniform(2, 10)
                odd = getattr(self, f"_bend_{kind}")(customer, order, last, size)
                if odd:
                    cases.append(Case(history, *odd[:1], kind, odd[1]))
        for kind in SEEN:
            odd = getattr(self, f"_bend_{kind}")(customer, order, history, known)
            if odd:
                cases.append(Case(history, odd, kind))
        return cases

    def _pick_known(self, customer, order, history_products):
        found = [
            k for k, one in enumerate(order.lines) if one.product in history_products
        ]
        return customer.rnd.choice(found) if found else None

    def _replace_line(self, order, place, **values):
        lines = list(order.lines)
        lines[place] = replace(lines[place], **values)
        return replace(order, lines=tuple(lines))

    def _bend_quantity(self, customer, order, last, size):
        place = customer.rnd.randrange(len(order.lines))
        product = order.lines[place].product
        centre = self.quantity_centre(customer, product, order.day)
        spread = self.quantity_spread(customer, product)
        sign = customer.rnd.choice((1, -1))
        for direction in (sign, 1):
            quantity = self.round_quantity(
                product, math.exp(centre + direction * size * spread)
            )
            reached = abs(math.log(quantity) - centre) / spread
            if reached >= size - 0.25:  # not eaten up by the packing unit
                return self._replace_line(order, place, quantity=quantity), reached
        return None

    def _bend_price(self, customer, order, last, size):
        if not customer.price_spread:
            return None  # no spread of his own to be a multiple of
        place = customer.rnd.randrange(len(order.lines))
        product = order.lines[place].product
        centre = self.price_centre(customer, product, order.day)
        sign = customer.rnd.choice((1, -1))
        price = math.exp(centre + sign * size * customer.price_spread)
        price = round(price, 4)
        return self._replace_line(order, place, price=price), size

    def _bend_interval(self, customer, order, last, size):
        centre, spread = math.log(customer.days), customer.interval_spread
        sign = customer.rnd.choice((1, -1))
        for direction in (sign, 1):
            days = max(round(math.exp(centre + direction * size * spread)), 1)
            reached = abs(math.log(days) - centre) / spread
            if reached >= size - 0.25:
                break
        day = last + timedelta(days=days)
        rnd = customer.rnd
        state = rnd.getstate()
        lines = tuple(self.make_line(customer, one.product, day) for one in order.lines)
        rnd.setstate(state)
        return replace(order, day=day, lines=lines), reached

    def _bend_product(self, customer, order, history, known):
        if customer.new_items:
            return None  # a new item is nothing odd for him
        product = self._add_product(customer)
        line = self.make_line(customer, product, order.day)
        return replace(order, lines=(*order.lines, line))

    def _bend_destination(self, customer, order, history, known):
        if customer.new_addresses:
            return None
        return replace(order, address=999)

    def _bend_companion(self, customer, order, history, known):
        if customer.companion != 1:
            return None
        first, second = customer.pair
        lines = [one for one in order.lines if one.product not in (first, second)]
        lines.append(self.make_line(customer, first, order.day))
        return replace(order, lines=tuple(lines))
