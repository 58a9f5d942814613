from odoo import fields, models


class SalesGrade(models.Model):
    """A customer's grade (S2: 客户分类、分级、动态管理), set by hand until it is computed."""

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
