"""Proofs of `checks.habits`."""

import unittest

from checks import habits
from proof import CheckCase

CASE = """
    import time
    import unittest


    class TestBox(unittest.TestCase):
        def test_box(self):
            {}
"""


class TestHabits(CheckCase):
    check = habits.check

    def findings_in(self, line: str) -> list[str]:
        return self.findings({"tests/test_box.py": CASE.format(line)})

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_skip_in_a_test(self):
        line = "self." + "skipTest('no browser')"
        self.assert_found(self.findings_in(line), "tests/test_box.py:7")

    def test_skip_by_exception(self):
        line = "raise unittest." + "SkipTest('no browser')"
        self.assert_found(self.findings_in(line), "tests/test_box.py:7")

    def test_skip_by_decorator(self):
        text = "import unittest\n\n\n@unittest." + "skip('later')\nclass T: pass\n"
        self.assert_found(self.findings({"tests/test_box.py": text}), "test_box.py:4")

    def test_skip_imported_by_name(self):
        text = "from unittest import skipIf\n\n\n@skipIf(True, 'x')\nclass T: pass\n"
        self.assert_found(self.findings({"tests/test_box.py": text}), "test_box.py:4")

    def test_clock(self):
        for line in ("time.time()", "time.perf_counter()", "time.monotonic()"):
            with self.subTest(line):
                self.assert_found(self.findings_in(f"x = {line}"), "reads a clock")

    def test_other_time(self):
        self.assert_found(self.findings_in("self.env.time(); time.strftime('%Y')"))


if __name__ == "__main__":
    unittest.main()
