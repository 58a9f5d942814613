import io
import json
from datetime import date, datetime

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_base.tools import sheet

from .test_document_mixin import DocumentCase

HEAD = 4  # title, note of who and when, empty line, header


@tagged("post_install", "-at_install")
class TestSheet(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.env.ref("base.EUR")
        cls.dollar = cls.env.ref("base.USD")
        (cls.euro + cls.dollar).active = True
        cls.partner = cls.env["res.partner"].create(
            {"name": "Müller 轴承", "country_id": cls.env.ref("base.de").id}
        )
        cls.documents = cls.Document.create(
            [
                {
                    "subject": "=1+1",
                    "partner_id": cls.partner.id,
                    "date_due": date(2026, 3, 1),
                    "done_at": datetime(2026, 3, 1, 23, 30),
                    "quantity": 3,
                    "share": 12.5,
                    "currency_id": cls.euro.id,
                    "amount": 10.25,
                    "is_urgent": True,
                    "secret": "hidden",
                },
                {"quantity": 4, "currency_id": cls.dollar.id, "amount": 5},
                {"subject": "退单重报", "currency_id": cls.euro.id, "amount": 0.75},
            ]
        )

    def _open(self, user=None, domain=None, **kwargs):
        stream = io.BytesIO()
        Document = self.Document.with_user(user or self.manager)
        domain = domain or [("id", "in", self.documents.ids)]
        Document._write_sheet(stream, domain, order="id", **kwargs)
        return load_workbook(io.BytesIO(stream.getvalue())).active

    def _column(self, page, label):
        head = next(row for row in page.iter_rows() if row[0].value == "Number")
        return next(cell.column for cell in head if cell.value == label), head[0].row

    def _cell(self, page, label, line):
        column, head = self._column(page, label)
        return page.cell(head + line, column)

    def test_typed_cells(self):
        """F-09: dates, numbers, percent and money are what they are."""
        page = self._open()
        self.assertEqual(self._cell(page, "Date Due", 1).value, datetime(2026, 3, 1))
        self.assertEqual(self._cell(page, "Quantity", 1).value, 3)
        self.assertEqual(self._cell(page, "Share", 1).value, 12.5)
        self.assertIn("%", self._cell(page, "Share", 1).number_format)
        self.assertEqual(self._cell(page, "Amount", 1).value, 10.25)
        self.assertIn("€", self._cell(page, "Amount", 1).number_format)
        self.assertIn("$", self._cell(page, "Amount", 2).number_format)
        self.assertEqual(self._cell(page, "Is Urgent", 1).value, "Yes")
        self.assertEqual(self._cell(page, "State", 1).value, "Draft")
        self.assertEqual(self._cell(page, "Length", 3).value, 4)

    def test_linked_names_and_chinese(self):
        """F-09: links show their name, Chinese is kept."""
        page = self._open()
        self.assertEqual(self._cell(page, "Partner", 1).value, "Müller 轴承")
        self.assertEqual(self._cell(page, "Country", 1).value, "Germany")
        self.assertEqual(self._cell(page, "Subject", 3).value, "退单重报")
        self.assertIsNone(self._cell(page, "Partner", 2).value)

    def test_moment_in_the_readers_zone(self):
        self.manager.tz = "Asia/Shanghai"
        page = self._open()
        self.assertEqual(
            self._cell(page, "Done At", 1).value, datetime(2026, 3, 2, 7, 30)
        )

    def test_formula_is_text(self):
        """F-09: what looks like a formula stays text."""
        for start in sheet.FORMULA_STARTS:
            self.documents[0].subject = f"{start}cmd"
            cell = self._cell(self._open(), "Subject", 1)
            text = cell.value.replace("_x000D_", "\r")  # as the format escapes it
            self.assertEqual((cell.data_type, text), ("s", f"{start}cmd"))
            self.assertTrue(cell.quotePrefix)

    def test_totals_per_currency(self):
        """F-09: money is summed per currency, the rest once."""
        page = self._open()
        amounts = [self._cell(page, "Amount", line) for line in (4, 5)]
        by_format = {
            "€" if "€" in cell.number_format else "$": cell.value for cell in amounts
        }
        self.assertEqual(by_format, {"€": 11, "$": 5})
        self.assertEqual(self._cell(page, "Quantity", 4).value, 7)
        self.assertIsNone(self._cell(page, "Quantity", 5).value)

    def test_head(self):
        """F-09: title, period, filters, frozen header, widths that fit."""
        page = self._open(
            period=(date(2026, 1, 1), date(2026, 3, 31)), filters="Open only"
        )
        notes = [page.cell(line, 1).value for line in range(1, 5)]
        self.assertEqual(notes[0], "Test Document")
        self.assertIn("2026", notes[1])
        self.assertIn("Open only", notes[2])
        _column, head = self._column(page, "Subject")
        self.assertEqual(page.freeze_panes, f"A{head + 1}")
        widths = page.column_dimensions
        self.assertGreaterEqual(widths["C"].width, len("Müller 轴承") + 2)

    def test_empty_sheet(self):
        page = self._open(domain=[("id", "=", 0)])
        _column, head = self._column(page, "Subject")
        self.assertEqual(page.max_row, head)

    def test_record_rules_hold(self):
        """F-09, F-11: the sheet lists what the list lists."""
        self.env["ir.rule"].create(
            {
                "name": "no dollars",
                "model_id": self.env["ir.model"]._get("sales.test.document").id,
                "domain_force": f"[('currency_id', '!=', {self.dollar.id})]",
            }
        )
        page = self._open()
        self.assertEqual(self._cell(page, "Amount", 2).value, 0.75)

    def test_field_groups_hold(self):
        """F-09, F-11: a field of another group is not in the sheet."""
        labels = [cell.value for cell in self._open(user=self.user)[HEAD]]
        self.assertNotIn("Secret", labels)
        self.assertIn("Subject", labels)
        labels = [cell.value for cell in self._open(user=self.manager)[HEAD]]
        self.assertIn("Secret", labels)

    def test_no_access_no_sheet(self):
        with self.assertRaises(AccessError):
            self._open(user=self.outsider)

    def test_statements_do_not_grow(self):
        def prepare(number):
            documents = self.Document.create(
                [{"partner_id": self.partner.id} for _n in range(number)]
            )
            return [("id", "in", documents.ids)]

        self.assertQueryGrowth(
            run=lambda domain: self.Document._write_sheet(io.BytesIO(), domain),
            prepare=prepare,
        )

    def test_attachment(self):
        """F-09: a cron gets the same sheet as an attachment."""
        attachment = self.Document._create_sheet_attachment(
            [("id", "in", self.documents.ids)], record=self.documents[0]
        )
        page = load_workbook(io.BytesIO(attachment.raw)).active
        self.assertEqual(page["A1"].value, "Test Document")
        self.assertEqual(attachment.res_id, self.documents[0].id)

    def test_button(self):
        """F-09: selected records, or the list's filter when none is selected."""
        action = self.documents[:2].action_download_sheet()
        ids = self.documents[:2].ids
        self.assertEqual(action["params"]["domain"], [("id", "in", ids)])
        domain = [["state", "=", "draft"]]
        action = self.Document.with_context(
            active_domain=domain
        ).action_download_sheet()
        self.assertEqual(action["params"]["domain"], domain)


@tagged("post_install", "-at_install")
class TestSheetRoute(HttpCase):
    def test_models_without_sheet_are_refused(self):
        """F-14: the route serves declared sheets only."""
        self.authenticate("admin", "admin")
        for model in ("res.users", "no.such.model"):
            answer = self.url_open(
                "/sales_base/sheet",
                data={
                    "model": model,
                    "domain": json.dumps([]),
                    "csrf_token": self.csrf_token(),
                },
            )
            self.assertEqual(answer.status_code, 404)

    def csrf_token(self):
        from odoo import http  # noqa: PLC0415

        return http.Request.csrf_token(self)
