from odoo import api, fields, models


class AfterSalesClaimSubmission(models.Model):
    """What a station submitted, kept as it was (AS-07): every submission can be
    compared with the one before."""

    _name = "after.sales.claim.submission"
    _description = "Claim Submission"
    _inherit = ["sales.snapshot.mixin"]
    _document_field = "claim_id"

    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    change_count = fields.Integer("Changes", compute="_compute_changes")
    changes_html = fields.Html(
        "What Changed", compute="_compute_changes", sanitize=False
    )

    @api.depends("claim_id.name", "revision")
    def _compute_display_name(self):
        for submission in self:
            submission.display_name = (
                f"{submission.claim_id.name} / {submission.revision}"
            )

    @api.depends("revision", "content")
    @api.depends_context("lang")
    def _compute_changes(self):
        for submission in self:
            changes = submission._get_changes_before()
            submission.change_count = len(changes)
            submission.changes_html = self.env["ir.qweb"]._render(
                "after_sales.submission_changes",
                {"changes": changes, "is_first": submission.revision == 1},
            )

    def _get_changes_before(self):
        """Changes since the submission before; none for the first."""
        self.ensure_one()
        earlier = self.claim_id.submission_ids.filtered(
            lambda other: other.revision == self.revision - 1
        )
        if not earlier:
            return []
        lines = {
            line["key"]: line["shown"]
            for content in (earlier.content, self.content)
            for line in content["lines"].get("line_ids", [])
        }
        return [
            {**change, "line": change["field"] and lines.get(change["key"])}
            for change in self._get_changes(earlier)
        ]
