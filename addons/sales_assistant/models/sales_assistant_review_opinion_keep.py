# pylint: disable=consider-merging-classes-inherited
# An opinion that outlives a revision is a concept of its own beside its giving.
from odoo import fields, models


class SalesAssistantReviewOpinion(models.Model):
    """SA-11: an opinion on terms that a revision did not touch is kept."""

    _inherit = "sales.assistant.review.opinion"

    kept_from_id = fields.Many2one(
        "sales.assistant.review.opinion",
        "Kept from",
        readonly=True,
        index="btree_not_null",
        help="The opinion given in the review before, on terms that did not change.",
    )

    def _prepare_kept_values(self):
        """Values of this opinion in the revision of its review."""
        self.ensure_one()
        return {
            "opinion": self.opinion,
            "note": self.note,
            "user_id": self.user_id.id,
            "principal_id": self.principal_id.id,
            "answered_at": self.answered_at,
            "kept_from_id": (self.kept_from_id or self).id,
        }

    def _compute_display_name(self):
        result = super()._compute_display_name()
        for opinion in self:
            # sudo: a number is no secret
            number = opinion.review_id.sudo().name
            opinion.display_name = f"{opinion.department_id.display_name} ({number})"
        return result
