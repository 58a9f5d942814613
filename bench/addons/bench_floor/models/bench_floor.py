from odoo import fields, models

PRIORITIES = [("0", "Low"), ("1", "Medium"), ("2", "High"), ("3", "Very high")]
PROGRESS = [("normal", "Normal"), ("done", "Ready"), ("blocked", "Blocked")]


class BenchFloorStage(models.Model):
    _name = "bench.floor.stage"
    _description = "Benchmark Stage"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    closed = fields.Boolean()


class BenchFloorTeam(models.Model):
    _name = "bench.floor.team"
    _description = "Benchmark Team"

    name = fields.Char(required=True)


class BenchFloorMixin(models.AbstractModel):
    """The 24 columns of a ticket or claim: texts, links, dates, flags, numbers."""

    _name = "bench.floor.mixin"
    _description = "Benchmark Columns"

    number = fields.Char(default="/", readonly=True)
    name = fields.Char(required=True)
    description = fields.Text()
    user_id = fields.Many2one("res.users")
    stage_id = fields.Many2one("bench.floor.stage", ondelete="restrict")
    partner_id = fields.Many2one("res.partner")
    commercial_partner_id = fields.Many2one("res.partner")
    partner_name = fields.Char()
    partner_email = fields.Char()
    last_stage_update = fields.Datetime(default=fields.Datetime.now)
    assigned_date = fields.Datetime()
    closed_date = fields.Datetime()
    unattended = fields.Boolean()
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    channel = fields.Char()
    category_id = fields.Many2one("bench.floor.team")
    team_id = fields.Many2one("bench.floor.team")
    priority = fields.Selection(PRIORITIES, default="1")
    color = fields.Integer()
    progress = fields.Selection(PROGRESS)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    amount = fields.Float()
    date_deadline = fields.Date()
