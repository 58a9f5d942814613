from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestClaimAdjudication(AfterSalesCommon):
    def test_clean_claim_passes_every_rule(self):
        """AS-08: every active rule leaves a verdict."""
        claim = self._create_submitted()
        self.assertEqual(set(self._get_verdicts(claim).values()), {"pass"})
        self.assertGreaterEqual(len(claim.finding_ids), 18)
        self.assertEqual(claim.verdict, "pass")

    def test_worst_first(self):
        """AS-08: fails stand before warnings, warnings before what passed."""
        day = self.today - timedelta(days=40)
        claim = self._create_submitted(photos=False, date_repair=day)
        self.env.invalidate_all()
        levels = claim.finding_ids.mapped("verdict")
        self.assertEqual(levels[:3], ["fail", "warn", "pass"])
        self.assertEqual(set(levels[3:]), {"pass"})

    def test_out_of_warranty(self):
        """AS-08: coverage at the day of repair."""
        unit = self._create_unit("T-0200", date_sold=self.today - timedelta(days=500))
        claim = self._create_submitted(lot_id=unit.id)
        self.assertEqual(self._get_verdicts(claim)["coverage"], "fail")
        self.assertEqual(claim.verdict, "fail")

    def test_usage_over_limit(self):
        """AS-08: coverage by usage, whichever comes first."""
        self.assertEqual(
            self._get_verdicts(self._create_submitted(usage=50001))["coverage"], "fail"
        )

    def test_duplicate_part(self):
        """AS-08: the same part on the same unit; a rejected claim does not count."""
        first = self._create_submitted()
        second = self._create_submitted()
        self.assertEqual(self._get_verdicts(second)["duplicate"], "fail")
        finding = second.finding_ids.filtered(lambda row: row.key == "duplicate")
        self.assertIn(first.name, finding.sentence)
        self.assertIn("Water Pump", finding.sentence)
        self._take_with_reason(
            first.with_user(self.auditor), "reject", self.reject_reason
        )
        second.with_user(self.auditor).action_recheck()
        self.assertEqual(self._get_verdicts(second)["duplicate"], "pass")

    def test_duplicate_that_came_in_by_a_correction(self):
        """AS-07, AS-08: a returned claim comes back with a part that another one has
        claimed meanwhile; the other is judged again and names it."""
        first = self._create_submitted()
        self._take_with_reason(
            first.with_user(self.auditor), "return", self.return_reason
        )
        part = first.line_ids.filtered("product_id")
        part.product_id = self.filter
        second = self._create_submitted()
        self.assertEqual(self._get_verdicts(second)["duplicate"], "pass")
        part.product_id = self.pump
        first.with_user(self.mechanic).sudo().action_submit()
        finding = second.finding_ids.filtered(
            lambda row: row.key == "duplicate" and row.is_current
        )
        self.assertEqual(finding.verdict, "fail")
        self.assertIn(first.name, finding.sentence)

    def test_duplicate_of_another_station_is_not_named(self):
        """AS-08, F-11: the portal sentence hides another station's claim."""
        first = self._create_submitted()
        second = self._create_claim(station_id=self.station_2.id)
        second.with_user(self.rival).sudo().action_submit()
        finding = second.finding_ids.filtered(lambda row: row.key == "duplicate")
        self.assertEqual(finding.verdict, "fail")
        self.assertNotIn(first.name, finding._get_portal_sentence())
        self.assertIn(first.name, finding.sentence)

    def test_labor_over_standard_time(self):
        """AS-08, AS-04: the product's own standard time wins over the general one."""
        claim = self._create_submitted()
        self.assertEqual(self._get_verdicts(claim)["labor_time"], "pass")
        self.env["after.sales.labor"].create(
            {
                "code": "T-L01",
                "name": "Replace water pump",
                "product_tmpl_id": self.truck.product_tmpl_id.id,
                "standard_hours": 1.5,
            }
        )
        other = self._create_unit("T-0201")
        claim = self._create_submitted(lot_id=other.id)
        self.assertEqual(claim.line_ids[1].standard_hours, 1.5)
        self.assertEqual(self._get_verdicts(claim)["labor_time"], "fail")

    def test_form_reads_no_more_for_more_lines(self):
        """The statements of opening the form do not grow with its lines."""
        specification = {
            "product_id": {"fields": {"display_name": {}}},
            "fault_id": {"fields": {"display_name": {}}},
            "finding_ids": {"fields": {"sentence": {}}},
            "line_ids": {
                "fields": {
                    "product_id": {"fields": {"display_name": {}}},
                    "labor_id": {"fields": {"display_name": {}}},
                    "fault_id": {"fields": {"display_name": {}}},
                }
            },
        }

        def prepare(number):
            claim = self._create_claim(photos=False)
            products = self.env["product.product"].create(
                [{"name": f"Part {n}", "is_spare_part": True} for n in range(number)]
            )
            faults = self.env["after.sales.fault"].create(
                [{"code": f"T{claim.id}-{n}", "name": "x"} for n in range(number)]
            )
            claim.line_ids = [
                Command.create({"product_id": part.id, "fault_id": fault.id})
                for part, fault in zip(products, faults, strict=True)
            ]
            claim.action_submit()
            # Making records may empty the registry's caches: what they hold of the
            # auditor is read again then, whatever the number of lines.
            own = claim.with_user(self.auditor)
            own.web_read(specification)
            return own

        self.assertQueryGrowth(
            lambda claim: claim.web_read(specification), prepare, growth=0
        )

    def test_decision_and_amount_agree(self):
        """AS-08: only a cut line is paid another amount than the whole or nothing,
        whatever a client writes into the amount."""
        for decision, amount in (("approved", 150), ("approved", 0), ("rejected", 50)):
            claim = self._create_submitted().with_user(self.auditor)
            claim.line_ids[0].write(
                {
                    "decision": decision,
                    "approved_amount": amount,
                    "cut_reason_id": self.cut_reason.id,
                }
            )
            with self.subTest(decision=decision, amount=amount):
                with self.assertRaises(UserError):
                    claim.action_approve()
                self.assertEqual(claim.state, "submitted")

    def test_over_authority_warns(self):
        """AS-08: a sum over the station's authority is a warning."""
        self.station.authority_amount = 399
        claim = self._create_submitted()
        self.assertEqual(self._get_verdicts(claim)["authority"], "warn")
        self.assertEqual(claim.verdict, "warn")

    def test_authority_compares_in_company_currency(self):
        """AS-08: the rate of the day of submission is stored with the claim."""
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 4.0})],
            }
        )
        self.station.write({"currency_id": currency.id, "authority_amount": 500})
        claim = self._create_submitted()
        self.assertEqual(claim.currency_id, currency)
        self.assertEqual(claim.currency_rate, 0.25)
        self.assertEqual(claim.amount_claimed, 400)
        self.assertEqual(claim.amount_claimed_company, 100)
        self.assertEqual(self._get_verdicts(claim)["authority"], "pass")
        currency.rate_ids.rate = 1.0
        claim.with_user(self.auditor).action_recheck()
        self.assertEqual(claim.currency_rate, 0.25)

    def test_missing_evidence_is_named(self):
        """AS-06, AS-08: the missing photos are named in the reader's language."""
        claim = self._create_submitted(photos=False)
        self.assertEqual(self._get_verdicts(claim)["evidence"], "fail")
        finding = claim.finding_ids.filtered(lambda row: row.key == "evidence")
        self.assertIn("Serial Number Plate", finding.sentence)

    def test_no_meter_no_meter_photo(self):
        """AS-06: a unit without a meter needs no photo of one."""
        self.truck.usage_unit = False
        claim = self._create_claim(usage=0)
        claim.photo_ids.filtered(lambda photo: photo.kind == "meter").unlink()
        claim.with_user(self.entry).action_submit()
        self.assertEqual(self._get_verdicts(claim)["evidence"], "pass")

    def test_late_submission_warns(self):
        """AS-08: 31 days after the repair is late, 30 is not."""
        for days, expected in ((30, "pass"), (31, "warn")):
            unit = self._create_unit(f"T-021{days}")
            claim = self._create_submitted(
                lot_id=unit.id, date_repair=self.today - timedelta(days=days)
            )
            self.assertEqual(self._get_verdicts(claim)["late"], expected)

    def test_usage_backwards(self):
        """AS-08: the reading is lower than an earlier one; its own is left out."""
        self.env["after.sales.usage.reading"].create(
            {
                "lot_id": self.unit.id,
                "value": 13000,
                "date": self.today - timedelta(days=10),
            }
        )
        claim = self._create_submitted()
        self.assertEqual(self._get_verdicts(claim)["usage_backwards"], "fail")
        claim.with_user(self.auditor).action_recheck()
        self.assertEqual(self._get_verdicts(claim)["usage_backwards"], "fail")

    def test_claim_leaves_a_reading(self):
        """AS-01: the meter at the repair is a reading of the unit, kept once."""
        claim = self._create_submitted()
        self.assertEqual(self.unit.usage_reading, 12000)
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        claim.with_user(self.entry).usage = 12500
        claim.with_user(self.entry).action_submit()
        self.assertEqual(self.unit.reading_ids.mapped("value"), [12500])

    def test_same_facts_same_verdict(self):
        """AS-08: running the rules again gives the same findings; old ones are kept."""
        claim = self._create_submitted(photos=False, usage=50001)
        before = claim.finding_ids.mapped(lambda row: (row.key, row.verdict, row.facts))
        claim.with_user(self.auditor).action_recheck()
        after = claim.finding_ids.mapped(lambda row: (row.key, row.verdict, row.facts))
        self.assertEqual(before, after)
        total = self.env["after.sales.finding"].search_count(
            [("claim_id", "=", claim.id)]
        )
        self.assertEqual(total, 2 * len(after))

    def test_company_rule_wins(self):
        """AS-08: a company's own rule replaces the shared one of the same check."""
        rule = self.env.ref("after_sales.rule_coverage")
        rule.copy({"company_id": self.company.id, "breach": "warn"})
        claim = self._create_submitted(usage=50001)
        self.assertEqual(self._get_verdicts(claim)["coverage"], "warn")

    def test_switched_off_rule_says_nothing(self):
        """AS-08: an archived rule leaves no verdict."""
        self.env.ref("after_sales.rule_evidence").action_archive()
        claim = self._create_submitted(photos=False)
        self.assertNotIn("evidence", self._get_verdicts(claim))

    def test_every_sentence_can_be_worded(self):
        """AS-08: each verdict of each rule is a sentence, not a key."""
        self.station.authority_amount = 1
        old = self._create_unit("T-0220", date_sold=self.today - timedelta(days=500))
        plain = self._create_unit("T-0221")
        plain.write({"warranty_coverage_id": False, "date_warranty_end": False})
        claims = self._create_submitted() | self._create_submitted(usage=60000)
        claims |= self._create_submitted(photos=False, usage=1)
        claims |= self._create_submitted(lot_id=old.id)
        claims |= self._create_submitted(lot_id=plain.id)
        claims |= self._create_submitted(date_repair=self.today - timedelta(days=101))
        for finding in claims.finding_ids:
            with self.subTest(key=finding.key, facts=finding.facts):
                self.assertNotEqual(finding.sentence, finding.key)
                self.assertNotIn("%(", finding.sentence)

    def test_names_in_the_language_of_the_reader(self):
        """architecture.md 8: the sentence is made when read, catalogue names too; a
        deleted record keeps the name it had."""
        self.env["res.lang"]._activate_lang("zh_CN")
        claim = self._create_submitted()
        finding = claim.finding_ids.filtered(lambda row: row.key == "coverage")
        self.assertIn("Truck 12 months", finding.sentence)
        self.coverage.with_context(lang="zh_CN").name = "卡车一年"
        self.env.invalidate_all()
        self.assertIn("卡车一年", finding.with_context(lang="zh_CN").sentence)
        self.assertIn("Truck 12 months", finding.sentence)
        finding.sudo().facts = {**finding.facts, "coverage": ["res.partner", 0, "Old"]}
        self.assertIn("Old", finding.sentence)

    def test_statements_do_not_grow(self):
        """AS-08: submitting needs the same statements for 4 and for 40 claims."""
        self._count = 0

        def prepare(number):
            claims = self.env["after.sales.claim"]
            for _n in range(number):
                self._count += 1
                unit = self._create_unit(f"T-3{self._count:04}")
                claims |= self._create_claim(photos=False, lot_id=unit.id)
            return claims.with_user(self.entry)

        self.assertQueryGrowth(lambda claims: claims.action_submit(), prepare, growth=5)

    def test_approving_does_not_grow(self):
        """AS-08: approving needs the same statements for 4 and for 40 claims."""
        self._count = 0

        def prepare(number):
            claims = self.env["after.sales.claim"]
            for _n in range(number):
                self._count += 1
                unit = self._create_unit(f"T-4{self._count:04}")
                claims |= self._create_claim(photos=False, lot_id=unit.id)
            claims.with_user(self.entry).action_submit()
            self.env.flush_all()
            self.env.cr.precommit.run()
            return claims.with_user(self.auditor)

        self.assertQueryGrowth(
            lambda claims: claims.action_approve(), prepare, growth=5
        )

    def test_creating_does_not_grow(self):
        """performance.md: creating a batch of claims draws its numbers at once."""

        def prepare(number):
            return [self._prepare_claim() for _n in range(number)]

        self.assertQueryGrowth(
            lambda values: (
                self.env["after.sales.claim"].with_user(self.entry).create(values)
            ),
            prepare,
            growth=5,
        )
