"""Proofs of `checks.manifests`."""

import unittest

from checks import manifests
from proof import CheckCase


class TestManifests(CheckCase):
    check = manifests.check

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_missing_key(self):
        self.assert_found(self.findings(website=None), "lacks website")

    def test_licence_and_version(self):
        findings = self.findings(license="AGPL-3", version="19.0.1.0")
        self.assert_found(findings, "licence is AGPL-3", "version 19.0.1.0")

    def test_unnamed_and_absent_data_file(self):
        findings = self.findings(
            {"views/other_views.xml": "<odoo/>", "data/ir_cron_data.xml": None}
        )
        self.assert_found(
            findings,
            "views/other_views.xml is not named in data",
            "data/ir_cron_data.xml does not exist",
        )

    def test_unnamed_demo_file(self):
        findings = self.findings({"demo/more_demo.xml": "<odoo/>"})
        self.assert_found(findings, "demo/more_demo.xml is not named in demo")

    def test_order(self):
        from sample import MANIFEST

        findings = self.findings(data=sorted(MANIFEST["data"], reverse=True))
        self.assertTrue(any("the order is" in line for line in findings), findings)

    def test_menus_last(self):
        from sample import MANIFEST

        data = [name for name in MANIFEST["data"] if "views/" not in name]
        data += ["views/demo_sample_menus.xml", "views/demo_box_views.xml"]
        self.assert_found(
            self.findings(data=data), "demo_box_views.xml comes after views/demo_sample"
        )

    def test_asset_without_file(self):
        assets = {"web.assets_backend": ["demo_sample/static/lost/*.js"]}
        self.assert_found(self.findings(assets=assets), "matches no file")

    def test_papers(self):
        findings = self.findings(
            {"static/description/icon.png": None, "readme/USAGE.md": ""}
        )
        self.assert_found(findings, "icon.png is missing", "USAGE.md is missing")


if __name__ == "__main__":
    unittest.main()
