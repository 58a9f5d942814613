from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    """A user names the colleague who sees and does his work while he is absent
    (工作替补, S4)."""

    _inherit = "res.users"

    sales_standin_id = fields.Many2one(
        "res.users",
        "Stand-in",
        domain=[("share", "=", False)],
        index="btree_not_null",
        help="Sees and does the sales work of this user. Set it for the time of an "
        "absence only.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "sales_standin_id"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "sales_standin_id"]

    @api.constrains("sales_standin_id")
    def _check_sales_standin(self):
        if any(user == user.sales_standin_id for user in self):
            raise ValidationError(
                self.env._("Nobody stands in for himself: choose a colleague.")
            )
