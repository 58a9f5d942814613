from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantReviewDecide(models.TransientModel):
    """Asks the manager for the words of a decision on a special order; they are
    required when a department objects or did not answer in time."""

    _name = "sales.assistant.review.decide"
    _description = "Contract Review: Decide"

    review_id = fields.Many2one("sales.assistant.review", required=True, readonly=True)
    opinion_ids = fields.One2many(related="review_id.opinion_ids", related_sudo=False)
    finding_ids = fields.One2many(related="review_id.finding_ids", related_sudo=False)
    note = fields.Text("Decision")

    def action_approve(self):
        self.ensure_one()
        review = self.review_id
        review._check_can("approve")
        against = review.opinion_ids.filtered(
            lambda one: one.opinion in (False, "object")
        )
        if against and not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "Say why the order is approved although these departments object "
                    "or did not answer: %(departments)s.",
                    departments=", ".join(against.department_id.mapped("name")),
                )
            )
        review._do_approve(self.note)
        return {"type": "ir.actions.act_window_close"}
