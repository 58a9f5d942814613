import logging
import tempfile

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.sales_base.controllers.sheet import XLSX_TYPE

from .station_pages import StationPages

_logger = logging.getLogger(__name__)


class SettlementPortal(StationPages, CustomerPortal):
    """Settlements of a station in the portal (AS-12), for contacts who see money."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        settlements = request.env["after.sales.settlement"]
        if "after_sales_settlement_count" in counters:
            values["after_sales_settlement_count"] = settlements.search_count([])
        return values

    def _get_settlement(self, settlement_id):
        return self._find_station_document("after.sales.settlement", settlement_id)

    @http.route(
        ["/my/settlements", "/my/settlements/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlements(self, page=1, **kw):
        settlements = request.env["after.sales.settlement"]
        pager = self._get_station_pager(
            "/my/settlements", settlements.search_count([]), page
        )
        found = settlements.search(
            [], limit=self._items_per_page, offset=pager["offset"]
        )
        return self._render_station_page(
            "after_sales.portal_settlements",
            "after_sales_settlements",
            settlements=found.sudo(),  # sudo: paid is read from the bill
            pager=pager,
        )

    @http.route(
        "/my/settlements/<int:settlement_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_settlement(self, settlement_id, **kw):
        settlement = self._get_settlement(settlement_id)
        return self._render_station_page(
            "after_sales.portal_settlement",
            "after_sales_settlement",
            settlement=settlement.sudo(),  # sudo: units and bill; found as user
            object=settlement,
            token=False,
        )

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
        return self._show_station_pdf(
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
        with tempfile.TemporaryFile() as stream:
            lines_sudo._write_sheet(
                stream,
                [("settlement_id", "=", settlement.id)],
                period=(settlement.date_from, settlement.date_to),
            )
            stream.seek(0)
            content = stream.read()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX_TYPE),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(f"{settlement.name}.xlsx"),
                ),
            ],
        )
