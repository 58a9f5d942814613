# pylint: disable=consider-merging-classes-inherited
# Own file: what is paid after the warranty is one concept.
from odoo import api, fields, models

from ..tools.coverage import GOODWILL

PART_TYPES = ("part", "purchase")


class AfterSalesClaim(models.Model):
    """Goodwill told apart from warranty (AS-02, AS-12): part of what was approved."""

    _inherit = "after.sales.claim"

    approved_goodwill = fields.Monetary(
        "Of Which Goodwill",
        compute="_compute_approved_goodwill",
        store=True,
        help="What was approved on lines that goodwill pays.",
    )

    @api.depends(
        "line_ids.approved_amount",
        "line_ids.is_goodwill",
        "line_ids.is_after_warranty",
    )
    def _compute_approved_goodwill(self):
        for claim in self:
            claim.approved_goodwill = sum(
                line.approved_amount
                for line in claim.line_ids
                if line._is_paid_by_goodwill()
            )

    def _mark_goodwill(self, facts):
        """Mark the lines whose warranty had ended: a part by its own term, labour and
        what else there is where no part is under warranty any more.

        :param dict facts: {claim id: facts}, see ``tools/adjudication.py``
        """
        marked = self.env["after.sales.claim.line"]
        for claim in self:
            covers = facts[claim.id]["covers"]
            ended = {part[1]: cover.payer == GOODWILL for part, cover in covers if part}
            all_ended = bool(covers) and all(
                cover.payer == GOODWILL for _part, cover in covers
            )
            for line in claim.line_ids:
                is_part = line.line_type in PART_TYPES and line.product_id
                if ended.get(line.product_id.id) if is_part else all_ended:
                    marked += line
        known = self.line_ids.filtered("is_after_warranty")
        (marked - known).write({"is_after_warranty": True})
        (known - marked).write({"is_after_warranty": False})
