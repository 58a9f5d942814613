"""A week's visits of one salesperson: which store on which day (FS-06).

Pure arithmetic: facts in, days out, the same for the same facts. Each store gets as
many visits as its rule asks, the days carry the same number of visits, and among the
days that keep the work level the one is taken that lies nearest to the ideal distance
in time from the last visit and nearest in place to the day's other stores.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from odoo.addons.sales_base.tools.geo import distance, route

#: so many kilometres of detour weigh as much as a day off the ideal spacing
KM_PER_DAY = 2.0
#: a day without a store is as good as a detour of so many metres
EMPTY_DAY_M = 1000
#: days between two visits of "every other day"
EVERY_OTHER_DAY = 2


@dataclass
class Store:
    """What the planning knows of a store.

    :param int key: identifies the store
    :param int visits: visits a week the rule asks for
    :param bool every_other_day: a free day lies between two visits
    :param int weeks: a visit every so many weeks; 1 is every week
    :param date last: last visit, or None
    :param set closed: weekdays (0 is Monday) without visits
    :param tuple position: (latitude, longitude), or None
    :param list fixed: days of this week on which a visit exists already
    """

    key: int
    visits: int = 1
    every_other_day: bool = False
    weeks: int = 1
    last: date | None = None
    closed: frozenset = frozenset()
    position: tuple | None = None
    fixed: list = field(default_factory=list)


@dataclass
class Week:
    """Result of ``plan_week``.

    :param dict visits: {day: [store keys in the order of the route]}, new visits only
    :param dict short: {store key: (visits asked, visits placed)} where fewer fit
    :param dict asked: {store key: visits asked}
    """

    visits: dict
    short: dict
    asked: dict


def is_due(store, days):
    """Whether a store with an interval of several weeks is due in the week of ``days``.

    >>> monday = date(2026, 11, 23)
    >>> is_due(Store(1, weeks=2, last=date(2026, 11, 20)), [monday])
    False
    >>> is_due(Store(1, weeks=2, last=date(2026, 11, 13)), [monday])
    True
    """
    if store.weeks <= 1 or store.last is None:
        return True
    week, last = (day.toordinal() - day.weekday() for day in (days[0], store.last))
    return (week - last) // 7 >= store.weeks


def plan_week(stores, days):
    """Place the visits of one salesperson's stores on the days of one week.

    :param list stores: ``Store`` objects
    :param list days: working days of the week in order, dates
    :rtype: Week
    """
    days = list(days)
    placed = {store.key: sorted(store.fixed) for store in stores}
    asked, short = {}, {}
    planner = _Planner(days, stores, placed)
    due = [store for store in stores if days and is_due(store, days)]
    planner.set_quota(due)
    for store in sorted(due, key=lambda store: planner.urgency(store)):
        asked[store.key] = store.visits
        missing = store.visits - len(store.fixed)
        if missing > 0:
            got = planner.place(store, missing)
            if got < missing:
                short[store.key] = (store.visits, len(store.fixed) + got)
    planner.level()
    by_key = {store.key: store for store in stores}
    visits = {}
    for day in days:
        keys = [key for key, chosen in planner.chosen.items() if day in chosen]
        visits[day] = route([(key, by_key[key].position) for key in sorted(keys)])
    return Week(visits, short, asked)


class _Planner:
    def __init__(self, days, stores, placed):
        self.days = days
        self.stores = {store.key: store for store in stores}
        self.placed = placed
        self.chosen = {store.key: [] for store in stores}
        self.quota = 0
        self.on_day = {day: [] for day in days}
        for store in stores:
            for day in store.fixed:
                if day in self.on_day:
                    self.on_day[day].append(store)

    def set_quota(self, due):
        """Visits of a day when the work is level."""
        missing = sum(max(store.visits - len(store.fixed), 0) for store in due)
        present = sum(map(len, self.on_day.values()))
        self.quota = -(-(missing + present) // len(self.days)) if self.days else 0

    def urgency(self, store):
        """The most bound stores first, then those waiting longest, then by place, so
        that neighbours are placed one after the other."""
        waiting = store.last.toordinal() if store.last else 0
        return (-store.visits, waiting, store.position or (0.0, 0.0), store.key)

    def is_open(self, store, day):
        return day.weekday() not in store.closed

    def is_spaced(self, store, days):
        if not store.every_other_day:
            return True
        days = sorted(days)
        pairs = zip(days, days[1:], strict=False)
        return all((end - start).days >= EVERY_OTHER_DAY for start, end in pairs)

    def place(self, store, missing):
        """Choose the days of one store's visits.

        :returns: how many could be placed
        """
        taken = set(self.placed[store.key])
        free = [
            day for day in self.days if day not in taken and self.is_open(store, day)
        ]
        for number in range(min(missing, len(free)), 0, -1):
            fitting = [
                choice
                for choice in combinations(free, number)
                if self.is_spaced(store, taken.union(choice))
            ]
            if fitting:
                best = min(fitting, key=lambda choice: self.cost(store, choice))
                self.put(store, best)
                return number
        return 0

    def cost(self, store, choice):
        over = sum(max(self.load(day) + 1 - self.quota, 0) for day in choice)
        detour = sum(self.detour(store, day) for day in choice) / 1000
        spacing = self.spacing(store, sorted({*choice, *self.placed[store.key]}))
        return (over, round(detour + KM_PER_DAY * spacing, 3), choice)

    def detour(self, store, day):
        """Metres to the nearest other store of the day; 0 where nothing is known."""
        if not self.on_day[day] and store.position:
            return EMPTY_DAY_M
        ways = [
            distance(store.position, other.position)
            for other in self.on_day[day]
            if other.position and other is not store
        ]
        return min((way for way in ways if way is not None), default=0)

    def spacing(self, store, days):
        """Days by which the visits are off their even distance in time."""
        ideal = 7 * store.weeks / store.visits
        chain = ([store.last] if store.last else []) + days
        pairs = zip(chain, chain[1:], strict=False)
        return sum(abs((end - start).days - ideal) for start, end in pairs)

    def put(self, store, days):
        self.chosen[store.key] = sorted([*self.chosen[store.key], *days])
        for day in days:
            self.on_day[day].append(store)

    # ------------------------------------------------------------- levelling

    def level(self):
        """Move visits from full days to empty ones, over days between where a direct
        move is not possible, until no two days differ by more than one visit or
        closing days and spacing allow nothing better."""
        while True:
            for source in sorted(self.days, key=lambda day: (-self.load(day), day)):
                chain = self.find_chain(source)
                if chain:
                    break
            else:
                return
            for start, end, store in chain:
                self.move(store, start, end)

    def load(self, day):
        return len(self.on_day[day])

    def find_chain(self, source):
        """Moves that take a visit from ``source`` to a day with two visits less."""
        came, queue = {source: None}, [source]
        for start in queue:
            for end in self.days:
                store = None if end in came else self.find_movable(start, end)
                if store is None:
                    continue
                came[end] = (start, end, store)
                queue.append(end)
                if self.load(end) <= self.load(source) - 2:
                    return self.unwind(came, end)
        return None

    def unwind(self, came, day):
        chain = []
        while came[day]:
            chain.append(came[day])
            day = came[day][0]
        return chain

    def find_movable(self, start, end):
        """The store that moves from ``start`` to ``end`` with the least detour."""
        movable = []
        for store in self.on_day[start]:
            days = set(self.chosen[store.key])
            if start not in days or end in days or end in self.placed[store.key]:
                continue
            moved = (days - {start}) | {end} | set(self.placed[store.key])
            if self.is_open(store, end) and self.is_spaced(store, moved):
                movable.append(store)
        return min(
            movable,
            key=lambda store: (self.detour(store, end), store.key),
            default=None,
        )

    def move(self, store, start, end):
        days = set(self.chosen[store.key]) - {start} | {end}
        self.chosen[store.key] = sorted(days)
        self.on_day[start].remove(store)
        self.on_day[end].append(store)
