from odoo import api, fields, models


class SalesGrade(models.Model):
    """A customer's grade, set by hand until it is computed.

    Source: S2, 客户分类、分级、动态管理.
    """

    _name = "sales.grade"
    _description = "Grade"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("customer", "Customer")], required=True, default="customer", index=True
    )
    sequence = fields.Integer(default=10, help="The best grade has the lowest number.")
    color = fields.Integer()
    description = fields.Text(translate=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Grades"),
                "template": "/sales_base/static/xls/grades.xlsx",
            }
        ]
