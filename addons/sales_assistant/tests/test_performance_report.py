import io
import json
from datetime import timedelta

import openpyxl

from odoo import Command, http
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestPerformanceReport(AssistantCommon, HttpCase):
    """SA-16: the contract performance sheet (合同履行一览表)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        cls.report = cls.env["sales.assistant.performance.report"]
        cls.order = cls._create_order(quantity=10, price=100)
        cls.order.action_confirm()

    def _get_row(self, order=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.report.browse((order or self.order).id)

    def assertAmounts(self, ordered, delivered, invoiced, collected, overdue):
        row = self._get_row()
        self.assertAlmostEqual(row.ordered_amount, ordered, 2)
        self.assertAlmostEqual(row.delivered_amount, delivered, 2)
        self.assertAlmostEqual(row.invoiced_amount, invoiced, 2)
        self.assertAlmostEqual(row.collected_amount, collected, 2)
        self.assertAlmostEqual(row.overdue_amount, overdue, 2)

    def test_from_order_to_cash(self):
        """SA-16: ordered, delivered, invoiced, overdue, collected, step by step."""
        self.assertAmounts(1000, 0, 0, 0, 0)
        move = self.order.picking_ids.move_ids
        move.quantity = 4
        move.picked = True
        self.order.picking_ids._action_done()
        self.assertAmounts(1000, 400, 0, 0, 0)
        invoice = self.order._create_invoices()
        invoice.invoice_date = self.today - timedelta(days=60)
        invoice.action_post()
        share = sum(invoice.invoice_line_ids.mapped("price_total"))
        self.assertAmounts(1000, 400, share, 0, share)
        self._pay(invoice)
        self.assertAmounts(1000, 400, share, share, 0)

    def test_credit_note(self):
        """SA-16: a credit note reduces what was invoiced."""
        self._deliver(self.order)
        invoice = self._invoice(self.order)
        self.assertAlmostEqual(self._get_row().invoiced_amount, 1000, 2)
        self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id}).refund_moves()
        invoice.reversal_move_ids.action_post()
        self.assertAlmostEqual(self._get_row().invoiced_amount, 0, 2)

    def test_foreign_currency(self):
        """SA-16: amounts in company currency at the order's rate."""
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 4.0})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        order = self._create_order(quantity=10, price=100, pricelist_id=pricelist.id)
        order.action_confirm()
        row = self._get_row(order)
        self.assertAlmostEqual(row.ordered_amount, 250, 2)
        self.assertEqual(row.currency_id, self.company.currency_id)

    def test_quotations_are_no_rows(self):
        """SA-16: one row per confirmed order."""
        quotation = self._create_order()
        self.env.flush_all()
        ids = self.report.search([("company_id", "=", self.company.id)]).ids
        self.assertIn(self.order.id, ids)
        self.assertNotIn(quotation.id, ids)
        self.assertEqual(len(ids), len(set(ids)))

    def test_late_milestones(self):
        """SA-16: late milestones are counted."""
        first = self.order.sales_milestone_ids.sorted("sequence")[:2]
        self.order.sales_milestone_ids.date_planned = self.today
        first.date_planned = self.today - timedelta(days=1)
        self.assertEqual(self._get_row().milestone_late_count, 2)

    def test_produced(self):
        """SA-16: produced counts from the milestone of production; a skipped one says
        nothing, and what was delivered was produced."""
        step = self.order.sales_milestone_ids.filtered("is_production")
        self.assertEqual(len(step), 1)
        self.assertAlmostEqual(self._get_row().produced_amount, 0, 2)
        move = self.order.picking_ids.move_ids
        move.quantity = 4
        move.picked = True
        self.order.picking_ids._action_done()
        self.assertAlmostEqual(self._get_row().produced_amount, 400, 2)
        step.with_user(self.assistant).action_done()
        self.assertAlmostEqual(self._get_row().produced_amount, 1000, 2)
        skipped = self._create_order(quantity=10, price=100)
        skipped.action_confirm()
        skipped.sales_milestone_ids.filtered("is_production").write(
            {"state": "skipped"}
        )
        self.assertAlmostEqual(self._get_row(skipped).produced_amount, 0, 2)

    def test_exceptions(self):
        """SA-16, SA-14: exceptions of the order are counted, cancelled ones are none;
        who has not the part sees no column."""
        exceptions = self.env["sales.assistant.exception"].create(
            [
                {"order_id": self.order.id, "subject": subject, "cause": "quality"}
                for subject in ("Scratched", "By mistake")
            ]
        )
        exceptions[1]._do_with_reason(
            "cancel",
            self.env["sales.reason"].search([("usage", "=", "sales_exception")])[:1],
            "No case",
        )
        self.assertEqual(self._get_row().exception_count, 1)
        report = self.report.with_user(self.desk_manager)
        self.assertIn("Exceptions", self._get_labels(report))
        self._switch_off("exception")
        self.assertNotIn("Exceptions", self._get_labels(report))

    def _get_labels(self, report):
        return [column.label for column in report._resolve_sheet_columns()]

    def test_printed(self):
        """SA-16, F-08, F-09: the sheet of a period on paper, of all customers or of
        one, in both languages."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["zh_CN"])
        other = self._create_customer("Anadolu Rulman")
        strange = self._create_order(partner=other)
        strange.action_confirm()
        self.env.flush_all()
        wizards = self.env["sales.assistant.performance.download"]
        for lang, customer, title, absent in (
            ("en_US", self.env["res.partner"], "Performance Sheet", "NOTHING"),
            ("en_US", self.customer, "Collected", strange.name),
            ("zh_CN", self.customer, "合同履行一览表", strange.name),
        ):
            wizard = wizards.with_user(self.salesperson).with_context(lang=lang)
            wizard = wizard.create({"partner_id": customer.id})
            action = wizard.action_print()
            report = self.env["ir.actions.report"].with_user(self.salesperson)
            html, _kind = report.with_context(lang=lang)._render_qweb_html(
                action["report_name"], wizard.ids
            )
            html = html.decode()
            with self.subTest(lang=lang, customer=customer.name):
                self.assertIn(title, html)
                self.assertIn(self.order.name, html)
                self.assertNotIn(absent, html)
                rows = self.report.search(wizard._get_domain())
                self.assertEqual(strange.id in rows.ids, not customer)

    def test_record_rules(self):
        """SA-16: own and assisted orders; the lead his team's; the manager all."""
        other = self._create_order(user_id=self.colleague.id, team_id=False)
        other.assistant_id = False
        other.action_confirm()
        both = self.order | other
        self.env.flush_all()
        for user, seen in (
            (self.salesperson, self.order),
            (self.assistant, self.order),
            (self.standin, self.order),
            (self.colleague, other),
            (self.lead, self.order),
            (self.desk_manager, both),
        ):
            with self.subTest(user=user.login):
                rows = self.report.with_user(user).search([("id", "in", both.ids)])
                self.assertEqual(set(rows.ids), set(seen.ids))

    def _open(self, content):
        return openpyxl.load_workbook(io.BytesIO(content)).active

    def test_sheet_agrees_with_the_list(self):
        """SA-16, F-09: title, period, typed cells, totals; figures as in the list."""
        self._deliver(self.order)
        self._invoice(self.order)
        self.env.flush_all()
        wizard = self.env["sales.assistant.performance.download"].with_user(
            self.desk_manager
        )
        wizard = wizard.create({"kind": "month", "day": self.today})
        params = wizard.action_download()["params"]
        stream = io.BytesIO()
        report = self.report.with_user(self.desk_manager)
        period = report._parse_sheet_period(params["period"])
        count = report._write_sheet(stream, params["domain"], period=period)
        page = self._open(stream.getvalue())
        rows = report.search(params["domain"])
        self.assertEqual(count, len(rows))
        self.assertEqual(page["A1"].value, "Contract Performance Sheet")
        self.assertIn("Period", page["A2"].value)
        values = list(page.iter_rows(values_only=True))
        head = next(n for n, row in enumerate(values) if row[0] == "Order")
        columns = {label: n for n, label in enumerate(values[head])}
        line = next(row for row in values if row[0] == self.order.name)
        listed = report.browse(self.order.id)
        for label, fname in (
            ("Ordered", "ordered_amount"),
            ("Delivered", "delivered_amount"),
            ("Invoiced", "invoiced_amount"),
            ("Overdue", "overdue_amount"),
        ):
            self.assertAlmostEqual(line[columns[label]], listed[fname], 2)
        self.assertEqual(line[columns["Order Date"]].date(), listed.date_ordered)
        total = values[head + 1 + count]
        self.assertAlmostEqual(
            total[columns["Ordered"]], sum(rows.mapped("ordered_amount")), 2
        )

    def test_download(self):
        """SA-16, F-09: the sheet comes over the web for who may read it."""
        self.authenticate("t_salesperson", "t_salesperson")
        wizard = self.env["sales.assistant.performance.download"].create({})
        params = wizard.action_download()["params"]
        response = self.url_open(
            "/sales_base/sheet",
            data={
                "model": params["model"],
                "domain": json.dumps(params["domain"]),
                "period": json.dumps(params["period"]),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(response.status_code, 200)
        names = [row[0].value for row in self._open(response.content).iter_rows()]
        self.assertIn(self.order.name, names)

    def test_quarter(self):
        """SA-16: the quarter of a day."""
        wizard = self.env["sales.assistant.performance.download"].create(
            {"kind": "quarter", "day": "2026-11-22"}
        )
        self.assertEqual(str(wizard.date_from), "2026-10-01")
        self.assertEqual(str(wizard.date_to), "2026-12-31")

    def test_statements(self):
        """SA-16: the number of statements does not depend on the orders."""

        def prepare(count):
            self._create_orders(count).action_confirm()

        def run(_none):
            rows = self.report.search([], limit=1000)
            rows.fetch(["ordered_amount", "overdue_amount", "milestone_late_count"])
            self.report._write_sheet(io.BytesIO(), [])

        self.assertQueryGrowth(run, prepare)
