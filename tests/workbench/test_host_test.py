"""Comparing the host's own tests (F-04)."""

from fixtures import FolderCase

from workbench import host_test
from workbench.host_test import differences, read_results

STAMP = "2026-11-22 02:31:00,123 4242"
LOGGER = "odoo.addons.sale.tests.test_sale"


class TestResults(FolderCase):
    def test_endings(self):
        log = self.write(
            "log",
            f"{STAMP} INFO db {LOGGER}: Starting TestA.test_1 ... \n"
            f"{STAMP} INFO db {LOGGER}: Starting TestA.test_2 ... \n"
            f"{STAMP} ERROR db {LOGGER}: FAIL: TestA.test_2\nTraceback\n"
            f"{STAMP} INFO db {LOGGER}: Starting TestA.test_3 ... \n"
            f"{STAMP} INFO db {LOGGER}: skipped TestA.test_3 : why\n"
            f"{STAMP} INFO db {LOGGER}: Starting TestA.test_4 ... \n"
            f"{STAMP} ERROR db {LOGGER}: FAIL: Subtest TestA.test_4 (x=1)\n",
        )
        self.assertEqual(
            read_results(log),
            {
                f"{LOGGER}:TestA.test_1": "passed",
                f"{LOGGER}:TestA.test_2": "failed",
                f"{LOGGER}:TestA.test_3": "skipped",
                f"{LOGGER}:TestA.test_4": "failed",
            },
        )

    def test_differences(self):
        without = {"a": "passed", "b": "failed", "c": "passed"}
        with_apps = {"a": "passed", "b": "failed", "d": "passed"}
        self.assertEqual(
            differences(without, with_apps),
            [
                "c: passed without, did not run with our apps",
                "d: did not run without, passed with our apps",
            ],
        )
        self.assertEqual(differences(without, dict(without)), [])

    def test_only_what_is_worse_with_the_apps_fails(self):
        """A few tests of Odoo fail on a database of its own, run at the end."""
        for without, with_apps, status in (
            ("passed", "passed", 0),
            ("failed", "failed", 0),
            ("failed", "passed", 0),
            ("passed", "failed", 1),
            ("passed", "skipped", 1),
            ("failed", None, 1),
            (None, "failed", 1),
            (None, "passed", 1),
        ):
            with self.subTest(without=without, with_apps=with_apps):
                ended = [
                    {"test": ending} if ending else {}
                    for ending in (without, with_apps)
                ]
                self.assertEqual(host_test._compare(*ended), status)
