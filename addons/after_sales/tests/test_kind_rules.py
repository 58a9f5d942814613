import doctest
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from odoo.addons.after_sales.models.after_sales_rule_kind import KIND_RULE_KEYS
from odoo.addons.after_sales.tools import (
    adjudication_purchase,
    adjudication_rescue,
    adjudication_unit,
    typed,
)
from odoo.addons.after_sales.tools.adjudication import judge


def trip(**values):
    """60 km out in an hour, two hours until the return, on the first of May."""
    return {
        "date_repair": values.pop("date_repair", date(2026, 5, 1)),
        "rescue": {
            "departed": datetime(2026, 5, 1, 8),
            "arrived": datetime(2026, 5, 1, 9),
            "returned": datetime(2026, 5, 1, 11),
            "distance": 60,
            "day": date(2026, 5, 1),
            "overlaps": [],
            **values,
        },
    }


def bought(**values):
    return {
        "purchase": {
            "request": "granted",
            "granted": 300.0,
            "granted_day": date(2026, 5, 1),
            "invoice_day": date(2026, 5, 1),
            "invoice": 300.0,
            "claimed": 300.0,
            "currency_id": 1,
            "twins": [],
            **values,
        }
    }


def card(usage=15000, day=date(2026, 4, 20), **values):
    return {
        "date_repair": day,
        "usage": usage,
        "running_in": {
            "start": date(2026, 1, 1),
            "days": 109,
            "usage": 15000,
            "has_period": True,
            "done": None,
            **values,
        },
    }


def swap(**values):
    return {
        "assembly": {
            "part": "Engine",
            "old": "A1",
            "new": "B2",
            "known": "A1",
            "elsewhere": None,
            **values,
        }
    }


@tagged("post_install", "-at_install")
class TestKindRules(BaseCase):
    """AS-06, AS-08: the rules of the kinds as pure functions, edges from both sides."""

    def assertRule(self, check, limit, facts, level, cause=None):
        verdict = check(facts, limit)
        self.assertEqual(verdict.level, level, verdict)
        if cause:
            self.assertEqual(verdict.facts["cause"], cause)

    def test_doctests(self):
        for module in (adjudication_rescue, typed):
            self.assertFalse(doctest.testmod(module).failed)

    def test_other_kinds_are_passed_by(self):
        """AS-08: a rule of one kind says nothing about claims of another."""
        for key, _label in KIND_RULE_KEYS:
            with self.subTest(key=key):
                self.assertIsNone(judge(key, {"usage": 1}, 0, "fail"))

    def test_times(self):
        """AS-06: the trip's times follow each other, on a day not after the repair."""
        check = adjudication_rescue.check_rescue_times
        for values, level, cause in (
            ({}, "pass", None),
            ({"returned": datetime(2026, 5, 1, 9)}, "pass", None),
            ({"returned": datetime(2026, 5, 1, 8, 59)}, "fail", "order"),
            ({"arrived": datetime(2026, 5, 1, 8)}, "fail", "order"),
            ({"arrived": datetime(2026, 5, 1, 8, 1)}, "pass", None),
            ({"date_repair": date(2026, 4, 30)}, "fail", "day"),
            ({"date_repair": date(2026, 5, 2)}, "pass", None),
            ({"arrived": None}, "warn", "unknown"),
        ):
            with self.subTest(**values):
                self.assertRule(check, 0, trip(**values), level, cause)

    def test_speed(self):
        """AS-06: km against minutes, the limit itself passes; both ways count."""
        check = adjudication_rescue.check_rescue_speed
        for values, limit, level in (
            ({}, 60, "pass"),
            ({}, 59, "fail"),
            ({"distance": 110}, 110, "pass"),
            ({"distance": 111}, 110, "fail"),
            ({"returned": datetime(2026, 5, 1, 9, 30)}, 110, "fail"),
            ({"returned": datetime(2026, 5, 1, 9, 30)}, 120, "pass"),
            ({"arrived": datetime(2026, 5, 1, 8)}, 110, "fail"),
            ({"returned": None}, 110, "warn"),
        ):
            with self.subTest(limit=limit, **values):
                self.assertRule(check, limit, trip(**values), level)

    def test_distance_and_overlap(self):
        """AS-06: km over the limit, two trips at once; the first one is named."""
        far = adjudication_rescue.check_rescue_distance
        self.assertRule(far, 60, trip(), "pass")
        self.assertRule(far, 59, trip(), "fail")
        both = adjudication_rescue.check_rescue_overlap
        self.assertRule(both, 0, trip(), "pass")
        others = [("RS2", date(2026, 5, 1)), ("RS1", date(2026, 5, 1))]
        verdict = both(trip(overlaps=others), 0)
        self.assertEqual((verdict.level, verdict.facts["number"]), ("fail", "RS1"))

    def test_position(self):
        """AS-06: the distance against the straight line to the phone: 60 % longer and
        3 km are allowed, more than 3 km shorter is told; silent without a position."""
        check = adjudication_rescue.check_rescue_position
        for air_km, distance, level, cause in (
            (40.0, 64, "pass", None),
            (40.0, 67, "pass", None),
            (40.0, 68, "fail", None),
            (40.0, 37, "pass", None),
            (40.0, 36, "warn", "short"),
            (0.0, 3, "pass", None),
            (0.0, 4, "fail", None),
        ):
            with self.subTest(air_km=air_km, distance=distance):
                facts = trip(air_km=air_km, distance=distance)
                self.assertRule(check, 60, facts, level, cause)
        self.assertIsNone(check(trip(air_km=None), 60))
        self.assertIsNone(check(trip(), 60))
        self.assertIsNone(check({}, 60))

    def test_purchase_request(self):
        """AS-06: asked before, and not more than was granted."""
        check = adjudication_purchase.check_purchase_request
        for values, limit, level, cause in (
            ({}, 0, "pass", None),
            ({"claimed": 300.01}, 0, "fail", "over"),
            ({"claimed": 330.0}, 10, "pass", None),
            ({"claimed": 330.01}, 10, "fail", "over"),
            ({"invoice_day": date(2026, 4, 30)}, 0, "fail", "before"),
            ({"request": "none"}, 0, "fail", "none"),
            ({"request": "refused"}, 0, "fail", "none"),
        ):
            with self.subTest(limit=limit, **values):
                self.assertRule(check, limit, bought(**values), level, cause)

    def test_invoice(self):
        """AS-06: the same invoice twice is a finding; no more than it says is paid."""
        twice = adjudication_purchase.check_invoice_twice
        self.assertRule(twice, 0, bought(), "pass")
        twins = [("PU2", "1", 4), ("PU1", "1", 5)]
        verdict = twice(bought(twins=twins), 0)
        self.assertEqual((verdict.level, verdict.facts["number"]), ("fail", "PU1"))
        amount = adjudication_purchase.check_invoice_amount
        self.assertRule(amount, 0, bought(), "pass")
        self.assertRule(amount, 0, bought(claimed=300.01), "fail")
        self.assertRule(amount, 5, bought(claimed=315.0), "pass")

    def test_running_in(self):
        """AS-06: once, within days and usage, the limits themselves pass."""
        check = adjudication_unit.check_running_in
        for facts, level, cause in (
            (card(), "pass", None),
            (card(day=date(2026, 4, 21)), "fail", "days"),
            (card(usage=15001), "fail", "usage"),
            (card(days=0, day=date(2026, 9, 1)), "pass", None),
            (card(usage=1, has_period=False), "warn", "none"),
            (card(start=None), "warn", "none"),
            (card(done=("RI1", date(2026, 2, 1))), "fail", "done"),
        ):
            with self.subTest(facts=facts):
                self.assertRule(check, 0, facts, level, cause)

    def test_assembly(self):
        """AS-06: out what the unit had, in what no other unit has."""
        check = adjudication_unit.check_assembly_serial
        for values, level, cause in (
            ({}, "pass", None),
            ({"known": None}, "pass", None),
            ({"known": "A9"}, "fail", "other"),
            ({"new": "A1"}, "fail", "same"),
            ({"elsewhere": "T-9"}, "fail", "elsewhere"),
        ):
            with self.subTest(**values):
                self.assertRule(check, 0, swap(**values), level, cause)
