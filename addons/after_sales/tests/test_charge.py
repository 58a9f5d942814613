from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.after_sales.models.after_sales_charge import CHARGE_STATES

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestCharge(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        works = cls.env["res.partner"].create({"name": "Pump Works"})
        cls.supplier = cls.env["after.sales.supplier"].create({"partner_id": works.id})

    def test_kind_gives_the_sign(self):
        """AS-12: deduction and penalty lower what a party gets, a credit raises it."""
        signs = {"deduction": -50, "penalty": -50, "credit": 50}
        for kind, amount in signs.items():
            self.assertEqual(self._create_charge(kind=kind).amount, amount)

    def test_one_party(self):
        """AS-12: for a station or for a supplier, never both, never none."""
        charge = self._create_charge(supplier_id=self.supplier.id)
        self.assertEqual(charge.currency_id, self.company.currency_id)
        self.assertFalse(charge.station_id)
        draft = self._create_charge(state="draft")
        for values in ({"supplier_id": self.supplier.id}, {"station_id": False}):
            with (
                self.subTest(**values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                draft.write(values)

    def test_amount_is_above_zero(self):
        """AS-12: who gets it is said by the kind, not by a sign typed in."""
        for value in (0, -5):
            with (
                self.subTest(value=value),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_charge(value=value)

    def test_reason_that_needs_a_note(self):
        """AS-12: deductions and penalties have reasons; “other” has to be told."""
        other = self.env.ref("after_sales.reason_charge_7")
        with self.assertRaises(ValidationError):
            self._create_charge(reason_id=other.id, note=" ")
        self._create_charge(reason_id=other.id, note="Key of the gate lost")

    def test_settlement_takes_open_charges(self):
        """AS-12: the open charges of the station until the end of the month, each on
        its own kind of amount; drafts, later ones and other stations' wait."""
        self._create_approved()
        taken = (
            self._create_charge()
            | self._create_charge(value=30.55, kind="penalty")
            | self._create_charge(value=12.34, kind="credit")
        )
        waiting = (
            self._create_charge(state="draft")
            | self._create_charge(date=self.month.last + timedelta(days=1))
            | self._create_charge(supplier_id=self.supplier.id)
        )
        settlement = self._settle()
        self.assertEqual(settlement.charge_ids, taken)
        self.assertEqual(set(taken.mapped("state")), {"taken"})
        self.assertEqual(
            (
                settlement.amount_deduction,
                settlement.amount_penalty,
                settlement.amount_credit,
            ),
            (-50, -30.55, 12.34),
        )
        self.assertEqual(settlement.amount_total, 331.79)
        self.assertFalse(waiting.settlement_id)
        self.assertEqual(self._settle().amount_total, 331.79)

    def test_rows_add_up_to_the_total(self):
        """AS-12: the rows of the statement, claims and charges, are the total."""
        self._create_approved()
        charge = self._create_charge(note="Pump came without its seal")
        settlement = self._settle()
        lines = settlement.line_ids
        self.assertEqual(sorted(lines.mapped("kind")), ["claim", "deduction"])
        self.assertEqual(sum(lines.mapped("amount")), settlement.amount_total)
        line = lines.filtered("charge_id")
        self.assertEqual(line.charge_id, charge)
        self.assertIn(self.charge_reason.name, line.description)
        self.assertIn("Pump came without its seal", line.description)

    def test_station_without_claims(self):
        """AS-12: a charge alone makes a settlement, below zero a credit note."""
        charge = self._create_charge()
        settlement = self._settle()
        self.assertEqual(settlement.charge_ids, charge)
        self.assertEqual((settlement.claim_count, settlement.amount_total), (0, -50))
        settlement.action_send()
        bill = self._post(settlement).move_id.sudo()
        self.assertEqual((bill.move_type, bill.amount_untaxed), ("in_refund", 50))
        self.assertEqual(
            bill.invoice_line_ids.product_id,
            self.env.ref("after_sales.product_deduction"),
        )

    def test_month_with_charges_only_is_started(self):
        """AS-12, F-15: the monthly job does not forget stations without claims."""
        last = fields.Date.subtract(self.month.first, days=1)
        charge = self._create_charge(date=last)
        self.env["after.sales.settlement"]._cron_settle()
        self.assertEqual(charge.settlement_id.date_to, last)

    def test_sent_settlement_takes_no_more(self):
        """AS-12: what is charged after the sending waits for the next month."""
        settlement = self._settle_and_send()
        charge = self._create_charge()
        self._settle()
        self.assertEqual((charge.state, settlement.amount_total), ("open", 400))

    def test_cancelled_settlement_gives_charges_back(self):
        """AS-12: its charges wait for the next, which takes them once."""
        self._create_approved()
        charge = self._create_charge()
        settlement = self._settle()
        self._take_with_reason(settlement, "cancel", self.cancel_reason)
        self.assertEqual((charge.state, charge.settlement_id.id), ("open", False))
        again = self._settle()
        self.assertEqual((charge.settlement_id, again.amount_total), (again, 350))

    def test_transition_table(self):
        """F-12: every pair of the table passes, every other raises."""
        steps = self.env["after.sales.charge"]._steps
        for state, _label in CHARGE_STATES:
            for verb, step in steps.items():
                with self.subTest(state=state, verb=verb):
                    charge = self._create_charge(state="draft")
                    charge.state = state
                    own = charge.with_user(self.clerk)

                    def take(own=own, verb=verb):
                        if verb == "cancel":
                            self._take_with_reason(own, verb, self.cancel_reason)
                        elif verb == "open":
                            own.action_open()
                        else:
                            getattr(own, f"_do_{verb}")()

                    if state in step.sources:
                        take()
                        self.assertEqual(charge.state, step.target)
                    else:
                        with self.assertRaises(UserError):
                            take()

    def test_charge_is_closed(self):
        """F-12, F-13: only a clerk charges; what is open is not changed any more."""
        draft, opened = self._create_charge(state="draft"), self._create_charge()
        for person in (self.auditor, self.quality, self.entry):
            with self.subTest(person=person.login):
                with self.assertRaises(AccessError):
                    draft.with_user(person).value = 1
                with self.assertRaises(AccessError):
                    draft.with_user(person).action_open()
        own = opened.with_user(self.clerk)
        for values in ({"value": 1}, {"kind": "credit"}, {"note": "x"}):
            with self.subTest(**values), self.assertRaises(UserError):
                own.write(values)
        for values in ({"state": "open"}, {"settlement_id": 1}):
            with self.subTest(**values), self.assertRaises(AccessError):
                draft.with_user(self.clerk).write(values)
        with self.assertRaises(UserError):
            own.unlink()
        draft.with_user(self.clerk).unlink()

    def test_other_company(self):
        """F-13: a charge is the company's own."""
        _company, foreigner = self._create_foreign_company()
        charge = self._create_charge()
        found = self.env["after.sales.charge"].with_user(foreigner).search([])
        self.assertNotIn(charge, found)

    def test_open_at_once(self):
        """AS-12: what arises from another document is open, whoever took its step."""
        charge = (
            self.env["after.sales.charge"]
            .with_user(self.mechanic)
            ._create_open(
                [
                    {
                        "station_id": self.station.id,
                        "kind": "credit",
                        "value": 20,
                        "reason_id": self.env.ref("after_sales.reason_charge_5").id,
                    }
                ]
            )
        )
        self.assertEqual((charge.sudo().state, charge.sudo().amount), ("open", 20))
