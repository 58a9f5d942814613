import io
from datetime import date, timedelta

import openpyxl
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestContract(AssistantCommon):
    """SA-16: the contract register (合同台账)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.env["sales.assistant.contract"]
        cls.company.sales_assistant_review_enabled = False
        cls.company.sales_assistant_handover_enabled = True
        cls.team.member_ids = [Command.link(cls.salesperson.id)]
        cls.cancel_reason = cls.env.ref("sales_assistant.sales_reason_paper_mistake")

    def _create(self, user=None, **values):
        return self.contracts.with_user(user or self.assistant).create(
            {"subject": "Frame 2027", "partner_id": self.customer.id, **values}
        )

    def _put_in_force(self, **values):
        contract = self._create(**{"date_signed": self.today, **values})
        contract.action_submit()
        contract.with_user(self.desk_manager).action_approve()
        if contract.form == "written":
            contract.action_seal()
            contract.paper_place = "Cabinet 3"
        contract.action_activate()
        return contract

    def test_written_contract(self):
        """SA-16: submitted, approved by somebody else, sealed, archived, in force."""
        contract = self._create(amount=120000)
        self.assertEqual(contract.user_id, self.salesperson)
        self.assertEqual(contract.assistant_id, self.assistant)
        self.assertRegex(contract.name, r"^HT\d+")
        contract.action_submit()
        for user in (self.assistant, self.salesperson):
            with self.assertRaises(AccessError):
                contract.with_user(user).action_approve()
        contract.with_user(self.lead).action_approve()
        self.assertEqual(contract.approved_by_id, self.lead)
        with self.assertRaisesRegex(UserError, "not sealed"):
            contract.action_activate()
        contract.action_seal()
        with self.assertRaisesRegex(UserError, "sealed already"):
            contract.action_seal()
        with self.assertRaisesRegex(UserError, "concluded"):
            contract.action_activate()
        contract.date_signed = self.today
        with self.assertRaisesRegex(UserError, "archived"):
            contract.action_activate()
        contract.paper_place = "Cabinet 3, binder A"
        contract.action_activate()
        self.assertEqual(contract.state, "active")
        with self.assertRaises(UserError):
            contract.action_activate()

    def test_own_contract_is_not_approved(self):
        """SA-16, SA-13: who submits a contract does not approve it."""
        contract = self._create(self.desk_manager)
        contract.action_submit()
        with self.assertRaisesRegex(UserError, "does not approve"):
            contract.action_approve()

    def test_oral_contract(self):
        """SA-16: of an oral contract the register keeps with whom and how."""
        contract = self._create(form="oral", date_signed=self.today)
        with self.assertRaisesRegex(UserError, "with whom"):
            contract.action_submit()
        contract.write({"agreed_with": "Mr Rossi", "agreed_how": "At the fair"})
        contract.action_submit()
        contract.with_user(self.lead).action_approve()
        with self.assertRaisesRegex(UserError, "no seal"):
            contract.action_seal()
        contract.action_activate()
        self.assertEqual(contract.state, "active")

    def test_decided_terms_are_closed(self):
        """F-12: past the draft the terms stay; state and approval are written by steps
        only; returned, the terms are open again."""
        contract = self._create(amount=100)
        with self.assertRaises(AccessError):
            contract.write({"state": "active"})
        with self.assertRaises(AccessError):
            contract.write({"approved_by_id": self.lead.id})
        contract.action_submit()
        with self.assertRaises(UserError):
            contract.write({"amount": 200})
        with self.assertRaises(UserError):
            contract.unlink()
        contract.with_user(self.lead)._do_with_reason(
            "return", self.cancel_reason, "Term missing"
        )
        contract.write({"amount": 200})
        self.assertEqual((contract.state, contract.amount), ("draft", 200))

    def test_dates(self):
        """F-14: a contract does not end before it begins."""
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._create(date_from=date(2027, 5, 1), date_to=date(2027, 4, 30))

    def test_orders_of_a_contract(self):
        """SA-16: orders are grouped by the contract of their customer."""
        contract = self._put_in_force()
        order = self._create_order(sales_contract_id=contract.id)
        contract.invalidate_recordset()
        self.assertEqual(contract.order_count, 1)
        stranger = self._create_customer("Strange Ltd")
        with self.assertRaises(ValidationError):
            self._create_order(partner=stranger, sales_contract_id=contract.id)
        party = self._put_in_force(party_ids=[Command.set(stranger.ids)])
        self._create_order(partner=stranger, sales_contract_id=party.id)
        partner = self.customer.with_user(self.assistant)
        self.assertEqual(partner.sales_contract_count, 2)
        self.assertEqual(order.sales_contract_id, contract)

    def test_handover_before_shipment_and_invoice(self):
        """SA-16, S4: tooling, documents, accessories, material are handed over before
        shipment and invoice, where the company asks for it."""
        contract = self._put_in_force(
            handover_ids=[
                Command.create({"name": "Die 6204", "kind": "tooling"}),
                Command.create({"name": "Drawing", "needed_before": "invoice"}),
            ]
        )
        die, drawing = contract.handover_ids
        order = self._create_order(sales_contract_id=contract.id)
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "Die 6204"):
            self._deliver(order)
        with self.assertRaises(AccessError):
            die.write({"is_done": True})
        die.action_done()
        self.assertEqual(die.done_by_id, self.assistant)
        self._deliver(order)
        with self.assertRaisesRegex(UserError, "Drawing"):
            self._invoice(order)
        with self.assertRaisesRegex(UserError, "not complete"):
            contract.action_close()
        drawing.action_done()
        self.assertEqual(order.invoice_ids.filtered("name").ids or [], [])
        order.invoice_ids.unlink()
        self.assertEqual(self._invoice(order).state, "posted")
        with self.assertRaises(UserError):
            die.write({"name": "Other"})
        with self.assertRaises(UserError):
            die.unlink()
        contract.action_close()
        with self.assertRaises(UserError):
            contract.write({"handover_ids": [Command.create({"name": "Late"})]})

    def test_handover_off_by_default(self):
        """F-04: a company that does not ask for it ships as before."""
        self.assertFalse(
            self.env["res.company"]
            .create({"name": "New"})
            .sales_assistant_handover_enabled
        )
        self.company.sales_assistant_handover_enabled = False
        contract = self._put_in_force(
            handover_ids=[Command.create({"name": "Die 6204", "kind": "tooling"})]
        )
        order = self._create_order(sales_contract_id=contract.id)
        order.action_confirm()
        self._deliver(order)
        self.assertEqual(order.delivery_status, "full")

    def test_expiry_and_renewal(self):
        """SA-16: reminded once per end date (续保, S1), on the board from that day on;
        the renewal is a draft of the following term."""
        day = self.today + timedelta(days=60)
        late = self._put_in_force(
            date_to=day, date_from=day - timedelta(days=364), notice_days=60
        )
        early = self._put_in_force(date_to=day + timedelta(days=1), notice_days=60)
        self.assertTrue(late.is_expiring)
        self.assertFalse(early.is_expiring)
        found = self.contracts.search([("is_expiring", "=", True)])
        self.assertIn(late, found)
        self.assertNotIn(early, found)
        due = self.contracts._get_remind_domain(self.company)
        for expected in (late, self.contracts):
            found = self.contracts.search(due) & (late | early)
            self.assertEqual(found, expected)
            found._do_remind()
        self.assertEqual(len(late.activity_ids), 1)
        self.assertEqual(late.activity_ids.user_id, self.assistant)
        self.assertFalse(early.activity_ids)
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        [lane] = [one for one in board["lanes"] if one["key"] == "contract_expiring"]
        self.assertEqual([row["id"] for row in lane["rows"]], late.ids)
        renewed = self.contracts.browse(late.action_renew()["res_id"])
        self.assertEqual(renewed.id, late.action_renew()["res_id"])
        self.assertEqual((renewed.state, renewed.previous_id), ("draft", late))
        self.assertEqual(renewed.date_from, day + timedelta(days=1))
        self.assertGreaterEqual((renewed.date_to - renewed.date_from).days, 363)
        self.assertFalse(renewed.sealed_at or renewed.paper_place)
        late.action_close()
        self.assertFalse(late.activity_ids)

    def test_lane_of_approvals(self):
        """SA-01, SA-16: the lead sees what to approve, never his own submissions."""
        contract = self._create()
        contract.action_submit()
        own = self._create(self.lead, user_id=self.salesperson.id)
        contract.invalidate_recordset()
        own.action_submit()
        board = self.env["sales.assistant.board"]
        lanes = {
            lane["key"]: lane
            for lane in board.with_user(self.lead).get_board()["lanes"]
        }
        ids = [row["id"] for row in lanes["contract_approve"]["rows"]]
        self.assertIn(contract.id, ids)
        self.assertNotIn(own.id, ids)
        for user in (self.assistant, self.salesperson):
            keys = [lane["key"] for lane in board.with_user(user).get_board()["lanes"]]
            self.assertNotIn("contract_approve", keys)

    def test_rules(self):
        """F-11: own, stand-in, team, all; nothing of another company."""
        contract = self._create(handover_ids=[Command.create({"name": "Die"})])
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        for user, sees in (
            (self.salesperson, True),
            (self.assistant, True),
            (self.standin, True),
            (self.colleague, False),
            (self.lead, True),
            (self.desk_manager, True),
            (stranger, False),
        ):
            for records in (contract, contract.handover_ids):
                with self.subTest(user=user.login, model=records._name):
                    found = records.with_user(user).search([("id", "in", records.ids)])
                    self.assertEqual(bool(found), sees)

    def test_performance_by_contract(self):
        """SA-16: the performance sheet adds the orders of a contract."""
        contract = self._put_in_force()
        orders = self._create_orders(2, quantity=10, price=100)
        orders.sales_contract_id = contract
        orders.action_confirm()
        self._deliver(orders[0])
        self.env.flush_all()
        report = self.env["sales.assistant.performance.report"].with_user(
            self.assistant
        )
        [(found, ordered, delivered)] = report._read_group(
            [("contract_id", "=", contract.id)],
            ["contract_id"],
            ["ordered_amount:sum", "delivered_amount:sum"],
        )
        self.assertEqual(found, contract)
        self.assertAlmostEqual(ordered, 2000)
        self.assertAlmostEqual(delivered, 1000)
        action = contract.action_view_performance()
        self.assertEqual(len(report.search(action["domain"])), 2)
        self.assertIn(contract.name, self._read_sheet(report, action["domain"]))

    def test_register_sheet(self):
        """F-09: the register as XLSX."""
        contract = self._put_in_force(amount=5000)
        cells = self._read_sheet(self.contracts, [("id", "=", contract.id)])
        self.assertTrue({contract.name, "Written", "Cabinet 3", 5000} <= set(cells))

    def _read_sheet(self, records, domain):
        stream = io.BytesIO()
        records.with_user(self.assistant)._write_sheet(stream, domain)
        page = openpyxl.load_workbook(stream).active
        return [cell for row in page.iter_rows(values_only=True) for cell in row]

    def test_switched_off(self):
        """F-06: switched off, the register leaves board and menus."""
        self._put_in_force(date_to=self.today)
        self._switch_off("contract")
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        keys = [lane["key"] for lane in board["lanes"]]
        self.assertNotIn("contract_expiring", keys)
        menu = self.env.ref("sales_assistant.sales_assistant_contract_menu")
        visible = self.env["ir.ui.menu"].with_user(self.assistant)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)
