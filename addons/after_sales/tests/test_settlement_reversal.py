from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .old_part_common import OldPartCommon
from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementReversal(SettlementCommon):
    def _create_posted(self):
        self._create_charge()
        return self._post(self._settle_and_send())

    def _reverse(self, settlement, user=None):
        own = settlement.with_user(user or self.chief)
        self._take_with_reason(own, "reverse", self.cancel_reason)

    def _pay(self, move):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()

    def _get_billed(self):
        """What all bills and credit notes of the station come to."""
        moves = self.env["account.move"].search(
            [
                ("partner_id", "=", self.garage.id),
                ("move_type", "in", ("in_invoice", "in_refund")),
                ("state", "=", "posted"),
            ]
        )
        return -sum(moves.mapped("amount_untaxed_signed"))

    def test_unpaid_bill_is_reversed(self):
        """AS-12: bill and reversal settle each other; claims and charges wait again,
        the month is free, the next run takes them once."""
        settlement = self._create_posted()
        claim, charge = settlement.claim_ids, settlement.charge_ids
        self._reverse(settlement)
        self.assertEqual(settlement.state, "cancelled")
        self.assertEqual(settlement.payment_state, "reversed")
        reversal = settlement.reversal_id.sudo()
        self.assertEqual((reversal.move_type, reversal.state), ("in_refund", "posted"))
        self.assertEqual((claim.state, claim.settled_at), ("approved", False))
        self.assertFalse(claim.settlement_id)
        self.assertEqual(charge.state, "open")
        self.assertEqual(self._get_billed(), 0)
        again = self._settle()
        self.assertEqual((again.claim_ids, again.charge_ids), (claim, charge))
        again.action_send()
        self._post(again)
        self.assertEqual(self._get_billed(), 350)

    def test_paid_bill_is_not_paid_twice(self):
        """AS-12: after a reversal of what was paid, the station owes the reversal and
        gets the new bill: in all, its claims once."""
        settlement = self._create_posted()
        self._pay(settlement.move_id.sudo())
        self._reverse(settlement)
        reversal = settlement.reversal_id.sudo()
        self.assertEqual((reversal.state, reversal.amount_untaxed), ("posted", 350))
        self.assertEqual(reversal.amount_residual, reversal.amount_total)
        self.assertIn(settlement.payment_state, ("paid", "in_payment"))
        again = self._settle()
        again.action_send()
        self._post(again)
        self.assertEqual(self._get_billed(), 350)
        bill = again.move_id.sudo()
        self.assertEqual(bill.amount_residual, reversal.amount_residual)

    def test_draft_bill_is_cancelled(self):
        """AS-12: a bill that the accountant has not posted is cancelled."""
        self.company.after_sales_bill_draft = True
        settlement = self._create_posted()
        self._reverse(settlement)
        self.assertEqual(settlement.move_id.sudo().state, "cancel")
        self.assertFalse(settlement.reversal_id)
        self.assertEqual(self._settle().amount_total, 350)

    def test_bill_that_accounting_reversed(self):
        """AS-12: what accounting has reversed is not reversed again."""
        settlement = self._create_posted()
        settlement.move_id.sudo()._reverse_moves(
            [{"invoice_date": self.today}], cancel=True
        )
        self.assertEqual(settlement.payment_state, "reversed")
        self._reverse(settlement)
        self.assertFalse(settlement.reversal_id)
        self.assertEqual(self._get_billed(), 0)

    def test_posted_statement_is_kept(self):
        """AS-12: amounts and rows stay as they were posted."""
        settlement = self._create_posted()
        self._reverse(settlement)
        self.assertEqual((settlement.amount_total, settlement.claim_count), (350, 1))
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", settlement._name), ("res_id", "=", settlement.id)]
        )
        self.assertTrue(attachment.name.endswith(".xlsx"))

    def test_manager_reverses_once(self):
        """F-11, F-12: a manager, what was posted, once."""
        settlement = self._create_posted()
        for person in (self.clerk, self.auditor, self.owner):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self._reverse(settlement, person)
        self._reverse(settlement)
        with self.assertRaises(UserError):
            self._reverse(settlement)
        sent = self._settle()
        with self.assertRaises(UserError):
            self._reverse(sent)


@tagged("post_install", "-at_install")
class TestSettlementHolds(OldPartCommon, SettlementCommon):
    def _make_overdue(self, part):
        part.date_due = self.today - timedelta(days=1)

    def _send_two(self):
        late, good = self._create_part(), self._create_part()
        settlement = self._settle()
        settlement.action_send()
        return late, good, settlement

    def test_hold_after_sending_leaves_visibly(self):
        """AS-10, AS-12: a claim that came on hold after the station had seen it leaves
        at the posting; its row, the part and the day stand in the settlement."""
        late, good, settlement = self._send_two()
        self.assertEqual(settlement.held_count, 0)
        self._make_overdue(late)
        settlement.invalidate_recordset()
        self.assertEqual(settlement.held_count, 1)
        self._post(settlement)
        self.assertEqual(settlement.claim_ids, good.claim_id)
        self.assertEqual(settlement.move_id.sudo().amount_untaxed, 200)
        self.assertEqual(late.claim_id.state, "approved")
        hold = settlement.objection_ids
        self.assertEqual((hold.kind, hold.outcome), ("hold", "moved"))
        self.assertEqual((hold.claim_id, hold.amount), (late.claim_id, 200))
        self.assertIn(late.name, hold.sentence)
        self.assertEqual(settlement.amount_total + hold.amount, 400)

    def test_released_hold_comes_into_the_next(self):
        """AS-10: sent back, its claim is in the next settlement, once."""
        late, _good, settlement = self._send_two()
        self._make_overdue(late)
        self._post(settlement)
        following = self._settle(self.month.last + timedelta(days=1))
        self.assertFalse(following)
        self._ship(late)
        following = self._settle(self.month.last + timedelta(days=1))
        self.assertEqual(following.claim_ids, late.claim_id)
        self.assertEqual(following.amount_total, 200)

    def test_part_sent_in_time_holds_nothing(self):
        """AS-10: what the station sends between statement and posting is paid."""
        late, _good, settlement = self._send_two()
        self._make_overdue(late)
        self._ship(late)
        self._post(settlement)
        self.assertEqual(settlement.move_id.sudo().amount_untaxed, 400)
        self.assertFalse(settlement.objection_ids)

    def test_residual_goes_with_its_claim(self):
        """AS-10: the residual value of a held claim's parts waits with it."""
        self.policy.write({"disposal": "keep", "residual_percent": 10})
        kept = self._create_part()
        settlement = self._settle()
        self.assertEqual((kept.residual_amount, settlement.amount_total), (20, 180))
        rows = settlement.line_ids
        self.assertEqual(sum(rows.mapped("amount")), 180)
        self.assertEqual(sorted(rows.mapped("kind")), ["claim", "residual"])
        settlement._remove_rows(claims=kept.claim_id)
        self.assertEqual(settlement.amount_total, 0)
        self.assertFalse(kept.residual_settlement_id)

    def test_residual_without_claims(self):
        """AS-12: a part kept after its claim was settled does not wait for another
        claim: the next month deducts it."""
        part = self._create_part()
        settlement = self._settle()
        settlement.action_send()
        self._post(settlement)
        own = part.with_user(self.clerk)
        own.residual_percent = 10
        own.action_keep()
        following = self._settle(self.month.last + timedelta(days=1))
        self.assertEqual(following.amount_total, -20)
        self.assertEqual(part.residual_settlement_id, following)
