from odoo import api, fields, models


class AfterSalesClaimCompare(models.TransientModel):
    """Two submissions of a claim side by side (AS-07)."""

    _name = "after.sales.claim.compare"
    _description = "Comparison of Submissions"

    claim_id = fields.Many2one("after.sales.claim", required=True, readonly=True)
    left_id = fields.Many2one(
        "after.sales.claim.submission",
        "Earlier",
        required=True,
        domain="[('claim_id', '=', claim_id)]",
    )
    right_id = fields.Many2one(
        "after.sales.claim.submission",
        "Later",
        required=True,
        domain="[('claim_id', '=', claim_id)]",
    )
    content = fields.Html(compute="_compute_content", sanitize=False)

    @api.depends("left_id", "right_id")
    @api.depends_context("lang")
    def _compute_content(self):
        for wizard in self:
            left, right = wizard.left_id, wizard.right_id
            is_pair = left and left.claim_id == right.claim_id == wizard.claim_id
            wizard.content = (
                right._render_side_by_side(left, "/web/image/%s") if is_pair else False
            )
