"""How results are counted: a failure must never look like a success."""

import threading
from pathlib import Path
from unittest.mock import Mock, patch

from fixtures import FolderCase

from workbench import suite, tally
from workbench.beside import Beside
from workbench.errors import WorkbenchError
from workbench.log_check import Report
from workbench.odoo_run import Run
from workbench.tally import Tally, plain_result


def run(tests=0, failed=0, skipped=0, status=0, complaints=()) -> Run:
    failures = ("odoo.addons.x.tests.test_y: FAIL: TestY.test_z",) * failed
    report = Report(tests, failed, skipped, failures, tuple(complaints))
    return Run(status, Path("/nowhere.log"), report)


class TestTally(FolderCase):
    def counted(self, **values) -> Tally:
        tally = Tally()
        tally.add_tests("x", run(**values))
        return tally

    def test_passed_with_a_clean_log(self):
        self.assertEqual(self.counted(tests=7).summary(), "8 passed, 0 failed")

    def test_failed(self):
        found = self.counted(tests=7, failed=2, status=1)
        self.assertEqual(found.summary(), "6 passed, 2 failed")

    def test_skipped(self):
        self.assertEqual(
            self.counted(tests=7, skipped=1).summary(), "7 passed, 0 failed, 1 skipped"
        )

    def test_no_test_selected_is_a_failure(self):
        self.assertEqual(self.counted().failed, 1)

    def test_warning_is_a_failure(self):
        self.assertEqual(self.counted(tests=7, complaints=["WARNING a: b"]).failed, 1)

    def test_odoo_that_did_not_end_well_is_a_failure(self):
        for status in (-9, 1, 255):
            with self.subTest(status=status):
                self.assertEqual(self.counted(tests=7, status=status).failed, 1)

    def test_crash_beside_failed_tests_counts_too(self):
        self.assertEqual(self.counted(tests=7, failed=1, status=255).failed, 2)


class TestStage(FolderCase):
    def test_one_that_cannot_go_on_is_a_failure_and_the_next_begins(self):
        tests = suite.Suite.__new__(suite.Suite)
        tests.tally = Tally()
        done = []

        def broken():
            raise WorkbenchError("making a template database failed")

        tests.stage("one", broken)
        tests.stage("two", done.append, "two")
        self.assertEqual((tests.tally.failures, done), (["one"], ["two"]))


class TestPlainResult(FolderCase):
    def count(self, text: str) -> tuple[int, int, int]:
        found = plain_result(text)
        return found.passed, found.failed, found.skipped

    def test_ok(self):
        self.assertEqual(self.count("Ran 5 tests in 0.1s\n\nOK\n"), (5, 0, 0))
        self.assertEqual(
            self.count("Ran 5 tests in 0.1s\n\nOK (skipped=2)\n"), (3, 0, 2)
        )

    def test_failed(self):
        text = "Ran 5 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=1)\n"
        self.assertEqual(self.count(text), (1, 3, 1))

    def test_nothing_ran(self):
        self.assertEqual(self.count("Traceback ..."), (0, 0, 0))
        self.assertEqual(self.count("Ran 0 tests in 0.0s\n\nOK\n"), (0, 0, 0))

    def test_failures_are_shown_without_what_passed(self):
        failures = "=" * 70 + "\nFAIL: test_x\n\nFAILED (failures=1)"
        self.assertEqual(tally.failed_part(f"test_a ... ok\n\n{failures}\n"), failures)
        self.assertEqual(tally.failed_part("Traceback ..."), "Traceback ...")

    def test_status_and_emptiness_count_as_failures(self):
        for text, status in (("Traceback ...", 1), ("Ran 0 tests in 0s\n\nOK\n", 0)):
            with self.subTest(text=text):
                counting = Tally()
                counting.add_plain("x", status, self.write("log", text))
                self.assertEqual(counting.failed, 1)


class TestMain(FolderCase):
    """The exit status is that of the counts."""

    def status(self, passed: int, failed: int) -> int:
        def everything(tests: suite.Suite) -> None:
            tests.tally.passed, tests.tally.failed = passed, failed

        self.environ(T="")
        with (
            patch.object(suite.environment, "prepared"),
            patch.object(suite.Suite, "_drop_orphans"),
            patch.object(suite, "Templates"),
            patch.object(suite.Suite, "run_everything", everything),
        ):
            return suite.main()

    def test_status(self):
        self.assertEqual(self.status(3, 0), 0)
        self.assertEqual(self.status(3, 1), 1)
        self.assertEqual(self.status(0, 0), 1)


class TestLanes(FolderCase):
    """What stands alone is tested beside all together, the longest stage."""

    def test_alone_beside_together(self):
        meeting = threading.Barrier(2, timeout=10)
        stages = []

        class Stub(suite.Suite):
            def __init__(self):
                self.house = Mock(own=["x", "y"], product=False)
                self.house.alone.return_value = ["x"]

            def stage(self, title, function, *arguments):
                meeting.wait()  # broken unless the other lane is here, too
                stages.append(title)

        with patch.object(suite.selection, "plain_folders", return_value=[]):
            Stub().run_everything()
        self.assertCountEqual(stages, ["all together", "x alone"])

    def test_counts_of_both_lanes_are_added(self):
        counting = Tally()
        with Beside() as beside:
            for number in range(200):
                beside.do(counting.add_check, str(number), [], "nowhere")
                counting.add_check(str(number), ["wrong"], "nowhere")
        self.assertEqual(counting.summary(), "200 passed, 200 failed")

    def test_times_are_told_when_there_are_several(self):
        counting = Tally()
        with patch.object(tally, "detail") as said:
            counting.add_time("one", 61.4)
            counting.show_times()
            said.assert_not_called()
            counting.add_time("two", 5)
            counting.show_times()
        self.assertEqual(said.call_args_list[0].args[0], "   61 s  one")
