from odoo import api, fields, models


class SalesGrade(models.Model):
    """Stores are graded apart from customers: key (重点门店) and regular (一般门店)."""

    _inherit = "sales.grade"

    kind = fields.Selection(
        selection_add=[("store", "Store")], ondelete={"store": "cascade"}
    )

    @api.model
    def get_import_templates(self):
        """F-10: store grades come in by a template when asked for from the stores."""
        if self.env.context.get("default_kind") != "store":
            return []
        return [
            {
                "label": self.env._("Import Template for Store Grades"),
                "template": "/field_sales/static/xls/store_grades.xlsx",
            }
        ]
