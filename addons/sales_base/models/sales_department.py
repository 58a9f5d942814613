from odoo import api, fields, models


class SalesDepartment(models.Model):
    """A department that is asked for an opinion or made responsible.

    It needs a name and people, not an HR application.
    """

    _name = "sales.department"
    _description = "Department"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    user_id = fields.Many2one(
        "res.users", "Head", domain=[("share", "=", False)], index="btree_not_null"
    )
    member_ids = fields.Many2many(
        "res.users", string="Members", domain=[("share", "=", False)]
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.model
    def _get_mine_domain(self):
        """Departments the current user speaks for."""
        return [
            "|",
            ("user_id", "=", self.env.uid),
            ("member_ids", "in", self.env.uid),
        ]
