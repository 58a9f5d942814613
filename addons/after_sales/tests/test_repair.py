from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models.after_sales_repair import REPAIR_STATES
from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestRepair(AfterSalesCommon):
    """AS-05: from the appointment to the pickup."""

    def test_life(self):
        """AS-05: booked, received, estimated, consented, in work, accepted, picked up,
        called; each moment is kept."""
        repair = self._create_repair()
        self.assertEqual(repair.state, "booked")
        self.assertTrue(repair.name.startswith("RO"))
        self.assertEqual((repair.amount_warranty, repair.amount_customer), (200, 150))
        self._bring_repair_to(repair, "picked_up")
        self.assertEqual(repair.state, "picked_up")
        for fname in ("received_at", "consented_at", "accepted_at", "picked_up_at"):
            self.assertTrue(repair[fname], fname)
        self.assertEqual(repair.consent_ids.signed_by, "Mrs Li")
        self.assertEqual(repair.accepted_by_id, self.mechanic)
        self.assertEqual(self.unit.usage_reading, 12000)
        self.assertFalse(repair.invoice_id)
        repair.with_user(self.entry)._rate(85, "Waited long")
        self.assertEqual((repair.score, repair.state), (85, "picked_up"))
        self.assertTrue(repair.is_below_target)

    #: {state: {step: state after it}}, written by hand from AS-05
    ALLOWED = {
        "booked": {"receive": "received", "cancel": "cancelled"},
        "received": {"estimate": "estimated", "cancel": "cancelled"},
        "estimated": {"consent": "consented", "cancel": "cancelled"},
        "consented": {
            "consent": "consented",
            "start": "in_work",
            "cancel": "cancelled",
        },
        "in_work": {"consent": "in_work", "accept": "accepted", "cancel": "cancelled"},
        "accepted": {"pickup": "picked_up", "claim": "accepted"},
        "picked_up": {"call": "picked_up", "claim": "picked_up"},
        "cancelled": {},
    }

    def test_steps_from_every_state(self):
        """AS-05: each step is tried from each state, with all that it asks for: it is
        taken from its states only, and refused without an effect from the others; the
        buttons say the same."""
        self.assertEqual(list(self.ALLOWED), [key for key, _label in REPAIR_STATES])
        for state, allowed in self.ALLOWED.items():
            repair = self._create_repair()
            if state == "cancelled":
                repair.write({"inspection": "Scratch", "usage": 12000})
                self._take(repair, "cancel")
            elif state != "booked":
                self._bring_repair_to(repair, state)
            repair.sudo().write(
                {
                    "inspection": "Scratch",
                    "usage": 12000,
                    "mechanic_id": self.mechanic.partner_id.id,
                    "correction": "Pump replaced",
                }
            )
            for verb in repair._steps:
                with self.subTest(state=state, verb=verb):
                    self.env.flush_all()
                    savepoint = self.env.cr.savepoint()
                    if verb == "consent" and state in ("consented", "in_work"):
                        repair.line_ids[0].sudo().quantity = 3
                    button = repair.with_user(self.entry)[f"can_{verb}"]
                    self.assertEqual(button, verb in allowed)
                    if verb in allowed:
                        self._take(repair, verb)
                    else:
                        with self.assertRaises(UserError):
                            self._take(repair, verb)
                    self.assertEqual(repair.state, allowed.get(verb, state))
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()

    def _take(self, repair, verb):
        """Take one step as the mechanic, as his page does."""
        own = repair.with_user(self.mechanic).sudo()
        if verb in ("consent", "pickup"):
            self._sign(own, verb)
        elif verb == "call":
            own._rate(85, "Content")
        elif verb == "claim":
            own._make_claim()
        elif verb == "cancel":
            reason = self.env.ref("after_sales.reason_repair_3")
            own._do_with_reason("cancel", reason, "Sold")
        else:
            getattr(own, f"action_{verb}")()

    def test_state_is_closed(self):
        """architecture.md 7: nobody writes state, token or signature by RPC."""
        repair = self._create_repair().with_user(self.chief)
        for values in (
            {"state": "accepted"},
            {"access_token": "x"},
            {"pickup_signature": self.signature},
            {"score": 100},
            {"guarantee_findings": []},
        ):
            with self.subTest(**values), self.assertRaises(AccessError):
                repair.write(values)

    def test_what_is_missing_is_said(self):
        """AS-05: reception needs the first inspection and the meter, an estimate its
        lines."""
        repair = self._create_repair().with_user(self.entry)
        with self.assertRaisesRegex(UserError, "first inspection"):
            repair.action_receive()
        repair.inspection = "No damage"
        with self.assertRaisesRegex(UserError, "meter reading"):
            repair.action_receive()
        repair.usage = 10
        repair.action_receive()
        repair.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "at least one line"):
            repair.action_estimate()

    def test_changed_lines_need_new_consent(self):
        """AS-05: lines changed after the consent stop the work until the customer signs
        again; the old consent stays readable, going back makes it valid again."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "in_work")
        old = repair.consent_ids
        self.assertTrue(old.is_valid)
        self.assertFalse(repair.needs_consent)
        repair.line_ids[1].quantity = 3
        self.assertTrue(repair.needs_consent)
        self.assertFalse(old.is_valid)
        self.assertIn("150.00", old.lines_text)
        with self.assertRaisesRegex(UserError, "sign again"):
            repair.with_user(self.entry).action_accept()
        repair.line_ids[1].quantity = 1.5
        self.assertFalse(repair.needs_consent)
        for change in (
            lambda: repair.line_ids[0].write({"payer": "customer"}),
            lambda: repair.write(
                {"line_ids": [Command.create({"line_type": "other", "name": "Wash"})]}
            ),
            lambda: repair.line_ids[-1].unlink(),
        ):
            change()
            self.assertTrue(repair.needs_consent)
            self._sign(repair.with_user(self.entry), "consent", "Mr Li")
            self.assertFalse(repair.needs_consent)
            self.assertEqual(repair.state, "in_work")
        self.assertEqual(len(repair.consent_ids), 4)
        repair.with_user(self.entry).action_accept()

    def test_same_lines_are_signed_once(self):
        """AS-05: a second signature under the same lines is refused."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "consented")
        with self.assertRaisesRegex(UserError, "exactly these lines"):
            self._sign(repair.with_user(self.entry), "consent")

    def test_signed_in_the_backend(self):
        """AS-05: the dialog shows the work and signs what it shows."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "estimated")
        own = repair.with_user(self.entry)

        def open_dialog():
            context = own.action_consent()["context"]
            dialog = self.env["after.sales.repair.sign"].with_user(self.entry)
            return dialog.with_context(**context).create({"signature": self.signature})

        dialog = open_dialog()
        self.assertEqual((dialog.line_ids, dialog.amount_customer), (own.line_ids, 150))
        own.line_ids[1].price_unit = 400
        with self.assertRaisesRegex(UserError, "changed since it was shown"):
            dialog.action_apply()
        self.assertFalse(repair.consent_ids)
        open_dialog().action_apply()
        self.assertEqual(repair.state, "consented")

    def test_signature_is_a_picture(self):
        """F-14: a signature is what its bytes say."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "estimated")
        for name, signature in (
            ("", self.signature),
            ("Mrs Li", ""),
            ("Mrs Li", "PHN2Zy8+"),
            ("Mrs Li", "not base64!"),
            ("x" * 121, self.signature),
        ):
            with self.subTest(name=name[:9]), self.assertRaises(ValidationError):
                own = repair.with_user(self.entry)
                own._sign("consent", name, signature, own._get_terms_hash())
        self.assertEqual(repair.state, "estimated")

    def test_finished_repair_is_closed(self):
        """AS-05: after acceptance neither repair nor lines change."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "accepted")
        repair = repair.with_user(self.chief)
        for change in (
            lambda: repair.write({"correction": "Else"}),
            lambda: repair.line_ids[0].write({"payer": "customer"}),
            lambda: repair.line_ids[0].unlink(),
            repair.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_bay_is_booked_once(self):
        """AS-05: a bay is not booked twice at the same time; touching is no clash."""
        bay, other_bay = self.env["after.sales.bay"].create(
            [{"name": name, "station_id": self.station.id} for name in ("B1", "B2")]
        )

        def book(begin, end, bay=bay):
            day = datetime(2026, 6, 1)
            return self._create_repair(
                bay_id=bay.id,
                begin_at=day.replace(hour=begin),
                end_at=day.replace(hour=end),
            )

        first = book(8, 10)
        book(10, 12)
        book(6, 8)
        book(8, 10, other_bay)
        for begin, end in ((9, 11), (7, 9), (8, 10), (7, 11), (9, 10)):
            with (
                self.subTest(begin=begin, end=end),
                self.assertRaisesRegex(ValidationError, "B1 is taken by RO"),
                self.env.cr.savepoint(),
            ):
                book(begin, end)
        self._take_with_reason(
            first.with_user(self.entry),
            "cancel",
            self.env.ref("after_sales.reason_repair_1"),
        )
        book(8, 10)
        with self.assertRaisesRegex(ValidationError, "is not a bay of station"):
            self._create_repair(station_id=self.station_2.id, bay_id=bay.id)

    def test_branch_invoices_the_customer(self):
        """architecture.md 11: in a branch of the company the customer's share becomes
        an invoice of ours, posted unless set to draft; elsewhere it is the receipt."""
        customer = self.env["res.partner"].create({"name": "Mrs Li"})
        self.station.is_branch = True
        repair = self._create_repair()
        self._bring_repair_to(repair, "accepted")
        with self.assertRaisesRegex(UserError, "choose the customer"):
            self._sign(repair.with_user(self.mechanic).sudo(), "pickup")
        repair.sudo().customer_id = customer
        self._sign(repair.with_user(self.mechanic).sudo(), "pickup")
        invoice = repair.invoice_id
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.partner_id, customer)
        self.assertEqual(invoice.amount_untaxed, 150)
        self.assertEqual(len(invoice.invoice_line_ids), 1)

    def test_who_gets_the_invoice(self):
        """architecture.md 11: a repair without a customer is invoiced to whom the unit
        was delivered; never to the branch itself, another contact of it or our own
        company, to which a dealer's stock is delivered."""
        self.station.is_branch = True
        branch = self.station.partner_id
        counter, customer, driver = self.env["res.partner"].create(
            [
                {"name": "Counter", "parent_id": branch.id},
                {"name": "Li Haulage", "is_company": True},
                {"name": "Mrs Li"},
            ]
        )
        ours = self.company.partner_id
        nobody = ours.browse()
        for sold, named, payer in (
            (customer, nobody, customer),
            (customer, driver, driver),
            (branch, nobody, nobody),
            (branch, driver, driver),
            (counter, nobody, nobody),
            (ours, nobody, nobody),
            (ours, driver, driver),
            (nobody, nobody, nobody),
        ):
            with self.subTest(sold=sold.name, named=named.name):
                self.unit.sold_partner_id = sold
                repair = self._create_repair(customer_id=named.id)
                self.assertEqual(repair._get_invoice_partner(), payer)
                repair.state = "accepted"
                reason = repair._get_cannot_reasons("pickup")[repair.id]
                self.assertEqual(bool(reason), not payer)
                repair.state = "booked"
        self.company.after_sales_invoice_draft = True
        draft = self._create_repair(customer_id=customer.id)
        self._bring_repair_to(draft, "picked_up")
        self.assertEqual(draft.invoice_id.state, "draft")

    def test_company_as_station(self):
        """architecture.md 11: a station that is a company of ours is a branch."""
        repair = self._create_repair()
        self.assertFalse(repair._is_invoiced_by_us())
        self.station.partner_id = self.company.partner_id
        self.assertTrue(repair._is_invoiced_by_us())
        repair.line_ids.payer = "goodwill"
        self.assertFalse(repair._is_invoiced_by_us())

    def test_to_call_lane(self):
        """AS-18: handed over and not called: the lane."""
        board = self.env["after.sales.board"].with_user(self.entry)
        repair = self._create_repair()
        self._bring_repair_to(repair, "picked_up")
        domain = board._get_lane_domains()["to_call"]
        self.assertIn(repair, self.env["after.sales.repair"].search(domain))
        lanes = {lane["key"]: lane for lane in board.get_board()["lanes"]}
        self.assertTrue(lanes["to_call"]["count"])
        repair.with_user(self.entry)._rate(95, "")
        self.assertNotIn(repair, self.env["after.sales.repair"].search(domain))
        with self.assertRaises(ValidationError):
            repair.with_user(self.entry)._rate(101, "")

    def test_papers(self):
        """AS-05: job sheet and receipt name each payer's amount."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "picked_up")
        for report in ("sheet", "receipt"):
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                f"after_sales.report_repair_{report}", repair.ids
            )
            text = html.decode()
            for part in (repair.name, "Mrs Li", "Customer pays", "150.00", "200.00"):
                with self.subTest(report=report, part=part):
                    self.assertIn(part, text)

    def test_other_station_takes_no_step(self):
        """F-11: a portal user of another station is refused, in sudo too."""
        repair = self._create_repair().with_user(self.rival).sudo()
        repair.write({"inspection": "x", "usage": 5})
        with self.assertRaises(AccessError):
            repair.action_receive()
