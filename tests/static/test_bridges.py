"""Proofs of `checks.bridges`."""

import unittest

from checks import bridges
from proof import CheckCase

BRIDGE = {
    "name": "demo_sample_sale",
    "depends": ["demo_sample", "sale"],
    "auto_install": True,
    "data": [],
    "demo": [],
}
EXTENSION = """
    from odoo import models


    class DemoBox(models.Model):
        _inherit = "demo.box"
"""
THIN = {"models/demo_box.py": EXTENSION, "wizard/demo_box_close.py": ""}


class TestBridges(CheckCase):
    check = bridges.check

    def findings_of(self, changes=None, **options) -> list[str]:
        bridge = {**BRIDGE, **options, "changes": {**THIN, **(changes or {})}}
        return self.findings(None, bridge)

    def test_house(self):
        self.assert_house_passes()

    def test_thin_bridge(self):
        self.assert_found(self.findings_of())

    def test_one_side(self):
        self.assert_found(self.findings_of(depends=["demo_sample"]), "depends on 1")

    def test_none_of_ours(self):
        findings = self.findings_of(depends=["crm", "sale"])
        self.assert_found(findings, "neither side is one of ours")

    def test_menu_and_cron(self):
        findings = self.findings_of(
            data=["data/ir_cron_data.xml", "views/demo_sample_menus.xml"]
        )
        self.assert_found(findings, "has a menu", "has a cron job")

    def test_settings(self):
        text = EXTENSION.replace("demo.box", "res.config.settings")
        findings = self.findings_of({"models/settings.py": text})
        self.assert_found(findings, "has settings")

    def test_model_of_its_own(self):
        text = EXTENSION.replace("_inherit", "_name").replace("demo.box", "demo.own")
        findings = self.findings_of({"models/own.py": text})
        self.assert_found(findings, "has a model of its own, demo.own")

    def test_size(self):
        findings = self.findings_of({"models/long.py": "pass\n" * 301})
        self.assert_found(findings, "lines of Python")


if __name__ == "__main__":
    unittest.main()
