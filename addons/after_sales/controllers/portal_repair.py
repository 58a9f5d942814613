import uuid

from odoo import SUPERUSER_ID, http
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import format_date

from ..models.after_sales_repair_steps import TermsChanged
from .station_pages import StationPages

LINE_FIELDS = (
    "id line_type ref name quantity price_unit payer part_lot is_causal".split()
)
PDFS = {
    "sheet": "after_sales.report_repair_sheet",
    "receipt": "after_sales.report_repair_receipt",
}
REPAIR_PAGE = "/my/repairs/%s"
WORKING = ("booked", "received", "estimated", "consented", "in_work", "accepted")


class RepairPortal(StationPages):
    """Repairs of a station in the portal (AS-05, AS-20). Every route searches as the
    user; what it writes goes through the repair's own methods."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "after_sales_repair_count" in counters:
            values["after_sales_repair_count"] = request.env[
                "after.sales.repair"
            ].search_count([("state", "in", WORKING)])
        return values

    def _get_repair(self, repair_id):
        return self._find_document("after.sales.repair", repair_id)

    # ----------------------------------------------------------------------- pages

    def _get_repair_filters(self):
        _ = request.env._
        return {
            "open": (_("Open"), [("state", "in", WORKING)]),
            "call": (
                _("To Call"),
                [("state", "=", "picked_up"), ("called_at", "=", False)],
            ),
            "all": (_("All"), []),
        }

    @http.route(
        ["/my/repairs", "/my/repairs/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_repairs(self, page=1, filterby="open", **kw):
        filters = self._get_repair_filters()
        filterby = filterby if filterby in filters else "open"
        found, pager = self._find_page(
            request.env["after.sales.repair"],
            "/my/repairs",
            page,
            filters[filterby][1],
            order="begin_at, id" if filterby == "open" else "begin_at desc, id desc",
            filterby=filterby,
        )
        return self._render_page(
            "after_sales.portal_repairs",
            "after_sales_repairs",
            repairs=found.sudo(),  # sudo: names of units; found as the user
            filters={key: label for key, (label, _domain) in filters.items()},
            filterby=filterby,
            pager=pager,
            tz=self._get_station_tz(),
            is_station=bool(request.env["after.sales.claim"]._portal_get_stations()),
        )

    @http.route(
        "/my/repairs/new", type="http", auth="user", website=True, readonly=True
    )
    def portal_repair_new(self, **kw):
        stations = request.env["after.sales.claim"]._portal_get_stations()
        if not stations:
            raise request.not_found()
        return self._render_page(
            "after_sales.portal_repair_new",
            "after_sales_repairs",
            stations=stations,
            bays=request.env["after.sales.bay"].search(
                [("station_id", "in", stations.ids)]
            ),
            client_key=uuid.uuid4().hex,
        )

    @http.route(
        "/my/repairs/<int:repair_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_repair(self, repair_id, **kw):
        repair = self._get_repair(repair_id)
        repair_sudo = repair.sudo()  # sudo: catalogue names; found as the user
        return self._render_page(
            "after_sales.portal_repair",
            "after_sales_repair",
            repair=repair_sudo,
            lines_open=kw.get("edit") == "lines",
            mechanics=repair_sudo._portal_get_mechanics(),
            line_types=self._get_labels("after.sales.repair.line", "line_type"),
            payers=self._get_labels("after.sales.repair.line", "payer"),
            terms_hash=repair_sudo._get_terms_hash(),
            is_changed="changed" in kw,
            claim_kinds=repair_sudo._portal_get_claim_kinds(),
            photo_kinds=self._get_labels("after.sales.repair.photo", "kind"),
            tz=self._get_station_tz(),
        )

    def _get_station_tz(self):
        # sudo: the company's clock is no secret
        return str(request.env.company.sudo()._get_sales_tz())

    @http.route(
        "/my/repairs/<int:repair_id>/photo/<int:photo_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_repair_photo(self, repair_id, photo_id, **kw):
        return self._show_photo(self._get_repair(repair_id).photo_ids, photo_id)

    @http.route(
        "/my/repairs/<int:repair_id>/pdf/<string:paper>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_repair_pdf(self, repair_id, paper, **kw):
        repair = self._get_repair(repair_id)
        if paper not in PDFS:
            raise request.not_found()
        return self._show_pdf(repair, PDFS[paper])

    # ----------------------------------------------------------------------- steps

    @http.route(
        "/my/repairs/save", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_repair_save(self, **post):
        if trouble := self._get_lookup_trouble():
            return request.make_json_response({"error": trouble})
        return self._answer_form(
            lambda: request.env["after.sales.repair"]._portal_book(post), REPAIR_PAGE
        )

    @http.route(
        "/my/repairs/<int:repair_id>/step",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_repair_step(self, repair_id, step="", **post):
        """One form of the page; answers JSON, so that the page keeps what was typed."""
        repair = self._get_repair(repair_id)
        # a part's lot is looked up, too
        if any(request.httprequest.form.getlist("line_part_lot")):
            if trouble := self._get_lookup_trouble():
                return request.make_json_response({"error": trouble})

        def take():
            repair._portal_step(
                step,
                post,
                self._get_posted_lines(LINE_FIELDS),
                self._get_posted_photos(),
            )
            return repair

        return self._answer_form(take, REPAIR_PAGE)

    @http.route(
        "/my/repairs/<int:repair_id>/claim",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_repair_claim(self, repair_id, **post):
        repair = self._get_repair(repair_id)

        def claim():
            # sudo: found as the user; the step asks person and state
            return repair.sudo()._portal_claim(post.get("claim_kind"))

        return self._answer_form(claim, "/my/claims/%s/edit")

    @http.route(
        "/my/repairs/<int:repair_id>/sign/<string:verb>/<string:seen>",
        type="jsonrpc",
        auth="user",
        website=True,
    )
    def portal_repair_sign(self, repair_id, verb, seen, name=None, signature=None):
        repair = request.env["after.sales.repair"].search([("id", "=", repair_id)])
        if not repair:
            return {"error": request.env._("This repair does not exist.")}
        # sudo: found as the user; the step asks person and state
        return self._sign_repair(
            lambda: repair.sudo()._sign(verb, name, signature, seen),
            REPAIR_PAGE % repair.id,
        )

    def _sign_repair(self, sign, page):
        """Sign, or show the work as it is now where it is not what was shown."""
        try:
            with request.env.cr.savepoint():
                sign()
        except TermsChanged:
            return {"force_refresh": True, "redirect_url": f"{page}?changed=1"}
        except (UserError, AccessError) as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": page}

    # --------------------------------------------------------------------- look-up

    @http.route("/my/repairs/unit", type="jsonrpc", auth="user", website=True)
    def portal_repair_unit(self, serial, station_id=None, fault_id=None, usage=None):
        """What reception needs to know before it takes a unit in: product, warranty and
        the counters of the law (B-13).

        :returns: dict with texts, or an error text
        """
        if trouble := self._get_lookup_trouble():
            return {"error": trouble}
        repairs = request.env["after.sales.repair"]
        claims = request.env["after.sales.claim"]
        try:
            station = claims._portal_pick_station(station_id)
            fault = repairs._portal_fault(fault_id)
            meter = int(repairs._portal_number(usage, request.env._("Usage")))
        except (UserError, AccessError) as error:
            return {"error": str(error)}
        lot_sudo = claims._portal_find_unit(serial, station.company_id)
        if not lot_sudo:
            text = request.env._("Unknown, or not sold yet. Check the plate.")
            return {"error": text}
        findings = repairs._count_guarantee_of(
            station.company_id, lot_sudo, fault, meter
        )
        end = lot_sudo.date_warranty_end
        units = dict(lot_sudo._fields["usage_unit"]._description_selection(request.env))
        return {
            "product": lot_sudo.product_id.display_name,
            "sold": format_date(request.env, lot_sudo.date_sold),
            "warranty": format_date(request.env, end) if end else "–",
            "covered": lot_sudo.is_under_warranty,
            "usage_unit": units.get(lot_sudo.usage_unit, ""),
            "level": repairs._get_worst_level(findings),
            "warnings": [repairs._get_sentence(finding) for finding in findings],
        }

    # -------------------------------------------------------------------- consumer

    def _find_consumer_repair(self, repair_id, token):
        return request.env["after.sales.repair"]._find_by_token(
            repair_id, token, request.httprequest.remote_addr
        )

    @http.route(
        "/repair/<int:repair_id>/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def consumer_repair(self, repair_id, token, **kw):
        """The customer reads the estimate and signs on his own phone. Nothing is
        raised: what is rolled back is not counted."""
        repair_sudo = self._find_consumer_repair(repair_id, token)
        status = 429 if repair_sudo is None else 200 if repair_sudo else 404
        response = request.render(
            "after_sales.consumer_repair",
            {
                "repair": repair_sudo or request.env["after.sales.repair"],
                "status": status,
                "token": token,
                "terms_hash": repair_sudo and repair_sudo._get_terms_hash(),
                "is_changed": "changed" in kw,
            },
            status=status,
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @http.route(
        "/repair/<int:repair_id>/<string:token>/sign/<string:verb>/<string:seen>",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def consumer_repair_sign(
        self, repair_id, token, verb, seen, name=None, signature=None
    ):
        """Consent or pickup: what the page asked for and has shown, whatever the state
        is now."""
        repair_sudo = self._find_consumer_repair(repair_id, token)
        if repair_sudo is None:
            return {"error": request.env._("Too many calls. Try again in a while.")}
        if not repair_sudo:
            return {"error": request.env._("This link is not valid.")}
        # the customer has no user of his own: the system signs for his token
        as_system = repair_sudo.with_user(SUPERUSER_ID)
        return self._sign_repair(
            lambda: as_system._sign(verb, name, signature, seen, "link"),
            f"/repair/{repair_id}/{token}",
        )
