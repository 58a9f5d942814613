import io
from datetime import date, timedelta

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import PIXEL
from odoo.addons.sales_assistant.tests.document_set_common import (
    PREFIX,
    DocumentSetCommon,
)


@tagged("post_install", "-at_install")
class TestDocumentSet(DocumentSetCommon):
    """SA-17a: sets of documents (单据, S2 外贸 8、9、11, 内勤 11)."""

    # ---------------------------------------------------------------- templates

    def test_template_by_terms(self):
        """SA-17a: the template that names most of the order's terms is taken, at most
        one of a kind."""
        templates = self.env["sales.assistant.document.template"]
        special = self.env.ref(PREFIX + "export_cif").copy(
            {"name": "CIF, 60 days", "payment_term_ids": self.term_60.ids}
        )
        here = self._create_customer("At Home", country_id=self.company.country_id.id)
        for order, kinds, best in (
            (self._create_export(), {"export", "refund"}, PREFIX + "export"),
            (
                self._create_export(incoterm="CIF"),
                {"export", "refund"},
                PREFIX + "export_cif",
            ),
            (
                self._create_export(incoterm="CIF", payment_term_id=self.term_60.id),
                {"export", "refund"},
                special,
            ),
            (
                self._create_export(incoterm="EXW"),
                {"export", "refund"},
                PREFIX + "export_exw",
            ),
            (self._create_order(partner=here), set(), None),
        ):
            found = templates._get_for_orders(order)[order.id]
            with self.subTest(incoterm=order.incoterm.code):
                self.assertEqual(set(found.mapped("kind")), kinds)
                self.assertEqual(len(found), len(kinds))
                export = found.filtered(lambda one: one.kind == "export")
                if isinstance(best, str):
                    best = self.env.ref(best)
                self.assertEqual(export, best or templates)

    def test_with_each_order(self):
        """SA-17a, F-04: made at confirmation where the company has switched it on,
        once; further ones by hand; cancelled with the order."""
        self.assertFalse(
            self.env["res.company"].create({"name": "New"}).sales_assistant_sets_enabled
        )
        order = self._create_export()
        order.action_confirm()
        self.assertFalse(order.sales_document_set_ids)
        self.company.sales_assistant_sets_enabled = True
        order = self._create_export()
        order.with_user(self.salesperson).action_confirm()
        sets = order.sales_document_set_ids
        self.assertEqual(set(sets.mapped("kind")), {"export", "refund"})
        self.assertEqual(sets.picking_id, order.picking_ids)
        with self.assertRaisesRegex(UserError, "all the document sets"):
            order.with_user(self.assistant).action_create_document_sets()
        export = sets.filtered(lambda one: one.kind == "export")
        self._complete(export.with_user(self.assistant))
        self._present(export)
        order._action_cancel()
        self.assertEqual(export.state, "presented")
        self.assertEqual((sets - export).state, "cancelled")

    def test_dates(self):
        """SA-17a: due days follow the shipment; 21 days after it the set is handed in,
        not later than the letter of credit lasts; the tax refund until 30 April of the
        following year."""
        order = self._create_export(commitment_date=self._promise(40))
        order.action_confirm()
        one = self._create_set(order=order)
        shipped = order.sales_promised_date
        self.assertEqual(one.date_shipment, shipped)
        self.assertEqual(one.date_deadline, shipped + timedelta(days=21))
        bill = one.item_ids.filtered(lambda item: item.kind == "transport")
        self.assertEqual(bill.date_due, shipped + timedelta(days=3))
        self.assertEqual(one.date_next, min(one.item_ids.mapped("date_due")))
        one.date_expiry = shipped + timedelta(days=10)
        self.assertEqual(one.date_deadline, shipped + timedelta(days=10))
        one.picking_id = order.picking_ids
        order.picking_ids.scheduled_date = self._promise(50)
        self.assertEqual(one.date_shipment, self.today + timedelta(days=50))
        self.assertEqual(bill.date_due, self.today + timedelta(days=53))
        template = self.env.ref(PREFIX + "refund")
        for day, last in (
            (date(2026, 1, 1), date(2027, 4, 30)),
            (date(2026, 12, 31), date(2027, 4, 30)),
        ):
            self.assertEqual(template._get_deadline(day), last)
        tender = self._create_set(
            template="tender",
            order=self._create_export(),
            date_deadline=self.today + timedelta(days=20),
        )
        self.assertFalse(tender.date_shipment)
        self.assertEqual(tender.item_ids[0].date_due, self.today + timedelta(days=18))

    # -------------------------------------------------------------------- steps

    def test_from_collecting_to_settled(self):
        """SA-17a: complete, handed in (交单), refused and counted, settled."""
        one = self._create_set()
        self.assertRegex(one.name, r"^DS\d+")
        with self.assertRaisesRegex(UserError, "Bill of lading"):
            one.action_complete()
        item = one.item_ids[0]
        with self.assertRaisesRegex(UserError, "attach the file"):
            item.action_done()
        self._get_all(one)
        self.assertEqual((one.item_done_count, one.progress), (one.item_count, 100))
        with self.assertRaisesRegex(UserError, "not possible"):
            item.action_done()
        with self.assertRaisesRegex(UserError, "not possible"):
            one.action_present()
        one.action_complete()
        with self.assertRaises(UserError):
            item.reference = "Other"
        with self.assertRaises(UserError):
            item.action_reopen()
        with self.assertRaises(UserError):
            one.line_ids.unlink()
        self._present(one)
        self.assertEqual(
            (one.state, one.presented_to, one.receiver, one.date_presented),
            ("presented", "bank", "Ms Li", self.today),
        )
        self.assertFalse(one.date_next)
        with self.assertRaises(UserError):
            self._present(one)
        one._do_with_reason("refuse", self.refusal, "Weights differ")
        self.assertEqual((one.state, one.refusal_count), ("draft", 1))
        item.action_reopen()
        item.reference = "Corrected"
        item.action_done()
        one.action_complete()
        self._present(one)
        wizard = (
            self.env["sales.assistant.document.set.hand.in"]
            .with_user(self.assistant)
            .with_context(**one.action_settle()["context"])
            .create({})
        )
        self.assertAlmostEqual(wizard.amount, one.amount_total)
        with self.assertRaises(UserError):
            wizard.amount = -1
            wizard.action_apply()
        wizard.amount = 355
        wizard.action_apply()
        self.assertEqual((one.state, one.settled_amount), ("settled", 355))
        with self.assertRaises(UserError):
            one.with_user(self.desk_manager).action_cancel()

    def test_closed_fields(self):
        """F-12: state and what steps decide are closed, whoever writes; a set with a
        past is not deleted."""
        one = self._create_set(self.salesperson)
        for vals in (
            {"state": "settled"},
            {"settled_amount": 5},
            {"refusal_count": 0},
            {"sales_preparer_ids": [Command.clear()]},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                one.write(vals)
        with self.assertRaises(AccessError):
            one.item_ids[0].write({"state": "checked"})
        self._complete(one)
        with self.assertRaises(UserError):
            one.unlink()
        for user in (self.salesperson, self.colleague):
            with self.assertRaises(AccessError):
                one.with_user(user).action_cancel()
        with self.assertRaises(AccessError):
            one.with_user(self.colleague).action_reopen()
        one.action_reopen()
        self.assertEqual(one.state, "draft")

    def test_document_is_checked_by_another(self):
        """SA-17a, SA-13: who got a document does not check it."""
        item = self._create_set().item_ids[0]
        item.file = PIXEL
        item.action_done()
        with self.assertRaisesRegex(UserError, "does not check"):
            item.action_check()
        item.with_user(self.salesperson).action_check()
        self.assertEqual(
            (item.state, item.checked_by_id), ("checked", self.salesperson)
        )
        item.action_reopen()
        self.assertFalse(item.checked_by_id or item.done_by_id)

    def test_not_needed(self):
        """SA-17a: a document that is not needed says why, and counts no more."""
        one = self._create_set()
        origin = one.item_ids.filtered(lambda item: item.kind == "origin")
        with self.assertRaisesRegex(UserError, "why it is not needed"):
            origin.action_skip()
        origin.note = "The customer does without"
        count = one.item_count
        origin.action_skip()
        self.assertEqual(one.item_count, count - 1)
        (one.item_ids - origin).write({"place": "Cabinet 2"})
        (one.item_ids - origin).action_done()
        one.action_complete()
        self.assertEqual(one.state, "ready")

    def test_tax_refund_to_finance(self):
        """SA-17a: 退税核销: complete, handed to finance, settled with what came."""
        one = self._complete(self._create_set(template="refund"))
        self.assertFalse(one.line_ids)
        wizards = self.env["sales.assistant.document.set.hand.in"]
        wizard = wizards.with_user(self.assistant)
        wizard = wizard.with_context(**one.action_present()["context"]).create({})
        self.assertEqual(wizard.presented_to, "finance")
        wizard.action_apply()
        one._do_settle(52)
        self.assertEqual((one.presented_to, one.settled_amount), ("finance", 52))

    # --------------------------------------------------------------- four eyes

    def test_four_eyes(self):
        """SA-13: whoever prepared a set does not check it; an unchecked one is not
        handed in, and a changed one is checked again."""
        self.company.sales_assistant_check_document_set = 1
        one = self._complete()
        self.assertTrue(one.is_check_required)
        with self.assertRaisesRegex(UserError, "checked by somebody else"):
            one.action_present()
        with self.assertRaisesRegex(UserError, "checked by somebody else"):
            self._present(one)
        check = self.env["sales.assistant.check"].browse(
            one.action_request_check()["res_id"]
        )
        self.assertEqual((check.kind, check.order_id), ("document_set", one.order_id))
        self.assertNotIn(check, one.order_id.sales_check_ids)
        with self.assertRaisesRegex(UserError, "does not check"):
            check.with_user(self.assistant).action_pass()
        content = check.with_user(self.salesperson).content_html
        for text in ("Bearing 6204", "Commercial invoice", one.invoice_number):
            self.assertIn(text, content)
        check.with_user(self.salesperson)._do_with_reason(
            "fail", self.env.ref("sales_assistant.sales_reason_check_quantity"), "50?"
        )
        with self.assertRaisesRegex(UserError, "error was found"):
            one.action_present()
        one.action_reopen()
        one.line_ids.carton_count = 4
        one.action_complete()
        one.action_request_check()
        one._get_current_check().with_user(self.salesperson).action_pass()
        one.action_reopen()
        item = one.item_ids[0]
        item.action_reopen()
        item.file = PIXEL
        item.action_done()
        one.action_complete()
        with self.assertRaisesRegex(UserError, "changed after its check"):
            one.action_present()
        one.action_request_check()
        one._get_current_check().with_user(self.salesperson).action_pass()
        self._present(one)
        self.assertEqual(one.state, "presented")

    def test_set_and_order_are_checked_apart(self):
        """SA-13: the check of an order says nothing about its sets, and the reverse."""
        self.company.write(
            {
                "sales_assistant_check_document_set": 1,
                "sales_assistant_check_order": 1,
            }
        )
        order = self._create_export()
        one = self._complete(self._create_set(order=order))
        one.action_request_check()
        self.assertFalse(order._get_current_check())
        one._get_current_check().with_user(self.salesperson).action_pass()
        with self.assertRaisesRegex(UserError, "checked by somebody else"):
            order.with_user(self.salesperson).action_confirm()
        order.with_user(self.assistant).action_request_check()
        self.assertEqual(len(order.sales_check_ids), 1)
        self.assertEqual(one.check_state, "passed")

    # ------------------------------------------------------------------- board

    def test_lane(self):
        """SA-01: what is due within the days of the settings, for the people of the
        order and for the owner of a missing document."""
        order = self._create_export(commitment_date=self._promise(40))
        order.action_confirm()
        one = self._create_set(order=order)
        days = (one.date_next - self.today).days
        board = self.env["sales.assistant.board"]

        def get_ids(user):
            self.env.flush_all()
            lanes = board.with_user(user).get_board()["lanes"]
            [lane] = [one for one in lanes if one["key"] == "document_sets"]
            found = self.sets.with_user(user).search(lane["domain"])
            self.assertEqual(lane["count"], len(found))
            return found.ids

        self.company.sales_assistant_document_set_days = days - 1
        self.assertNotIn(one.id, get_ids(self.assistant))
        self.company.sales_assistant_document_set_days = days
        for user, sees in (
            (self.assistant, True),
            (self.salesperson, True),
            (self.standin, True),
            (self.lead, True),
            (self.desk_manager, True),
            (self.colleague, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(one.id in get_ids(user), sees)
        one.item_ids[0].user_id = self.colleague
        self.assertIn(one.id, get_ids(self.colleague))
        self._complete(one)
        self.assertNotIn(one.id, get_ids(self.assistant))

    def test_switched_off(self):
        """F-06: switched off, document sets leave board and menus, and none is made."""
        self.company.sales_assistant_sets_enabled = True
        self._switch_off("document_set")
        order = self._create_export()
        order.action_confirm()
        self.assertFalse(order.sales_document_set_ids)
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        self.assertNotIn("document_sets", [lane["key"] for lane in board["lanes"]])
        menu = self.env.ref("sales_assistant.sales_assistant_document_set_menu")
        visible = self.env["ir.ui.menu"].with_user(self.assistant)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)

    def test_rules(self):
        """F-11: own, stand-in, owner of a document, team, all; no other company."""
        one = self._create_set()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        self.env.flush_all()
        for user, sees in (
            (self.salesperson, True),
            (self.assistant, True),
            (self.standin, True),
            (self.colleague, False),
            (self.lead, True),
            (self.desk_manager, True),
            (stranger, False),
        ):
            for records in (one, one.item_ids, one.line_ids):
                with self.subTest(user=user.login, model=records._name):
                    found = records.with_user(user).search([("id", "in", records.ids)])
                    self.assertEqual(bool(found), sees)
        with self.assertRaises(AccessError):
            self._create_set(self.colleague, order=one.order_id)

    def test_statements(self):
        """F-15: sets of many orders are made with the same number of statements."""

        def prepare(count):
            orders = self.env["sale.order"]
            for _n in range(count):
                orders |= self._create_export()
            orders.action_confirm()
            return orders

        self.assertQueryGrowth(
            lambda orders: orders._create_document_sets(), prepare, large=20
        )

    def test_sheets(self):
        """F-09: the lists of sets and of documents as XLSX."""
        one = self._create_set()
        for records in (one, one.item_ids):
            stream = io.BytesIO()
            records.with_user(self.assistant)._write_sheet(
                stream, [("id", "in", records.ids)]
            )
            page = openpyxl.load_workbook(stream).active
            cells = [cell for row in page.iter_rows(values_only=True) for cell in row]
            self.assertIn(one.name, cells)
