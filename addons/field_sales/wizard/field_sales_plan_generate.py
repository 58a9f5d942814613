from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.tools.period import week_of

#: so many salespeople are planned while the user waits
AT_ONCE = 10
SUPERVISOR = "field_sales.group_field_sales_supervisor"
MANAGER = "field_sales.group_field_sales_manager"


class FieldSalesPlanGenerate(models.TransientModel):
    """Starts the planning of a week: one's own, a team's, or the company's."""

    _name = "field.sales.plan.generate"
    _description = "Plan a Week of Visits"

    date_start = fields.Date(
        "Week Of",
        required=True,
        default=lambda self: self.env["field.sales.plan"]._default_date_start(),
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Salespeople",
        domain=[("share", "=", False)],
        help="Empty: everybody whose visits you may plan.",
    )

    @api.model
    def _get_allowed_users(self):
        """Whose weeks the current user may plan; None is everybody's.

        :rtype: set of user ids or None
        """
        user = self.env.user
        if user.has_group(MANAGER):
            return None
        users = self.env["res.users"].browse(user._get_sales_acting_ids())
        if user.has_group(SUPERVISOR):
            users |= self.env["res.users"].search(
                [("crm_team_member_ids.crm_team_id.user_id", "=", user.id)]
            )
        return set(users.ids)

    def action_generate(self):
        self.ensure_one()
        today = self.env.company._get_sales_today()
        monday = week_of(self.date_start).first
        if monday < week_of(today).first:
            raise UserError(self.env._("A week that is over is not planned any more."))
        allowed, wanted = self._get_allowed_users(), set(self.user_ids.ids)
        if allowed is not None and wanted - allowed:
            raise UserError(
                self.env._("You plan your own week and those of your team.")
            )
        chosen = wanted or allowed
        run = self.env["sales.run"]._start(
            "field_sales_plan",
            {
                "date_start": monday.isoformat(),
                "user_ids": None if chosen is None else sorted(chosen),
            },
            at_once=chosen is not None and len(chosen) <= AT_ONCE,
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.run",
            "res_id": run.id,
            "views": [(False, "form")],
        }
