import doctest
from datetime import date

from odoo.tests import BaseCase

from odoo.addons.sales_base.tools import geo, pareto, period, snapshot, working_hours
from odoo.addons.sales_base.tools.working_days import WorkingDays


class TestPeriod(BaseCase):
    def test_examples(self):
        """The examples in the docstrings hold."""
        for module in (geo, pareto, period, working_hours):
            with self.subTest(module.__name__):
                self.assertFalse(doctest.testmod(module).failed)

    def test_week_is_iso(self):
        """Architecture 5: weeks are ISO weeks, Sunday belongs to the week before."""
        self.assertEqual(
            period.week_of(date(2027, 1, 3)), (date(2026, 12, 28), date(2027, 1, 3))
        )

    def test_months_cross_years(self):
        self.assertEqual(period.add_months(date(2026, 12, 31), 2), date(2027, 2, 28))
        self.assertEqual(period.add_months(date(2027, 3, 31), -13), date(2026, 2, 28))
        self.assertEqual(period.month_of(date(2026, 12, 5)).last, date(2026, 12, 31))

    def test_term_includes_its_last_day(self):
        """Architecture 4: the last day is the one before the same date."""
        self.assertEqual(
            period.last_day_of_term(date(2026, 2, 15), 24), date(2028, 2, 14)
        )


class TestWorkingDays(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.days = WorkingDays.monday_to_friday(date(2026, 10, 1), date(2026, 12, 31))
        cls.friday, cls.saturday, cls.monday = (
            date(2026, 11, day) for day in (20, 21, 23)
        )

    def test_forwards(self):
        self.assertEqual(self.days.add(self.friday, 1), self.monday)
        self.assertEqual(self.days.add(self.saturday, 1), self.monday)

    def test_backwards(self):
        """SA-10: planning backwards from a day off ends on the working day before."""
        self.assertEqual(self.days.add(self.monday, -1), self.friday)
        self.assertEqual(self.days.add(self.saturday, 0), self.friday)
        self.assertEqual(self.days.add(self.monday, 0), self.monday)

    def test_count(self):
        self.assertEqual(self.days.count(self.friday, self.monday), 1)
        self.assertEqual(self.days.count(self.monday, self.friday), -1)
        self.assertEqual(self.days.count(self.saturday, self.saturday), 0)

    def test_outside_the_window(self):
        with self.assertRaises(ValueError):
            self.days.add(date(2026, 12, 31), 1)
        with self.assertRaises(ValueError):
            self.days.add(date(2026, 10, 1), -1)

    def test_contains(self):
        self.assertIn(self.friday, self.days)
        self.assertNotIn(self.saturday, self.days)


class TestSnapshotCompare(BaseCase):
    def _fields(self, **values):
        return {
            key: {"value": value, "shown": str(value)} for key, value in values.items()
        }

    def test_nothing_changed(self):
        content = {"fields": self._fields(a=1), "lines": {}, "photos": []}
        self.assertEqual(snapshot.compare(content, content), [])

    def test_every_kind_of_change(self):
        before = {
            "fields": self._fields(a=1, b=2),
            "lines": {
                "line_ids": [
                    {"key": 1, "shown": "one", "fields": self._fields(q=1)},
                    {"key": 2, "shown": "two", "fields": self._fields(q=1)},
                ]
            },
            "photos": [{"hash": "x", "name": "x.jpg"}],
        }
        after = {
            "fields": self._fields(a=1, b=3),
            "lines": {
                "line_ids": [
                    {"key": 1, "shown": "one", "fields": self._fields(q=5)},
                    {"key": 3, "shown": "three", "fields": self._fields(q=1)},
                ]
            },
            "photos": [{"hash": "y", "name": "y.jpg"}],
        }
        changes = snapshot.compare(before, after)
        self.assertEqual(
            [(c["kind"], c["list"], c["key"], c["field"]) for c in changes],
            [
                ("changed", False, False, "b"),
                ("changed", "line_ids", 1, "q"),
                ("added", "line_ids", 3, False),
                ("removed", "line_ids", 2, False),
                ("added", "photos", "y", False),
                ("removed", "photos", "x", False),
            ],
        )
        self.assertEqual((changes[0]["before"], changes[0]["after"]), ("2", "3"))

    def test_first_snapshot_shows_everything(self):
        after = {"fields": self._fields(a=1, b=False), "lines": {}, "photos": []}
        self.assertEqual([c["field"] for c in snapshot.compare({}, after)], ["a"])

    def test_side_by_side_shows_what_is_equal_too(self):
        """AS-07: equal, changed, added and removed fields, lines and photos."""

        def value(text):
            return {"value": text, "shown": text}

        before = {
            "fields": {"a": value("1"), "b": value("2")},
            "lines": {
                "line_ids": [
                    {"key": 1, "shown": "kept", "fields": {"c": value("x")}},
                    {"key": 2, "shown": "gone", "fields": {"c": value("y")}},
                ]
            },
            "photos": [{"hash": "h1", "name": "one"}, {"hash": "h2", "name": "two"}],
        }
        after = {
            "fields": {"a": value("1"), "b": value("3")},
            "lines": {
                "line_ids": [
                    {"key": 3, "shown": "new", "fields": {"c": value("z")}},
                    {"key": 1, "shown": "kept", "fields": {"c": value("x")}},
                ]
            },
            "photos": [{"hash": "h2", "name": "two"}, {"hash": "h3", "name": "three"}],
        }
        blocks = snapshot.side_by_side(before, after)
        self.assertEqual(
            {(block["list"], block["key"]): block["kind"] for block in blocks},
            {
                (False, False): "changed",
                ("line_ids", 1): False,
                ("line_ids", 2): "removed",
                ("line_ids", 3): "added",
                ("photos", "h1"): "removed",
                ("photos", "h2"): False,
                ("photos", "h3"): "added",
            },
        )
        self.assertEqual(
            [(row["field"], row["is_changed"]) for row in blocks[0]["rows"]],
            [("a", False), ("b", True)],
        )
        gone = next(block for block in blocks if block["key"] == 2)
        self.assertEqual((gone["before"], gone["after"]), ("gone", ""))
        self.assertEqual(gone["rows"][0]["before"], "y")
        self.assertEqual(gone["rows"][0]["after"], "")
