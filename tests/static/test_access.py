"""Proofs of `checks.access`."""

import unittest

from checks import access
from proof import CheckCase

HEAD = "id,name,model_id:id,group_id:id,perm_read,perm_write,perm_create,perm_unlink\n"
BOX = "access_demo_box,box,model_demo_box,base.group_user,1,0,0,0\n"
CLOSE = "access_close,close,model_demo_box_close,base.group_user,1,1,1,1\n"
ROWS = "security/ir.model.access.csv"


class TestAccess(CheckCase):
    check = access.check

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_model_without_row(self):
        self.assert_found(self.findings({ROWS: HEAD + CLOSE}), "demo.box has no access")

    def test_transient_without_row(self):
        findings = self.findings({ROWS: HEAD + BOX})
        self.assert_found(findings, "demo.box.close has no access row")

    def test_no_file_at_all(self):
        findings = self.findings({ROWS: None})
        self.assert_found(findings, "demo.box has no", "demo.box.close has no")

    def test_row_for_everybody(self):
        rows = HEAD + BOX.replace("base.group_user", "") + CLOSE
        self.assert_found(self.findings({ROWS: rows}), "names no group")

    def test_owner_without_rule(self):
        findings = self.findings({"security/demo_sample_groups.xml": "<odoo/>"})
        self.assert_found(findings, "demo.box has user_id but no record rule")

    def test_owner_from_mixin_without_rule(self):
        """The field may come from a mixin of ours."""
        model = """
            from odoo import fields, models


            class DemoOwned(models.AbstractModel):
                _name = "demo.owned"

                company_id = fields.Many2one("res.company")


            class DemoBox(models.Model):
                _name = "demo.box"
                _inherit = ["demo.owned", "mail.thread"]
        """
        findings = self.findings(
            {"models/demo_box.py": model, "security/demo_sample_groups.xml": "<odoo/>"}
        )
        self.assert_found(findings, "demo.box has company_id but no record rule")


if __name__ == "__main__":
    unittest.main()
