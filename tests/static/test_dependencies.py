"""Proofs of `checks.dependencies`."""

import unittest

from checks import dependencies
from proof import CheckCase

IMPORT = "from odoo.addons.sale.models import sale_order\n"


class TestDependencies(CheckCase):
    check = dependencies.check

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_import_of_another_addon(self):
        findings = self.findings({"models/demo_box.py": IMPORT})
        self.assert_found(findings, "models/demo_box.py:1: imports sale")

    def test_import_in_a_test(self):
        findings = self.findings({"tests/test_box.py": IMPORT})
        self.assert_found(findings, "tests/test_box.py:1: imports sale")

    def test_import_within_a_function(self):
        text = "def late():\n    import odoo.addons.sale.models\n"
        findings = self.findings({"models/demo_box.py": text})
        self.assert_found(findings, "models/demo_box.py:2: imports sale")

    def test_dependency_of_a_dependency(self):
        findings = self.findings({"models/demo_box.py": IMPORT}, depends=["sale_stock"])
        self.assert_found(findings)

    def test_unknown_dependency(self):
        findings = self.findings(depends=["web", "no_such_addon"])
        self.assert_found(findings, "depends on no_such_addon, which does not exist")


if __name__ == "__main__":
    unittest.main()
