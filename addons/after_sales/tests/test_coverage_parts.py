from datetime import timedelta

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestCoverageParts(AfterSalesCommon):
    """AS-02 in the database: what ``tools/coverage.py`` decides is asked rightly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wear = cls.env["product.category"].create({"name": "Wear parts"})
        cls.hose = cls.wear.create({"name": "Hoses", "parent_id": cls.wear.id})

    def _get_finding(self, **values):
        claim = self._create_submitted(**values)
        return claim.finding_ids.filtered(lambda row: row.key == "coverage")

    def test_own_term_of_a_part(self):
        """AS-02: a part with less than the unit; repaired 98 days after the sale."""
        row = {"product_id": self.pump.id, "months": 3}
        self.coverage.part_ids = [Command.create(row)]
        finding = self._get_finding()
        self.assertEqual(finding.verdict, "fail")
        self.assertIn("Water Pump", finding.sentence)
        self.coverage.part_ids.months = 4
        self.assertEqual(self._get_finding().verdict, "pass")

    def test_category_of_parts(self):
        """AS-02: the nearest counts: part, its category, the one above."""
        self.pump.categ_id = self.hose
        excluded = {"categ_id": self.wear.id, "is_excluded": True}
        self.coverage.part_ids = [Command.create(excluded)]
        finding = self._get_finding()
        self.assertEqual(finding.verdict, "fail")
        self.assertIn("not covered", finding.sentence)
        near = {"categ_id": self.hose.id, "months": 24}
        self.coverage.part_ids = [Command.create(near)]
        self.assertEqual(self._get_finding().verdict, "pass")
        own = {"product_id": self.pump.id, "is_excluded": True}
        self.coverage.part_ids = [Command.create(own)]
        self.assertEqual(self._get_finding().verdict, "fail")

    def test_replaced_part(self):
        """AS-02: a replaced part gets what was left, and at least what the policy
        says."""
        unit = self._create_unit("T-0200", date_sold=self.today - timedelta(days=360))
        self._create_approved(
            lot_id=unit.id, date_repair=self.today - timedelta(days=30)
        )
        self.coverage.months = 11
        self.coverage.with_user(self.chief).action_apply()
        self.assertEqual(self._get_finding(lot_id=unit.id).verdict, "fail")
        self.coverage.least_months = 3
        self.assertEqual(self._get_finding(lot_id=unit.id).verdict, "pass")

    def test_running_in_service(self):
        """AS-02: a missed service ends the warranty, one in time keeps it."""
        self.coverage.write({"running_in_effect": "void", "running_in_days": 60})
        finding = self._get_finding()
        self.assertEqual(finding.verdict, "fail")
        self.assertIn("running-in", finding.sentence)
        self.unit.write(
            {
                "running_in_date": self.unit.date_sold + timedelta(days=60),
                "running_in_usage": 2000,
            }
        )
        self.assertEqual(self._get_finding().verdict, "pass")

    def test_goodwill_by_level(self):
        """AS-02: after the end a station of the level may give its share; it wants a
        look, never a blind payment."""
        self.coverage.months = 3
        self.coverage.with_user(self.chief).action_apply()
        self.coverage.goodwill_ids = [
            Command.create({"level": "1", "months": 6, "usage": 0, "percent": 40})
        ]
        self.station.level = "2"
        self.assertEqual(self._get_finding().verdict, "fail")
        self.station.level = "1"
        finding = self._get_finding()
        self.assertEqual(finding.verdict, "warn")
        self.assertIn("40", finding.sentence)

    def test_labor_not_covered(self):
        """AS-02: a policy for parts only does not pay labour."""
        self.coverage.covers_labor = False
        finding = self._get_finding()
        self.assertEqual(finding.verdict, "fail")
        self.assertIn("labour", finding.sentence)

    def test_start_by_company(self):
        """AS-02: the warranty begins with the invoice or the registration where the
        company says so; until then the delivery counts."""
        first = self.unit.date_sold
        later = first + timedelta(days=20)
        for rule, field in (
            ("invoice", "date_invoiced"),
            ("registration", "date_registered"),
        ):
            self.company.after_sales_start_rule = rule
            unit = self._create_unit(f"T-{rule}")
            self.assertEqual(unit.date_warranty_start, first)
            unit[field] = later
            self.assertEqual(unit.date_warranty_start, later)

    def test_impossible_policies(self):
        """F-14: a policy that cannot be applied is refused."""
        with self.assertRaises(ValidationError):
            self.coverage.running_in_effect = "void"
        with self.assertRaises(ValidationError):
            self.coverage.write({"running_in_effect": "shorten", "running_in_days": 60})
        with self.assertRaises(ValidationError):
            self.coverage.part_ids = [Command.create({"product_id": self.pump.id})]

    def test_statements_do_not_grow(self):
        """AS-08: covers are asked for a whole batch at once."""
        self.assertQueryGrowth(
            lambda claims: claims._get_covers(),
            lambda count: self.env["after.sales.claim"].create(
                [
                    self._prepare_claim(lot_id=self._create_unit(f"Q-{count}-{n}").id)
                    for n in range(count)
                ]
            ),
        )
