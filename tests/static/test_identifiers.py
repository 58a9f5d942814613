"""Proofs of `checks.identifiers`."""

import unittest

from checks import identifiers
from proof import CheckCase
from sample import FILES

VIEWS = "views/demo_box_views.xml"


class TestIdentifiers(CheckCase):
    check = identifiers.check

    def findings_after(self, path: str, old: str, new: str) -> list[str]:
        self.assertIn(old, FILES[path])
        return self.findings({path: FILES[path].replace(old, new)})

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_names(self):
        groups, cron = "security/demo_sample_groups.xml", "data/ir_cron_data.xml"
        menus, demo = "views/demo_sample_menus.xml", "demo/demo_box_demo.xml"
        for path, old, new, wanted in (
            (VIEWS, "demo_box_view_form", "demo_box_form", "demo_box_view_<type>"),
            (VIEWS, 'id="demo_box_action"', 'id="action_box"', "demo_box_action"),
            (VIEWS, 'id="view_users_form"', 'id="users"', "the view it inherits"),
            (VIEWS, "inherit.demo_sample", "boxes", ".inherit.demo_sample"),
            (groups, 'id="group_demo_sample_user"', 'id="box_user"', "group_demo_"),
            (groups, "demo_box_rule_own", "own_boxes", "<model>_rule_<who>"),
            (cron, "ir_cron_close", "cron_close", "ir_cron_"),
            (menus, 'id="demo_box_menu"', 'id="boxes"', "<model>_menu"),
            (demo, "box_red_demo", "box_red", "end it in _demo"),
            (VIEWS, "demo_box_action", "demo_box_action_ALL", "demo_box_action["),
        ):
            with self.subTest(old):
                findings = self.findings_after(path, old, new)
                self.assertTrue(any(wanted in line for line in findings), findings)

    def test_twice(self):
        findings = self.findings_after(
            "demo/demo_box_demo.xml",
            "<odoo>",
            '<odoo><record id="box_red_demo" model="demo.box"/>',
        )
        self.assert_found(findings, "demo_sample.box_red_demo: defined 2 times")


if __name__ == "__main__":
    unittest.main()
