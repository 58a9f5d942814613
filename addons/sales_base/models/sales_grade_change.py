from odoo import api, fields, models

CAUSES = [
    ("computed", "Computed"),
    ("override", "Override"),
    ("ended", "Override Ended"),
    ("manual", "By Hand"),
]


class SalesGradeChange(models.Model):
    """F-20: history of a customer's grade: from, to, when, why and by whom. Nobody
    writes it; it arises with the change."""

    _name = "sales.grade.change"
    _description = "Change of a Grade"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    old_grade_id = fields.Many2one(
        "sales.grade",
        "From",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    new_grade_id = fields.Many2one(
        "sales.grade", "To", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    direction = fields.Selection(
        [("up", "Better"), ("down", "Worse")],
        compute="_compute_direction",
        store=True,
        precompute=True,
    )
    cause = fields.Selection(CAUSES, required=True, readonly=True)
    score_id = fields.Many2one(
        "sales.grade.score", readonly=True, index="btree_not_null", ondelete="set null"
    )
    override_id = fields.Many2one(
        "sales.grade.override", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        "Changed by",
        readonly=True,
        index="btree_not_null",
        default=lambda self: self.env.uid,
    )
    changed_at = fields.Datetime(
        "Changed", required=True, readonly=True, default=fields.Datetime.now
    )
    reason = fields.Char(compute="_compute_reason")

    @api.depends("old_grade_id", "new_grade_id")
    def _compute_direction(self):
        for change in self:
            old, new = change.old_grade_id, change.new_grade_id
            if not old or not new or old.sequence == new.sequence:
                change.direction = False
            else:
                change.direction = "up" if new.sequence < old.sequence else "down"

    @api.depends("cause", "score_id", "override_id")
    @api.depends_context("lang")
    def _compute_reason(self):
        for change in self:
            if change.override_id and change.cause == "override":
                change.reason = change.override_id.reason
            else:
                change.reason = change.score_id.sentence
