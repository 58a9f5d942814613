import doctest
from datetime import date
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import three_guarantees

TABLE = Path(__file__).with_name("guarantee_table.txt")
COUNTS = ("main_repairs", "part_replacements", "fault_repairs")


def read_table():
    """Rows of the hand-written table: line number, facts, expected text."""
    for number, line in enumerate(TABLE.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        sold, day, usage, major, *counts, before, here, expected = line.split()
        yield (
            number,
            {
                "date_sold": sold != "-" and date.fromisoformat(sold),
                "day": date.fromisoformat(day),
                "usage": None if usage == "-" else int(usage),
                "is_major": major == "y",
                **dict(zip(COUNTS, map(int, counts), strict=True)),
                "days_before": int(before),
                "days_here": int(here),
            },
            expected,
        )


@tagged("post_install", "-at_install")
class TestGuaranteeTable(BaseCase):
    """B-13: the counters as a table of cases written by hand."""

    def _count(self, facts, **limits):
        found = three_guarantees.count(facts, {**three_guarantees.DEFAULTS, **limits})
        return ",".join(f"{row.key}:{row.level}:{row.number}" for row in found) or "-"

    def test_table(self):
        """B-13: each row says what reception is told, with the law's defaults."""
        rows = list(read_table())
        self.assertGreaterEqual(len(rows), 60)
        for number, facts, expected in rows:
            with self.subTest(line=number):
                self.assertEqual(self._count(facts), expected)

    def test_thresholds(self):
        """B-13: each threshold can be set; 0 switches its counter off."""
        facts = {
            "date_sold": date(2026, 1, 1),
            "day": date(2026, 6, 1),
            "usage": 4000,
            "is_major": True,
            "main_repairs": 1,
            "part_replacements": 2,
            "fault_repairs": 2,
            "days_before": 19,
            "days_here": 1,
        }
        self.assertEqual(self._count(facts), "main:near:2,part:reached:3")
        for limits, expected in (
            ({"main_repairs": 0}, "part:reached:3"),
            ({"main_repairs": 1}, "main:reached:2,part:reached:3"),
            ({"part_replacements": 0}, "main:near:2"),
            ({"part_replacements": 3}, "main:near:2,part:near:3"),
            ({"fault_repairs": 2}, "main:near:2,part:reached:3,fault:reached:3"),
            ({"repair_days": 19}, "main:near:2,part:reached:3,days:reached:20"),
            ({"repair_days": 20}, "main:near:2,part:reached:3,days:near:20"),
            ({"near_days": 11}, "main:near:2,part:reached:3,days:near:20"),
            ({"usage": 3999}, "-"),
            ({"months": 5}, "-"),
            (
                {"early_days": 151, "early_usage": 4000},
                "early:reached:151,main:near:2,part:reached:3",
            ),
        ):
            with self.subTest(**limits):
                self.assertEqual(self._count(facts, **limits), expected)

    def test_doctests(self):
        """B-13: a repair below 24 hours counts a day."""
        result = doctest.testmod(three_guarantees)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)
