from odoo import http
from odoo.http import request

from .station_pages import StationPages


class ResponsibilityPortal(StationPages):
    """Responsibilities and incoming parts of a supplier in the portal (AS-09, AS-20).
    Every route searches as the user; answers go through the document's own methods."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "after_sales_asked_count" in counters:
            values["after_sales_asked_count"] = request.env[
                "after.sales.responsibility"
            ].search_count([("state", "=", "asked")])
        return values

    # ------------------------------------------------------------ responsibilities

    def _get_responsibility_filters(self):
        _ = request.env._
        return {
            "asked": {"label": _("To Answer"), "domain": [("state", "=", "asked")]},
            "answered": {
                "label": _("Answered"),
                "domain": [("state", "in", ("accepted", "disputed"))],
            },
            "decided": {"label": _("Decided"), "domain": [("state", "=", "decided")]},
            "all": {"label": _("All"), "domain": []},
        }

    def _get_responsibility(self, responsibility_id):
        return self._find_document("after.sales.responsibility", responsibility_id)

    @http.route(
        ["/my/responsibilities", "/my/responsibilities/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_responsibilities(self, page=1, filterby="asked", **kw):
        filters = self._get_responsibility_filters()
        filterby = filterby if filterby in filters else "asked"
        found, pager = self._find_page(
            request.env["after.sales.responsibility"],
            "/my/responsibilities",
            page,
            filters[filterby]["domain"],
            order="date_due, id" if filterby == "asked" else "id desc",
            filterby=filterby,
        )
        return self._render_page(
            "after_sales.portal_responsibilities",
            "after_sales_responsibilities",
            responsibilities=found.sudo(),  # sudo: names of parts; found as the user
            filters=filters,
            filterby=filterby,
            pager=pager,
        )

    @http.route(
        "/my/responsibilities/<int:responsibility_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_responsibility(self, responsibility_id, **kw):
        responsibility = self._get_responsibility(responsibility_id)
        # sudo: facts of the claim that the supplier answers for; found as the user
        responsibility_sudo = responsibility.sudo()
        return self._render_page(
            "after_sales.portal_responsibility",
            "after_sales_responsibility",
            responsibility=responsibility_sudo,
            old_parts=responsibility_sudo.claim_line_id.old_part_ids,
            reasons=responsibility._portal_get_reasons("after_sales_dispute"),
            object=responsibility,
            token=False,
        )

    @http.route(
        "/my/responsibilities/<int:responsibility_id>/photo/<int:photo_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_responsibility_photo(self, responsibility_id, photo_id, **kw):
        """What the station has photographed; the supplier judges by it."""
        responsibility = self._get_responsibility(responsibility_id)
        # sudo: photos of the claim that was found as the user's to answer for
        photos_sudo = responsibility.sudo().claim_id.photo_ids
        return self._show_photo(photos_sudo, photo_id)

    @http.route(
        "/my/responsibilities/<int:responsibility_id>/proof/<int:proof_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_responsibility_proof(self, responsibility_id, proof_id, **kw):
        responsibility = self._get_responsibility(responsibility_id)
        return self._show_photo(responsibility.proof_ids, proof_id)

    @http.route(
        "/my/responsibilities/<int:responsibility_id>/<string:verb>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_responsibility_answer(self, responsibility_id, verb, **post):
        """Accept, or dispute with reason and proof; answers JSON, so that the page
        keeps what was typed when something is wrong. All of it, or nothing."""
        responsibility = self._get_responsibility(responsibility_id)
        files = [
            (file.filename, file.read())
            for file in request.httprequest.files.getlist("proof")
            if file.filename
        ]

        def answer():
            if verb == "accept":
                responsibility._portal_accept()
            elif verb == "dispute":
                responsibility._portal_dispute(post, files)
            else:
                raise request.not_found()

        return self._answer_form(answer, f"/my/responsibilities/{responsibility.id}")

    # ----------------------------------------------------------------------- parts

    @http.route(
        ["/my/supplier-parts", "/my/supplier-parts/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_supplier_parts(self, page=1, **kw):
        """Replaced parts that are with the supplier or on their way to it."""
        partner = request.env.user.commercial_partner_id
        domain = [
            ("supplier_id", "child_of", partner.id),
            ("state", "in", ("in_transit", "forwarded")),
        ]
        found, pager = self._find_page(
            request.env["after.sales.old.part"],
            "/my/supplier-parts",
            page,
            domain,
            order="state desc, moved_at desc, id desc",
        )
        return self._render_page(
            "after_sales.portal_supplier_parts",
            "after_sales_supplier_parts",
            parts=found.sudo(),  # sudo: names of parts, waybill; found as the user
            results=self._get_labels("after.sales.part.shipment.line", "result"),
            conditions=self._get_labels("after.sales.old.part", "condition")[1:],
            pager=pager,
        )

    @http.route(
        "/my/supplier-parts/<int:part_id>/received",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_supplier_part_received(self, part_id, **post):
        """What the supplier found when the part arrived; answers JSON."""
        part = self._find_document("after.sales.old.part", part_id)
        # sudo: the shipment of a part found as the user; it asks who receives it
        shipment_sudo = part.sudo().shipment_id
        if not shipment_sudo:
            raise request.not_found()
        return self._answer_form(
            lambda: shipment_sudo._portal_receive(part, post), "/my/supplier-parts"
        )
