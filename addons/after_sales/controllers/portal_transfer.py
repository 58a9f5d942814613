from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from .station_pages import StationPages

REPORT = "after_sales.report_transfer"


class TransferPortal(StationPages):
    """Urgent parts in the portal (AS-11, AS-20): what a station or a supplier ships on
    the maker's behalf, what a station receives, and the stock it declares."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "after_sales_to_ship_count" in counters:
            values["after_sales_to_ship_count"] = request.env[
                "after.sales.transfer"
            ].search_count(self._get_ship_domain() & Domain("state", "=", "ordered"))
        return values

    def _get_ship_domain(self):
        """Shipments that the user's company ships."""
        # sudo: his own company
        partner_sudo = request.env.user.sudo().commercial_partner_id
        return Domain("partner_id", "child_of", partner_sudo.id) & Domain(
            "way", "!=", "own"
        )

    def _get_transfer_filters(self):
        _ = request.env._
        ship = self._get_ship_domain()
        return {
            "ship": (_("To Ship"), ship & Domain("state", "=", "ordered")),
            "receive": (
                _("To Receive"),
                Domain("state", "in", ("ordered", "dispatched")) & ~ship,
            ),
            "all": (_("All"), Domain.TRUE),
        }

    @http.route(
        ["/my/urgent-parts", "/my/urgent-parts/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_transfers(self, page=1, filterby="", **kw):
        transfers = request.env["after.sales.transfer"]
        filters = self._get_transfer_filters()
        if filterby not in filters:
            waiting = transfers.search_count(filters["ship"][1], limit=1)
            filterby = "ship" if waiting else "receive"
        found, pager = self._find_page(
            transfers, "/my/urgent-parts", page, filters[filterby][1], filterby=filterby
        )
        return self._render_page(
            "after_sales.portal_transfers",
            "after_sales_transfers",
            transfers=found.sudo(),  # sudo: names of parts and partners; found as user
            filters={key: label for key, (label, _domain) in filters.items()},
            filterby=filterby,
            pager=pager,
            stations=request.env["after.sales.claim"]._portal_get_stations(),
        )

    def _get_transfer(self, transfer_id):
        return self._find_document("after.sales.transfer", transfer_id)

    @http.route(
        "/my/urgent-parts/<int:transfer_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_transfer(self, transfer_id, **kw):
        transfer = self._get_transfer(transfer_id)
        # sudo: names of parts and partners; found as the user
        transfer_sudo = transfer.sudo()
        stations = request.env["after.sales.claim"]._portal_get_stations()
        return self._render_page(
            "after_sales.portal_transfer",
            "after_sales_transfer",
            transfer=transfer_sudo,
            object=transfer,
            token=False,
            is_shipper=transfer_sudo._is_shipper(),
            is_receiver=transfer_sudo.station_id.id in stations.ids,
            reasons=self._get_decline_reasons(),
        )

    @staticmethod
    def _get_decline_reasons():
        # sudo: the reasons offered to whoever declines
        reasons_sudo = request.env["sales.reason"].sudo()
        return reasons_sudo.search([("usage", "=", "after_sales_decline")])

    @http.route(
        "/my/urgent-parts/<int:transfer_id>/pdf",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_transfer_pdf(self, transfer_id, **kw):
        return self._show_pdf(self._get_transfer(transfer_id), REPORT)

    @http.route(
        "/my/urgent-parts/<int:transfer_id>/<string:verb>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_transfer_step(self, transfer_id, verb, **post):
        """Dispatch, decline or receive; answers JSON, so that the page keeps what was
        typed."""
        transfer = self._get_transfer(transfer_id)
        steps = {
            "dispatch": self._dispatch,
            "decline": self._decline,
            "receive": self._receive,
        }
        if verb not in steps:
            raise request.not_found()
        return self._answer_form(
            lambda: steps[verb](transfer, post), f"/my/urgent-parts/{transfer.id}"
        )

    @staticmethod
    def _get_posted_by_line(post, prefix):
        """``{line id as text: what was typed}`` of the inputs of one column."""
        return {
            key.removeprefix(prefix): value
            for key, value in post.items()
            if key.startswith(prefix)
        }

    def _dispatch(self, transfer, post):
        transfer._portal_dispatch(post, self._get_posted_by_line(post, "quantity_"))

    def _receive(self, transfer, post):
        transfer._portal_receive(
            self._get_posted_by_line(post, "quantity_"),
            self._get_posted_by_line(post, "note_"),
        )

    def _decline(self, transfer, post):
        reason = self._get_decline_reasons().filtered(
            lambda row: str(row.id) == post.get("reason_id")
        )
        if not reason:
            raise UserError(request.env._("Choose why you do not ship."))
        note = request.env["after.sales.claim"]._portal_text(post.get("note"), 500)
        if reason.is_note_required and not note:
            raise UserError(request.env._("Write down why you do not ship."))
        # sudo: found as the user; the step asks person and state
        transfer.sudo()._do_with_reason("decline", reason, note)

    # ----------------------------------------------------------------------- stock

    @http.route(
        "/my/station-stock", type="http", auth="user", website=True, readonly=True
    )
    def portal_station_stock(self, **kw):
        stations = request.env["after.sales.claim"]._portal_get_stations()
        if not stations:
            raise request.not_found()
        stocks = request.env["after.sales.station.stock"].search([])
        return self._render_page(
            "after_sales.portal_station_stock",
            "after_sales_station_stock",
            stocks=stocks.sudo(),  # sudo: names of parts; found as the user
            stations=stations,
        )

    @http.route(
        "/my/station-stock/declare",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_station_stock_declare(self, **post):
        claims = request.env["after.sales.claim"]

        def declare():
            station = claims._portal_pick_station(post.get("station_id"))
            request.env["after.sales.station.stock"]._portal_declare(
                station, post.get("product_id"), post.get("quantity")
            )

        return self._answer_form(declare, "/my/station-stock")
