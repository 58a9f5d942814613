from odoo import http
from odoo.http import request

from odoo.addons.sales_base.controllers.portal_pages import PortalPages

from ..models.sales_assistant_order_mixin import PROPERTY

WORDS_MAX = 4000


class PropertyPortal(PortalPages):
    """Count sheets of what belongs to a customer, in the portal (SA-17c): he reads
    them, and agrees or says what is wrong."""

    def _is_property_on(self):
        return request.env["res.groups"]._is_feature_enabled(PROPERTY)

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sales_property_count" in counters:
            values["sales_property_count"] = (
                request.env["sales.assistant.property.count"].search_count([])
                if self._is_property_on()
                else 0
            )
        return values

    def _get_property_count(self, count_id):
        if not self._is_property_on():
            raise request.not_found()
        return self._find_document("sales.assistant.property.count", count_id)

    @http.route(
        ["/my/property-counts", "/my/property-counts/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_property_counts(self, page=1, **kw):
        if not self._is_property_on():
            raise request.not_found()
        found, pager = self._find_page(
            request.env["sales.assistant.property.count"], "/my/property-counts", page
        )
        return self._render_page(
            "sales_assistant.portal_property_counts",
            "sales_property_counts",
            counts=found.sudo(),  # sudo: names; found as the user
            pager=pager,
        )

    @http.route(
        "/my/property-counts/<int:count_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_property_count(self, count_id, **kw):
        count = self._get_property_count(count_id)
        return self._render_page(
            "sales_assistant.portal_property_count",
            "sales_property_count",
            count=count.sudo(),  # sudo: what is on it; found as the user
            can_confirm=count.can_confirm,
        )

    @http.route(
        "/my/property-counts/<int:count_id>/pdf",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_property_count_pdf(self, count_id, **kw):
        return self._show_pdf(
            self._get_property_count(count_id), "sales_assistant.report_property_count"
        )

    @http.route(
        "/my/property-counts/<int:count_id>/xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_property_count_xlsx(self, count_id, **kw):
        # sudo: the lines of a sheet that was found as the user
        count_sudo = self._get_property_count(count_id).sudo()
        return self._show_sheet(
            request.env["sales.assistant.property.count.line"].sudo(),  # sudo: as above
            [("count_id", "=", count_sudo.id)],
            count_sudo._get_report_base_filename(),
            (count_sudo.date_count, count_sudo.date_count),
        )

    @http.route(
        "/my/property-counts/<int:count_id>/agree",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_property_count_agree(self, count_id, **post):
        return self._answer_property_count(count_id, "confirm", post)

    @http.route(
        "/my/property-counts/<int:count_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_property_count_dispute(self, count_id, **post):
        return self._answer_property_count(count_id, "dispute", post)

    def _answer_property_count(self, count_id, verb, post):
        count = self._get_property_count(count_id)
        words = str(post.get("words") or "").replace("\x00", "").strip()[:WORDS_MAX]
        return self._answer_form(
            lambda: count._portal_answer(verb, words),
            f"/my/property-counts/{count.id}",
        )
