from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.after_sales.models.after_sales_claim import CLAIM_STATES

from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestClaimSteps(AfterSalesCommon):
    def test_number_of_its_kind(self):
        """AS-06: a claim is numbered by the series of its kind."""
        first, second = self._create_claim(), self._create_claim()
        self.assertTrue(first.name.startswith("AP"))
        self.assertEqual(int(second.name[2:]), int(first.name[2:]) + 1)

    def test_transition_table(self):
        """AS-07, F-12: every pair of the table passes, every other raises."""
        reasons = {
            "return": self.return_reason,
            "reject": self.reject_reason,
            "cancel": self.cancel_reason,
            "reopen": self.env.ref("after_sales.reason_reopen_1"),
        }
        elsewhere = {"ask", "withdraw", "grant", "refuse"}  # with their kind
        verbs = [
            verb
            for verb in self.env["after.sales.claim"]._steps
            if verb not in elsewhere
        ]
        for state, _label in CLAIM_STATES:
            for verb in verbs:
                with self.subTest(state=state, verb=verb), self.env.cr.savepoint():
                    claim = self._create_claim()
                    claim.state = state
                    self.env.flush_all()
                    person = (
                        self.entry if verb in ("submit", "cancel") else self.auditor
                    )
                    record = claim.with_user(person)
                    step = record._steps[verb]

                    def take(record=record, verb=verb):
                        if verb in reasons:
                            self._take_with_reason(record, verb, reasons[verb])
                        else:
                            getattr(record, f"action_{verb}")()
                        if verb == "appraise":
                            record._do_appraise(self.garage, "Why?", False)

                    if state in step.sources:
                        take()
                        self.assertEqual(claim.state, step.target)
                    else:
                        with self.assertRaises(UserError):
                            take()
                        self.assertEqual(claim.state, state)

    def test_steps_ask_the_person(self):
        """F-11, F-12: a user without the group takes no auditor's step by RPC."""
        claim = self._create_submitted()
        for person in (self.entry, self.clerk, self.quality, self.mechanic):
            for verb in ("review", "approve"):
                with self.subTest(person=person.login, verb=verb):
                    with self.assertRaises(AccessError):
                        getattr(claim.with_user(person), f"action_{verb}")()
            for verb, reason in (
                ("return", self.return_reason),
                ("reject", self.reject_reason),
            ):
                with self.subTest(person=person.login, verb=verb):
                    with self.assertRaises(AccessError):
                        self._take_with_reason(claim.with_user(person), verb, reason)
        self.assertEqual(claim.state, "submitted")

    def test_station_submits_only_its_own(self):
        """AS-07: a portal user submits and cancels for his stations, in sudo too."""
        claim = self._create_claim()
        for person in (self.rival, self.nobody):
            with self.subTest(person=person.login):
                with self.assertRaises(AccessError):
                    claim.with_user(person).sudo().action_submit()
        claim.with_user(self.mechanic).sudo().action_submit()
        self.assertEqual(claim.state, "submitted")
        with self.assertRaises(AccessError):
            claim.with_user(self.mechanic).sudo().action_approve()

    def test_submit_asks_for_what_is_needed(self):
        """F-14: a claim without lines, fault or reading names what is missing."""
        for values in ({"line_ids": []}, {"fault_id": False}, {"usage": 0}):
            with self.subTest(**values):
                claim = self._create_claim(**values)
                with self.assertRaises(UserError):
                    claim.with_user(self.entry).action_submit()
                self.assertEqual(claim.state, "draft")

    def test_return_and_resubmit_keeps_every_submission(self):
        """AS-07: returned with a reason, corrected, submitted again; both submissions
        are kept and can be compared."""
        claim = self._create_submitted()
        line = claim.line_ids[0]
        line.with_user(self.auditor).decision_note = "Which pump?"
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        self.assertEqual(claim.state, "returned")
        self.assertEqual(claim.cancel_reason_id, self.return_reason)
        line.with_user(self.entry).quantity = 2
        self.env["after.sales.claim.photo"]._add_photo(
            claim, "more.png", png("black"), kind="damage"
        )
        claim.with_user(self.entry).action_submit()
        self.assertEqual(claim.state, "submitted")
        self.assertFalse(claim.cancel_reason_id)
        second, first = claim.submission_ids
        self.assertEqual((second.revision, first.revision), (2, 1))
        self.assertEqual(claim.revision, 2)
        changed = {
            (change["list"], change["field"], change["kind"])
            for change in second._get_changes_before()
        }
        self.assertIn(("line_ids", "quantity", "changed"), changed)
        self.assertIn(("photos", False, "added"), changed)
        self.assertIn((False, "amount_claimed", "changed"), changed)
        self.assertIn("more.png", second.changes_html)
        self.assertIn(line.display_name, second.changes_html)
        self.assertEqual(second.display_name, f"{claim.name} / 2")
        self.assertEqual(
            first.content["lines"]["line_ids"][0]["fields"]["quantity"]["value"], 1
        )

    def test_kind_may_forbid_resubmission(self):
        """AS-07: the switch per kind."""
        self.env.ref("after_sales.claim_kind_appraisal").allows_resubmit = False
        claim = self._create_submitted()
        with self.assertRaises(UserError):
            self._take_with_reason(
                claim.with_user(self.auditor), "return", self.return_reason
            )
        claim.state = "returned"
        with self.assertRaises(UserError):
            claim.with_user(self.entry).action_submit()

    def test_due_days_of_both_sides(self):
        """AS-07: five days for the maker, seven for the station; overdue shows."""
        claim = self._create_submitted()
        self.assertEqual(claim.date_due, self.today + timedelta(days=5))
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        self.assertEqual(claim.date_due, self.today + timedelta(days=7))
        claim.date_due = self.today
        self.assertFalse(claim.is_overdue)
        claim.date_due = self.today - timedelta(days=1)
        self.assertTrue(claim.is_overdue)
        found = self.env["after.sales.claim"].search(
            [("is_overdue", "=", True), ("id", "=", claim.id)]
        )
        self.assertEqual(found, claim)

    def test_clocks_sum_to_the_elapsed_time(self):
        """AS-07: hours with us and with the station add up to the time gone by."""
        with freeze_time("2026-03-02 08:00:00") as clock:
            self.unit.date_sold = "2026-01-01"
            claim = self._create_claim(date_repair="2026-03-01")
            claim.with_user(self.entry).action_submit()
            clock.tick(timedelta(hours=3))
            claim.with_user(self.auditor).action_review()
            clock.tick(timedelta(hours=2))
            self._take_with_reason(
                claim.with_user(self.auditor), "return", self.return_reason
            )
            clock.tick(timedelta(hours=24))
            claim.with_user(self.entry).action_submit()
            clock.tick(timedelta(hours=1))
            claim.with_user(self.auditor).action_approve()
        self.assertAlmostEqual(claim.our_hours, 6)
        self.assertAlmostEqual(claim.their_hours, 24)
        self.assertFalse(claim.clock_at)

    def test_manager_decides_large_claims(self):
        """AS-08: over the company's amount an auditor cannot approve, a manager can."""
        self.company.after_sales_manager_amount = 399
        claim = self._create_submitted()
        with self.assertRaises(UserError):
            claim.with_user(self.auditor).action_approve()
        claim.with_user(self.chief).action_approve()
        self.assertEqual(claim.state, "approved")

    def test_amounts_over_the_limit_are_inclusive(self):
        """AS-08: an amount equal to the manager's is still the auditor's."""
        self.company.after_sales_manager_amount = 400
        claim = self._create_approved()
        self.assertEqual(claim.auditor_id, self.auditor)

    def test_reason_must_fit_the_step(self):
        """F-12: a reason of another step is refused; a note is asked for if needed."""
        claim = self._create_submitted().with_user(self.auditor)
        with self.assertRaises(UserError):
            self._take_with_reason(claim, "reject", self.return_reason)
        other = self.env.ref("after_sales.reason_reject_5")
        with self.assertRaises(UserError):
            self._take_with_reason(claim, "reject", other, note=" ")
        self._take_with_reason(claim, "reject", other, note="Modified engine")
        self.assertEqual(claim.state, "rejected")
        self.assertEqual(claim.amount_approved, 0)

    def test_steps_leave_a_trace(self):
        """F-12: the chatter tells who changed the state."""
        claim = self._create_submitted()
        self.env.flush_all()
        self.env.cr.precommit.run()
        claim.with_user(self.auditor).action_review()
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = claim.message_ids.tracking_value_ids
        self.assertIn("In Review", tracked.mapped("new_value_char"))

    def test_only_drafts_are_deleted(self):
        """F-13: a submitted claim is not deleted, a draft is."""
        claim = self._create_submitted()
        with self.assertRaises(UserError):
            claim.with_user(self.entry).unlink()
        draft = self._create_claim(photos=False)
        draft.with_user(self.entry).unlink()
        self.assertFalse(draft.exists())

    def test_kinds_are_the_stations(self):
        """AS-06: a kind that is not offered, or not to this station, is refused."""
        self.station.kind_ids -= self.env.ref("after_sales.claim_kind_rescue")
        with self.assertRaises(UserError):
            self._create_claim(kind="rescue")
        kind = self.env.ref("after_sales.claim_kind_appraisal")
        kind.sudo().is_offered = False
        with self.assertRaises(UserError):
            self._create_claim()

    def test_repair_in_the_future_is_refused(self):
        """F-14: tomorrow's repair is not claimed today."""
        with self.assertRaises(UserError):
            self._create_claim(date_repair=self.today + timedelta(days=1))
