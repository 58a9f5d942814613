from odoo import fields, models


class BenchFloorPlain(models.Model):
    """The ORM alone: no chatter, no rule, an index for the default order."""

    _name = "bench.floor.plain"
    _description = "Benchmark: Plain Record"
    _inherit = ["bench.floor.mixin"]
    _order = "priority desc, id desc"

    user_id = fields.Many2one(index=True)
    stage_id = fields.Many2one(index=True)
    team_id = fields.Many2one(index=True)

    _order_idx = models.Index("(priority DESC, id DESC)")
    _stage_order_idx = models.Index("(stage_id, priority DESC, id DESC)")
