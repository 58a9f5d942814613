from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.models.after_sales_statement_mixin import STATEMENT_STATES
from odoo.addons.sales_base.tools.period import add_months, month_of

from .recovery_common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestRecovery(RecoveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only what a test decides is recovered in it.
        cls.env["after.sales.responsibility"].search([]).write({"is_closed": True})
        cls.env["after.sales.charge"].search([]).write({"state": "cancelled"})

    def _create_sent(self, number=1):
        for _n in range(number):
            self._create_decided()
        _run, recovery = self._recover()
        recovery.action_send()
        return recovery

    def _create_posted(self, number=1):
        recovery = self._create_sent(number)
        recovery.action_confirm()
        recovery.action_post()
        return recovery

    def _dispute(self, line, user=None):
        line.with_user(user or self.sales_rep).sudo()._do_with_reason(
            "dispute", self.dispute_reason, "Not our part"
        )

    # ----------------------------------------------------------------- generation

    def test_one_recovery_per_supplier(self):
        """AS-13: all that was decided, one recovery a supplier, labour and handling in
        it; what is not decided stays out."""
        self._create_decided()
        self._create_decided()
        other = self._create_asked(line_ids=[self._filter_line(100)])
        other.with_user(self.competitor).sudo().action_accept()
        other.with_user(self.quality).action_decide()
        asked = self._create_asked()
        run, recoveries = self._recover()
        self.assertEqual((run.state, run.done_count), ("done", 3))
        mine = recoveries.filtered(lambda row: row.supplier_id == self.supplier)
        self.assertEqual(len(recoveries), 2)
        self.assertEqual((mine.line_count, mine.amount_total), (2, 672))
        self.assertEqual((mine.amount_part, mine.amount_labor), (320, 320))
        self.assertEqual(mine.amount_handling, 32)
        self.assertEqual((recoveries - mine).amount_total, 100)
        self.assertFalse(asked.recovery_id)

    def test_run_twice_charges_once(self):
        """AS-13, F-15: a second run finds nothing; the database holds one line for each
        responsibility and one recovery for supplier, month and currency."""
        record = self._create_decided()
        _run, recovery = self._recover()
        run, again = self._recover()
        self.assertEqual((run.done_count, again), (0, recovery))
        line = recovery.sudo().line_ids
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            line.copy()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            recovery.sudo().create(
                {
                    "supplier_id": self.supplier.id,
                    "date_from": recovery.date_from,
                    "date_to": recovery.date_to,
                    "currency_id": recovery.currency_id.id,
                }
            )
            self.env.flush_all()
        self.assertEqual(record.recovery_id, recovery)

    def test_sent_month_is_not_changed(self):
        """AS-13: what is decided after the month was sent waits for the next."""
        recovery = self._create_sent()
        late = self._create_decided()
        run, _found = self._recover()
        self.assertEqual(run.skipped_count, 1)
        self.assertEqual(recovery.line_count, 1)
        self.assertFalse(late.recovery_id)
        following = self.env["after.sales.recovery"].with_user(self.clerk)
        following._start_month(add_months(self.today, 1), at_once=True)
        self.assertEqual(late.recovery_id.state, "draft")
        self.assertNotEqual(late.recovery_id, recovery)

    def test_stopped_run_goes_on(self):
        """AS-13, F-15: stopped after a batch and started again, the totals are those of
        an undisturbed run."""
        for _n in range(3):
            self._create_decided()
        runs = self.env["sales.run"].with_user(self.clerk)
        month = month_of(self.today)
        parameters = {
            "date_from": month.first.isoformat(),
            "date_to": month.last.isoformat(),
        }
        run = runs._start("after_sales_recovery", parameters)
        self.patch(type(run), "_get_batch_size", lambda self: 2)
        self.assertTrue(run._work_batch())
        recovery = self.env["after.sales.recovery"].search(
            [("supplier_id", "=", self.supplier.id)]
        )
        self.assertEqual(recovery.line_count, 2)
        self._recover()
        self.assertEqual((recovery.line_count, recovery.amount_total), (3, 1008))

    def test_part_wanted_back(self):
        """AS-13: a supplier that wants the part back is charged once it is with it."""
        self.supplier.wants_part = True
        self.env["after.sales.old.part.policy"].create({"product_id": self.pump.id})
        record = self._create_decided()
        part = record.claim_id.old_part_ids
        run, _found = self._recover()
        self.assertEqual(run.done_count, 0)
        part._move("received")
        part.with_user(self.clerk).action_forward()
        run, recovery = self._recover()
        self.assertEqual(run.done_count, 1)
        self.assertIn(part.name, recovery.line_ids.part_condition)

    def test_currency_of_the_supplier(self):
        """AS-13: charged in the supplier's currency at the rate of the month's end,
        which is kept; what was recovered is told in the company's."""
        euro = self.env["res.currency"].create(
            {
                "name": "XTS",
                "symbol": "x",
                "rounding": 0.01,
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 0.5})],
            }
        )
        self.supplier.currency_id = euro
        record = self._create_decided()
        _run, recovery = self._recover()
        self.assertEqual(recovery.currency_id, euro)
        self.assertEqual(recovery.amount_total, 168)
        recovery.action_send()
        recovery.action_confirm()
        recovery.action_post()
        self.assertEqual(recovery.sudo().move_id.currency_id, euro)
        self.assertEqual(record.amount_recovered, 336)

    def test_who_recovers(self):
        """AS-13: the button is the clerk's."""
        recoveries = self.env["after.sales.recovery"]
        with self.assertRaises(AccessError):
            recoveries.with_user(self.quality).action_recover_last_month()
        action = recoveries.with_user(self.clerk).action_recover_last_month()
        self.assertEqual(action["res_model"], "sales.run")

    def test_monthly_job(self):
        """AS-13: the job of the month starts a run for last month's decisions."""
        record = self._create_decided()
        record.date_decided = add_months(self.today, -1)
        self.env["after.sales.recovery"]._cron_recover()
        run = self.env["sales.run"].search(
            [("kind", "=", "after_sales_recovery")], order="id desc", limit=1
        )
        self.assertEqual(run.state, "queued")
        while run._work_batch():
            pass
        self.assertTrue(record.recovery_id)

    # ---------------------------------------------------------------------- steps

    def test_transitions(self):
        """AS-13: every step starts from its states only."""
        recovery = self._create_sent()
        for state, _label in STATEMENT_STATES:
            recovery.sudo().state = state
            for verb, step in recovery._steps.items():
                reason = recovery._get_cannot_reasons(verb)[recovery.id]
                with self.subTest(state=state, verb=verb):
                    if state in step.sources:
                        self.assertNotIn("not possible", reason or "")
                    else:
                        self.assertIn("not possible", reason)

    def test_confirmed_by_the_supplier(self):
        """AS-13: the contact who sees the money confirms; others do not."""
        recovery = self._create_sent()
        for person in (self.engineer, self.competitor, self.owner):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                recovery.with_user(person).sudo().action_confirm()
        with self.assertRaisesRegex(UserError, "has not confirmed"):
            recovery.action_post()
        recovery.with_user(self.sales_rep).sudo().action_confirm()
        self.assertEqual(recovery.state, "confirmed")
        self.assertEqual(recovery.confirmed_by_id, self.sales_rep)
        self.assertEqual(recovery.line_ids.state, "confirmed")
        with self.assertRaises(AccessError):
            recovery.with_user(self.sales_rep).sudo().action_post()

    def test_confirmed_by_silence(self):
        """AS-13: no answer in time confirms where the terms say so."""
        recovery = self._create_sent()
        self._let_time_pass(recovery.sudo())
        self.supplier.is_silence_consent = False
        self.env["after.sales.recovery"]._confirm_silent(self.company)
        self.assertEqual(recovery.state, "sent")
        self.supplier.is_silence_consent = True
        self.env["after.sales.recovery"]._confirm_silent(self.company)
        self.assertEqual((recovery.state, recovery.is_silent), ("confirmed", True))

    def test_posted_as_a_credit_note(self):
        """AS-13: a real vendor credit note, a line for each service product; then the
        responsibility is recovered and its time bar is over."""
        recovery = self._create_posted(2)
        move = recovery.sudo().move_id
        self.assertEqual((move.move_type, move.state), ("in_refund", "posted"))
        self.assertEqual(move.partner_id, self.works)
        self.assertEqual(move.amount_untaxed, 672)
        self.assertEqual(len(move.invoice_line_ids), 3)
        self.assertEqual(recovery.payment_state, "not_paid")
        self.assertEqual(recovery.amount_open, move.amount_residual)
        records = recovery.line_ids.responsibility_id
        self.assertEqual(records.mapped("amount_recovered"), [336, 336])
        self.assertTrue(all(records.mapped("is_closed")))
        self.assertEqual(self.supplier.recovery_rate, 100)

    def test_left_in_draft(self):
        """AS-13: by setting the credit note waits for the accountant."""
        self.company.after_sales_recovery_draft = True
        recovery = self._create_posted()
        self.assertEqual(recovery.sudo().move_id.state, "draft")
        self.assertFalse(recovery.amount_open)

    def test_cancelled_waits_for_the_next(self):
        """AS-13: a cancelled recovery gives back what it held."""
        recovery = self._create_sent()
        record = recovery.line_ids.responsibility_id
        self._take_with_reason(recovery, "cancel", self.cancel_reason)
        self.assertFalse(record.recovery_id)
        _run, again = self._recover()
        self.assertNotEqual(again, recovery)
        self.assertEqual((again.line_count, again.amount_total), (1, 336))

    def test_closed_fields(self):
        """AS-13: amounts and state are nobody's to write; lines neither."""
        recovery = self._create_sent()
        for values in ({"state": "posted"}, {"amount_total": 1}, {"date_due": False}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                recovery.with_user(self.chief).write(values)
        with self.assertRaises(AccessError):
            recovery.line_ids.with_user(self.chief).write({"amount_total": 1})

    # -------------------------------------------------------------------- charges

    def _create_charge(self, **values):
        charge = (
            self.env["after.sales.charge"]
            .with_user(self.clerk)
            .create(
                {
                    "supplier_id": self.supplier.id,
                    "kind": "penalty",
                    "value": 50,
                    "date": self.today,
                    "reason_id": self.env.ref("after_sales.reason_charge_2").id,
                    **values,
                }
            )
        )
        charge.action_open()
        return charge

    def test_open_charges_are_taken(self):
        """AS-13: what lowers a supplier's money is recovered, a credit is given back;
        each in one recovery, on a line of the credit note; drafts and later ones stay
        out."""
        self._create_decided()
        penalty, credit = (
            self._create_charge(),
            self._create_charge(kind="credit", value=20),
        )
        later = self._create_charge(date=add_months(self.today, 2))
        _run, recovery = self._recover()
        self.assertEqual(recovery.charge_ids, penalty | credit)
        self.assertEqual((penalty.state, later.state), ("taken", "open"))
        self.assertEqual((recovery.amount_charge, recovery.amount_total), (30, 366))
        self._recover()
        self.assertEqual(recovery.amount_total, 366)
        recovery.action_send()
        recovery.action_confirm()
        recovery.action_post()
        self.assertEqual(recovery.sudo().move_id.amount_untaxed, 366)

    def test_charges_alone(self):
        """AS-13: a supplier with nothing but a credit gets a bill; cancelled, the
        recovery gives its charges back."""
        charge = self._create_charge(kind="credit")
        _run, recovery = self._recover()
        self.assertEqual((recovery.line_count, recovery.amount_total), (0, -50))
        self._take_with_reason(recovery, "cancel", self.cancel_reason)
        self.assertEqual((charge.state, charge.recovery_id.id), ("open", False))
        _run, recovery = self._recover()
        recovery.action_send()
        recovery.action_confirm()
        recovery.action_post()
        move = recovery.sudo().move_id
        self.assertEqual((move.move_type, move.amount_untaxed), ("in_invoice", 50))

    # -------------------------------------------------------------------- dispute

    def test_disputed_line_does_not_hold_the_rest(self):
        """AS-13: the disputed line leaves the recovery when the rest is posted, waits,
        and goes into the next recovery once it is upheld."""
        recovery = self._create_sent(2)
        line = recovery.line_ids[0]
        self._dispute(line)
        self.assertEqual((recovery.amount_total, recovery.amount_disputed), (336, 336))
        recovery.action_confirm()
        recovery.action_post()
        self.assertEqual(recovery.sudo().move_id.amount_untaxed, 336)
        self.assertFalse(line.recovery_id)
        record = line.responsibility_id
        self.assertFalse(record.is_closed)
        following = self.env["after.sales.recovery"].with_user(self.clerk)
        next_month = add_months(self.today, 1)
        following._start_month(next_month, at_once=True)
        self.assertFalse(record.recovery_id)
        self._take_with_reason(
            line.with_user(self.quality), "uphold", self.uphold_reason
        )
        following._start_month(next_month, at_once=True)
        self.assertEqual(record.recovery_id.amount_total, 336)
        self.assertEqual(record.recovery_id.line_ids.state, "upheld")

    def test_dropped_line_is_not_charged(self):
        """AS-13: a dropped charge counts nowhere and is never taken again."""
        recovery = self._create_sent(2)
        line = recovery.line_ids[0]
        self._dispute(line)
        self._take_with_reason(line.with_user(self.clerk), "drop", self.drop_reason)
        self.assertEqual((recovery.amount_total, recovery.amount_disputed), (336, 0))
        self.assertTrue(line.responsibility_id.is_closed)
        recovery.action_confirm()
        recovery.action_post()
        self.assertEqual(line.responsibility_id.amount_recovered, 0)
        self.assertEqual(self.supplier.recovery_rate, 50)
        run, _found = self._recover()
        self.assertEqual(run.done_count, 0)

    def test_who_disputes_and_decides(self):
        """AS-13: the supplier's contact who sees the money disputes, while the recovery
        is with him, once; clerk or quality engineer decides, never the supplier."""
        recovery = self._create_sent(2)
        first, second = recovery.line_ids
        for person in (self.engineer, self.competitor, self.auditor):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self._dispute(first, person)
        self._dispute(first)
        with self.assertRaisesRegex(UserError, "not possible"):
            self._dispute(first)
        for person in (self.sales_rep, self.auditor):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                first.with_user(person).sudo()._do_with_reason(
                    "drop", self.drop_reason, "x"
                )
        recovery.action_confirm()
        with self.assertRaisesRegex(UserError, "not possible"):
            self._dispute(second)

    def test_all_lines_in_dispute(self):
        """AS-13: where nothing is left to charge there is no credit note."""
        recovery = self._create_sent()
        self._dispute(recovery.line_ids)
        recovery.action_confirm()
        recovery.action_post()
        self.assertEqual(recovery.state, "posted")
        self.assertFalse(recovery.move_id)

    # --------------------------------------------------------------------- offset

    def _create_bill(self, amount, days, partner=None):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": (partner or self.works).id,
                "invoice_date": self.today - timedelta(days=days),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Pumps",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    def _without_taxes(self):
        for key in ("part", "labor", "other", "handling"):
            product = self.env.ref(f"after_sales.product_recovery_{key}")
            product.supplier_taxes_id = [Command.clear()]

    def test_set_off_against_the_oldest_bill(self):
        """AS-13: set off against the supplier's open bills, the oldest first, no other
        supplier's; then nothing is open, and pressing again is refused."""
        self._without_taxes()
        newer, older = self._create_bill(1000, 5), self._create_bill(300, 50)
        foreign = self._create_bill(500, 90, self.works_2)
        recovery = self._create_posted()
        recovery.action_offset()
        self.assertEqual(older.amount_residual, 0)
        self.assertEqual(newer.amount_residual, 1000 - 36)
        self.assertEqual(foreign.amount_residual, 500)
        self.assertEqual((recovery.amount_open, recovery.payment_state), (0, "paid"))
        with self.assertRaisesRegex(UserError, "nothing of its credit note"):
            recovery.action_offset()

    def test_set_off_in_part_and_at_once(self):
        """AS-13: by setting set off when posted; a smaller bill covers a part."""
        self._without_taxes()
        self.company.after_sales_recovery_offset = True
        bill = self._create_bill(100, 5)
        recovery = self._create_posted()
        self.assertEqual(bill.amount_residual, 0)
        self.assertEqual(recovery.amount_open, 236)
        self.assertEqual(recovery.payment_state, "partial")

    def test_no_bill_to_set_off(self):
        """AS-13: without an open bill it stays open, and says so by its age."""
        recovery = self._create_posted()
        recovery.sudo().date_posted = self.today - timedelta(days=45)
        recovery.action_offset()
        self.assertEqual(recovery.days_open, 45)
        self.assertGreater(recovery.amount_open, 0)

    def test_only_the_clerk_sets_off(self):
        """AS-13: nobody else moves the books."""
        recovery = self._create_posted()
        for person in (self.quality, self.auditor):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                recovery.with_user(person).action_offset()

    # --------------------------------------------------------------------- sheets

    def test_statement(self):
        """AS-13, F-09: the statement lists what is charged, in print and as a sheet."""
        recovery = self._create_sent(2)
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.clerk)
            ._render_qweb_html("after_sales.report_recovery_document", recovery.ids)
        )
        text = html.decode()
        for expected in (recovery.name, "Pump Works", "Water Pump", "T-0001"):
            self.assertIn(expected, text)
        action = recovery.action_download_statement()
        self.assertEqual(
            self.env[action["params"]["model"]].search_count(
                action["params"]["domain"]
            ),
            2,
        )

    def test_statements_do_not_grow(self):
        """performance.md: recovering 40 responsibilities takes the statements of 4."""
        recoveries = self.env["after.sales.recovery"].with_user(self.clerk).sudo()
        month = month_of(self.today)

        def prepare(number):
            records = self.env["after.sales.responsibility"]
            for _n in range(number):
                records |= self._create_decided()
            return records

        self.assertQueryGrowth(
            lambda records: recoveries._recover(records, *month), prepare
        )
