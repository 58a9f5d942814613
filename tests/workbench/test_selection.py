"""What ``T`` may name, and what it may not."""

from fixtures import FolderCase

from workbench.addons import House
from workbench.errors import WorkbenchError
from workbench.selection import (
    AddonTests,
    PlainTests,
    UpgradeTest,
    parse,
    plain_folders,
)


class TestSelection(FolderCase):
    def setUp(self):
        super().setUp()
        self.addon("field_sales")
        self.addon("bare")
        self.write("addons/field_sales/tests/test_plan.py")
        self.write("addons/field_sales/models/plan.py")
        self.write("addons/field_sales/static/tests/x.test.js")
        self.write("tests/static/test_manifests.py")
        self.write("tests/test_sales_suite/__manifest__.py", "{'name': 'Suite'}")
        self.write("tests/test_sales_suite/tests/test_day.py")
        self.house = House(self.folder, [])

    def parse(self, text):
        return parse(text, self.house, self.folder)

    def test_addon(self):
        for text in (
            "field_sales",
            "addons/field_sales",
            "addons/field_sales/",
            "addons/field_sales/tests",
        ):
            with self.subTest(text=text):
                self.assertEqual(self.parse(text), [AddonTests("field_sales")])

    def test_upgrade(self):
        self.assertEqual(self.parse("upgrade"), [UpgradeTest()])

    def test_class_and_method(self):
        [found] = self.parse("field_sales:TestPlan.test_level")
        self.assertEqual(
            found.tags(),
            "/field_sales:TestPlan.test_level,"
            "concurrency/field_sales:TestPlan.test_level",
        )

    def test_file(self):
        [found] = self.parse("addons/field_sales/tests/test_plan.py")
        self.assertEqual(
            found.tags(),
            "/field_sales/tests/test_plan.py,"
            "concurrency/field_sales/tests/test_plan.py",
        )

    def test_class_of_a_file(self):
        [found] = self.parse("addons/field_sales/tests/test_plan.py:TestPlan.test_a")
        self.assertEqual(
            found.tags().partition(",")[0],
            "/field_sales/tests/test_plan.py:TestPlan.test_a",
        )

    def test_javascript(self):
        [found] = self.parse("addons/field_sales/static/tests/x.test.js")
        self.assertEqual(found.tags(), "/web:WebSuite.test_unit_desktop[@field_sales]")

    def test_suite_addon_and_plain_tests(self):
        self.assertEqual(
            self.parse("test_sales_suite tests/static tests/static/test_manifests.py"),
            [
                AddonTests("test_sales_suite"),
                PlainTests(self.folder / "tests/static"),
                PlainTests(self.folder / "tests/static", "test_manifests.py"),
            ],
        )

    def test_plain_folders_leave_out_addons(self):
        self.assertEqual(
            plain_folders(self.folder), [PlainTests(self.folder / "tests/static")]
        )

    def test_refused(self):
        for text, reason in (
            ("fieldsales", "neither an addon nor a file"),
            ("addons/field_sales/tests/test_gone.py", "neither an addon nor a file"),
            ("/etc/passwd", "neither an addon nor a file"),
            ("../elsewhere", "neither an addon nor a file"),
            ("field_sales:TestPlan.test-level", "after the colon"),
            ("bare", "has no tests"),
            ("addons/field_sales/models/plan.py", "is no test file"),
            ("tests", "there are no tests in it"),
        ):
            with self.subTest(text=text):
                with self.assertRaisesRegex(WorkbenchError, reason):
                    self.parse(text)
