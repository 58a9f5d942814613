import uuid

from odoo import http
from odoo.http import request

from .portal_pages import PortalPages


class ComplaintPortal(PortalPages):
    """Complaints of a customer or a station in the portal (F-21). Every route searches
    as the user; what it writes goes through the complaint's own methods."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sales_complaint_count" in counters:
            values["sales_complaint_count"] = request.env[
                "sales.complaint"
            ].search_count([])
        return values

    def _get_complaint(self, complaint_id):
        return self._find_document("sales.complaint", complaint_id)

    @http.route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_complaints(self, page=1, **kw):
        found, pager = self._find_page(
            request.env["sales.complaint"], "/my/complaints", page
        )
        return self._render_page(
            "sales_base.portal_complaints",
            "sales_complaints",
            complaints=found.sudo(),  # sudo: category names; found as the user
            pager=pager,
        )

    @http.route(
        "/my/complaints/<int:complaint_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_complaint(self, complaint_id, **kw):
        complaint = self._get_complaint(complaint_id)
        return self._render_page(
            "sales_base.portal_complaint",
            "sales_complaint",
            complaint=complaint.sudo(),  # sudo: names; found as the user
            can_reopen=complaint.can_reopen,
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/photo/<int:photo_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_complaint_photo(self, complaint_id, photo_id, **kw):
        return self._show_photo(self._get_complaint(complaint_id).photo_ids, photo_id)

    @http.route(
        "/my/complaints/new", type="http", auth="user", website=True, readonly=True
    )
    def portal_complaint_new(self, **kw):
        return self._render_page(
            "sales_base.portal_complaint_form",
            "sales_complaint_new",
            categories=request.env["sales.complaint"]._portal_get_categories(),
            client_key=uuid.uuid4().hex,
        )

    @http.route(
        "/my/complaints/save", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_complaint_save(self, **post):
        """Take a complaint down; answers JSON: the page keeps what was typed."""
        photos = [
            (file.filename, file.read())
            for file in request.httprequest.files.getlist("photo")
            if file.filename
        ]
        trouble = post.get("serial") and self._get_lookup_trouble()
        if trouble:
            return request.make_json_response({"error": trouble})
        return self._answer_form(
            lambda: request.env["sales.complaint"]._portal_create(post, photos),
            "/my/complaints/%s",
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/reopen",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_complaint_reopen(self, complaint_id, **post):
        complaint = self._get_complaint(complaint_id)
        return self._answer_form(
            lambda: complaint._portal_reopen(post.get("note")),
            f"/my/complaints/{complaint.id}",
        )
