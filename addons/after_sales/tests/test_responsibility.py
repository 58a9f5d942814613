import doctest
from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.models.after_sales_responsibility import (
    RESPONSIBILITY_STATES,
)
from odoo.addons.after_sales.tools import responsibility as tool

from .recovery_common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestResponsibilityTool(BaseCase):
    def test_doctests(self):
        """AS-09, AS-13: the arithmetic of shares, edges in the doctests."""
        self.assertFalse(doctest.testmod(tool).failed)

    def test_split_adds_up(self):
        """AS-09: whatever the weights, the parts add up to the amount to the cent."""
        for amount in (-0.02, -0.01, 0, 0.01, 0.05, 99.99, 1234.57):
            for weights in ([1], [1, 1, 1], [7, 11, 13], [0, 5], [0, 0, 0]):
                with self.subTest(amount=amount, weights=weights):
                    parts = tool.split_amount(amount, weights)
                    self.assertEqual(round(sum(parts), 2), amount)
                    self.assertTrue(all(part * amount >= 0 for part in parts))


@tagged("post_install", "-at_install")
class TestResponsibility(RecoveryCommon):
    # ---------------------------------------------------------------- preparation

    def test_supplier_and_shares_from_the_causal_part(self):
        """AS-09: the supplier of the causal part bears the share of its terms, the
        maker the rest; labour and handling are part of it."""
        record = self._create_responsibility()
        self.assertEqual(record.supplier_id, self.supplier)
        self.assertEqual(record.product_id, self.pump)
        self.assertEqual((record.share_supplier, record.share_maker), (80, 20))
        self.assertEqual((record.cost_part, record.cost_labor), (200, 200))
        self.assertEqual((record.recover_part, record.recover_labor), (160, 160))
        self.assertEqual(record.recover_handling, 16)
        self.assertEqual(record.recover_total, 336)

    def test_terms_without_labor(self):
        """AS-03, AS-09: a supplier that bears the part only is not charged for work."""
        lines = [
            self._filter_line(100),
            Command.create(
                {
                    "line_type": "labor",
                    "labor_id": self.labor.id,
                    "quantity": 2,
                    "price_unit": 100,
                }
            ),
        ]
        record = self._create_responsibility(line_ids=lines)
        self.assertEqual(record.supplier_id, self.supplier_2)
        self.assertEqual((record.recover_part, record.recover_total), (100, 100))

    def test_several_causal_parts(self):
        """AS-09: one responsibility for each causal part; the rest of the cost is
        divided by their prices, and nothing of it is lost."""
        lines = self._prepare_claim()["line_ids"]
        lines[0][2]["is_causal"] = True
        records = self._create_responsibility(line_ids=[*lines, self._filter_line(100)])
        pump = records.filtered(lambda row: row.product_id == self.pump)
        other = records - pump
        self.assertEqual(
            (pump.supplier_id, other.supplier_id), (self.supplier, self.supplier_2)
        )
        self.assertEqual((pump.cost_part, other.cost_part), (200, 100))
        self.assertEqual((pump.cost_labor, other.cost_labor), (133.33, 66.67))
        self.assertEqual(
            sum(records.mapped("cost_total")), records.claim_id.amount_approved
        )

    def test_part_without_terms(self):
        """AS-09: where no supplier has terms, the maker bears it; nobody is asked."""
        self.pump.seller_ids.unlink()
        record = self._create_responsibility()
        self.assertFalse(record.supplier_id)
        self.assertEqual(record.share_maker, 100)
        with self.assertRaisesRegex(UserError, "name a supplier"):
            record.with_user(self.quality).action_ask()
        record.with_user(self.quality).action_decide()
        self.assertEqual((record.state, record.is_closed), ("decided", True))

    def test_claim_without_part(self):
        """AS-09: a claim without parts has one responsibility over its whole cost."""
        line = Command.create({"line_type": "other", "name": "Tow", "price_unit": 90})
        record = self._create_responsibility(line_ids=[line])
        self.assertEqual((record.cost_other, record.share_maker), (90, 100))
        self.assertFalse(record.claim_line_id)

    def test_cost_in_company_currency(self):
        """AS-09: cost is kept in company currency at the rate of the claim."""
        euro = self.env["res.currency"].create(
            {"name": "XTS", "symbol": "x", "rounding": 0.01}
        )
        claim = self._create_approved()
        claim.write({"currency_id": euro.id, "currency_rate": 1.5})
        record = self.env["after.sales.responsibility"]._prepare_claims(claim)
        self.assertEqual((record.cost_part, record.cost_labor), (300, 300))

    def test_prepared_once(self):
        """AS-09: a second preparation makes no second responsibility, and the database
        holds it too."""
        record = self._create_responsibility()
        again = self.env["after.sales.responsibility"]._prepare_claims(record.claim_id)
        self.assertFalse(again)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["after.sales.responsibility"].create(
                {
                    "claim_id": record.claim_id.id,
                    "claim_line_id": record.claim_line_id.id,
                }
            )

    # --------------------------------------------------------------------- shares

    def test_shares_add_up(self):
        """AS-09: the maker bears what nobody else does; more than 100 is refused by the
        database itself."""
        record = self._create_responsibility().with_user(self.quality)
        record.write({"share_supplier": 50, "share_station": 20, "share_carrier": 10})
        self.assertEqual(record.share_maker, 20)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            record.write({"share_customer": 30})
            self.env.flush_all()

    def test_share_needs_a_supplier(self):
        """AS-09: no share without somebody who bears it."""
        record = self._create_responsibility().with_user(self.quality)
        with self.assertRaisesRegex(ValidationError, "name the supplier"):
            record.write({"supplier_id": False, "share_supplier": 50})

    def test_another_supplier_brings_its_terms(self):
        """AS-09: terms are those of the day on which the supplier was named; later ones
        do not change what was asked."""
        record = self._create_responsibility().with_user(self.quality)
        record.supplier_id = self.supplier_2
        self.assertEqual((record.share_supplier, record.bears_labor), (100, False))
        self.supplier_2.includes_labor = True
        self.assertEqual(record.recover_total, 200)
        self.assertFalse(record.date_bar)

    # ---------------------------------------------------------------------- steps

    def test_transitions(self):
        """AS-09: every step starts from its states only."""
        steps = self.env["after.sales.responsibility"]._steps
        for state, _label in RESPONSIBILITY_STATES:
            for verb, step in steps.items():
                record = self._create_responsibility()
                record.sudo().state = state
                reason = record._get_cannot_reasons(verb)[record.id]
                with self.subTest(state=state, verb=verb):
                    if state in step.sources:
                        self.assertNotIn("not possible", reason or "")
                    else:
                        self.assertIn("not possible", reason)

    def test_asked_and_accepted(self):
        """AS-09: asked until so many days, accepted by the supplier's contact, decided
        by the quality engineer; then closed to everybody."""
        record = self._create_asked()
        self.assertEqual(record.date_due, self.today + timedelta(days=10))
        with self.assertRaisesRegex(UserError, "still has time"):
            record.with_user(self.quality).action_decide()
        record.with_user(self.engineer).sudo().action_accept()
        self.assertEqual(
            (record.state, record.answered_by_id), ("accepted", self.engineer)
        )
        record.with_user(self.quality).action_decide()
        self.assertEqual(record.date_decided, self.today)
        self.assertEqual(record.decided_by_id, self.quality)
        with self.assertRaisesRegex(UserError, "closed for changes"):
            record.with_user(self.quality).share_station = 5

    def test_wrong_people(self):
        """AS-09: neither auditor nor clerk asks; another supplier, a station and a
        contact without a role do not answer; the supplier does not decide."""
        record = self._create_responsibility()
        for person in (self.auditor, self.clerk, self.entry):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                record.with_user(person).action_ask()
        record.with_user(self.quality).action_ask()
        self.engineer.partner_id.after_sales_portal_role = False
        for person in (self.competitor, self.owner, self.engineer):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                record.with_user(person).sudo().action_accept()
        for verb in ("decide", "reopen", "ask"):
            with self.subTest(verb=verb), self.assertRaises(AccessError):
                step = getattr(
                    record.with_user(self.sales_rep).sudo(), f"action_{verb}"
                )
                step()

    def test_answered_once(self):
        """AS-09: who has accepted cannot dispute any more."""
        record = self._create_asked()
        answering = record.with_user(self.sales_rep).sudo()
        answering.action_accept()
        with self.assertRaisesRegex(UserError, "not possible"):
            answering._do_with_reason("dispute", self.dispute_reason, "No")

    def test_disputed_and_decided(self):
        """AS-09: who overrules an objection says why; who follows it need not."""
        record = self._create_asked()
        record.with_user(self.sales_rep).sudo()._do_with_reason(
            "dispute", self.dispute_reason, "Misuse"
        )
        deciding = record.with_user(self.quality)
        with self.assertRaisesRegex(UserError, "say why"):
            deciding.action_decide()
        deciding.write({"share_supplier": 40, "decision_note": "Half of it"})
        deciding.action_decide()
        self.assertEqual((record.state, record.recover_part), ("decided", 80))
        follow = self._create_asked()
        follow.with_user(self.sales_rep).sudo()._do_with_reason(
            "dispute", self.dispute_reason, "Not ours"
        )
        follow.with_user(self.quality).share_supplier = 0
        follow.with_user(self.quality).action_decide()
        self.assertTrue(follow.is_closed)

    def test_nobody_bears_what_he_was_not_asked(self):
        """AS-09: after an objection neither another supplier nor a larger share is put
        in; a smaller one may be, and taken back."""
        record = self._create_asked()
        record.with_user(self.sales_rep).sudo()._do_with_reason(
            "dispute", self.dispute_reason, "Misuse"
        )
        deciding = record.with_user(self.quality)
        for vals in ({"supplier_id": self.supplier_2.id}, {"share_supplier": 81}):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(UserError, "asked for 80 %"),
            ):
                deciding.write(vals)
        deciding.share_supplier = 40
        deciding.share_supplier = 80

    def test_start_over(self):
        """AS-09: it was another supplier's part: named, and asked anew."""
        record = self._create_asked()
        record.with_user(self.sales_rep).sudo()._do_with_reason(
            "dispute", self.dispute_reason, "Not our part"
        )
        again = record.with_user(self.quality)
        again.action_reopen()
        self.assertFalse(record.cancel_reason_id)
        again.supplier_id = self.supplier_2
        again.action_ask()
        self.assertEqual(record.date_due, self.today + timedelta(days=5))
        self.assertFalse(
            record.with_user(self.sales_rep).search([("id", "=", record.id)])
        )

    def test_closed_fields(self):
        """AS-09: state, costs and answers are nobody's to write."""
        record = self._create_responsibility().with_user(self.chief)
        for values in (
            {"state": "decided"},
            {"cost_part": 1},
            {"share_maker": 0},
            {"is_closed": True},
            {"amount_recovered": 5},
            {"date_bar": self.today},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                record.write(values)

    # -------------------------------------------------------------------- silence

    def test_silence(self):
        """AS-09: silence is consent where the terms say so, else it is escalated and
        the quality engineer decides without an answer. The last day is in time."""
        silent, escalated, in_time = (
            self._create_asked(),
            self._create_asked(line_ids=[self._filter_line()]),
            self._create_asked(),
        )
        self._let_time_pass(silent | escalated)
        in_time.date_due = self.today
        records = self.env["after.sales.responsibility"]
        records._answer_next_silent(self.company)
        self.assertEqual((silent.state, silent.is_silent), ("accepted", True))
        self.assertFalse(silent.answered_by_id)
        self.assertEqual(escalated.state, "asked")
        self.assertTrue(escalated.escalated_at)
        self.assertEqual(in_time.state, "asked")
        self.assertFalse(records._answer_next_silent(self.company))
        escalated.with_user(self.quality).action_decide()
        self.assertEqual(escalated.state, "decided")

    def test_daily_job(self):
        """AS-09, F-15: the job of the day prepares what was approved and answers for
        who kept silent, and finds nothing to do the second time."""
        claim = self._create_approved()
        late = self._create_asked()
        self._let_time_pass(late)
        job = self.env.ref("after_sales.ir_cron_answer")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertEqual(claim.responsibility_ids.state, "draft")
        self.assertEqual(late.state, "accepted")
        before = claim.responsibility_ids
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertEqual(claim.responsibility_ids, before)

    # ---------------------------------------------------------------------- batch

    def test_month_asked_at_once(self):
        """AS-09, F-15: all approved claims of the month are asked by one run; what
        nobody can be asked of is named; a second run asks nobody twice."""
        first, second = self._create_approved(), self._create_approved()
        line = Command.create({"line_type": "other", "name": "Tow", "price_unit": 9})
        nobody = self._create_approved(line_ids=[line])
        records = self.env["after.sales.responsibility"].with_user(self.quality)
        run = records._start_month(self.today, at_once=True)
        asked = (first | second).responsibility_ids
        self.assertEqual(set(asked.mapped("state")), {"asked"})
        self.assertEqual(nobody.responsibility_ids.state, "draft")
        self.assertIn(nobody.name, run.skipped_text)
        moments = asked.mapped("asked_at")
        again = records._start_month(self.today, at_once=True)
        self.assertEqual(again.done_count, 0)
        self.assertEqual(asked.mapped("asked_at"), moments)

    def test_who_asks_a_month(self):
        """AS-09: the button is the quality engineer's."""
        records = self.env["after.sales.responsibility"]
        with self.assertRaises(AccessError):
            records.with_user(self.clerk).action_ask_last_month()
        action = records.with_user(self.quality).action_ask_last_month()
        self.assertEqual(action["res_model"], "sales.run")

    def test_statements_do_not_grow(self):
        """performance.md: preparing and asking 40 claims takes the statements of 4."""

        def prepare(number):
            claims = self.env["after.sales.claim"]
            for _n in range(number):
                claims |= self._create_approved()
            return claims

        records = self.env["after.sales.responsibility"].with_user(self.quality).sudo()
        self.assertQueryGrowth(lambda claims: records._ask_claims(claims), prepare)

    # ------------------------------------------------------------------- time bar

    def test_time_bar(self):
        """AS-13: what is not posted shows from 30 days before its bar until it is; the
        last day counts as in time."""
        record = self._create_responsibility()
        records = self.env["after.sales.responsibility"].with_user(self.clerk)
        near = [("is_near_bar", "=", True), ("id", "=", record.id)]
        for days, is_near, is_barred in (
            (31, False, False),
            (30, True, False),
            (0, True, False),
            (-1, True, True),
        ):
            record.date_bar = self.today + timedelta(days=days)
            with self.subTest(days=days):
                self.assertEqual(record.is_near_bar, is_near)
                self.assertEqual(record.is_barred, is_barred)
                self.assertEqual(bool(records.search(near)), is_near)
        board = self.env["after.sales.board"]
        for person in (self.clerk, self.quality):
            lanes = board.with_user(person).get_board()["lanes"]
            lane = next(lane for lane in lanes if lane["key"] == "time_bar")
            self.assertGreaterEqual(lane["count"], 1)
        record.is_closed = True
        self.assertFalse(records.search(near))

    def test_time_bar_by_months(self):
        """AS-13: six months after the approval; the day before the same date is the
        last."""
        record = self._create_responsibility()
        record.claim_id.date_approved = "2026-03-15"
        self.assertEqual(str(record.date_bar), "2026-09-14")
