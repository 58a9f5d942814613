"""What a log of Odoo tells."""

import re
import unittest

import fixtures  # noqa: F401  (puts the workbench on the path)

from workbench import log_check

STAMP = "2026-11-22 02:31:00,123 4242"


def report(*lines: str) -> log_check.Report:
    return log_check.summarize(log_check.entries(lines))


class TestLog(unittest.TestCase):
    def test_clean(self):
        found = report(
            f"{STAMP} INFO db odoo.modules.loading: 12 modules loaded",
            f"{STAMP} INFO db odoo.tests.result: 0 failed, 0 error(s) of 7 tests when "
            "loading database 'db'",
        )
        self.assertEqual((found.tests, found.passed, found.failed), (7, 7, 0))
        self.assertEqual(found.complaints, ())

    def test_every_warning_and_error_is_a_complaint(self):
        for level in ("WARNING", "ERROR", "CRITICAL"):
            with self.subTest(level=level):
                found = report(f"{STAMP} {level} db odoo.fields: something is odd")
                self.assertEqual(
                    found.complaints, (f"{level} odoo.fields: something is odd",)
                )

    def test_line_before_the_database_is_known(self):
        found = report(f"{STAMP} WARNING ? odoo.tools.config: unknown option")
        self.assertEqual(len(found.complaints), 1)

    def test_failed_tests_are_counted_with_their_traceback(self):
        logger = "odoo.addons.field_sales.tests.test_plan"
        found = report(
            f"{STAMP} ERROR db {logger}: FAIL: TestPlan.test_level",
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
            f"{STAMP} ERROR db odoo.tests.result: 1 failed, 1 error(s) of 5 tests when "
            "loading database 'db'",
        )
        self.assertEqual((found.passed, found.failed), (3, 2))
        self.assertEqual(len(found.failures), 1)
        self.assertIn("AssertionError: 1 != 2", found.failures[0])
        self.assertEqual(found.complaints, ())

    def test_error_logged_by_a_test_is_no_failed_test(self):
        found = report(f"{STAMP} ERROR db odoo.addons.x.models.y: FAIL: of its own")
        self.assertEqual(len(found.complaints), 1)

    def test_skipped_tests_are_not_passed(self):
        found = report(
            f"{STAMP} INFO db odoo.addons.x.tests.test_y: skipped TestY.test_z : why",
            f"{STAMP} INFO db odoo.tests.result: 0 failed, 0 error(s) of 3 tests when",
        )
        self.assertEqual((found.passed, found.skipped), (2, 1))

    def test_text_that_only_quotes_a_level(self):
        found = report("WARNING: said by something else", f"{STAMP} INFO db a: ERROR b")
        self.assertEqual(found.complaints, ())

    def test_allowed_lines_have_a_reason_and_are_not_ours(self):
        for logger, text, reason in log_check.ALLOWED:
            with self.subTest(logger=logger):
                self.assertTrue(reason)
                self.assertFalse(re.match(logger, "odoo.addons.field_sales.models.x"))
                self.assertTrue(re.compile(text))
        self.assertLess(len(log_check.ALLOWED), 10)
