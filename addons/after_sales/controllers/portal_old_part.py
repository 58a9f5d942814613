from odoo import http
from odoo.http import request

from .station_pages import StationPages

#: tags printed, parts packed by one request
PARTS_MAX = 200


class OldPartPortal(StationPages):
    """Replaced parts of a station in the portal (AS-10, AS-20): what is to be sent
    back, tags, packing by scanning, packing list."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "after_sales_overdue_part_count" in counters:
            values["after_sales_overdue_part_count"] = request.env[
                "after.sales.old.part"
            ].search_count([("is_overdue", "=", True)])
        return values

    # ----------------------------------------------------------------------- parts

    def _get_part_filters(self):
        _ = request.env._
        owed = [
            ("state", "=", "at_station"),
            ("disposal", "in", ("return", "supplier")),
        ]
        return {
            "owed": {"label": _("To Send"), "domain": owed},
            "way": {"label": _("On the Way"), "domain": [("state", "=", "in_transit")]},
            "done": {
                "label": _("Done"),
                "domain": [("state", "not in", ("at_station", "in_transit"))],
            },
            "all": {"label": _("All"), "domain": []},
        }

    @http.route(
        ["/my/old-parts", "/my/old-parts/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_old_parts(self, page=1, filterby="owed", **kw):
        filters = self._get_part_filters()
        filterby = filterby if filterby in filters else "owed"
        found, pager = self._find_page(
            request.env["after.sales.old.part"],
            "/my/old-parts",
            page,
            filters[filterby]["domain"],
            order="date_due, id" if filterby == "owed" else "id desc",
            filterby=filterby,
        )
        packed = request.env["after.sales.part.shipment.line"].search(
            [("part_id", "in", found.ids), ("shipment_id.state", "=", "draft")]
        )
        shipments = request.env["after.sales.part.shipment"].search([], limit=20)
        return self._render_page(
            "after_sales.portal_old_parts",
            "after_sales_old_parts",
            parts=found.sudo(),  # sudo: names of parts and claims; found as the user
            packed={line.part_id.id: line.shipment_id for line in packed},
            shipments=shipments,
            filters=filters,
            filterby=filterby,
            pager=pager,
        )

    @http.route(
        "/my/old-parts/<int:part_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_old_part(self, part_id, **kw):
        part = self._find_document("after.sales.old.part", part_id)
        return self._render_page(
            "after_sales.portal_old_part",
            "after_sales_old_part",
            part=part.sudo(),  # sudo: its moves; the part was found as the user
        )

    def _get_posted_parts(self, ids):
        """The user's own parts among the ids received; foreign ones do not exist."""
        numbers = {int(text) for text in ids if text.isdecimal() and len(text) < 10}
        return request.env["after.sales.old.part"].search(
            [("id", "in", list(numbers))], limit=PARTS_MAX, order="id"
        )

    @http.route(
        "/my/old-parts/tags", type="http", auth="user", website=True, readonly=True
    )
    def portal_old_part_tags(self, **kw):
        parts = self._get_posted_parts(request.httprequest.args.getlist("part"))
        if not parts:
            raise request.not_found()
        return self._show_tags(parts)

    def _show_tags(self, parts):
        return self._show_pdf(parts, "after_sales.report_part_tag", is_download=False)

    @http.route(
        "/my/old-parts/pack", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_old_part_pack(self, **post):
        """Start a parcel with the parts that were ticked; answers JSON."""
        parts = self._get_posted_parts(request.httprequest.form.getlist("part"))
        if not parts:
            text = request.env._("Tick the parts that you send.")
            return request.make_json_response({"error": text})

        def pack():
            # sudo: found as the user; each part is proven when it is packed
            parts_sudo = parts.sudo()
            return request.env["after.sales.part.shipment"]._pack_parts(parts_sudo)

        return self._answer_form(pack, "/my/part-shipments/%s", "/my/old-parts")

    # ------------------------------------------------------------------- shipments

    def _get_shipment(self, shipment_id):
        return self._find_document("after.sales.part.shipment", shipment_id)

    @http.route(
        "/my/part-shipments/<int:shipment_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_part_shipment(self, shipment_id, **kw):
        shipment = self._get_shipment(shipment_id)
        return self._render_page(
            "after_sales.portal_part_shipment",
            "after_sales_part_shipment",
            shipment=shipment.sudo(),  # sudo: names of parts; found as the user
        )

    @http.route(
        "/my/part-shipments/<int:shipment_id>/pdf",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_part_shipment_pdf(self, shipment_id, **kw):
        return self._show_pdf(
            self._get_shipment(shipment_id), "after_sales.report_part_shipment"
        )

    @http.route(
        "/my/part-shipments/<int:shipment_id>/tags",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_part_shipment_tags(self, shipment_id, **kw):
        parts = self._get_shipment(shipment_id).line_ids.part_id
        if not parts:
            raise request.not_found()
        return self._show_tags(parts[:PARTS_MAX])

    @http.route(
        "/my/part-shipments/<int:shipment_id>/scan",
        type="jsonrpc",
        auth="user",
        website=True,
    )
    def portal_part_shipment_scan(self, shipment_id, code):
        """:returns: dict as ``after.sales.part.shipment._scan``"""
        shipment = self._get_shipment(shipment_id)
        if shipment.state != "draft":
            text = request.env._("%s is closed.", shipment.name)
            return {"ok": False, "message": text}
        return shipment._scan(code)

    @http.route(
        "/my/part-shipments/<int:shipment_id>/remove/<int:line_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_part_shipment_remove(self, shipment_id, line_id, **post):
        shipment = self._get_shipment(shipment_id)
        # sudo: found as the user; a step that runs now ends first
        shipment_sudo = shipment.sudo()
        shipment_sudo._lock_for_step()
        if shipment_sudo.state == "draft":
            shipment_sudo.line_ids.filtered(lambda line: line.id == line_id).unlink()
        return request.redirect(f"/my/part-shipments/{shipment.id}")

    @http.route(
        "/my/part-shipments/<int:shipment_id>/<string:verb>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_part_shipment_step(self, shipment_id, verb, **post):
        """Hand it to the carrier, or unpack it; answers JSON."""
        shipment = self._get_shipment(shipment_id)
        if verb == "send":
            return self._answer_form(
                lambda: self._send(shipment, post), "/my/part-shipments/%s"
            )
        if verb == "unpack":
            # sudo: found as the user; the step asks person and state
            return self._answer_form(shipment.sudo().action_unpack, "/my/old-parts")
        raise request.not_found()

    def _send(self, shipment, post):
        claims = request.env["after.sales.claim"]
        # sudo: found as the user; the step asks person and state
        shipment_sudo = shipment.sudo()
        shipment_sudo._lock_for_step()
        if shipment_sudo.state == "draft":
            label = request.env._("Packages")
            count = claims._portal_number(post.get("package_count") or 1, label)
            shipment_sudo.write(
                {
                    "carrier": claims._portal_text(post.get("carrier"), 80),
                    "waybill": claims._portal_text(post.get("waybill"), 80),
                    "package_count": max(1, int(count)),
                }
            )
        shipment_sudo.action_send()
        return shipment_sudo
