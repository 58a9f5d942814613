import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestAppraisal(AfterSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.expert = cls.env["res.partner"].create({"name": "Expert Office"})
        cls.reason = cls.env.ref("after_sales.reason_appraisal_cancel")

    def _ask(self, claim=None):
        claim = claim or self._create_submitted()
        wizard = (
            self.env["after.sales.claim.appraise"]
            .with_user(self.auditor)
            .create(
                {
                    "claim_id": claim.id,
                    "partner_id": self.expert.id,
                    "question": "Cast or assembly?",
                    "date_due": self.today - timedelta(days=1),
                }
            )
        )
        wizard.action_apply()
        return claim.appraisal_ids[:1]

    def _answer(self, appraisal, **values):
        own = appraisal.with_user(self.auditor)
        own.write({"verdict": "defect", "opinion": "Cast.", "cost": 350, **values})
        own.action_answer()

    def test_claim_waits(self):
        """AS-08: a claim with an appraiser is in review and not decided meanwhile."""
        appraisal = self._ask()
        claim = appraisal.claim_id
        self.assertEqual(claim.state, "in_review")
        self.assertTrue(claim.is_appraised and appraisal.is_overdue)
        as_auditor = claim.with_user(self.auditor)
        self.assertFalse(as_auditor.can_approve or as_auditor.can_reject)
        for take in (
            as_auditor.action_approve,
            as_auditor.action_return,
            as_auditor.action_reject,
            as_auditor.action_appraise,
        ):
            with self.assertRaises(UserError):
                take()

    def test_answer_lets_the_claim_go_on(self):
        """AS-08: own verdict and cost; the cost enters neither claim nor settlement."""
        appraisal = self._ask()
        claim = appraisal.claim_id
        self._answer(appraisal)
        self.assertEqual(appraisal.state, "answered")
        self.assertTrue(appraisal.answered_at)
        self.assertFalse(claim.is_appraised)
        claim.with_user(self.auditor).action_approve()
        self.assertEqual(claim.amount_approved, 400)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        self.assertEqual(claim.settlement_id.amount_total, 400)

    def test_answer_needs_a_verdict(self):
        """AS-08: an answer without a verdict is none."""
        appraisal = self._ask().with_user(self.auditor)
        with self.assertRaises(UserError):
            appraisal.action_answer()

    def test_cancelled(self):
        """AS-08: cancelled with a reason, the claim is decided without it; another one
        may be asked for."""
        appraisal = self._ask()
        self._take_with_reason(appraisal.with_user(self.auditor), "cancel", self.reason)
        self.assertEqual(appraisal.state, "cancelled")
        again = self._ask(appraisal.claim_id)
        self.assertNotEqual(again, appraisal)
        self.assertEqual(appraisal.claim_id.appraisal_count, 2)

    def test_report(self):
        """AS-08, F-12: PDF or picture, proven by content; none once it is answered."""
        appraisal = self._ask()
        own = appraisal.with_user(self.auditor)
        content = base64.b64encode(png("gray"))
        own.write({"upload_name": "report.png", "upload": content})
        self.assertEqual(appraisal.photo_ids.mapped("mimetype"), ["image/png"])
        evil = base64.b64encode(b"<script>alert(1)</script>")
        with self.assertRaises(ValidationError):
            own.write({"upload_name": "report.pdf", "upload": evil})
        self._answer(appraisal)
        with self.assertRaises(UserError):
            own.write({"upload_name": "late.png", "upload": content})
        with self.assertRaises(UserError):
            own.photo_ids.unlink()

    def test_wrong_people(self):
        """F-11, F-12: auditors only; the portal and others see and do nothing."""
        claim = self._create_submitted()
        for person in (self.entry, self.clerk):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                claim.with_user(person).action_appraise()
        appraisal = self._ask(claim)
        for person in (self.mechanic, self.owner, self.rival):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                appraisal.with_user(person).read(["verdict"])
        for person in (self.entry, self.clerk):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                appraisal.with_user(person).action_answer()
        for fname, value in (("state", "answered"), ("claim_id", claim.id)):
            with self.subTest(field=fname), self.assertRaises(AccessError):
                appraisal.with_user(self.auditor).write({fname: value})

    def test_twice(self):
        """F-12: an answered appraisal is closed."""
        appraisal = self._ask()
        self._answer(appraisal)
        own = appraisal.with_user(self.auditor)
        with self.assertRaises(UserError):
            own.action_answer()
        with self.assertRaises(UserError):
            own.cost = 1
        with self.assertRaises(UserError):
            own.unlink()

    def test_charged_to_the_station(self):
        """AS-08, AS-12: the maker bears the cost unless an auditor decides otherwise;
        then it lowers the station's next settlement, once."""
        appraisal = self._ask()
        claim = appraisal.claim_id
        own = appraisal.with_user(self.auditor)
        with self.assertRaises(UserError):
            own.action_charge()
        self._answer(appraisal, verdict="no_defect", cost=150)
        self.assertTrue(own.can_charge)
        for person in (self.entry, self.clerk):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                appraisal.with_user(person).action_charge()
        own.action_charge()
        self.assertEqual(appraisal.charge_id.state, "open")
        self.assertEqual(appraisal.charge_id.amount, -150)
        with self.assertRaises(UserError):
            own.action_charge()
        claim.with_user(self.auditor).action_approve()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        self.assertEqual(claim.settlement_id.amount_total, 250)

    def test_free_appraisal_is_not_charged(self):
        """AS-08: there is nothing to charge."""
        appraisal = self._ask()
        self._answer(appraisal, cost=0)
        own = appraisal.with_user(self.auditor)
        self.assertFalse(own.can_charge)
        with self.assertRaises(UserError):
            own.action_charge()

    def test_board(self):
        """AS-08: claims waiting for it are shown; the manager sees what the policy
        decides."""
        appraisal = self._ask()
        board = self.env["after.sales.board"]
        lanes = board.with_user(self.auditor)._get_lanes()
        data = {lane["key"]: lane for lane in lanes}
        found = self.env["after.sales.appraisal"].search(data["appraisal"]["domain"])
        self.assertIn(appraisal, found)
        row = data["appraisal"]["row"](appraisal)
        self.assertEqual(row["title"], appraisal.claim_id.name)
        self.assertEqual(row["level"], "danger")
        figures = {row["key"] for row in board.with_user(self.chief)._get_figures()}
        self.assertIn("by_itself", figures)
        own = {row["key"] for row in board.with_user(self.auditor)._get_figures()}
        self.assertNotIn("by_itself", own)
