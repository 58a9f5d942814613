import io
from pathlib import Path

import openpyxl

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FieldSalesCommon

FOLDER = Path(__file__).parents[1] / "static/xls"
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ",", "headers": True}


@tagged("post_install", "-at_install")
class TestImport(FieldSalesCommon):
    """F-10: base data comes in by Odoo's import with the templates offered."""

    def _import(self, model, content, user=None, **context):
        """Import a file as the user's screen does.

        :param bytes content: XLSX
        :returns: the result of ``execute_import``
        """
        wizard = (
            self.env["base_import.import"]
            .with_user(user or self.field_boss)
            .with_context(**context)
            .create(
                {
                    "res_model": model,
                    "file": content,
                    "file_name": "file.xlsx",
                    "file_type": "application/vnd.openxmlformats-officedocument"
                    ".spreadsheetml.sheet",
                }
            )
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertFalse(preview.get("error"), preview.get("error"))
        matched = preview["matches"]
        columns = preview["headers"]
        names = [
            "/".join(matched[place]) if place in matched else False
            for place in range(len(columns))
        ]
        self.assertTrue(all(names), dict(zip(columns, names, strict=True)))
        return wizard.execute_import(names, columns, preview["options"])

    def _load(self, name, **changes):
        """A template file, cells changed by ``{"B3": value}``."""
        book = openpyxl.load_workbook(FOLDER / f"{name}.xlsx")
        for cell, value in changes.items():
            book.active[cell] = value
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _ids(self, result):
        self.assertFalse(result["messages"], result["messages"])
        return result["ids"]

    def assertRefused(self, result, cause):
        """Nothing came in, and the second row is named with its cause."""
        self.assertFalse(result["ids"])
        named = [
            message["message"]
            for message in result["messages"]
            if message["rows"]["from"] == 1
        ]
        self.assertTrue(any(cause in text for text in named), result["messages"])

    def test_stores(self):
        """F-10, FS-01: the template of the stores comes in as it is."""
        content = self._load("stores")
        result = self._import("res.partner", content, default_is_store=True)
        stores = self.env["res.partner"].browse(self._ids(result))
        self.assertEqual(len(stores), 2)
        self.assertTrue(all(stores.mapped("is_store")))
        self.assertEqual(
            stores.mapped("sales_grade_id"), self.grade_key | self.grade_regular
        )
        self.assertTrue(stores[0].field_sales_closed_sun)
        self.assertAlmostEqual(stores[0].partner_latitude, 31.2304)

    def test_store_grades_rules_assortments(self):
        """F-10, FS-03, FS-06: grades, rules and assortments come in as they are."""
        grades = self._import("sales.grade", self._load("store_grades"))
        self.assertEqual(
            self.env["sales.grade"].browse(self._ids(grades)).mapped("kind"),
            ["store", "store"],
        )
        rules = self._import("field.sales.visit.rule", self._load("visit_rules"))
        self.assertEqual(
            self.env["field.sales.visit.rule"]
            .browse(self._ids(rules))
            .mapped("weeks_between"),
            [2, 1],
        )
        content = self._load("assortments", B2="Test Crisps", B3="Test Crisps")
        lines = self._import("field.sales.assortment", content)
        self.assertEqual(len(self._ids(lines)), 2)

    def test_faulty_store(self):
        """F-10, F-14: a bad row is named with its line and cause; nothing stays."""
        stores = self.env["res.partner"].search_count([("is_store", "=", True)])
        for changes, cause in (
            ({"F3": "Golden Store"}, "Golden Store"),
            ({"P3": 123.5}, "not on the earth"),
            ({"F3": "A"}, "not meant for"),
            ({"S3": -5}, "cannot be negative"),
        ):
            with self.subTest(changes):
                result = self._import(
                    "res.partner",
                    self._load("stores", **changes),
                    default_is_store=True,
                )
                self.assertRefused(result, cause)
                self.assertEqual(
                    self.env["res.partner"].search_count([("is_store", "=", True)]),
                    stores,
                )

    def test_faulty_rule_and_assortment(self):
        """F-10, F-14: impossible rules and assortments are refused with their line."""
        rules = self.env["field.sales.visit.rule"].search_count([])
        content = self._load("visit_rules", E3=9)
        result = self._import("field.sales.visit.rule", content)
        self.assertRefused(result, "1 to 4 visits")
        self.assertEqual(self.env["field.sales.visit.rule"].search_count([]), rules)
        content = self._load("assortments", B2="Test Crisps", B3="Unknown Crisps")
        with mute_logger("odoo.sql_db"):  # Odoo tries the row without the product
            result = self._import("field.sales.assortment", content)
        self.assertRefused(result, "Unknown Crisps")

    def test_templates_are_offered(self):
        """F-10: each list offers its template, and the file is there."""
        for model, context in (
            ("res.partner", {"default_is_store": True}),
            ("sales.grade", {"default_kind": "store"}),
            ("field.sales.visit.rule", {}),
            ("field.sales.assortment", {}),
        ):
            templates = self.env[model].with_context(**context).get_import_templates()
            with self.subTest(model):
                path = templates[0]["template"].rpartition("/")[2]
                self.assertTrue((FOLDER / path).exists())
