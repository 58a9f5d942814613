from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestClaimLines(AfterSalesCommon):
    def test_decide_per_line(self):
        """AS-08: one line approved, one cut with its reason: approved in part."""
        claim = self._create_submitted().with_user(self.auditor)
        part, labor = claim.line_ids
        part.decision = "approved"
        labor.write(
            {
                "decision": "cut",
                "approved_amount": 150,
                "cut_reason_id": self.cut_reason.id,
            }
        )
        claim.action_approve()
        self.assertEqual(claim.amount_claimed, 400)
        self.assertEqual(claim.amount_approved, 350)
        self.assertEqual(claim.approved_labor, 150)
        self.assertEqual(claim.approved_part, 200)
        self.assertTrue(claim.is_partly_approved)

    def test_undecided_lines_are_approved_whole(self):
        """AS-08: approving approves what was not decided otherwise."""
        claim = self._create_approved()
        self.assertEqual(set(claim.line_ids.mapped("decision")), {"approved"})
        self.assertFalse(claim.is_partly_approved)
        self.assertEqual(claim.date_approved, self.today)

    def test_cut_needs_reason_and_amount(self):
        """AS-08: a cut says why and leaves something; a rejected line says why."""
        for values in (
            {"decision": "cut", "approved_amount": 100},
            {"decision": "cut", "cut_reason_id": self.cut_reason.id},
            {
                "decision": "cut",
                "approved_amount": 200,
                "cut_reason_id": self.cut_reason.id,
            },
            {"decision": "rejected"},
        ):
            with self.subTest(**values), self.env.cr.savepoint():
                claim = self._create_submitted().with_user(self.auditor)
                claim.line_ids[0].write(values)
                with self.assertRaises(UserError):
                    claim.action_approve()

    def test_all_lines_rejected_is_a_rejection(self):
        """AS-08: a claim of which nothing is left is rejected, not approved."""
        claim = self._create_submitted().with_user(self.auditor)
        claim.line_ids.write(
            {"decision": "rejected", "cut_reason_id": self.cut_reason.id}
        )
        with self.assertRaises(UserError):
            claim.action_approve()

    def test_never_more_than_claimed(self):
        """AS-08: the approved amount is at most the claimed one, and not negative."""
        claim = self._create_submitted().with_user(self.auditor)
        line = claim.line_ids[0]
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.write({"decision": "cut", "approved_amount": 200.01})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            line.write({"decision": "cut", "approved_amount": -1})
            self.env.flush_all()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.approved_amount = 10

    def test_only_auditors_decide_and_only_in_review(self):
        """F-12: decisions are closed to others and outside of review."""
        draft = self._create_claim()
        with self.assertRaises(UserError):
            draft.line_ids[0].with_user(self.auditor).decision = "approved"
        claim = self._create_submitted()
        for person in (self.entry, self.clerk, self.quality, self.mechanic):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                claim.line_ids[0].with_user(person).decision = "approved"
        claim.with_user(self.auditor).action_approve()
        with self.assertRaises(UserError):
            claim.line_ids[0].with_user(self.auditor).decision = "rejected"

    def test_submitted_lines_stay_as_claimed(self):
        """F-12: after submission nobody changes, adds or removes what was claimed."""
        claim = self._create_submitted()
        for person in (self.entry, self.auditor, self.chief):
            line = claim.line_ids[0].with_user(person)
            for change in (
                lambda line=line: line.write({"quantity": 9}),
                lambda line=line: line.unlink(),
                lambda line=line: line.copy(),
                lambda line=line: line.claim_id.write(
                    {"line_ids": [Command.create({"line_type": "other", "name": "x"})]}
                ),
            ):
                with self.subTest(person=person.login), self.assertRaises(UserError):
                    change()

    def test_rounded_per_line(self):
        """architecture.md 4: amounts are rounded per line, totals add rounded lines."""
        claim = self._create_claim(
            line_ids=[
                Command.create(
                    {
                        "line_type": "labor",
                        "name": "x",
                        "quantity": 0.333,
                        "price_unit": 1,
                    }
                )
                for _n in range(3)
            ]
        )
        self.assertEqual(claim.line_ids.mapped("amount"), [0.33, 0.33, 0.33])
        self.assertEqual(claim.amount_claimed, 0.99)

    def test_lines_say_what_they_claim(self):
        """F-14: a part line without part, a travel line without text are refused."""
        for values in (
            {"line_type": "part"},
            {"line_type": "labor"},
            {"line_type": "travel"},
        ):
            with self.subTest(**values), self.assertRaises(UserError):
                self._create_claim(line_ids=[Command.create(values)])

    def test_form_fills_price_and_hours(self):
        """AS-06: the form proposes standard time and the station's rate."""
        form = Form(self.env["after.sales.claim"].with_user(self.entry))
        form.station_id = self.station
        form.lot_id = self.unit
        with form.line_ids.new() as line:
            line.line_type = "labor"
            line.labor_id = self.labor
            self.assertEqual(line.quantity, 2)
            self.assertEqual(line.price_unit, 100)
        claim = form.save()
        self.assertEqual(claim.amount_claimed, 200)
