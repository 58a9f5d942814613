# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    assistant_id = fields.Many2one(
        "res.users",
        "Sales Assistant",
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
        help="Follows this customer's orders up.",
    )

    @api.model
    def get_import_templates(self):
        """F-10: graded customers with their salesperson and assistant."""
        return super().get_import_templates() + [
            {
                "label": self.env._("Import Template for Customer Grades"),
                "template": "/sales_assistant/static/xls/customer_grades.xlsx",
            }
        ]
