from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    #: {board model: keys of its lanes in this user's order}
    sales_board_lanes = fields.Json("Order of Board Lanes")
