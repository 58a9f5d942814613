import io

import openpyxl

from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestImport(AssistantCommon):
    """F-10: base data comes in by Odoo's import from the template files."""

    def _read_template(self, model):
        template = self.env[model].get_import_templates()[-1]["template"]
        with file_open(template.lstrip("/"), "rb") as stream:
            return openpyxl.load_workbook(stream)

    def _import(self, model, book, user):
        """Import a workbook as the user does in the web client.

        :returns: {"ids", "messages"}
        """
        stream = io.BytesIO()
        book.save(stream)
        wizard = (
            self.env["base_import.import"]
            .with_user(user)
            .create(
                {
                    "res_model": model,
                    "file": stream.getvalue(),
                    "file_name": "list.xlsx",
                    "file_type": "application/vnd.openxmlformats-officedocument."
                    "spreadsheetml.sheet",
                }
            )
        )
        head = [cell.value for cell in book.active[1]]
        options = {"has_headers": True, "quoting": '"', "separator": ","}
        return wizard.execute_import(head, head, options)

    def test_review_rules(self):
        """F-10, SA-11: the template of review rules comes in."""
        rules = self.env["sales.assistant.review.rule"]
        rules.search([]).active = False
        result = self._import(
            rules._name, self._read_template(rules._name), self.desk_manager
        )
        self.assertFalse(result["messages"])
        created = rules.browse(result["ids"])
        self.assertEqual(created.mapped("key"), ["amount", "discount", "payment_term"])
        self.assertEqual(created.mapped("limit"), [80000, 8, 45])

    def test_faulty_review_rules(self):
        """F-10: a faulty file is refused with line and cause, nothing stays."""
        rules = self.env["sales.assistant.review.rule"]
        rules.search([]).active = False
        book = self._read_template(rules._name)
        book.active["B3"] = "Colour of the customer"
        before = rules.search_count([])
        with mute_logger("odoo.sql_db"):  # the import goes on without the bad value
            result = self._import(rules._name, book, self.desk_manager)
        self.assertFalse(result.get("ids"))
        lines = {message["record"] for message in result["messages"]}
        self.assertIn(1, lines)
        self.assertIn("Colour of the customer", str(result["messages"]))
        self.assertEqual(rules.search_count([]), before)

    def test_negative_limit(self):
        """F-10, F-14: a limit that makes no sense is refused, nothing stays."""
        rules = self.env["sales.assistant.review.rule"]
        rules.search([]).active = False
        book = self._read_template(rules._name)
        book.active["C3"] = -5
        with mute_logger("odoo.sql_db"):
            result = self._import(rules._name, book, self.desk_manager)
        self.assertIn("cannot be negative", str(result["messages"]))
        self.assertFalse(rules.search([]))

    def test_not_for_users(self):
        """F-10, F-11: rules are imported by managers only."""
        rules = self.env["sales.assistant.review.rule"]
        book = self._read_template(rules._name)
        result = self._import(rules._name, book, self.assistant)
        self.assertTrue(result["messages"])
        self.assertFalse(result.get("ids"))

    def test_customer_grades(self):
        """F-10, F-20: graded customers come in with their assistant."""
        book = self._read_template("res.partner")
        for line in (2, 3):
            book.active.cell(line, 7).value = self.salesperson.name
            book.active.cell(line, 8).value = self.assistant.name
        result = self._import("res.partner", book, self.desk_manager)
        self.assertFalse(result["messages"])
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(partners.mapped("sales_grade_id.name"), ["A", "B"])
        self.assertEqual(partners.assistant_id, self.assistant)
        self.assertEqual(partners.user_id, self.salesperson)

    def test_unknown_grade(self):
        """F-10: an unknown grade is named with its line, nothing stays."""
        book = self._read_template("res.partner")
        book.active.cell(3, 6).value = "Z9"
        names = [book.active.cell(line, 1).value for line in (2, 3)]
        result = self._import("res.partner", book, self.desk_manager)
        self.assertFalse(result.get("ids"))
        self.assertEqual({message["record"] for message in result["messages"]}, {1})
        self.assertIn("Z9", str(result["messages"]))
        self.assertFalse(self.env["res.partner"].search([("name", "in", names)]))
