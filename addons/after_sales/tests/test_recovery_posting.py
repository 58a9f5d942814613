from datetime import timedelta

from odoo import Command
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .recovery_common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestRecoveryPosting(RecoveryCommon):
    """AS-13: a recovery follows its credit note. The accountant has no right on
    recoveries; what he does shows on them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only what a test decides is recovered in it.
        cls.env["after.sales.responsibility"].search([]).write({"is_closed": True})
        cls.env["after.sales.charge"].search([]).write({"state": "cancelled"})
        cls.company.after_sales_recovery_draft = True
        cls.accountant = cls._create_persona(
            "t_accountant", "account.group_account_manager"
        )

    def _create_posted(self, number=1):
        """A recovery whose credit note waits for the accountant, near its time bar.

        :returns: recovery in sudo, its credit note as the accountant
        """
        records = self.env["after.sales.responsibility"].union(
            *(self._create_decided() for _n in range(number))
        )
        records.date_bar = self.today + timedelta(days=3)
        _run, recovery = self._recover()
        recovery.action_send()
        recovery.action_confirm()
        recovery.action_post()
        return recovery.sudo(), recovery.sudo().move_id.with_user(self.accountant)

    def _assert_recovered(self, recovery, amount):
        record = recovery.line_ids.responsibility_id
        is_done = bool(amount)
        lane = self.env["after.sales.responsibility"].search(
            self.env["after.sales.board"]._get_lane_domains()["time_bar"]
        )
        self.assertEqual(record <= lane, not is_done)
        self.assertEqual(record.mapped("is_closed"), [is_done] * len(record))
        self.assertEqual(sum(record.mapped("amount_recovered")), amount)
        self.assertEqual(recovery.date_posted, self.today if is_done else False)
        rate = self.supplier.recovery_rate
        self.assertEqual(rate, 100 if is_done else 0)

    def test_draft_recovers_nothing(self):
        """AS-13: while the credit note is a draft the time bar goes on and the rate
        does not count it; posted by the accountant it is recovered, drafted again it is
        not."""
        recovery, move = self._create_posted(2)
        self.assertEqual((recovery.state, move.state), ("posted", "draft"))
        self._assert_recovered(recovery, 0)
        for _n in range(2):
            move.action_post()
            self._assert_recovered(recovery, 672)
            self.assertEqual(recovery.amount_open, move.amount_residual)
            move.button_draft()
            self._assert_recovered(recovery, 0)
            self.assertEqual((recovery.state, recovery.amount_open), ("posted", 0))

    def test_lost_credit_note_opens_the_recovery(self):
        """AS-13: cancelled, deleted or wholly reversed, the credit note recovers
        nothing; the recovery is open again and says so. Posted again it has a new one;
        cancelled, its lines are in the next."""
        for lose in (
            lambda move: move.button_cancel(),
            lambda move: move.unlink(),
            lambda move: (
                move.action_post(),
                move._reverse_moves([{"invoice_date": self.today}], cancel=True),
            ),
        ):
            with self.subTest(lose=lose), self.cr.savepoint() as savepoint:
                recovery, move = self._create_posted()
                told = len(recovery.message_ids)
                lose(move)
                self.assertEqual(recovery.state, "confirmed")
                self._assert_recovered(recovery, 0)
                self.assertFalse(recovery.amount_open)
                self.assertEqual(len(recovery.message_ids), told + 1)
                again = recovery.with_user(self.clerk)
                again.action_post()
                self.assertNotEqual(recovery.move_id, move)
                recovery.move_id.action_post()
                self._assert_recovered(recovery, 336)
                recovery.move_id.button_draft()
                recovery.move_id.button_cancel()
                self._take_with_reason(again, "cancel", self.cancel_reason)
                _run, following = self._recover()
                self.assertNotEqual(following, recovery)
                self.assertEqual(following.amount_total, 336)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_reversed_in_part(self):
        """AS-13: what is reversed in part stays recovered, until reversals come to the
        whole; a reversal that is taken back reverses nothing."""
        recovery, move = self._create_posted()
        move.action_post()
        reversals = [move._reverse_moves([{"invoice_date": self.today}])]
        half = reversals[0]
        half.invoice_line_ids = [
            Command.update(line.id, {"price_unit": line.price_unit / 2})
            for line in half.invoice_line_ids
        ]
        half.action_post()
        self._assert_recovered(recovery, 336)
        rest = half.copy({"reversed_entry_id": move.id, "invoice_date": self.today})
        rest.action_post()
        self._assert_recovered(recovery, 0)
        self.assertEqual(recovery.state, "confirmed")
        rest.button_draft()
        self._assert_recovered(recovery, 336)
        self.assertEqual((recovery.state, recovery.move_id), ("posted", move.sudo()))

    def test_revived_credit_note(self):
        """AS-13: a cancelled credit note that is taken up again is charged once."""
        recovery, move = self._create_posted()
        move.button_cancel()
        self.assertEqual(recovery.state, "confirmed")
        move.button_draft()
        self.assertEqual(recovery.state, "posted")
        move.action_post()
        self._assert_recovered(recovery, 336)

    def test_upgrade(self):
        """AS-13: an upgrade opens what an earlier version closed with the draft."""
        recovery, _move = self._create_posted()
        record = recovery.line_ids.responsibility_id
        record.write({"is_closed": True, "amount_recovered": 336})
        recovery.date_posted = self.today
        path = "after_sales/migrations/19.0.1.1.1/post-migrate.py"
        load_script(file_path(path), "post_migrate").migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self._assert_recovered(recovery, 0)
        self.assertEqual(recovery.state, "posted")

    def test_nothing_to_post(self):
        """AS-13: where every line is in dispute there is no credit note to wait for."""
        self._create_decided()
        _run, recovery = self._recover()
        recovery.action_send()
        line = recovery.line_ids
        line._do_with_reason("dispute", self.dispute_reason, "Not our part")
        recovery.action_confirm()
        recovery.action_post()
        self.assertEqual((recovery.state, recovery.date_posted), ("posted", self.today))
        self.assertFalse(recovery.sudo().move_id or line.recovery_id)
        self.assertFalse(line.responsibility_id.is_closed)

    def test_statements_do_not_grow(self):
        """performance.md: posting many credit notes at once asks no more often."""
        recovery, move = self._create_posted()
        month = recovery.date_from
        numbers = iter(range(1, 99))

        def prepare(number):
            moves = move.sudo().browse()
            for _n in range(number):
                first = month - timedelta(days=40 * next(numbers))
                other = recovery.create(
                    {
                        "supplier_id": self.supplier.id,
                        "currency_id": recovery.currency_id.id,
                        "date_from": first,
                        "date_to": first,
                        "move_id": move.copy().id,
                        "state": "posted",
                    }
                )
                moves |= other.move_id
            return moves

        self.assertQueryGrowth(
            lambda moves: moves._get_recoveries()._follow_move(), prepare, large=12
        )
