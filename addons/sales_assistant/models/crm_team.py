from odoo import fields, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    assistant_id = fields.Many2one(
        "res.users",
        "Sales Assistant",
        domain=[("share", "=", False)],
        index="btree_not_null",
        help="Assistant of this team's orders whose customer has none of its own.",
    )
