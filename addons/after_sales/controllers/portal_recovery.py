from odoo import http
from odoo.http import request

from .station_pages import StationPages


class RecoveryPortal(StationPages):
    """Recoveries of a supplier in the portal (AS-13, AS-20), for contacts who see
    money: confirmed as a whole, disputed by line."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "after_sales_sent_recovery_count" in counters:
            values["after_sales_sent_recovery_count"] = request.env[
                "after.sales.recovery"
            ].search_count([("state", "=", "sent")])
        return values

    def _get_recovery(self, recovery_id):
        return self._find_document("after.sales.recovery", recovery_id)

    @http.route(
        ["/my/recoveries", "/my/recoveries/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recoveries(self, page=1, **kw):
        found, pager = self._find_page(
            request.env["after.sales.recovery"], "/my/recoveries", page
        )
        return self._render_page(
            "after_sales.portal_recoveries",
            "after_sales_recoveries",
            recoveries=found.sudo(),  # sudo: paid is read from the credit note
            pager=pager,
        )

    @http.route(
        [
            "/my/recoveries/<int:recovery_id>",
            "/my/recoveries/<int:recovery_id>/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recovery(self, recovery_id, page=1, **kw):
        recovery = self._get_recovery(recovery_id)
        found, pager = self._find_page(
            request.env["after.sales.recovery.line"],
            f"/my/recoveries/{recovery.id}",
            page,
            [("recovery_id", "=", recovery.id)],
        )
        responsibilities = request.env["after.sales.responsibility"]
        return self._render_page(
            "after_sales.portal_recovery",
            "after_sales_recovery",
            recovery=recovery.sudo(),  # sudo: units and credit note; found as user
            lines=found.sudo(),  # sudo: names of units and parts; found as the user
            pager=pager,
            reasons=responsibilities._portal_get_reasons("after_sales_dispute"),
            object=recovery,
            token=False,
        )

    @http.route(
        "/my/recoveries/<int:recovery_id>/confirm",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recovery_confirm(self, recovery_id, **post):
        recovery = self._get_recovery(recovery_id)
        # sudo: found as the user; the step asks person and state
        return self._answer_recovery(recovery, recovery.sudo().action_confirm)

    @http.route(
        "/my/recoveries/<int:recovery_id>/dispute/<int:line_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recovery_dispute(self, recovery_id, line_id, **post):
        recovery = self._get_recovery(recovery_id)
        line = recovery.line_ids.filtered(lambda row: row.id == line_id)
        if not line:
            raise request.not_found()
        return self._answer_recovery(recovery, lambda: line._portal_dispute(post))

    def _answer_recovery(self, recovery, work):
        return self._answer_form(work, f"/my/recoveries/{recovery.id}")

    @http.route(
        "/my/recoveries/<int:recovery_id>/pdf",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recovery_pdf(self, recovery_id, **kw):
        return self._show_pdf(
            self._get_recovery(recovery_id), "after_sales.report_recovery"
        )

    @http.route(
        "/my/recoveries/<int:recovery_id>/xlsx",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_recovery_xlsx(self, recovery_id, **kw):
        recovery = self._get_recovery(recovery_id)
        # sudo: names of units and parts; the recovery was found as the user
        lines_sudo = request.env["after.sales.recovery.line"].sudo()
        return self._show_sheet(
            lines_sudo,
            [("recovery_id", "=", recovery.id)],
            recovery.name,
            (recovery.date_from, recovery.date_to),
        )
