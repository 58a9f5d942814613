"""Proofs of `checks.references`."""

import unittest

from checks import references
from proof import CheckCase
from sample import FILES


class TestReferences(CheckCase):
    check = references.check

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_unknown(self):
        groups, views = "security/demo_sample_groups.xml", "views/demo_box_views.xml"
        rows, model = "security/ir.model.access.csv", "models/demo_box.py"
        for path, old, new in (
            (groups, 'ref="model_demo_box"', 'ref="model_demo_bag"'),
            (groups, "ref('group_demo_sample_user')", "ref('group_nobody')"),
            (views, 'ref="base.view_users_form"', 'ref="base.view_lost_form"'),
            (views, 'groups="base.group_user"', 'groups="base.group_lost"'),
            (views, 'string="One box"', 'string="One box" class="%(lost)d"'),
            (rows, "base.group_user", "base.group_lost"),
            (model, "demo_sample.ir_cron_close", "demo_sample.ir_cron_open"),
            (model, 'groups="demo_sample.group_demo', 'groups="demo_sample.grup_demo'),
            ("report/demo_box_reports.xml", "web.layout", "web.lost_layout"),
            ("views/demo_sample_menus.xml", 'action="demo_box', 'action="demo_bag'),
        ):
            with self.subTest(new):
                self.assertIn(old, FILES[path])
                findings = self.findings({path: FILES[path].replace(old, new)})
                self.assert_found(findings, "does not exist")

    def test_ids_that_the_host_makes_by_itself(self):
        path = "data/ir_cron_data.xml"
        for reference in (
            "stock.stock_location_stock",
            "stock.picking_type_out",
            "base.module_category_sales",
            "base.model_res_partner",
            "base.state_cn_BJ",
        ):
            with self.subTest(reference):
                text = FILES[path].replace("base.user_root", reference)
                findings = self.findings({path: text}, depends=["web", "stock"])
                self.assert_found(findings)

    def test_addon_that_is_not_depended_on(self):
        path = "data/ir_cron_data.xml"
        text = FILES[path].replace("base.user_root", "sale.action_orders")
        wanted = "belongs to sale, which the addon does not depend on"
        self.assert_found(self.findings({path: text}), wanted)


if __name__ == "__main__":
    unittest.main()
