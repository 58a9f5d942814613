from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantReviewCheck(models.Model):
    """SA-11: one term of a normal order that its assistant confirms.

    Only who may approve the review ticks it; who ticked and when is kept.
    """

    _name = "sales.assistant.review.check"
    _inherit = ["sales.document.line.mixin"]
    _description = "Check of a Contract Review"
    _order = "review_id, sequence, id"

    _document_field = "review_id"
    _closed_fields = frozenset(
        {"review_id", "item_id", "sequence", "is_required", "done_by_id", "done_at"}
    )

    review_id = fields.Many2one(
        "sales.assistant.review",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    item_id = fields.Many2one(
        "sales.assistant.check.item",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="item_id.name")
    sequence = fields.Integer(readonly=True)
    is_required = fields.Boolean("Required", readonly=True)
    is_done = fields.Boolean("Confirmed")
    done_by_id = fields.Many2one(
        "res.users", "Confirmed by", readonly=True, index="btree_not_null"
    )
    done_at = fields.Datetime("Confirmed on", readonly=True)
    note = fields.Char()
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, index=True, precompute=True
    )

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_reviewer()
        result = super().write(vals)
        if "is_done" in vals:
            done = bool(vals["is_done"])
            # sudo: who confirmed is closed, it is always the one who ticks
            self.sudo().write(
                {
                    "done_by_id": self.env.uid if done else False,
                    "done_at": fields.Datetime.now() if done else False,
                }
            )
        return result

    def _check_reviewer(self):
        for review in self.review_id:
            if review.state != "in_review" or not review._is_reviewer():
                raise UserError(
                    self.env._(
                        "%(review)s: the checklist is filled in by the order's "
                        "assistant while the review is open.",
                        review=review.display_name,
                    )
                )
