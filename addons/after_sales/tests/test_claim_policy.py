from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.after_sales.models import sales_run_policy
from odoo.addons.after_sales.tools.adjudication_policy import is_drawn

from .common import AfterSalesCommon, png


class PolicyCase(AfterSalesCommon):
    """Claims are decided when they are submitted, no sample is drawn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "after_sales_policy": "submission",
                "after_sales_policy_amount": 0,
                "after_sales_audit_share": 0,
            }
        )
        cls.reopen_reason = cls.env.ref("after_sales.reason_reopen_1")
        cls.count = 0

    @classmethod
    def _create_fresh(cls, **values):
        """A clean claim of a unit of its own."""
        cls.count += 1
        values.setdefault("lot_id", cls._create_unit(f"T-P{cls.count:03}").id)
        return cls._create_claim(**values)

    def _submit(self, **values):
        claim = self._create_fresh(**values)
        claim.with_user(self.mechanic).sudo().action_submit()
        return claim

    def _reopen(self, claim):
        self._take_with_reason(
            claim.with_user(self.auditor), "reopen", self.reopen_reason
        )


@tagged("post_install", "-at_install")
class TestClaimPolicy(PolicyCase):
    def test_off_decides_nothing(self):
        """AS-08, F-04: after installation a person decides every claim."""
        fresh = self.env["res.company"].create({"name": "Fresh Maker"})
        self.assertEqual(fresh.after_sales_policy, "off")
        self.company.after_sales_policy = "off"
        claim = self._submit()
        self.assertEqual((claim.state, claim.policy_result), ("submitted", False))

    def test_clean_claim_is_approved_by_itself(self):
        """AS-08: all pass and below the limit is approved; no auditor is named."""
        claim = self._submit()
        self.assertEqual((claim.state, claim.policy_result), ("approved", "approved"))
        self.assertEqual(claim.amount_approved, claim.amount_claimed)
        self.assertTrue(claim.decided_at and claim.date_approved)
        self.assertFalse(claim.auditor_id)
        self.assertFalse(claim.is_overturned)

    def test_fail_is_returned_with_its_cause(self):
        """AS-08: a fail is returned; reason and finding name the cause."""
        claim = self._submit(photos=False)
        self.assertEqual((claim.state, claim.policy_result), ("returned", "returned"))
        self.assertEqual(
            claim.cancel_reason_id, self.env.ref("after_sales.reason_return_1")
        )
        self.assertEqual(claim.auto_return_count, 1)
        self.assertTrue(claim.date_due)
        finding = claim.finding_ids.filtered(lambda row: row.verdict == "fail")
        self.assertIn("Meter Reading", finding._get_portal_sentence())

    def test_corrected_claim_is_approved(self):
        """AS-07, AS-08: what was returned by itself is corrected and decided anew."""
        claim = self._submit(photos=False)
        self._add_photos(claim)
        claim.with_user(self.mechanic).sudo().action_submit()
        self.assertEqual((claim.state, claim.policy_result), ("approved", "approved"))
        self.assertEqual((claim.revision, claim.auto_return_count), (2, 1))
        self.assertFalse(claim.is_overturned)

    def test_third_time_a_person_looks(self):
        """AS-08: a claim is not returned by itself for ever."""
        claim = self._submit(photos=False)
        claim.with_user(self.mechanic).sudo().action_submit()
        self.assertEqual((claim.state, claim.auto_return_count), ("returned", 2))
        claim.with_user(self.mechanic).sudo().action_submit()
        self.assertEqual((claim.state, claim.policy_result), ("submitted", "rules"))

    def test_kind_that_is_not_submitted_again_is_seen(self):
        """AS-07: the switch of the kind holds for the policy too."""
        kind = self.env.ref("after_sales.claim_kind_appraisal")
        kind.allows_resubmit = False
        claim = self._submit(photos=False)
        self.assertEqual((claim.state, claim.policy_result), ("submitted", "rules"))

    def test_warning_asks_an_auditor(self):
        """AS-08: what is not passed and not returned wants a person."""
        claim = self._submit(date_repair=self.today - timedelta(days=40))
        self.assertEqual(claim.verdict, "warn")
        self.assertEqual((claim.state, claim.policy_result), ("submitted", "rules"))

    def test_only_noted(self):
        """AS-08: a rule that is only noted stops nothing."""
        self.env.ref("after_sales.rule_late").consequence = "note"
        claim = self._submit(date_repair=self.today - timedelta(days=40))
        self.assertEqual(claim.policy_result, "approved")

    def test_amounts(self):
        """AS-08: the amount is inclusive; over the manager's amount nothing decides
        itself."""
        self.company.after_sales_policy_amount = 400
        self.assertEqual(self._submit().policy_result, "approved")
        self.company.after_sales_policy_amount = 399.99
        self.assertEqual(self._submit().policy_result, "amount")
        self.company.write(
            {"after_sales_policy_amount": 0, "after_sales_manager_amount": 399.99}
        )
        claim = self._submit()
        self.assertEqual((claim.state, claim.policy_result), ("submitted", "amount"))

    def test_policy_of_the_own_company(self):
        """F-11: each company decides by its own policy."""
        other, _user = self._create_foreign_company()
        self.assertEqual(other.after_sales_policy, "off")
        partner = self.env["res.partner"].create({"name": "Far Garage"})
        station = self.env["after.sales.station"].create(
            {"code": "FAR", "partner_id": partner.id, "company_id": other.id}
        )
        lot = self._create_unit("T-FAR", company_id=other.id, sold_station_id=False)
        claim = self._create_claim(
            station_id=station.id, company_id=other.id, lot_id=lot.id
        )
        claim.action_submit()
        self.assertEqual((claim.state, claim.policy_result), ("submitted", False))

    def test_closed_fields(self):
        """F-12: nobody writes what the policy decided or how it is measured."""
        claim = self._create_fresh()
        for person in (self.entry, self.auditor, self.chief):
            for fname, value in (
                ("policy_result", "approved"),
                ("is_overturned", False),
                ("auto_return_count", 0),
            ):
                with self.subTest(person=person.login, field=fname):
                    with self.assertRaises(AccessError):
                        claim.with_user(person).write({fname: value})

    def test_statements_do_not_grow(self):
        """AS-08: a batch is decided in the same statements, whatever its size."""
        self.company.after_sales_policy = "job"

        def prepare(number):
            claims = self.env["after.sales.claim"]
            for n in range(number):
                claims |= self._create_fresh(photos=bool(n % 2))
            claims.action_submit()
            return claims

        self.assertQueryGrowth(
            lambda claims: claims._decide_by_policy(), prepare, growth=5
        )


@tagged("post_install", "-at_install")
class TestAuditSample(PolicyCase):
    def test_draw_can_be_made_again(self):
        """AS-08: the draw follows from key and number, and hits its share."""
        drawn = [is_drawn("key", f"AP{n:06}", 5) for n in range(20000)]
        self.assertEqual(drawn, [is_drawn("key", f"AP{n:06}", 5) for n in range(20000)])
        self.assertAlmostEqual(sum(drawn) / 20000, 0.05, delta=0.006)
        other = [is_drawn("other", f"AP{n:06}", 5) for n in range(20000)]
        self.assertNotEqual(drawn, other)

    def test_sample_goes_to_an_auditor(self):
        """AS-08: a share is audited anyway; approved whole, the policy was right."""
        self.company.after_sales_audit_share = 100
        claim = self._submit()
        self.assertEqual((claim.state, claim.policy_result), ("submitted", "sample"))
        claim.with_user(self.auditor).action_approve()
        self.assertFalse(claim.is_overturned)
        self.assertEqual(claim.auditor_id, self.auditor)

    def test_sample_decided_otherwise_is_counted(self):
        """AS-08: cut, returned or rejected, the policy would have been wrong."""
        self.company.after_sales_audit_share = 100
        cut, rejected, returned = self._submit(), self._submit(), self._submit()
        cut.line_ids[0].with_user(self.auditor).write(
            {
                "decision": "cut",
                "approved_amount": 10,
                "cut_reason_id": self.cut_reason.id,
            }
        )
        cut.with_user(self.auditor).action_approve()
        as_auditor = rejected.with_user(self.auditor)
        self._take_with_reason(as_auditor, "reject", self.reject_reason)
        as_auditor = returned.with_user(self.auditor)
        self._take_with_reason(as_auditor, "return", self.return_reason)
        for claim in (cut, rejected, returned):
            self.assertTrue(claim.is_overturned)

    def test_fails_are_not_drawn(self):
        """AS-08: the sample is of claims that would be approved."""
        self.company.after_sales_audit_share = 100
        self.assertEqual(self._submit(photos=False).policy_result, "returned")

    def test_return_that_was_wrong_is_counted(self):
        """AS-08: a person approves what the policy returned, though it still fails."""
        claim = self._submit(photos=False)
        claim.with_user(self.mechanic).sudo().action_submit()
        claim.with_user(self.mechanic).sudo().action_submit()
        claim.with_user(self.auditor).action_approve()
        self.assertTrue(claim.is_overturned)


@tagged("post_install", "-at_install")
class TestReopen(PolicyCase):
    def test_reopened_and_rejected(self):
        """AS-08: an automatic approval that a person takes back is counted."""
        claim = self._submit()
        self._reopen(claim)
        self.assertEqual(claim.state, "in_review")
        self.assertFalse(claim.date_approved or claim.amount_approved)
        self.assertTrue(claim.date_due)
        as_auditor = claim.with_user(self.auditor)
        self._take_with_reason(as_auditor, "reject", self.reject_reason)
        self.assertTrue(claim.is_overturned)

    def test_reopened_and_approved_again(self):
        """AS-08, AS-10: approved whole again nothing was overturned; the tags of the
        first approval are written off, the second makes new ones."""
        self.env["after.sales.old.part.policy"].create(
            {"product_id": self.pump.id, "disposal": "return"}
        )
        claim = self._submit()
        first = claim.old_part_ids
        self.assertEqual(first.mapped("state"), ["at_station"])
        self._reopen(claim)
        self.assertEqual(first.mapped("state"), ["written_off"])
        claim.with_user(self.auditor).action_approve()
        self.assertFalse(claim.is_overturned)
        self.assertEqual((claim.old_part_ids - first).mapped("state"), ["at_station"])

    def test_not_once_it_stands_in_a_settlement(self):
        """AS-12: what is settled is not reopened."""
        claim = self._submit()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        self.assertTrue(claim.settlement_id)
        with self.assertRaises(UserError):
            self._reopen(claim)

    def test_wrong_people_and_states(self):
        """F-12: only auditors reopen, only approved claims, once."""
        claim = self._submit()
        for person in (self.entry, self.clerk, self.mechanic):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                claim.with_user(person)._do_with_reason(
                    "reopen", self.reopen_reason, False
                )
        self._reopen(claim)
        with self.assertRaises(UserError):
            self._reopen(claim)


@tagged("post_install", "-at_install")
class TestPolicyJob(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.after_sales_policy = "job"
        # what waits in a demo database is not this story's
        claims = cls.env["after.sales.claim"]
        waiting = claims.search(claims._get_undecided_domain(cls.company))
        waiting.policy_result = "rules"

    def _work(self, run, batches=99):
        """Work as the scheduler does, for so many batches.

        :returns: whether there is more to do
        """
        more = True
        while more and batches:
            more, batches = run._work_batch(), batches - 1
        return more

    def test_job_decides_what_waits(self):
        """AS-08: the nightly job decides each waiting claim once."""
        claims = self._submit() | self._submit(photos=False)
        self.assertEqual(set(claims.mapped("state")), {"submitted"})
        claims._cron_decide()
        run = self.env["sales.run"].search([("kind", "=", "after_sales_decide")])
        self._work(run)
        self.assertEqual(claims.mapped("policy_result"), ["approved", "returned"])
        self.assertEqual((run.state, run.done_count), ("done", 2))
        claims._cron_decide()
        self.assertEqual(
            self.env["sales.run"].search_count([("kind", "=", "after_sales_decide")]), 1
        )

    def test_stopped_job_goes_on(self):
        """F-15: stopped after a batch and started again, each claim is decided once."""
        claims = self.env["after.sales.claim"]
        for _n in range(5):
            claims |= self._submit()
        runs = self.env["sales.run"]
        with patch.object(sales_run_policy, "BATCH", 2):
            first = runs._start("after_sales_decide")
            self.assertTrue(self._work(first, 1))
            self.assertEqual(len(claims.filtered("policy_result")), 2)
            decided = claims.filtered("policy_result")
            moments = decided.mapped("decided_at")
            self._work(runs._start("after_sales_decide"))
            self._work(first)
        self.assertEqual(set(claims.mapped("state")), {"approved"})
        self.assertEqual(decided.mapped("decided_at"), moments)
        self.assertEqual(set(claims.mapped("revision")), {1})

    def test_one_run_at_a_time(self):
        """F-15: while a run waits, the scheduler starts no second one."""
        claim = self._submit()
        claim._cron_decide()
        claim._cron_decide()
        self.assertEqual(
            self.env["sales.run"].search_count([("kind", "=", "after_sales_decide")]), 1
        )

    def test_button(self):
        """AS-08: an auditor starts it from the list; others and a company that decides
        nothing by policy are refused."""
        claim = self._submit()
        claims = self.env["after.sales.claim"]
        for person in (self.entry, self.clerk):
            with self.subTest(person=person.login), self.assertRaises(UserError):
                claims.with_user(person).action_run_policy()
        action = claims.with_user(self.auditor).action_run_policy()
        self.assertIn("1", action["params"]["message"])
        self.assertEqual(claim.policy_result, "approved")
        self.company.after_sales_policy = "off"
        with self.assertRaises(UserError):
            claims.with_user(self.auditor).action_run_policy()

    def test_reviewed_claims_are_left_alone(self):
        """AS-08: what an auditor has taken into review is his."""
        claim = self._submit()
        claim.with_user(self.auditor).action_review()
        self.assertFalse(self._work(self.env["sales.run"]._start("after_sales_decide")))
        self.assertEqual((claim.state, claim.policy_result), ("in_review", False))


@tagged("post_install", "-at_install")
class TestMoreRules(PolicyCase):
    """The rules of catalogue and history with their facts from the database."""

    def _check(self, key, expected="fail", **values):
        claim = self._submit(**values)
        verdicts = self._get_verdicts(claim)
        self.assertEqual(verdicts.get(key), expected)
        finding = claim.finding_ids.filtered(lambda row: row.key == key)
        for text in (finding.sentence, finding._get_portal_sentence()):
            self.assertNotIn("%(", text)
            self.assertNotEqual(text, key)
        return finding

    def _lines(self, *rows):
        return [Command.create(row) for row in rows]

    def _part(self, **values):
        return {"product_id": self.pump.id, "price_unit": 200, **values}

    def test_part_price(self):
        """AS-08, AS-04: the limit of the part, else its cost; neither wants a look."""
        line = self._lines(self._part(price_unit=200.01))
        self._check("part_price", line_ids=line)
        self.pump.claim_price_limit = 210
        self._check("part_price", "pass", line_ids=line)
        self.pump.write({"claim_price_limit": 0, "standard_price": 0})
        self._check("part_price", "warn", line_ids=line)

    def test_part_quantity(self):
        """AS-08: pieces of a part over all lines."""
        self.pump.claim_quantity_limit = 2
        half = self._part(quantity=1.5)
        self._check("part_quantity", "pass", line_ids=self._lines(half))
        self._check("part_quantity", line_ids=self._lines(half, half))

    def test_labor_rate(self):
        """AS-08: the rate agreed with the station; none agreed wants a look."""

        def line(price):
            return self._lines(
                {
                    "line_type": "labor",
                    "labor_id": self.labor.id,
                    "price_unit": price,
                }
            )

        self._check("labor_rate", "pass", line_ids=line(100))
        self._check("labor_rate", line_ids=line(100.01))
        self.station.labor_rate = 0
        self._check("labor_rate", "warn", line_ids=line(50))

    def test_extra_cost(self):
        """AS-08: what no catalogue prices is looked at from an amount on."""

        def line(price):
            return self._lines(
                self._part(),
                {"line_type": "travel", "name": "Towing", "price_unit": price},
            )

        self._check("extra_cost", "pass", line_ids=line(300))
        self._check("extra_cost", "warn", line_ids=line(300.01))

    def test_operation_of_another_product(self):
        """AS-08: a standard time for another product only."""
        other = self.env["product.product"].create({"name": "Scooter"})
        labor = self.env["after.sales.labor"].create(
            {
                "code": "T-L77",
                "name": "Swap battery",
                "standard_hours": 1,
                "product_tmpl_id": other.product_tmpl_id.id,
            }
        )
        line = self._lines(
            {"line_type": "labor", "labor_id": labor.id, "price_unit": 90}
        )
        finding = self._check("operation", line_ids=line)
        self.assertIn("Swap battery", finding.sentence)
        labor.copy({"product_tmpl_id": False})
        self._check("operation", "pass", line_ids=line)

    def test_fault_and_part(self):
        """AS-08, AS-04: none of the parts is one that the fault concerns."""
        self.fault.part_ids = self.filter
        self._check("fault_part")
        both = self._lines(
            self._part(), self._part(product_id=self.filter.id, price_unit=20)
        )
        self._check("fault_part", "pass", line_ids=both)
        causal = self._lines(
            self._part(is_causal=True),
            self._part(product_id=self.filter.id, price_unit=20),
        )
        self._check("fault_part", line_ids=causal)

    def test_foreign_unit(self):
        """AS-08: the unit of a station of another region, unless it came before."""
        regions = self.env["sales.region"].create([{"name": "N"}, {"name": "S"}])
        self.station.region_id, self.station_2.region_id = regions
        lot = self._create_unit("T-FOREIGN", sold_station_id=self.station_2.id)
        finding = self._check("foreign_unit", "warn", lot_id=lot.id)
        self.assertIn("Garage South", finding.sentence)
        self.assertNotIn("Garage South", finding._get_portal_sentence())
        line = self._lines(self._part(product_id=self.filter.id, price_unit=20))
        self._check("foreign_unit", "pass", lot_id=lot.id, line_ids=line)
        self.station_2.region_id = regions[0]
        lot = self._create_unit("T-NEAR", sold_station_id=self.station_2.id)
        self._check("foreign_unit", "pass", lot_id=lot.id)

    def test_repeated(self):
        """AS-08: the same fault again within 30 days, inclusive."""
        for days, expected in ((30, "warn"), (31, "pass")):
            lot = self._create_unit(f"T-REP{days}")
            day = self.today - timedelta(days=2 + days)
            line = self._lines(self._part(product_id=self.filter.id, price_unit=20))
            first = self._create_claim(
                lot_id=lot.id, date_repair=day, line_ids=line, usage=11000
            )
            first.action_submit()
            self._check("repeated", expected, lot_id=lot.id)

    def test_two_stations(self):
        """AS-08: two stations on one day; the other's number stays with the maker."""
        lot = self._create_unit("T-TWO")
        line = self._lines(self._part(product_id=self.filter.id, price_unit=20))
        first = self._create_claim(
            lot_id=lot.id, station_id=self.station_2.id, line_ids=line
        )
        first.action_submit()
        finding = self._check("two_stations", lot_id=lot.id)
        self.assertIn(first.name, finding.sentence)
        self.assertNotIn(first.name, finding._get_portal_sentence())

    def test_split(self):
        """AS-08: several claims of one visit together over the authority."""
        lot = self._create_unit("T-SPLIT")
        line = self._lines(
            self._part(product_id=self.filter.id, price_unit=20, quantity=31)
        )
        self._create_claim(lot_id=lot.id, line_ids=line).action_submit()
        self._check("split", "warn", lot_id=lot.id)

    def test_usage_rate(self):
        """AS-08: usage a day since the sale or the last reading."""
        self._check("usage_rate", "pass", usage=12000)
        lot = self._create_unit("T-RATE")
        self.env["after.sales.usage.reading"].create(
            {
                "lot_id": lot.id,
                "value": 9599,
                "date": self.today - timedelta(days=4),
            }
        )
        self._check("usage_rate", lot_id=lot.id)
        lot.reading_ids.filtered(lambda row: not row.claim_id).value = 9600
        self._check(
            "usage_rate",
            "pass",
            lot_id=lot.id,
            line_ids=self._lines(self._part(product_id=self.filter.id, price_unit=20)),
        )

    def test_usage_after(self):
        """AS-08: less on a later day."""
        lot = self._create_unit("T-AFTER")
        self.env["after.sales.usage.reading"].create(
            {"lot_id": lot.id, "value": 11999, "date": self.today}
        )
        self._check("usage_after", lot_id=lot.id)

    def test_cost_outlier(self):
        """AS-08: by the median of the fault, with the number of cases; silent when
        they are few."""
        fault = self.env["after.sales.fault"].create({"code": "T-E09", "name": "Rare"})

        def submit(price, **values):
            line = self._lines(self._part(price_unit=price))
            return self._submit(fault_id=fault.id, line_ids=line, **values)

        for n in range(11):
            self.assertEqual(submit(100 + n).state, "approved")
        self.assertNotIn("cost_outlier", self._get_verdicts(submit(190)))
        finding = submit(198).finding_ids.filtered(
            lambda row: row.key == "cost_outlier"
        )
        self.assertEqual(finding.verdict, "warn")
        self.assertIn("12 cases", finding.sentence)
        self.assertNotIn("12", finding._get_portal_sentence())

    def test_later_of_two_is_asked(self):
        """AS-08: of two claims for one part the later is the duplicate, also when both
        are judged together; once the later is approved, the first is."""
        lot = self._create_unit("T-BOTH")
        self.company.after_sales_policy = "off"
        first, second = (self._create_claim(lot_id=lot.id) for _n in range(2))
        (first | second).action_submit()
        self.assertEqual(self._get_verdicts(first)["duplicate"], "pass")
        self.assertEqual(self._get_verdicts(second)["duplicate"], "fail")
        second.with_user(self.auditor).action_approve()
        first.with_user(self.auditor).action_recheck()
        self.assertEqual(self._get_verdicts(first)["duplicate"], "fail")

    def test_operation_on_several_lines(self):
        """AS-08: an operation counts once, however many lines claim it."""
        half = {
            "line_type": "labor",
            "labor_id": self.labor.id,
            "quantity": 1.1,
            "price_unit": 100,
        }
        self._check("labor_time", line_ids=self._lines(half, half))

    def test_new_evidence_after_the_return(self):
        """AS-08: the same facts give the same verdicts, whoever runs the rules."""
        claim = self._submit(photos=False)
        self.env["after.sales.claim.photo"]._add_photo(
            claim, "d.png", png("pink"), kind="damage"
        )
        claim.with_user(self.mechanic).sudo().action_submit()
        before = claim.finding_ids.mapped(lambda row: (row.key, row.verdict, row.facts))
        claim.sudo()._adjudicate()
        after = claim.finding_ids.mapped(lambda row: (row.key, row.verdict, row.facts))
        self.assertEqual(before, after)
