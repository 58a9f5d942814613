import doctest
from datetime import date

from odoo.tests import BaseCase

from odoo.addons.after_sales.tools import adjudication
from odoo.addons.after_sales.tools.adjudication import judge
from odoo.addons.after_sales.tools.coverage import (
    Goodwill,
    Policy,
    Term,
    Unit,
    get_cover,
)


def facts(**values):
    """Facts of a claim in which nothing is wrong; ``months`` and ``limit`` of its
    warranty, from the first of January on, may be given."""
    policy = Policy(
        Term(values.pop("months", 6), values.pop("limit", 50000)),
        goodwill=values.pop("goodwill", Goodwill()),
    )
    unit = Unit(values.pop("start", date(2026, 1, 1)))
    day = values.get("date_repair", date(2026, 6, 30))
    cover = get_cover(policy, unit, None, day, values.get("usage", 50000))
    return {
        "covers": [(False, cover)],
        "date_repair": date(2026, 6, 30),
        "date_submitted": date(2026, 7, 2),
        "usage": 50000,
        "coverage": "Half a year",
        "labor": [("Pump", 2.0, 2.0)],
        "amount": 1000.0,
        "authority": 1000.0,
        "company_currency_id": 1,
        "duplicates": [],
        "missing": [],
        "usage_before": (50000, date(2026, 5, 1)),
        "station_id": 7,
        "selling_id": 7,
        **values,
    }


class TestAdjudicationRules(BaseCase):
    """AS-08: the rules as pure functions, edges from both sides."""

    def assertLevels(self, key, limit, rows):
        for expected, values in rows:
            with self.subTest(key=key, **values):
                self.assertEqual(
                    judge(key, facts(**values), limit, "fail").level, expected
                )

    def test_doctests(self):
        self.assertFalse(doctest.testmod(adjudication).failed)

    def test_coverage(self):
        """AS-02: the last day and the exact usage are covered, the next ones not."""
        self.assertLevels(
            "coverage",
            0,
            [
                ("pass", {}),
                ("fail", {"date_repair": date(2026, 7, 1)}),
                ("fail", {"usage": 50001}),
                ("pass", {"usage": 999999, "limit": 0}),
                ("pass", {"date_repair": date(2026, 1, 1)}),
                ("fail", {"date_repair": date(2025, 12, 31)}),
                ("fail", {"covers": []}),
                ("fail", {"start": None}),
                ("warn", {"usage": 50001, "goodwill": Goodwill(0, 10, 50)}),
                ("fail", {"usage": 50011, "goodwill": Goodwill(0, 10, 50)}),
            ],
        )

    def test_coverage_says_why(self):
        """AS-08: the verdict carries the figures of its sentence."""
        verdict = judge("coverage", facts(date_repair=date(2026, 7, 10)), 0, "fail")
        self.assertEqual(verdict.facts["cause"], "date")
        self.assertEqual(verdict.facts["days"], 10)
        verdict = judge("coverage", facts(usage=51234), 0, "fail")
        self.assertEqual(
            (verdict.facts["cause"], verdict.facts["over"]), ("usage", 1234)
        )

    def test_duplicate(self):
        """AS-08: the same part of the unit within the period; inclusive limit."""

        def other(day):
            return {"duplicates": [("Pump", "AP1", day, 7)]}

        self.assertLevels(
            "duplicate",
            30,
            [
                ("pass", {}),
                ("fail", other(date(2026, 5, 31))),
                ("pass", other(date(2026, 5, 30))),
                ("fail", other(date(2026, 7, 30))),
                ("pass", other(date(2026, 7, 31))),
            ],
        )

    def test_duplicate_names_the_earliest(self):
        """AS-08: the earliest other claim is named, the rest counted."""
        rows = [
            ("Pump", "AP2", date(2026, 6, 20), 7),
            ("Filter", "AP1", date(2026, 6, 10), 8),
        ]
        verdict = judge("duplicate", facts(duplicates=rows), 30, "fail")
        self.assertEqual((verdict.facts["number"], verdict.facts["count"]), ("AP1", 2))

    def test_labor_time(self):
        """AS-08: over standard time, with a tolerance in percent."""
        self.assertLevels(
            "labor_time",
            10,
            [
                ("pass", {"labor": []}),
                ("pass", {"labor": [("Pump", 2.2, 2.0)]}),
                ("fail", {"labor": [("Pump", 2.21, 2.0)]}),
                ("warn", {"labor": [("Weld", 1.0, None)]}),
                ("fail", {"labor": [("Weld", 1.0, None), ("Pump", 3.0, 2.0)]}),
            ],
        )

    def test_authority(self):
        """AS-08: a sum equal to the authority is within it; 0 is no limit."""
        self.assertLevels(
            "authority",
            0,
            [
                ("pass", {"amount": 1000.0}),
                ("fail", {"amount": 1000.01}),
                ("pass", {"amount": 9999.0, "authority": 0}),
            ],
        )

    def test_evidence(self):
        """AS-06: each kind of evidence that is asked for and missing is named."""
        verdict = judge("evidence", facts(missing=["plate", "meter"]), 0, "fail")
        self.assertEqual(verdict.level, "fail")
        self.assertEqual(verdict.facts, {"missing_kinds": ["plate", "meter"]})
        self.assertEqual(judge("evidence", facts(), 0, "fail").level, "pass")

    def test_late(self):
        """AS-08: over 30 days begins at 31."""
        self.assertLevels(
            "late",
            30,
            [
                ("pass", {"date_submitted": date(2026, 7, 30)}),
                ("fail", {"date_submitted": date(2026, 7, 31)}),
            ],
        )

    def test_usage_backwards(self):
        """AS-08: a lower reading than before fails, the same one passes."""
        self.assertLevels(
            "usage_backwards",
            0,
            [
                ("pass", {}),
                ("pass", {"usage_before": None}),
                ("fail", {"usage": 49999}),
            ],
        )

    def test_a_breach_weighs_what_the_rule_says(self):
        """AS-08: a rule set to warning never fails a claim."""
        self.assertEqual(judge("late", facts(), 0, "warn").level, "warn")
        self.assertEqual(
            judge("evidence", facts(missing=["x"]), 0, "fail").level, "fail"
        )
