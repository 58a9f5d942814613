from odoo import api, fields, models


class SalesComplaintCategory(models.Model):
    """What complaints are about: a tree, each branch with the department that mends it.

    Source: S0 六, 分析出客户最不满意的情况.
    """

    _name = "sales.complaint.category"
    _description = "Complaint Category"
    _parent_store = True
    _order = "sequence, id"
    _rec_names_search = ["name", "parent_id.name"]
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    parent_id = fields.Many2one(
        "sales.complaint.category", index=True, ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("sales.complaint.category", "parent_id")
    department_id = fields.Many2one(
        "sales.department",
        index="btree_not_null",
        check_company=True,
        help="Mends what is complained about; if empty, that of the category above.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.depends("name", "parent_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for category in self:
            names, above = [], category
            while above:
                names.append(above.name or "")
                above = above.parent_id
            category.display_name = " / ".join(reversed(names))

    def _get_department(self):
        """The department of this category or of the nearest one above."""
        for category in (self, self.parent_id, self.parent_id.parent_id):
            if category.department_id:
                return category.department_id
        return self.env["sales.department"]
