import uuid

from psycopg2.errors import UniqueViolation

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class ComplaintPortal(CustomerPortal):
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
        """The complaint as the user may read it, or 404: a foreign id and a missing one
        look the same."""
        complaint = request.env["sales.complaint"].search([("id", "=", complaint_id)])
        if not complaint:
            raise request.not_found()
        return complaint

    @http.route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_complaints(self, page=1, **kw):
        complaints = request.env["sales.complaint"]
        pager = portal_pager(
            url="/my/complaints",
            total=complaints.search_count([]),
            page=page,
            step=self._items_per_page,
        )
        found = complaints.search(
            [], limit=self._items_per_page, offset=pager["offset"]
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "complaints": found.sudo(),  # sudo: category names; found as the user
                "pager": pager,
                "page_name": "sales_complaints",
            }
        )
        return request.render("sales_base.portal_complaints", values)

    @http.route(
        "/my/complaints/<int:complaint_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_complaint(self, complaint_id, **kw):
        complaint = self._get_complaint(complaint_id)
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "complaint": complaint.sudo(),  # sudo: names; found as the user
                "can_reopen": complaint.can_reopen,
                "page_name": "sales_complaint",
            }
        )
        return request.render("sales_base.portal_complaint", values)

    @http.route(
        "/my/complaints/<int:complaint_id>/photo/<int:photo_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_complaint_photo(self, complaint_id, photo_id, **kw):
        photos = self._get_complaint(complaint_id).photo_ids
        photo = photos.filtered(lambda row: row.id == photo_id)
        if not photo:
            raise request.not_found()
        # sudo: the file of a photo on a complaint that was found as the user
        attachment_sudo = photo.sudo().attachment_id
        stream = request.env["ir.binary"]._get_stream_from(attachment_sudo)
        return stream.get_response(
            as_attachment=attachment_sudo.mimetype == "application/pdf"
        )

    @http.route(
        "/my/complaints/new", type="http", auth="user", website=True, readonly=True
    )
    def portal_complaint_new(self, **kw):
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "categories": request.env["sales.complaint"]._portal_get_categories(),
                "client_key": uuid.uuid4().hex,
                "page_name": "sales_complaint_new",
            }
        )
        return request.render("sales_base.portal_complaint_form", values)

    @http.route("/my/complaints/save", type="http", auth="user", methods=["POST"])
    def portal_complaint_save(self, **post):
        """Take a complaint down; answers JSON: the page keeps what was typed."""
        photos = [
            (file.filename, file.read())
            for file in request.httprequest.files.getlist("photo")
            if file.filename
        ]
        return self._answer_json(
            lambda: request.env["sales.complaint"]._portal_create(post, photos)
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/reopen",
        type="http",
        auth="user",
        methods=["POST"],
    )
    def portal_complaint_reopen(self, complaint_id, **post):
        complaint = self._get_complaint(complaint_id)

        def reopen():
            complaint._portal_reopen(post.get("note"))
            return complaint

        return self._answer_json(reopen)

    def _answer_json(self, work):
        """All of ``work``, or nothing and what is wrong with it."""
        try:
            with request.env.cr.savepoint():
                complaint = work()
                request.env.flush_all()
        except (UserError, AccessError) as error:
            return request.make_json_response({"error": str(error)})
        except UniqueViolation:
            text = request.env._("This has been received already. See your list.")
            return request.make_json_response({"error": text})
        return request.make_json_response(
            {"redirect": f"/my/complaints/{complaint.id}"}
        )
