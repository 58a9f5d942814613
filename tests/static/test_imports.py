"""Proofs of `checks.imports`."""

import unittest

from checks import imports
from proof import CheckCase


class TestImports(CheckCase):
    check = imports.check

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_test_file(self):
        findings = self.findings({"tests/__init__.py": ""})
        self.assert_found(findings, "tests/test_box.py is not imported")

    def test_tests_without_init(self):
        findings = self.findings({"tests/__init__.py": None})
        self.assert_found(findings, "tests/test_box.py is not imported")

    def test_model_file(self):
        findings = self.findings({"models/demo_lid.py": ""})
        self.assert_found(findings, "models/demo_lid.py is not imported")

    def test_folder(self):
        findings = self.findings({"__init__.py": "from . import models\n"})
        self.assert_found(findings, "wizard is not imported")

    def test_tool(self):
        findings = self.findings({"tools/colour.py": ""})
        self.assert_found(findings, "tools/colour.py is not imported anywhere")

    def test_hook(self):
        findings = self.findings(uninstall_hook="uninstall_hook")
        self.assert_found(findings, "uninstall_hook is not in __init__.py")


if __name__ == "__main__":
    unittest.main()
