import io
from datetime import datetime

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestSheets(FieldSalesCommon):
    def _open(self, model, domain, user):
        stream = io.BytesIO()
        self.env[model].with_user(user)._write_sheet(stream, domain)
        return openpyxl.load_workbook(stream).active

    def _rows(self, sheet):
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

    def test_visits(self):
        """F-09: the register of visits, as far as the reader sees them."""
        visit = self._bring_to(self._create_visit(), "done")
        hidden = self._create_visit(
            self._create_store("Hidden", user=self.colleague), user=self.colleague
        )
        domain = [("id", "in", (visit | hidden).ids)]
        cells = self._rows(self._open("field.sales.visit", domain, self.rep))
        self.assertEqual(cells[0][0], "Store Visits")
        texts = [value for row in cells for value in row]
        self.assertIn(visit.name, texts)
        self.assertIn("Regular Store", texts)
        self.assertNotIn(hidden.name, texts)
        row = next(row for row in cells if visit.name in row)
        days = [value.date() for value in row if isinstance(value, datetime)]
        self.assertIn(visit.date_planned, days)

    def test_plans(self):
        """F-09, FS-06: the register of plans with plan and frequency kept."""
        plan = self._create_plan(monday=self.monday)
        plan._write_guarded({"asked": {str(self.store.id): 1}})
        self._bring_to(self._create_visit(plan_id=plan.id), "done")
        cells = self._rows(
            self._open("field.sales.plan", [("id", "=", plan.id)], self.supervisor)
        )
        row = next(row for row in cells if plan.name in row)
        self.assertIn(plan.week, row)
        self.assertEqual(row.count(100), 2)

    def test_products_seen(self):
        """F-09, FS-09: what was counted, one row per product, with totals."""
        visit = self._bring_to(self._create_visit(), "in_progress")
        visit.line_ids.with_user(self.rep).write(
            {"stock_shelf": 7, "price_tag": 6.5, "order_quantity": 12}
        )
        cells = self._rows(
            self._open(
                "field.sales.visit.line", [("visit_id", "=", visit.id)], self.rep
            )
        )
        row = next(row for row in cells if "Test Crisps" in row)
        self.assertIn(7, row)
        self.assertIn(6.5, row)
        self.assertEqual(cells[-1][0], "Total")
        with self.assertRaises(AccessError):
            self._open("field.sales.visit.line", [], self.outsider)

    def test_button(self):
        """F-09: the list's button downloads the selection, or all of the filter."""
        visit = self._create_visit().with_user(self.rep)
        action = visit.action_download_sheet()
        self.assertEqual(action["params"]["model"], "field.sales.visit")
        self.assertEqual(action["params"]["domain"], [("id", "in", visit.ids)])

    def test_printed_form(self):
        """FS-09: the visit form prints per store with up to four visits."""
        visits = self.env["field.sales.visit"]
        for _number in range(5):
            visits |= self._bring_to(self._create_visit(), "done")
        report = self.env["report.field_sales.report_visit"]
        forms = report._get_forms(visits)
        self.assertEqual([len(form["visits"]) for form in forms], [4, 1])
        [[row]] = forms[0]["pages"]
        self.assertEqual([number for number, *_rest in row["lines"]], [1, 2, 3, 4])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "field_sales.report_visit", visits.ids
        )
        text = html.decode()
        self.assertEqual(text.count("Store Visit Form"), 2)
        self.assertIn("Test Crisps", text)
        self.assertIn("Regular Store", text)

    def test_printed_form_breaks_between_products(self):
        """FS-09: a page of the form ends with a product, none is lost."""
        for index in range(30):
            self._create_listed(self._create_product(f"P{index}"))
        visit = self._bring_to(self._create_visit(), "done")
        [form] = self.env["report.field_sales.report_visit"]._get_forms(visit)
        rows = [row for page in form["pages"] for row in page]
        self.assertEqual(len(form["pages"]), 2)
        self.assertEqual([row["product"] for row in rows], [*visit.line_ids.product_id])
