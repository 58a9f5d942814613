import logging

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .station_pages import StationPages

_logger = logging.getLogger(__name__)


class SettlementPortal(StationPages):
    """Settlements of a station in the portal (AS-12), for contacts who see money."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        settlements = request.env["after.sales.settlement"]
        if "after_sales_settlement_count" in counters:
            values["after_sales_settlement_count"] = settlements.search_count([])
        return values

    def _get_settlement(self, settlement_id):
        return self._find_document("after.sales.settlement", settlement_id)

    @http.route(
        ["/my/settlements", "/my/settlements/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlements(self, page=1, **kw):
        found, pager = self._find_page(
            request.env["after.sales.settlement"], "/my/settlements", page
        )
        return self._render_page(
            "after_sales.portal_settlements",
            "after_sales_settlements",
            settlements=found.sudo(),  # sudo: paid is read from the bill
            pager=pager,
        )

    @http.route(
        [
            "/my/settlements/<int:settlement_id>",
            "/my/settlements/<int:settlement_id>/page/<int:page>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlement(self, settlement_id, page=1, **kw):
        settlement = self._get_settlement(settlement_id)
        # sudo: units, parts and reasons; the settlement was found as the user
        lines_sudo = request.env["after.sales.settlement.line"].sudo()
        rows_sudo, pager = self._find_page(
            lines_sudo,
            f"/my/settlements/{settlement.id}",
            page,
            [("settlement_id", "=", settlement.id)],
        )
        return self._render_page(
            "after_sales.portal_settlement",
            "after_sales_settlement",
            settlement=settlement.sudo(),  # sudo: units and bill; found as user
            rows=rows_sudo,
            can_object=settlement.can_object,
            can_confirm=settlement.can_confirm,
            pager=pager,
            object=settlement,
            token=False,
        )

    @http.route(
        "/my/settlements/<int:settlement_id>/object/<int:line_ref>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlement_row(self, settlement_id, line_ref, **kw):
        """The form of an objection to one row."""
        settlement = self._get_settlement(settlement_id)
        line = request.env["after.sales.settlement.line"].search(
            [("id", "=", line_ref), ("settlement_id", "=", settlement.id)]
        )
        if not line or not settlement.can_object:
            raise request.not_found()
        return self._render_page(
            "after_sales.portal_settlement_object",
            "after_sales_settlement",
            settlement=settlement,
            row=line.sudo(),  # sudo: units and reasons; found as the user
            reasons=settlement._portal_get_objection_reasons(),
        )

    @http.route(
        "/my/settlements/<int:settlement_id>/object/<int:line_ref>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_settlement_object(self, settlement_id, line_ref, **post):
        """Take an objection down; answers JSON: the page keeps what was typed."""
        settlement = self._get_settlement(settlement_id)
        return self._answer_form(
            lambda: settlement._portal_object(line_ref, post),
            f"/my/settlements/{settlement_id}",
        )

    @http.route(
        "/my/settlements/<int:settlement_id>/withdraw/<int:objection_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_settlement_withdraw(self, settlement_id, objection_id, **post):
        settlement = self._get_settlement(settlement_id)
        # sudo: among the objections of a settlement that was found as the user
        objection_sudo = settlement.sudo().objection_ids.filtered(
            lambda one: one.id == objection_id
        )
        if not objection_sudo:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                objection_sudo.action_withdraw()
        except (UserError, AccessError) as error:
            # Answered meanwhile: the page shows how it stands.
            _logger.info("Objection %s stays: %s", objection_sudo.name, error)
        return request.redirect(f"/my/settlements/{settlement_id}")

    @http.route(
        "/my/settlements/<int:settlement_id>/confirm",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_settlement_confirm(self, settlement_id, **post):
        settlement = self._get_settlement(settlement_id)
        try:
            with request.env.cr.savepoint():
                # sudo: found as the user; the step asks person and state
                settlement.sudo().action_confirm()
        except (UserError, AccessError) as error:
            # Confirmed already, or not any more: the page shows how it stands.
            _logger.info("Settlement %s not confirmed: %s", settlement.name, error)
        return request.redirect(f"/my/settlements/{settlement_id}")

    @http.route(
        "/my/settlements/<int:settlement_id>/pdf",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlement_pdf(self, settlement_id, **kw):
        return self._show_pdf(
            self._get_settlement(settlement_id), "after_sales.report_settlement"
        )

    @http.route(
        "/my/settlements/<int:settlement_id>/xlsx",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlement_xlsx(self, settlement_id, **kw):
        settlement = self._get_settlement(settlement_id)
        # sudo: names of units and products; the settlement was found as the user
        lines_sudo = request.env["after.sales.settlement.line"].sudo()
        return self._show_sheet(
            lines_sudo,
            [("settlement_id", "=", settlement.id)],
            settlement.name,
            (settlement.date_from, settlement.date_to),
        )
