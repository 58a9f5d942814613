from odoo import api, fields, models

from odoo.addons.sales_base.tools.sheet import Column

STATES = [("draft", "Draft"), ("submitted", "Submitted"), ("approved", "Approved")]


class BenchFloorSheet(models.Model):
    """Rows for the sheet writer: twelve stored columns of every kind it knows."""

    _name = "bench.floor.sheet"
    _description = "Benchmark: Rows of a Sheet"
    _inherit = ["sales.sheet.mixin"]
    _order = "id"

    number = fields.Char()
    name = fields.Char()
    state = fields.Selection(STATES)
    partner_id = fields.Many2one("res.partner")
    user_id = fields.Many2one("res.users")
    team_id = fields.Many2one("bench.floor.team")
    date_due = fields.Date()
    submitted_at = fields.Datetime()
    amount = fields.Monetary()
    quantity = fields.Float()
    pieces = fields.Integer()
    is_urgent = fields.Boolean()
    currency_id = fields.Many2one("res.currency")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("number"),
            Column("name"),
            Column("state"),
            Column("partner_id"),
            Column("user_id"),
            Column("team_id"),
            Column("date_due"),
            Column("submitted_at"),
            Column("amount", total=True),
            Column("quantity", total=True),
            Column("pieces"),
            Column("is_urgent"),
        ]
