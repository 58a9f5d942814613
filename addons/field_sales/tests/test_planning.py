import random
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.field_sales.tools.planning import Store, plan_week

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]


def days_of(week, key):
    return [day for day, keys in week.visits.items() if key in keys]


@tagged("post_install", "-at_install")
class TestPlanning(BaseCase):
    """FS-06: the week of one salesperson, without a database."""

    def test_key_store_every_other_day(self):
        """FS-06: a key store gets three visits a week, every other day."""
        week = plan_week([Store(1, visits=3, every_other_day=True)], DAYS)
        self.assertEqual(days_of(week, 1), [DAYS[0], DAYS[2], DAYS[4]])
        self.assertFalse(week.short)

    def test_regular_store_once(self):
        """FS-06: a regular store is visited once a week."""
        week = plan_week([Store(1)], DAYS)
        self.assertEqual(len(days_of(week, 1)), 1)

    def test_every_n_weeks(self):
        """FS-06: with an interval of weeks a store is due in its week only."""
        stores = [
            Store(1, weeks=2, last=MONDAY - timedelta(days=3)),
            Store(2, weeks=2, last=MONDAY - timedelta(days=8)),
            Store(3, weeks=4),
        ]
        week = plan_week(stores, DAYS)
        self.assertEqual(sorted(week.asked), [2, 3])

    def test_level(self):
        """FS-06: the work is level over the days; no two differ by over one visit."""
        rand = random.Random(7)
        for number in (1, 4, 13, 37, 60):
            stores = [
                Store(
                    key,
                    visits=3 if key % 5 == 0 else 1,
                    every_other_day=key % 5 == 0,
                    position=(31 + rand.random(), 121 + rand.random()),
                    last=MONDAY - timedelta(days=rand.randint(1, 9)),
                )
                for key in range(number)
            ]
            loads = [len(keys) for keys in plan_week(stores, DAYS).visits.values()]
            with self.subTest(stores=number):
                self.assertLessEqual(max(loads) - min(loads), 1 if number > 4 else 3)

    def test_level_through_closed_days(self):
        """FS-06: where half the stores are closed on the empty days, others move."""
        stores = [Store(key, closed=frozenset({3, 4})) for key in range(6)]
        stores += [Store(key) for key in range(6, 10)]
        week = plan_week(stores, DAYS)
        self.assertEqual([len(keys) for keys in week.visits.values()], [2] * 5)
        for key in range(6):
            self.assertLess(days_of(week, key)[0].weekday(), 3)

    def test_closed_day(self):
        """FS-01, FS-06: no visit on a day on which the store takes none."""
        closed = frozenset({0, 1, 2, 3})
        week = plan_week([Store(1, closed=closed)], DAYS)
        self.assertEqual(days_of(week, 1), [DAYS[4]])

    def test_shortfall_is_told(self):
        """FS-06: what does not fit is named, and as much as fits is planned."""
        store = Store(1, visits=3, every_other_day=True, closed=frozenset({0, 1, 4}))
        week = plan_week([store], DAYS)
        self.assertEqual(week.short, {1: (3, 1)})
        self.assertEqual(len(days_of(week, 1)), 1)

    def test_no_working_day(self):
        """FS-06: a week of holidays has no visit and asks for none."""
        week = plan_week([Store(1)], [])
        self.assertEqual((week.visits, week.asked, week.short), ({}, {}, {}))

    def test_fixed_visits_count(self):
        """FS-06: what is planned already is not planned again."""
        store = Store(1, visits=3, every_other_day=True, fixed=[DAYS[0], DAYS[2]])
        self.assertEqual(days_of(plan_week([store], DAYS), 1), [DAYS[4]])
        done = Store(1, visits=1, fixed=[DAYS[1]])
        self.assertFalse(days_of(plan_week([done], DAYS), 1))

    def test_overdue_first(self):
        """FS-06: who waits longest is visited early in the week."""
        stores = [
            Store(1, last=MONDAY - timedelta(days=3)),
            Store(2, last=MONDAY - timedelta(days=20)),
        ]
        week = plan_week(stores, DAYS)
        self.assertEqual(days_of(week, 2), [DAYS[0]])
        self.assertGreater(days_of(week, 1)[0], DAYS[0])

    def test_route_of_the_day(self):
        """FS-06: the day's stops follow a sensible route."""
        stores = [
            Store(key, position=(0.0, at)) for key, at in ((1, 3), (2, 1), (3, 2))
        ]
        week = plan_week(stores, [MONDAY])
        self.assertEqual(week.visits[MONDAY], [2, 3, 1])

    def test_neighbours_share_a_day(self):
        """FS-06: of days equally full the one with the nearer stores is taken."""
        stores = [
            Store(1, position=(31.0, 121.0)),
            Store(2, position=(32.0, 121.0)),
            Store(3, position=(31.001, 121.0)),
            Store(4, position=(32.001, 121.0)),
        ]
        week = plan_week(stores, DAYS[:2])
        self.assertEqual(days_of(week, 1), days_of(week, 3))
        self.assertEqual(days_of(week, 2), days_of(week, 4))

    def test_deterministic(self):
        """FS-06: the same facts give the same plan, in whatever order they come."""
        stores = [Store(key, position=(31 + key / 99, 121)) for key in range(20)]
        week = plan_week(stores, DAYS)
        self.assertEqual(week.visits, plan_week(stores[::-1], DAYS).visits)
