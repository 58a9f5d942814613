from odoo import fields, models
from odoo.exceptions import UserError

from .sales_assistant_checklist_mixin import SalesAssistantChecklistMixin


class SalesAssistantReviewCheck(models.Model):
    """SA-11: one term of a normal order that its assistant confirms.

    Only who may approve the review ticks it; who ticked and when is kept.
    """

    _name = "sales.assistant.review.check"
    _inherit = ["sales.assistant.checklist.mixin"]
    _description = "Check of a Contract Review"
    _order = "review_id, sequence, id"

    _document_field = "review_id"
    _closed_fields = SalesAssistantChecklistMixin._closed_fields | {"review_id"}

    review_id = fields.Many2one(
        "sales.assistant.review",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, index=True, precompute=True
    )

    def _check_ticking(self):
        for review in self.review_id:
            if review.state != "in_review" or not review._is_reviewer():
                raise UserError(
                    self.env._(
                        "%(review)s: the checklist is filled in by the order's "
                        "assistant while the review is open.",
                        review=review.display_name,
                    )
                )
