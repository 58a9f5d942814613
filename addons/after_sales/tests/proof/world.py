"""A made-up network and its claims, with the errors planted in them (AS-08).

Written from the specification; it knows nothing of the rules and imports nothing of
them. ``truth.py`` says what is right about a claim, this module only makes them:

- 70 to 85 % are honest, a third of these within 5 % of a limit, on the right side;
- the others carry one to three kinds of error or fraud, half of them just past the
  limit;
- some facts are missing: no selling station, no earlier reading, a part without a price
  limit, labour without an operation.

The same seed and size make the same claims.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

# ------------------------------------------------- what the maker has laid down

DUPLICATE_DAYS = 180
LATE_DAYS = 30
REPEAT_DAYS = 30
DAILY_USAGE = 1200
EXTRA_AMOUNT = 300.0
EVIDENCE = ("damage", "plate", "meter")


@dataclass(frozen=True)
class Vehicle:
    """A product: its meter, its warranty, what it runs a day at most and usually."""

    key: str
    unit: str
    months: int
    usage: int
    daily: int


@dataclass(frozen=True)
class Part:
    """A spare part. ``limit`` None: only its cost is known; both None: nothing is.

    ``months``: a warranty of its own; ``excluded``: never covered.
    """

    key: str
    limit: float | None
    cost: float | None
    most: int = 0
    months: int = 0
    excluded: bool = False

    @property
    def price(self):
        return self.limit or self.cost


@dataclass(frozen=True)
class Station:
    key: str
    region: str
    rate: float
    authority: float


@dataclass(frozen=True)
class Fault:
    """A fault, the parts it concerns, and the operation that mends it."""

    key: str
    parts: tuple
    operation: str


VEHICLES = (
    Vehicle("truck", "km", 24, 60_000, 70),
    Vehicle("scooter", "km", 12, 20_000, 40),
    Vehicle("loader", "h", 18, 3_000, 5),
)
STATIONS = tuple(
    Station(f"S{n:02}", f"R{n % 4}", 70.0 + 5 * n, 3000.0 if n % 3 else 5000.0)
    for n in range(12)
)
#: never covered, and of unknown price
WIPER = Part("WIPER", 40.0, 30.0, excluded=True)
ODD = Part("ODD", None, None)
#: operations for one vehicle only
ONLY = {"OL": "loader", "OT": "truck"}


class Catalogue:
    """Parts, faults and standard times.

    :param int faults: how many faults there are
    :param int vehicles: how many of ``VEHICLES`` there are
    """

    def __init__(self, faults, vehicles):
        self.vehicles = VEHICLES[:vehicles]
        parts = []
        for n in range(faults):
            price = 120.0 + 90 * n
            parts.append(
                Part(
                    f"P{n}A",
                    None if n % 5 == 4 else price,
                    price,
                    most=(0, 1, 2, 4)[n % 4],
                    months=6 if n % 6 == 3 else 0,
                )
            )
            parts.append(Part(f"P{n}B", round(price * 1.05, 2), price, most=3))
        self.parts = {part.key: part for part in (*parts, WIPER, ODD)}
        self.faults = tuple(
            Fault(f"F{n}", (f"P{n}A", f"P{n}B", ODD.key), f"O{n}")
            for n in range(faults)
        )
        self._hours = {f"O{n}": 1.0 + 0.5 * (n % 7) for n in range(faults)}

    def hours(self, operation, vehicle):
        """Standard time; the loader's own is longer. None: not for this vehicle."""
        if operation in ONLY:
            return 2.0 if vehicle.key == ONLY[operation] else None
        hours = self._hours[operation]
        return round(hours * 1.3, 2) if vehicle.key == "loader" else hours


# ------------------------------------------------------------------------ claims


def cents(quantity, price):
    """An amount, half a cent rounded up as on paper."""
    amount = Decimal(str(quantity)) * Decimal(str(price))
    return float(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


@dataclass(frozen=True)
class Line:
    """``kind`` part, labor or travel; ``item`` a part or an operation, None: in words
    only."""

    kind: str
    item: str | None
    quantity: float
    price: float

    @property
    def amount(self):
        return cents(self.quantity, self.price)


@dataclass(frozen=True)
class Earlier:
    """An approved claim of the same unit."""

    station: Station
    day: date
    fault: str
    part: str
    amount: float


@dataclass
class Claim:
    """What a station submits today.

    :param selling: station that sold the unit; None: not known
    :param list readings: ``(day, value)`` of the unit's meter, apart from claims
    :param list earlier: approved claims of the unit
    :param tuple planted: kinds of error it carries; empty: honest
    :param near: which limit an honest claim is close to, or None
    """

    number: str
    vehicle: Vehicle
    station: Station
    selling: Station | None
    sold: date
    day: date
    today: date
    usage: int
    fault: Fault
    lines: list
    evidence: tuple = EVIDENCE
    readings: list = field(default_factory=list)
    earlier: list = field(default_factory=list)
    planted: tuple = ()
    near: str | None = None

    @property
    def amount(self):
        return round(sum(line.amount for line in self.lines), 2)


def months_after(day, months):
    """The same date so many months later; days of sale lie before the 29th."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1)


def last_day(sold, months):
    return months_after(sold, months) - timedelta(days=1)


class World:
    """All claims of one seed.

    :param int seed: any
    :param int size: how many claims
    :param date today: day of submission
    :param int faults: size of the catalogue
    :param int vehicles: number of products
    """

    def __init__(self, seed, size, today, faults=12, vehicles=3):
        self.dice = random.Random(seed)
        self.today, self.size = today, size
        self.catalogue = Catalogue(faults, vehicles)
        self.bad_share = self.dice.uniform(0.19, 0.285)
        self.claims = [self._make(n) for n in range(size)]

    def get_history(self, cases):
        """Honest claims of months ago, by which usual costs are known.

        :param int cases: of each fault on each vehicle
        """
        return [
            self._make_honest(f"H{fault.key}{vehicle.key}{n}", vehicle, fault)
            for fault in self.catalogue.faults
            for vehicle in self.catalogue.vehicles
            for n in range(cases)
        ]

    def _make(self, n):
        dice, number = self.dice, f"PROOF{n:06}"
        vehicle = dice.choice(self.catalogue.vehicles)
        fault = dice.choice(self.catalogue.faults)
        claim = self._make_honest(number, vehicle, fault)
        if dice.random() < self.bad_share:
            return self._plant(claim)
        if dice.random() < 1 / 3:
            return self._bring_near(claim)
        if dice.random() < 0.03:
            return self._ask_more(claim)
        return claim

    # ------------------------------------------------------------------- honest

    def _make_honest(self, number, vehicle, fault):
        """A claim in which nothing is wrong and no limit is near."""
        dice = self.dice
        station = dice.choice(STATIONS)
        day = self.today - timedelta(days=dice.randint(3, 27))
        part = self.catalogue.parts[dice.choices(fault.parts[:2], (5, 1))[0]]
        months = part.months or vehicle.months
        age = dice.randint(20, int(months * 30 * 0.9))
        sold = self._day_of_sale(day - timedelta(days=age))
        usage = int((day - sold).days * vehicle.daily * dice.uniform(0.5, 1.0))
        usage = max(20, min(usage, int(vehicle.usage * 0.94)))
        selling = station
        if dice.random() < 0.06:
            selling = None
        elif dice.random() < 0.08:
            selling = dice.choice([s for s in STATIONS if s.region == station.region])
        claim = Claim(
            number=number,
            vehicle=vehicle,
            station=station,
            selling=selling,
            sold=sold,
            day=day,
            today=self.today,
            usage=usage,
            fault=fault,
            lines=[
                self._part_line(part, dice.uniform(0.6, 0.94)),
                self._labor_line(fault, vehicle, station, dice.uniform(0.6, 0.94)),
            ],
        )
        if dice.random() < 0.6:
            claim.readings = [self._reading_before(claim, dice.uniform(0.3, 0.9))]
        if dice.random() < 0.2:
            amount = round(dice.uniform(20, 0.94 * EXTRA_AMOUNT), 2)
            claim.lines.append(Line("travel", None, 1, amount))
        return self._keep_within_authority(claim)

    def _keep_within_authority(self, claim):
        while claim.amount > 0.94 * claim.station.authority:
            claim.lines = [
                replace(line, price=round(line.price * 0.9, 2)) for line in claim.lines
            ]
        return claim

    def _day_of_sale(self, day):
        return day.replace(day=min(day.day, 28))

    def _part_line(self, part, share):
        return Line("part", part.key, 1, round(part.price * share, 2))

    def _labor_line(self, fault, vehicle, station, share):
        hours = self.catalogue.hours(fault.operation, vehicle)
        rate = round(station.rate * self.dice.uniform(0.86, 0.94), 2)
        return Line("labor", fault.operation, round(hours * share, 2), rate)

    def _reading_before(self, claim, share):
        days = max(int((claim.day - claim.sold).days * share), 0)
        return (claim.sold + timedelta(days=days), int(claim.usage * share))

    # -------------------------------------------------------------- near a limit

    def _bring_near(self, claim):
        near = self.dice.choice(sorted(NEAR))
        NEAR[near](self, claim)
        claim.near = near
        return self._keep_within_authority(claim) if near != "authority" else claim

    def _near_date(self, claim):
        """Repaired in the last twentieth of the warranty, or on its last day."""
        part = self.catalogue.parts[claim.lines[0].item]
        months = part.months or claim.vehicle.months
        left = self.dice.choice((0, 0, self.dice.randint(0, int(months * 1.5))))
        sold = months_after(claim.day, -months) if claim.day.day <= 28 else None
        if sold is None:
            claim.day -= timedelta(days=3)
            sold = months_after(claim.day, -months)
        claim.sold = self._day_of_sale_after(sold + timedelta(days=1 + left))
        claim.readings = []

    def _day_of_sale_after(self, day):
        while day.day > 28:
            day += timedelta(days=1)
        return day

    def _near_usage(self, claim):
        limit = claim.vehicle.usage
        claim.usage = self.dice.choice(
            (limit, self.dice.randint(int(limit * 0.95) + 1, limit))
        )
        claim.readings = [
            (claim.day - timedelta(days=15), int(claim.usage - claim.vehicle.daily))
        ]
        if claim.readings[0][0] < claim.sold:
            claim.readings = []
            claim.usage = int(claim.vehicle.daily * 20)

    def _near_reading(self, claim):
        claim.readings = [(claim.day - timedelta(days=1), claim.usage)]

    def _near_price(self, claim):
        part = self.catalogue.parts[claim.lines[0].item]
        share = self.dice.choice((1.0, self.dice.uniform(0.951, 1.0)))
        claim.lines[0] = self._part_line(part, share)

    def _near_hours(self, claim):
        hours = self.catalogue.hours(claim.fault.operation, claim.vehicle)
        share = self.dice.choice((1.0, self.dice.uniform(0.96, 1.0)))
        claim.lines[1] = replace(claim.lines[1], quantity=round(hours * share, 2))

    def _near_rate(self, claim):
        share = self.dice.choice((1.0, self.dice.uniform(0.951, 1.0)))
        rate = round(claim.station.rate * share, 2)
        claim.lines[1] = replace(claim.lines[1], price=rate)

    def _near_late(self, claim):
        self._move(claim, LATE_DAYS - self.dice.randint(0, 1))

    def _near_duplicate(self, claim):
        self._add_earlier(claim, DUPLICATE_DAYS + self.dice.randint(1, 9))

    def _near_repeat(self, claim):
        other = next(p for p in claim.fault.parts[:2] if p != claim.lines[0].item)
        self._add_earlier(claim, REPEAT_DAYS + 1, part=other)

    def _near_daily(self, claim):
        if claim.vehicle.unit != "km":
            return self._near_reading(claim)
        days = self.dice.randint(1, 3)
        run = int(days * DAILY_USAGE * self.dice.uniform(0.951, 1.0))
        claim.usage = max(claim.usage, run + 100)
        claim.readings = [(claim.day - timedelta(days=days), claim.usage - run)]
        return None

    def _near_extra(self, claim):
        amount = round(EXTRA_AMOUNT * self.dice.uniform(0.951, 1.0), 2)
        claim.lines = [line for line in claim.lines if line.kind != "travel"]
        claim.lines.append(Line("travel", None, 1, amount))

    def _near_quantity(self, claim):
        part = self.catalogue.parts[claim.lines[0].item]
        claim.lines[0] = replace(claim.lines[0], quantity=part.most or 1)
        if claim.amount > 0.94 * claim.station.authority:
            claim.lines[0] = replace(claim.lines[0], quantity=1)

    def _move(self, claim, lag):
        """The repair, and all of its unit, so many days before the submission."""
        shift = (self.today - timedelta(days=lag)) - claim.day
        claim.day += shift
        claim.sold = self._day_of_sale(claim.sold + shift)
        claim.readings = []

    def _add_earlier(self, claim, days, **values):
        """The unit was repaired before, so it was sold before that."""
        day = claim.day - timedelta(days=days)
        if day <= claim.sold + timedelta(days=2):
            sold = self._day_of_sale(day - timedelta(days=5))
            part = self.catalogue.parts[claim.lines[0].item]
            if last_day(sold, part.months or claim.vehicle.months) < claim.day:
                # Too old a unit for this part: the claim is for its sister part.
                sister = self.catalogue.parts[claim.fault.parts[1]]
                claim.lines[0] = self._part_line(sister, 0.8)
            claim.sold = sold
        claim.readings = []
        values.setdefault("part", claim.lines[0].item)
        claim.earlier.append(
            Earlier(
                station=values.get("station", claim.station),
                day=day,
                fault=values.get("fault", claim.fault.key),
                part=values["part"],
                amount=values.get("amount", round(claim.amount * 0.9, 2)),
            )
        )

    # -------------------------------------------------- honest, but asking for a look

    def _ask_more(self, claim):
        """Honest claims that the maker wants a person to see: over the authority, from
        far away, or with a fact that nobody knows."""
        dice = self.dice
        kind = dice.choice(("authority", "traveller", "labor", "price", "extra"))
        if kind == "authority":
            labor = claim.lines[1]
            need = claim.station.authority * dice.uniform(1.001, 1.2) - claim.amount
            hours = self.catalogue.hours(claim.fault.operation, claim.vehicle)
            claim.lines[1] = replace(labor, quantity=hours)
            count = int(need // EXTRA_AMOUNT) + 1
            share = round(need / count, 2)
            claim.lines += [Line("travel", None, 1, share) for _n in range(count)]
        elif kind == "traveller":
            claim.selling = self._far_station(claim)
        elif kind == "labor":
            claim.lines[1] = replace(claim.lines[1], item=None)
        elif kind == "price":
            claim.lines[0] = Line("part", ODD.key, 1, round(dice.uniform(20, 90), 2))
        else:
            amount = round(EXTRA_AMOUNT * dice.uniform(1.01, 1.5), 2)
            claim.lines.append(Line("travel", None, 1, amount))
        return claim

    def _far_station(self, claim):
        return self.dice.choice(
            [s for s in STATIONS if s.region != claim.station.region]
        )

    # ------------------------------------------------------------------- planting

    def _plant(self, claim):
        count = self.dice.choices((1, 2, 3), (68, 24, 8))[0]
        kinds = sorted(PLANTS)
        planted = []
        while len(planted) < count:
            kind = self.dice.choice(kinds)
            if kind not in planted and not any(
                {kind, other} in CLASHES for other in planted
            ):
                planted.append(kind)
        # What moves the dates of the unit comes before what is counted from them.
        for kind in sorted(planted, key=lambda kind: ORDER.get(kind, 9)):
            PLANTS[kind](self, claim, self.dice.random() < 0.5)
        claim.planted = tuple(sorted(planted))
        return claim

    def _plant_date(self, claim, just):
        term = claim.vehicle.months
        after = self.dice.randint(1, int(term * 1.5)) if just else term * 20
        claim.day = max(claim.day, self.today - timedelta(days=27))
        sold = claim.day - timedelta(days=after)
        sold = months_after(sold.replace(day=min(sold.day, 28)), -term)
        claim.sold = sold
        claim.readings = []

    def _plant_early(self, claim, just):
        later = self.dice.randint(1, 2) if just else self.dice.randint(10, 20)
        claim.day = min(claim.day, self.today - timedelta(days=22))
        claim.sold = self._day_of_sale_after(claim.day + timedelta(days=later))
        claim.readings = []

    def _plant_usage(self, claim, just):
        share = self.dice.uniform(1.00005, 1.05) if just else self.dice.uniform(1.1, 2)
        claim.usage = int(claim.vehicle.usage * share) + 1
        claim.readings = []

    def _plant_part_term(self, claim, just):
        """A part whose own warranty is over while the unit's is not."""
        part = next(part for part in self.catalogue.parts.values() if part.months)
        fault = next(f for f in self.catalogue.faults if part.key in f.parts)
        claim.fault = fault
        claim.lines[0] = self._part_line(part, 0.8)
        claim.lines[1] = self._labor_line(fault, claim.vehicle, claim.station, 0.8)
        after = self.dice.randint(1, 9) if just else self.dice.randint(20, 90)
        sold = claim.day - timedelta(days=after)
        claim.sold = months_after(sold.replace(day=min(sold.day, 28)), -part.months)
        claim.readings = []
        self._keep_within_authority(claim)

    def _plant_excluded(self, claim, just):
        claim.lines.append(self._part_line(WIPER, 0.9))

    def _plant_duplicate(self, claim, just):
        low, high = (DUPLICATE_DAYS - 9, DUPLICATE_DAYS) if just else (32, 160)
        part = self.catalogue.parts[claim.lines[0].item]
        if part.months:
            low, high = (120, 150) if just else (32, 110)
        self._add_earlier(claim, self.dice.randint(low, high))

    def _plant_repeated(self, claim, just):
        low, high = (REPEAT_DAYS - 1, REPEAT_DAYS) if just else (3, 25)
        other = next(p for p in claim.fault.parts[:2] if p != claim.lines[0].item)
        self._add_earlier(claim, self.dice.randint(low, high), part=other)

    def _plant_two_stations(self, claim, just):
        station = self.dice.choice([s for s in STATIONS if s != claim.station])
        self._add_earlier(claim, 0, part=ODD.key, station=station, **self._other(claim))

    def _plant_split(self, claim, just):
        """The visit in two documents that together are over the authority."""
        share = self.dice.uniform(1.001, 1.05) if just else self.dice.uniform(1.1, 1.6)
        rest = max(round(claim.station.authority * share - claim.amount, 2), 50.0)
        self._add_earlier(claim, 0, part=ODD.key, amount=rest, **self._other(claim))

    def _other(self, claim):
        others = [f.key for f in self.catalogue.faults if f != claim.fault]
        return {"fault": self.dice.choice(others)}

    def _plant_hours(self, claim, just):
        hours = self.catalogue.hours(claim.fault.operation, claim.vehicle)
        over = (
            max(hours * self.dice.uniform(0.01, 0.05), 0.01)
            if just
            else hours * self.dice.uniform(0.2, 1.5)
        )
        quantity = round(hours + max(over, 0.01), 2)
        claim.lines[1] = replace(claim.lines[1], quantity=quantity)

    def _plant_hours_twice(self, claim, just):
        """The operation on two lines, each within its time."""
        hours = self.catalogue.hours(claim.fault.operation, claim.vehicle)
        share = 0.52 if just else 0.9
        line = replace(claim.lines[1], quantity=round(hours * share, 2))
        claim.lines[1] = line
        claim.lines.append(line)

    def _plant_price(self, claim, just):
        part = self.catalogue.parts[claim.lines[0].item]
        share = self.dice.uniform(1.001, 1.05) if just else self.dice.uniform(1.1, 2)
        claim.lines[0] = self._part_line(part, share)

    def _plant_rate(self, claim, just):
        share = self.dice.uniform(1.001, 1.05) if just else self.dice.uniform(1.1, 1.8)
        rate = round(claim.station.rate * share, 2)
        claim.lines = [
            replace(line, price=rate) if line.kind == "labor" else line
            for line in claim.lines
        ]

    def _plant_quantity(self, claim, just):
        part = self.catalogue.parts[claim.lines[0].item]
        if not part.most:
            part = self.catalogue.parts[claim.fault.parts[1]]
            claim.lines[0] = self._part_line(part, 0.8)
        over = 1 if just else self.dice.randint(2, 5)
        claim.lines[0] = replace(claim.lines[0], quantity=part.most + over)

    def _plant_evidence(self, claim, just):
        kept = 2 if just else self.dice.randint(0, 1)
        claim.evidence = tuple(self.dice.sample(EVIDENCE, kept))

    def _plant_late(self, claim, just):
        lag = LATE_DAYS + (1 if just else self.dice.randint(5, 60))
        self._move(claim, lag)

    def _plant_backwards(self, claim, just):
        share = self.dice.uniform(1.01, 1.05) if just else self.dice.uniform(1.1, 1.6)
        value = int(claim.usage * share) + 1
        claim.readings = [(claim.day - timedelta(days=1), value)]

    def _plant_after(self, claim, just):
        share = self.dice.uniform(0.95, 0.99) if just else self.dice.uniform(0.3, 0.9)
        day = claim.day + timedelta(days=1)
        claim.readings.append((day, max(int(claim.usage * share) - 1, 0)))

    def _plant_daily(self, claim, just):
        share = self.dice.uniform(1.001, 1.05) if just else self.dice.uniform(1.2, 4)
        most = min(DAILY_USAGE, 24) if claim.vehicle.unit == "h" else DAILY_USAGE
        run = int(most * share) + 1
        claim.usage = max(claim.usage, run + 10)
        claim.readings = [(claim.day - timedelta(days=1), claim.usage - run)]

    def _plant_operation(self, claim, just):
        item = "OT" if claim.vehicle.key == "loader" else "OL"
        claim.lines[1] = replace(claim.lines[1], item=item, quantity=1.0)

    def _plant_unfit(self, claim, just):
        other = self.dice.choice(
            [f for f in self.catalogue.faults if f.key != claim.fault.key]
        )
        part = self.catalogue.parts[other.parts[1]]
        claim.lines[0] = self._part_line(part, 0.5)
        self._keep_within_authority(claim)

    def _plant_foreign(self, claim, just):
        claim.selling = self._far_station(claim)

    def _plant_padded(self, claim, just):
        """Costs in words only, behind which there is nothing."""
        share = self.dice.uniform(1.001, 1.05) if just else self.dice.uniform(1.5, 6)
        claim.lines = [line for line in claim.lines if line.kind != "travel"]
        amount = round(EXTRA_AMOUNT * share + 0.01, 2)
        claim.lines.append(Line("travel", None, 1, amount))


NEAR = {
    "date": World._near_date,
    "usage": World._near_usage,
    "reading": World._near_reading,
    "price": World._near_price,
    "hours": World._near_hours,
    "rate": World._near_rate,
    "late": World._near_late,
    "duplicate": World._near_duplicate,
    "repeat": World._near_repeat,
    "daily": World._near_daily,
    "extra": World._near_extra,
    "quantity": World._near_quantity,
}
PLANTS = {
    "date": World._plant_date,
    "early": World._plant_early,
    "usage": World._plant_usage,
    "part_term": World._plant_part_term,
    "excluded": World._plant_excluded,
    "duplicate": World._plant_duplicate,
    "repeated": World._plant_repeated,
    "two_stations": World._plant_two_stations,
    "split": World._plant_split,
    "hours": World._plant_hours,
    "hours_twice": World._plant_hours_twice,
    "price": World._plant_price,
    "rate": World._plant_rate,
    "quantity": World._plant_quantity,
    "evidence": World._plant_evidence,
    "late": World._plant_late,
    "backwards": World._plant_backwards,
    "after": World._plant_after,
    "daily": World._plant_daily,
    "operation": World._plant_operation,
    "unfit": World._plant_unfit,
    "foreign": World._plant_foreign,
    "padded": World._plant_padded,
}
ORDER = {
    **{"part_term": 0, "late": 1, "date": 2, "early": 2, "usage": 3, "unfit": 3},
    **{"split": 10, "backwards": 11, "after": 11, "daily": 11},
}
#: kinds that would undo each other: two ages of one unit, two prices of one line
CLASHES = [
    {"date", "early"},
    {"date", "part_term"},
    {"early", "part_term"},
    {"late", "date"},
    {"late", "early"},
    {"late", "part_term"},
    {"date", "duplicate"},
    {"date", "repeated"},
    {"early", "duplicate"},
    {"early", "repeated"},
    {"early", "two_stations"},
    {"early", "split"},
    {"early", "backwards"},
    {"early", "after"},
    {"early", "daily"},
    {"part_term", "duplicate"},
    {"part_term", "repeated"},
    {"part_term", "unfit"},
    {"duplicate", "unfit"},
    {"repeated", "unfit"},
    {"duplicate", "repeated"},
    {"duplicate", "quantity"},
    {"repeated", "quantity"},
    {"part_term", "quantity"},
    {"unfit", "quantity"},
    {"unfit", "price"},
    {"price", "quantity"},
    {"price", "part_term"},
    {"hours", "hours_twice"},
    {"hours", "operation"},
    {"hours_twice", "operation"},
    {"usage", "daily"},
    {"usage", "backwards"},
    {"daily", "backwards"},
    {"two_stations", "split"},
    {"two_stations", "foreign"},
    {"split", "foreign"},
    {"duplicate", "foreign"},
    {"repeated", "foreign"},
    {"after", "late"},
    {"after", "usage"},
    {"after", "daily"},
    {"after", "backwards"},
]
