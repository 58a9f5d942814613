from datetime import date
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.models.after_sales_statement_mixin import STATEMENT_STATES
from odoo.addons.sales_base.tools.period import month_of

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestSettlement(AfterSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.month = month_of(cls.today)
        # Only the claims of a test are settled in it.
        cls.env["after.sales.claim"].search([("state", "=", "approved")]).write(
            {"date_approved": date(2999, 1, 1)}
        )

    def _settle(self, user=None):
        settlements = self.env["after.sales.settlement"].with_user(user or self.clerk)
        run = settlements._start_month(self.today, at_once=True)
        found = settlements.search(
            [
                ("station_id", "in", (self.station | self.station_2).ids),
                ("state", "!=", "cancelled"),
            ]
        )
        return run, found

    def _create_posted(self):
        self._create_approved()
        _run, settlement = self._settle()
        settlement.action_send()
        settlement.action_confirm()
        settlement.action_post()
        return settlement

    def test_one_settlement_per_station(self):
        """AS-12: all approved, unsettled claims, one settlement a station."""
        first, second = self._create_approved(), self._create_approved()
        other = self._create_approved(station_id=self.station.id)
        other.station_id = self.station_2
        draft = self._create_claim()
        run, settlements = self._settle()
        self.assertEqual(run.state, "done")
        self.assertEqual(run.done_count, 3)
        self.assertEqual(len(settlements), 2)
        mine = settlements.filtered(lambda rec: rec.station_id == self.station)
        self.assertEqual(mine.claim_ids, second | first)
        self.assertEqual(mine.claim_count, 2)
        self.assertEqual(mine.amount_total, 800)
        self.assertEqual((mine.amount_part, mine.amount_labor), (400, 400))
        self.assertEqual(mine.date_from, self.month.first)
        self.assertFalse(draft.settlement_id)
        self.assertEqual(len(mine.line_ids), 2)

    def test_run_twice_pays_once(self):
        """AS-12, F-15: a second run finds nothing to do."""
        self._create_approved()
        _run, settlements = self._settle()
        run, again = self._settle()
        self.assertEqual(run.done_count, 0)
        self.assertEqual(again, settlements)
        self.assertEqual(again.amount_total, 400)

    def test_nothing_to_pay_is_posted_without_a_bill(self):
        """AS-12: claims of nothing close like all others."""
        lines = [
            Command.create({"line_type": "other", "name": "Goodwill", "price_unit": 0})
        ]
        claim = self._create_approved(line_ids=lines)
        _run, settlement = self._settle()
        settlement.action_send()
        settlement.action_confirm()
        settlement.action_post()
        self.assertEqual(settlement.state, "posted")
        self.assertFalse(settlement.move_id)
        self.assertEqual(claim.state, "settled")

    def test_claim_in_use_waits_for_the_next_run(self):
        """F-15: a row that somebody holds neither stops the run nor is paid by it."""
        held, free = self._create_approved(), self._create_approved()
        with patch.object(type(held), "try_lock_for_update", return_value=free):
            run, settlement = self._settle()
        self.assertEqual((run.state, run.done_count, run.skipped_count), ("done", 1, 1))
        self.assertIn(held.name, run.skipped_text)
        self.assertEqual(settlement.claim_ids, free)
        _run, settlement = self._settle()
        self.assertEqual(settlement.claim_ids, held | free)
        self.assertEqual(settlement.amount_total, 800)

    def test_stopped_run_goes_on(self):
        """F-15: batches of one claim give the totals of one undisturbed run."""
        claims = self.env["after.sales.claim"]
        for _n in range(3):
            claims |= self._create_approved()
        settlement_model = self.env["after.sales.settlement"].with_user(self.clerk)
        run = settlement_model._start_month(self.today)
        self.patch(type(run), "_get_batch_size", lambda run: 1)
        self.assertTrue(run._work_batch())
        self.assertEqual(len(claims.filtered("settlement_id")), 1)
        _other, settlement = self._settle()
        while run._work_batch():
            pass
        self.assertEqual(settlement.claim_ids.sorted("id"), claims.sorted("id"))
        self.assertEqual(settlement.amount_total, 1200)

    def test_late_claim_joins_the_open_settlement(self):
        """AS-12: a claim approved later joins while the settlement is a draft; a sent
        one is left alone, and the run says so."""
        self._create_approved()
        _run, settlement = self._settle()
        self._create_approved()
        self._settle()
        self.assertEqual(settlement.claim_count, 2)
        settlement.action_send()
        late = self._create_approved()
        run, _settlements = self._settle()
        self.assertEqual(run.skipped_count, 1)
        self.assertIn(late.name, run.skipped_text)
        self.assertFalse(late.settlement_id)
        self.assertEqual(settlement.claim_count, 2)

    def test_claims_of_later_months_wait(self):
        """AS-12: only what was approved until the end of the month."""
        claim = self._create_approved()
        claim.date_approved = date(2998, 1, 1)
        self._settle()
        self.assertFalse(claim.settlement_id)

    def test_one_month_once(self):
        """AS-12: two clerks at once: one settlement per station, month and currency."""
        self._create_approved()
        _run, settlement = self._settle()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            settlement.sudo().create(
                {
                    "station_id": self.station.id,
                    "currency_id": settlement.currency_id.id,
                    "date_from": self.month.first,
                    "date_to": self.month.last,
                }
            )
            self.env.flush_all()

    def test_bill_has_a_line_per_service_product(self):
        """AS-12: one vendor bill, one line per kind of cost, net, posted."""
        settlement = self._create_posted()
        bill = settlement.move_id.sudo()
        self.assertEqual(bill.move_type, "in_invoice")
        self.assertEqual(bill.state, "posted")
        self.assertEqual(bill.partner_id, self.garage)
        self.assertEqual(bill.amount_untaxed, 400)
        self.assertEqual(bill.ref, settlement.name)
        products = bill.invoice_line_ids.product_id
        self.assertEqual(
            products,
            self.env.ref("after_sales.product_labor")
            | self.env.ref("after_sales.product_part"),
        )
        self.assertEqual(settlement.claim_ids.state, "settled")
        self.assertTrue(settlement.claim_ids.settled_at)

    def test_bill_left_in_draft_by_setting(self):
        """AS-12: the accountant may want to post himself."""
        self.company.after_sales_bill_draft = True
        self.assertEqual(self._create_posted().move_id.sudo().state, "draft")

    def test_negative_settlement_is_a_credit_note(self):
        """architecture.md 11: below zero it is a credit note."""
        self._create_approved()
        _run, settlement = self._settle()
        settlement.sudo().write({"amount_labor": -500, "amount_total": -300})
        values = settlement._prepare_move_values()
        self.assertEqual(values["move_type"], "in_refund")
        move = self.env["account.move"].create(values)
        self.assertEqual(move.amount_untaxed, 300)

    def test_payment_is_read_from_the_bill(self):
        """AS-12: paid shows back."""
        settlement = self._create_posted()
        self.assertEqual(settlement.payment_state, "not_paid")
        bill = settlement.move_id.sudo()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids
        ).create({})._create_payments()
        self.assertIn(settlement.payment_state, ("paid", "in_payment"))

    def test_confirmation_by_setting(self):
        """AS-12: by default the station confirms before the bill."""
        self._create_approved()
        _run, settlement = self._settle()
        settlement.action_send()
        with self.assertRaises(UserError):
            settlement.action_post()
        self.company.after_sales_confirm_required = False
        settlement.action_post()
        self.assertEqual(settlement.state, "posted")

    def test_station_confirms_in_the_portal(self):
        """AS-12: a contact who sees the money confirms, others do not."""
        self._create_approved()
        _run, settlement = self._settle()
        settlement.action_send()
        for person in (self.mechanic, self.rival, self.nobody):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                settlement.with_user(person).sudo().action_confirm()
        settlement.with_user(self.owner).sudo().action_confirm()
        self.assertEqual(settlement.state, "confirmed")
        self.assertEqual(settlement.confirmed_by_id, self.owner)

    def test_cancel_gives_the_claims_back(self):
        """AS-12: a cancelled settlement frees its claims and its month."""
        claim = self._create_approved()
        _run, settlement = self._settle()
        self._take_with_reason(settlement, "cancel", self.cancel_reason)
        self.assertEqual(settlement.state, "cancelled")
        self.assertFalse(claim.settlement_id)
        _run, again = self._settle()
        self.assertNotEqual(again, settlement)
        self.assertEqual(again.claim_ids, claim)

    def test_transition_table(self):
        """F-12: every pair of the table passes, every other raises."""
        self.company.after_sales_confirm_required = False
        for state, _label in STATEMENT_STATES:
            for verb, step in self.env["after.sales.settlement"]._steps.items():
                with (
                    self.subTest(state=state, verb=verb),
                    self.env.cr.savepoint() as sp,
                ):
                    self._create_approved()
                    _run, settlement = self._settle()
                    settlement.sudo().state = state
                    self.env.flush_all()

                    def take(settlement=settlement, verb=verb):
                        if verb == "cancel":
                            self._take_with_reason(settlement, verb, self.cancel_reason)
                        elif verb == "reverse":
                            own = settlement.with_user(self.chief)
                            self._take_with_reason(own, verb, self.cancel_reason)
                        elif verb == "object":
                            row = settlement.line_ids[0].id
                            reason = self.env.ref("after_sales.reason_objection_1")
                            settlement._object(row, reason, "Too little")
                        else:
                            getattr(settlement, f"action_{verb}")()

                    if state in step.sources:
                        take()
                        self.assertEqual(settlement.state, step.target)
                    else:
                        with self.assertRaises(UserError):
                            take()
                    sp.rollback()
                    self.env.invalidate_all()

    def test_settlement_is_closed(self):
        """F-12, F-13: nobody makes, fills or deletes a settlement by hand."""
        self._create_approved()
        _run, settlement = self._settle()
        for person in (self.clerk, self.chief):
            record = settlement.with_user(person)
            for values in (
                {"state": "posted"},
                {"amount_total": 1},
                {"station_id": self.station_2.id},
                {"move_id": False},
            ):
                with self.subTest(person=person.login, **values):
                    with self.assertRaises(AccessError):
                        record.write(values)
            with self.assertRaises(AccessError):
                record.unlink()
        for person in (self.auditor, self.entry, self.quality):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                settlement.with_user(person).action_send()
        with self.assertRaises(UserError):
            self.env["after.sales.settlement"].with_user(
                self.auditor
            ).action_settle_last_month()

    def test_button_settles_last_month(self):
        """AS-12: the clerk's button settles a small month at once and shows the run."""
        claim = self._create_approved()
        claim.date_approved = date.fromordinal(self.month.first.toordinal() - 1)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        action = settlements.browse().action_settle_last_month()
        run = self.env["sales.run"].browse(action["res_id"])
        self.assertEqual((run.state, run.done_count), ("done", 1))
        self.assertTrue(claim.settlement_id)

    def test_monthly_cron(self):
        """F-15: the monthly job starts a run where last month has something."""
        first = self.month.first
        claim = self._create_approved()
        claim.date_approved = date.fromordinal(first.toordinal() - 1)
        before = self.env["sales.run"].search([])
        self.env["after.sales.settlement"]._cron_settle()
        run = self.env["sales.run"].search([]) - before
        self.assertEqual(run.company_id, self.company)
        while run._work_batch():
            pass
        self.assertEqual(claim.settlement_id.date_to, claim.date_approved)

    def test_statements_do_not_grow(self):
        """F-15: a batch needs the same statements for 4 and for 40 claims."""

        def prepare(number):
            claims = self.env["after.sales.claim"]
            for _n in range(number):
                claims |= self._create_claim(photos=False)
            claims.write({"state": "approved", "date_approved": self.today})
            claims.line_ids.write({"decision": "approved"})
            return claims

        self.assertQueryGrowth(
            lambda claims: (
                self.env["after.sales.settlement"]
                .with_user(self.clerk)
                .sudo()
                ._settle(claims, *self.month)
            ),
            prepare,
        )
