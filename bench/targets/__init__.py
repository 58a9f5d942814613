"""What is measured: a ``Target`` for each model of volume, a file for each app.

A file holds ``TARGETS`` (models), and optionally ``BOARDS`` (abstract models of
boards), ``PAGES`` (see ``pages.py``), ``JOBS`` (see ``jobs.py``) and ``RESUMABLE`` (see
``kills.py``). It is read where its app is installed.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field

APPS = ("sales_assistant", "after_sales", "field_sales")


@dataclass(frozen=True)
class Sizes:
    """How much is generated; everything follows from the number of orders."""

    orders: int = 100_000

    @property
    def claims(self):
        return self.orders * 2

    @property
    def stores(self):
        return max(self.orders // 10, 20)


@dataclass(frozen=True)
class Step:
    """A change of state that is done to many records at once.

    :param str name: as printed
    :param run: ``run(records, ref)``, timed
    :param before: ``before(records, ref)``, not timed: leads new records to where the
        step begins; gets them in sudo
    :param bool by_manager: taken by the app's manager instead of its worker
    :param bool has_effects: writes other documents too, not only its own row and log
    :param tuple batches: numbers of records
    """

    name: str
    run: Callable
    before: Callable | None = None
    by_manager: bool = False
    has_effects: bool = False
    batches: tuple = (1, 100, 1000)


@dataclass(frozen=True)
class Target:
    """A model, how its rows are made, and what a user does with them.

    :param tuple groups: of the worker who reads and creates
    :param tuple manager_groups: of the manager
    :param rows: ``rows(sizes)``: how many are generated
    :param prepare: ``prepare(env, data)``: records its rows need, committed; returns a
        dict that is merged with ``data`` into ``ref``
    :param values: ``values(ref, i, user_id)``: what record number ``i`` is created with
    :param dict columns: {column: SQL} of the generated rows, over the row number ``g``
        and a row ``t`` made by the ORM; what is not named is copied from ``t``. A value
        may be a function of ``ref``
    :param dict lines: {one2many: {column: SQL}}: the lines of ``t`` are copied for each
        generated row, over ``g`` and the copied line ``l``
    :param list open_domain: what is still to do
    :param owner: field of the responsible, or None
    :param word: ``word(text)``: the domain of a word typed in the search box
    :param customer: ``customer(name)``: the domain of a customer's name
    :param str group_by: of the kanban view
    :param tuple pivot: row and column of the pivot view
    :param bool creates: whether users create it at all
    :param bool in_load: its list is also read by twenty clients at once
    :param bool is_measured: False for rows that others only refer to
    :param ripen: ``ripen(records, ref)`` leads the rows made by the ORM through real
        steps before they are copied, so that their lines are there
    """

    app: str
    model: str
    rows: Callable
    values: Callable | None = None
    groups: tuple = ()
    manager_groups: tuple = ()
    prepare: Callable | None = None
    columns: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)
    steps: tuple = ()
    open_domain: tuple = ()
    owner: str | None = "user_id"
    mine: Callable | None = None
    word: Callable | None = None
    customer: Callable | None = None
    group_by: str = "state"
    pivot: tuple = ("state", "create_date:month")
    creates: bool = True
    in_load: bool = False
    is_measured: bool = True
    ripen: Callable | None = None

    def get_mine(self, ref):
        """My open work."""
        if self.mine:
            return self.mine(ref)
        if not self.owner:
            return list(self.open_domain)
        return [(self.owner, "=", ref["uid"]), *self.open_domain]


def pick(key):
    """SQL: an element of the ids ``ref[key]`` that depends on the row number only."""

    def expression(ref):
        ids = list(ref[key])
        return f"(ARRAY{ids})[1 + (g * 7919 % {len(ids)})]"

    return expression


def state_mix(opened, closed):
    """SQL: one row in 53 is still open, the rest is history."""
    return (
        f"CASE WHEN g % 53 = 0 THEN (ARRAY{list(opened)})[1 + (g / 53) % {len(opened)}]"
        f" ELSE (ARRAY{list(closed)})[1 + g % {len(closed)}] END"
    )


#: SQL: a moment of the two years before the generation
MOMENT = (
    "date_trunc('day', now() AT TIME ZONE 'UTC') - (g % 86400) * interval '1 second'"
    " - (g % 730) * interval '1 day'"
)
#: SQL: a day of the two years before
DAY = "current_date - (g % 730)::int"


def load(app):
    """The module of an app's targets."""
    return importlib.import_module(f"{__name__}.{app}")
