import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_assistant.tools import (
    milestone,
    number_ledger,
    review,
    robust,
    sample,
)
from odoo.addons.sales_base.tools.working_days import WorkingDays


@tagged("post_install", "-at_install")
class TestTools(BaseCase):
    def test_doctests(self):
        """SA-10, SA-11, SA-15, SA-17b: the examples of the rules hold."""
        for module in (milestone, number_ledger, review, robust, sample):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 3)
            self.assertFalse(result.failed)

    def test_every_rule_at_its_limit(self):
        """SA-11: limits are inclusive; one step further fails."""
        facts = {"currency_id": 1, "rate": 1.0, "authority": None, "promised": False}
        table = [
            ("amount", "amount", 1000.0, 1000.0, 1000.01),
            ("discount", "discount", 10.0, 10.0, 10.5),
            ("payment_term", "term_days", 30, 30, 31),
            ("lead_time", "lead_days", 10, 10, 9),
            ("new_customer", "previous_orders", 1, 1, 0),
        ]
        for key, fact, limit, good, bad in table:
            with self.subTest(rule=key):
                check = review.CHECKS[key]
                self.assertEqual(check({**facts, fact: good}, limit)[0], "pass")
                self.assertEqual(check({**facts, fact: bad}, limit)[0], "fail")

    def test_plan_backwards_over_holidays(self):
        """SA-10: working days are counted backwards, leaves are left out."""
        first, last = date(2026, 9, 1), date(2026, 11, 30)
        week = WorkingDays.monday_to_friday(first, last)
        holidays = {date(2026, 10, day) for day in range(1, 8)}
        days = WorkingDays(set(week.days) - holidays, first, last)
        self.assertEqual(
            milestone.plan(date(2026, 10, 12), -3, days), date(2026, 9, 30)
        )
        self.assertEqual(
            milestone.plan(date(2026, 10, 12), -3, week), date(2026, 10, 7)
        )

    def test_window_is_wide_enough(self):
        """SA-10: two working days a week and sixty steps still lie in the window."""
        promised = date(2026, 6, 30)
        first, last = milestone.get_window([promised], [-60, 25])
        week = WorkingDays.monday_to_friday(first, last)
        days = WorkingDays([d for d in week.days if d.weekday() in (1, 3)], first, last)
        self.assertEqual(days.count(milestone.plan(promised, -60, days), promised), 60)
