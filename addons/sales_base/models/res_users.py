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
    sales_principal_ids = fields.One2many(
        "res.users",
        "sales_standin_id",
        "Stands in for",
        context={"active_test": False},
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "sales_standin_id"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "sales_standin_id"]

    @api.model
    def _get_invalidation_fields(self):
        """Record rules name the people somebody acts for, and Odoo keeps a user's
        rules: who stands in for whom clears them, as a change of groups does."""
        return super()._get_invalidation_fields() | {"sales_standin_id"}

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if any(vals.get("sales_standin_id") for vals in vals_list):
            self.env.registry.clear_cache()
        return users

    def _get_sales_acting_ids(self):
        """Whose sales work this user sees and does: his own and that of those he stands
        in for.

        :returns: list of user ids, his own first
        """
        self.ensure_one()
        # sudo: who stands in for whom is no secret
        return [self.id, *self.sudo().sales_principal_ids.ids]

    @api.constrains("sales_standin_id")
    def _check_sales_standin(self):
        if any(user == user.sales_standin_id for user in self):
            raise ValidationError(
                self.env._("Nobody stands in for himself: choose a colleague.")
            )
