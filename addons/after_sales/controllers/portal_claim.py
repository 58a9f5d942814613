import uuid

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import format_date

from ..models.after_sales_claim_portal import EDITABLE
from ..models.after_sales_evidence import ASKED_ONLY
from .station_pages import StationPages

SEARCH_LIMIT = 12
LINE_FIELDS = "id line_type ref name quantity price_unit part_lot is_causal".split()
#: what a station searches, and the field that says the record is offered to it
SEARCHED = {
    "part": ("product.product", [("is_spare_part", "=", True)]),
    "labor": ("after.sales.labor", []),
    "fault": ("after.sales.fault", [("is_selectable", "=", True)]),
    "assembly": (
        "product.product",
        [("is_spare_part", "=", True), ("is_main_part", "=", True)],
    ),
}
#: returned claims wait for the station, so they come first
STATE_ORDER = (
    "returned draft submitted in_review approved settled rejected cancelled".split()
)


class ClaimPortal(StationPages):
    """Claims of a station in the portal (AS-20). Every route searches as the user; what
    it writes goes through the claim's own methods."""

    # ------------------------------------------------------------------------ home

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        claims = request.env["after.sales.claim"]
        if "after_sales_claim_count" in counters:
            values["after_sales_claim_count"] = (
                claims.search_count([]) if self._is_station_contact() else 0
            )
        if "after_sales_returned_count" in counters:
            values["after_sales_returned_count"] = claims.search_count(
                [("state", "=", "returned")]
            )
        return values

    @staticmethod
    def _is_station_contact():
        # sudo: a portal user does not read the role of his own contact
        partner_sudo = request.env.user.partner_id.sudo()
        return bool(partner_sudo._get_after_sales_role("after.sales.station"))

    def _get_claim(self, claim_id):
        return self._find_document("after.sales.claim", claim_id)

    # ------------------------------------------------------------------------ list

    def _get_claim_filters(self):
        _ = request.env._
        return {
            "open": {
                "label": _("Open"),
                "domain": [
                    ("state", "in", ("draft", "submitted", "in_review", "returned"))
                ],
            },
            "returned": {
                "label": _("Returned"),
                "domain": [("state", "=", "returned")],
            },
            "decided": {
                "label": _("Decided"),
                "domain": [("state", "in", ("approved", "rejected", "settled"))],
            },
            "all": {"label": _("All"), "domain": []},
        }

    @http.route(
        ["/my/claims", "/my/claims/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_claims(self, page=1, filterby="open", search="", **kw):
        filters = self._get_claim_filters()
        filterby = filterby if filterby in filters else "open"
        domain = Domain(filters[filterby]["domain"])
        search = (search or "").strip()[:60]
        if search:
            # sudo: a station claims on units that others sold; the claims are its own
            units_sudo = request.env["stock.lot"].sudo()
            domain &= Domain("name", "ilike", search) | Domain(
                "lot_id", "in", units_sudo._search([("name", "ilike", search)])
            )
        claims = request.env["after.sales.claim"]
        count = claims.search_count(domain)
        pager = self._get_pager(
            "/my/claims", count, page, filterby=filterby, search=search
        )
        found = self._search_returned_first(domain, pager["offset"])
        return self._render_page(
            "after_sales.portal_claims",
            "after_sales_claims",
            claims=found.sudo(),  # sudo: names of units; found as user
            filters=filters,
            filterby=filterby,
            search=search,
            pager=pager,
            is_station_contact=self._is_station_contact(),
        )

    def _search_returned_first(self, domain, offset):
        """A page of claims, those returned to the station first."""
        claims = request.env["after.sales.claim"]
        returned = domain & Domain("state", "=", "returned")
        others = domain & Domain("state", "!=", "returned")
        limit = self._items_per_page
        order = "date_due, id"
        first = claims.search(returned, order=order, limit=limit, offset=offset)
        if len(first) == limit:
            return first
        skipped = claims.search_count(returned) if offset else len(first)
        rest = claims.search(
            others, limit=limit - len(first), offset=max(0, offset - skipped)
        )
        return first + rest

    # ---------------------------------------------------------------------- detail

    @http.route(
        "/my/claims/<int:claim_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_claim(self, claim_id, **kw):
        claim = self._get_claim(claim_id)
        return self._render_page(
            "after_sales.portal_claim",
            "after_sales_claim",
            claim=claim.sudo(),  # sudo: catalogue names; found as user
            object=claim,
            can_edit=claim.state in EDITABLE,
            token=False,
            tz=str(claim.company_id.sudo()._get_sales_tz()),  # sudo: clock
        )

    @http.route(
        "/my/claims/<int:claim_id>/photo/<int:photo_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_claim_photo(self, claim_id, photo_id, **kw):
        return self._show_photo(self._get_claim(claim_id).photo_ids, photo_id)

    @http.route(
        "/my/claims/<int:claim_id>/pdf",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_claim_pdf(self, claim_id, **kw):
        return self._show_pdf(self._get_claim(claim_id), "after_sales.report_claim")

    # ------------------------------------------------------------------------ edit

    @http.route("/my/claims/new", type="http", auth="user", website=True, readonly=True)
    def portal_claim_new(self, kind="appraisal", **kw):
        return self._render_claim_form(request.env["after.sales.claim"], kind)

    @http.route(
        "/my/claims/<int:claim_id>/edit",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_claim_edit(self, claim_id, **kw):
        claim = self._get_claim(claim_id)
        if claim.state not in EDITABLE:
            return request.redirect(f"/my/claims/{claim.id}")
        return self._render_claim_form(claim)

    def _render_claim_form(self, claim, kind="appraisal"):
        claims = request.env["after.sales.claim"]
        stations = claims._portal_get_stations()
        if not stations:
            raise request.not_found()
        kinds_sudo = self._get_claim_kinds(stations)
        kind_sudo = kinds_sudo.filtered(lambda row: row.key == (claim.kind or kind))
        if not kind_sudo and not claim:
            raise request.not_found()
        required = kind_sudo.evidence_ids.mapped("photo_kind")
        return self._render_page(
            "after_sales.portal_claim_form",
            "after_sales_claim_form",
            claim=claim.sudo(),  # sudo: catalogue names; found as the user
            stations=stations,
            line_types=self._get_labels("after.sales.claim.line", "line_type"),
            photo_kinds=[
                (key, label)
                for key, label in self._get_labels("after.sales.claim.photo", "kind")
                if key in required or key not in ASKED_ONLY
            ],
            kind=claim.kind or kind,
            moments=claim.sudo()._portal_get_moments(),  # sudo: the company's clock
            kinds=kinds_sudo,
            required_kinds=required,
            client_key=uuid.uuid4().hex,
            today=stations[0].company_id.sudo()._get_sales_today(),  # sudo: day
        )

    @staticmethod
    def _get_claim_kinds(stations):
        """Kinds of claims that these stations may submit, with their evidence."""
        # sudo: what a station may submit and what evidence is asked for is no secret
        return stations.sudo().kind_ids.filtered("is_offered").sorted("sequence")

    @http.route(
        "/my/claims/save", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_claim_save(self, claim_id=None, step="draft", **post):
        """Save a claim and, if asked, submit it, ask for consent or claim the defect
        that a running-in service found; or withdraw what was asked for; answers
        JSON."""
        if trouble := self._get_lookup_trouble():
            return request.make_json_response({"error": trouble})

        def save():
            if step == "withdraw":
                # sudo: found as the user; the step asks person and state
                claim_sudo = self._find_posted_claim(claim_id).sudo()
                claim_sudo.action_withdraw()
                return claim_sudo
            claim_sudo = self._save_claim(claim_id, post)
            if step == "submit" and claim_sudo.state in EDITABLE:
                claim_sudo.action_submit()
            elif step == "ask":
                claim_sudo.action_ask()
            elif step == "defect":
                claim_sudo = claim_sudo._make_defect_claim()
            return claim_sudo

        return self._answer_form(save, "/my/claims/%s")

    @staticmethod
    def _find_posted_claim(claim_id):
        text = str(claim_id)
        number = int(text) if text.isdecimal() and len(text) < 10 else 0
        claim = request.env["after.sales.claim"].search([("id", "=", number)])
        if not claim:
            raise UserError(request.env._("This claim does not exist."))
        return claim

    def _save_claim(self, claim_id, post):
        claims = request.env["after.sales.claim"]
        claim = self._find_posted_claim(claim_id) if claim_id else claims
        return claims._portal_save(
            post, self._get_claim_lines(), self._get_posted_photos(), claim
        )

    def _get_claim_lines(self):
        lines = self._get_posted_lines(LINE_FIELDS)
        for line in lines:
            line["product_id"] = line["labor_id"] = line["ref"]
        return lines

    @http.route(
        "/my/claims/<int:claim_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_claim_cancel(self, claim_id, **post):
        claim = self._get_claim(claim_id)
        # sudo: the step asks the person; the station's reason is always the same
        reason_sudo = request.env.ref("after_sales.reason_cancel_1").sudo()
        note = claim._portal_text(str(post.get("note") or "")[:500], 500)
        if claim.state in EDITABLE:
            # sudo: found as the user; the step asks person and state
            claim.sudo()._do_with_reason("cancel", reason_sudo, note)
        return request.redirect(f"/my/claims/{claim.id}")

    @http.route(
        "/my/claims/<int:claim_id>/photo/<int:photo_id>/delete",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_claim_photo_delete(self, claim_id, photo_id, **post):
        claim = self._get_claim(claim_id)
        photo = claim.photo_ids.filtered(lambda row: row.id == photo_id)
        if photo:
            # sudo: found as the user; a submission that runs now ends first
            claim.sudo()._lock_for_step()
            if claim.state in EDITABLE:
                photo.sudo().unlink()  # sudo: the claim is with the station
        return request.redirect(f"/my/claims/{claim.id}/edit")

    # --------------------------------------------------------------------- look-ups

    @http.route("/my/claims/unit", type="jsonrpc", auth="user", website=True)
    def portal_claim_unit(self, serial, station_id=None):
        """What a station needs to know of a unit it has before it.

        :returns: dict with texts, or an error text
        """
        if trouble := self._get_lookup_trouble():
            return {"error": trouble}
        claims = request.env["after.sales.claim"]
        try:
            station = claims._portal_pick_station(station_id)
        except (UserError, AccessError) as error:
            return {"error": str(error)}
        lot_sudo = claims._portal_find_unit(serial, station.company_id)
        if not lot_sudo:
            text = request.env._("Unknown, or not sold yet. Check the plate.")
            return {"error": text}
        end = lot_sudo.date_warranty_end
        units = dict(lot_sudo._fields["usage_unit"]._description_selection(request.env))
        return {
            "product": lot_sudo.product_id.display_name,
            "sold": format_date(request.env, lot_sudo.date_sold),
            "warranty": format_date(request.env, end) if end else "–",
            "covered": lot_sudo.is_under_warranty,
            "usage_unit": units.get(lot_sudo.usage_unit, ""),
        }

    @http.route(
        "/my/claims/search", type="jsonrpc", auth="user", website=True, readonly=True
    )
    def portal_claim_search(self, kind, term=""):
        """Parts, operations and faults a station may choose.

        :returns: list of ``{"id", "name", "hours"}``
        """
        if kind not in SEARCHED or not self._is_station_contact():
            return []
        model, domain = SEARCHED[kind]
        companies = [*request.env.companies.ids, False]
        # sudo: these catalogues are offered to stations, only here and only these names
        records_sudo = (
            request.env[model]
            .sudo()
            .search(
                [
                    *domain,
                    ("company_id", "in", companies),
                    ("display_name", "ilike", str(term or "")[:60]),
                ],
                limit=SEARCH_LIMIT,
            )
        )
        return [
            {
                "id": record.id,
                "name": record.display_name,
                "hours": record.standard_hours if kind == "labor" else 0,
            }
            for record in records_sudo
        ]
