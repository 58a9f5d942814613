from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestGuarantee(AfterSalesCommon):
    """B-13: reception sees the counters before it accepts the unit."""

    def _repair_before(self, days=1, **values):
        """An earlier repair of the unit, taken through its steps."""
        repair = self._create_repair(**values)
        self._bring_repair_to(repair, "accepted")
        repair.sudo().received_at = repair.accepted_at - timedelta(days=days)
        return repair

    def _get_counters(self, repair):
        return [
            (row["key"], row["level"], row["number"])
            for row in repair._get_guarantee_findings()
        ]

    def test_fifth_repair(self):
        """B-13: the 5th repair of the same fault, and the warning before it."""
        for expected in ([], [], [], [("fault", "near", 4)], [("fault", "reached", 5)]):
            repair = self._create_repair()
            self.assertEqual(self._get_counters(repair), expected)
            self._bring_repair_to(repair, "accepted")
        self.assertEqual(self._get_counters(repair), [("fault", "reached", 5)])
        self.assertEqual(repair.guarantee_level, "reached")
        self.assertIn("repair 5 of this fault", repair.guarantee_text)
        other = self.fault.copy({"code": "T-E02"})
        self.assertEqual(self._get_counters(self._create_repair(fault_id=other.id)), [])

    def test_day_31(self):
        """B-13: days of all repairs add up."""
        self._repair_before(days=18)
        self._repair_before(days=12)
        self.assertEqual(
            self._get_counters(self._create_repair()), [("days", "reached", 31)]
        )

    def test_main_fault_and_part(self):
        """B-13: a main fault and a main part a second time; safety faults add up."""
        self.fault.guarantee_class = "main"
        self.pump.is_main_part = True
        self._repair_before()
        self.assertEqual(
            self._get_counters(self._create_repair()),
            [("main", "near", 2), ("part", "near", 2)],
        )
        brake, steering = self.env["after.sales.fault"].create(
            [
                {"code": code, "name": code, "guarantee_class": "safety"}
                for code in ("T-S1", "T-S2")
            ]
        )
        wash = [
            Command.create({"line_type": "other", "name": "x", "payer": "warranty"})
        ]
        self._repair_before(fault_id=brake.id, line_ids=wash)
        self._repair_before(fault_id=brake.id, line_ids=wash)
        self.assertEqual(
            self._get_counters(
                self._create_repair(fault_id=steering.id, line_ids=wash)
            ),
            [("main", "reached", 3)],
        )

    def test_what_counts(self):
        """B-13: what the customer paid, what was cancelled or not yet received does not
        count; a claim without a repair does, its repair's own claim not twice."""
        self.company.after_sales_guarantee_fault_repairs = 1
        paid = self._create_repair()
        paid.line_ids.payer = "customer"
        self._bring_repair_to(paid, "accepted")
        self._create_repair()
        cancelled = self._create_repair()
        cancelled.sudo().write(
            {"received_at": fields.Datetime.now(), "state": "cancelled"}
        )
        self.assertEqual(self._get_counters(self._create_repair()), [])
        claim = self._create_submitted()
        counted = [("fault", "reached", 2)]
        self.assertEqual(self._get_counters(self._create_repair()), counted)
        claim.state = "rejected"
        self.assertEqual(self._get_counters(self._create_repair()), [])
        repair = self._repair_before()
        repair.with_user(self.entry)._make_claim().sudo().state = "submitted"
        self.assertEqual(self._get_counters(self._create_repair()), counted)

    def test_term_and_settings(self):
        """B-13: thresholds are the company's; beyond the term nothing is counted."""
        self.company.after_sales_guarantee_fault_repairs = 1
        self._repair_before()
        self.assertTrue(self._get_counters(self._create_repair()))
        self.assertEqual(self._get_counters(self._create_repair(usage=50001)), [])
        self.company.after_sales_guarantee_months = 3
        self.assertEqual(self._get_counters(self._create_repair()), [])
