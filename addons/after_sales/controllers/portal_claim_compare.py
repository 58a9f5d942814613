from odoo import http
from odoo.http import request

from .station_pages import StationPages


class ClaimComparePortal(StationPages):
    """Two submissions of a claim side by side in the portal (AS-07, AS-20)."""

    @http.route(
        "/my/claims/<int:claim_id>/compare",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_claim_compare(self, claim_id, earlier="", later="", **kw):
        """:param earlier, later: numbers of submissions; else the last two"""
        claim = self._find_document("after.sales.claim", claim_id)
        # sudo: what the station submitted itself; the claim was found as the user
        submissions_sudo = claim.sudo().submission_ids
        if len(submissions_sudo) < 2:
            return request.redirect(f"/my/claims/{claim.id}")
        numbered = {str(row.revision): row for row in submissions_sudo}
        left = numbered.get(str(earlier), submissions_sudo[1])
        right = numbered.get(str(later), submissions_sudo[0])
        return self._render_page(
            "after_sales.portal_claim_compare",
            "after_sales_claim_compare",
            claim=claim.sudo(),  # sudo: its submissions; found as the user
            earlier=left,
            later=right,
            comparison=right._render_side_by_side(
                left, f"/my/claims/{claim.id}/photo/%s"
            ),
        )
