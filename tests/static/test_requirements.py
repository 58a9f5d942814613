"""Proofs of `checks.requirements`."""

import unittest

from checks import requirements
from proof import CheckCase


class TestRequirements(CheckCase):
    check = requirements.check

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_number_without_proof(self):
        text = (
            '"""Weights (AS-99)."""\n\n\ndef heavier(one, other):\n    """SA-98."""\n'
        )
        findings = self.findings({"tools/weight.py": text})
        self.assert_found(findings, "no test names AS-99", "no test names SA-98")

    def test_number_in_a_string_is_no_promise(self):
        self.assert_found(self.findings({"tools/weight.py": 'CODE = "AS-99"\n'}))


if __name__ == "__main__":
    unittest.main()
