import json

from odoo import http
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .old_part_common import OldPartCommon


@tagged("post_install", "-at_install")
class TestOldPartPortal(OldPartCommon, HttpCase):
    """AS-10, AS-20: the pages of replaced parts, as the station's people and as
    strangers."""

    def _post(self, url, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(url, data=data)

    def _scan(self, shipment, code):
        response = self.url_open(
            f"/my/part-shipments/{shipment.id}/scan",
            data=json.dumps({"params": {"code": code}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def test_pack_scan_send(self):
        """AS-20: ticked parts are packed, another one is scanned in, one taken out, and
        the parcel handed to the carrier."""
        parts = self._create_part(quantity=2)
        scanned, loose = self._create_part(), self._create_part()
        self.authenticate("t_mechanic", "t_mechanic")
        page = self.url_open("/my/old-parts").text
        for part in parts | scanned | loose:
            self.assertIn(part.name, page)
        answer = self._post("/my/old-parts/pack", part=[str(i) for i in parts.ids])
        shipment = self.env["after.sales.part.shipment"].search(
            [("station_id", "=", self.station.id)]
        )
        place = f"/my/part-shipments/{shipment.id}"
        self.assertEqual(answer.json(), {"redirect": place})
        self.assertEqual(shipment.create_uid, self.mechanic)
        for part in (scanned, loose):
            self.assertTrue(self._scan(shipment, part.tag_code)["result"]["ok"])
        self.assertFalse(self._scan(shipment, scanned.name)["result"]["ok"])
        line = shipment.line_ids.filtered(lambda row: row.part_id == loose)
        self._post(f"{place}/remove/{line.id}")
        self.assertEqual(shipment.line_ids.part_id, parts | scanned)
        error = self._post(f"{place}/send", carrier="", waybill="").json()["error"]
        self.assertIn("waybill", error)
        answer = self._post(f"{place}/send", carrier="SF", waybill="SF1").json()
        self.assertEqual(answer, {"redirect": place})
        self.assertEqual((shipment.state, shipment.waybill), ("sent", "SF1"))
        self.assertEqual(set((parts | scanned).mapped("state")), {"in_transit"})
        move = scanned.move_ids[-1]
        self.assertEqual((move.user_id, move.shipment_id), (self.mechanic, shipment))
        self.assertFalse(self._find_breaks(parts | scanned))
        self.assertIn("closed", self._scan(shipment, loose.name)["result"]["message"])
        for url in (place, f"/my/old-parts/{scanned.id}", "/my/old-parts?filterby=way"):
            page = self.url_open(url)
            self.assertEqual(page.status_code, 200)
            self.assertIn(scanned.name, page.text)

    def test_overdue_is_counted_and_tags_are_printed(self):
        """AS-20: the home page counts what is overdue; the tag is printed with number,
        station, claim and the head of the chain."""
        part = self._create_part()
        part.date_due = "2020-01-01"
        mine = part.with_user(self.mechanic)
        self.assertEqual(mine.search([("is_overdue", "=", True)]), part)
        self.assertTrue(mine.is_overdue)
        self.authenticate("t_mechanic", "t_mechanic")
        counters = self.url_open(
            "/my/counters",
            data=json.dumps(
                {"params": {"counters": ["after_sales_overdue_part_count"]}}
            ),
            headers={"Content-Type": "application/json"},
        )
        self.assertEqual(
            counters.json()["result"], {"after_sales_overdue_part_count": 1}
        )
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "after_sales.report_part_tag", part.ids
        )
        text = html.decode()
        for expected in (part.name, "TS1", part.claim_id.name, part.chain_head[:16]):
            self.assertIn(expected, text)
        self.assertIn("data:image/png;base64,", text)

    def test_unpack(self):
        """AS-20: the parts of a parcel that is given up can be packed again."""
        part = self._create_part()
        shipment = self.env["after.sales.part.shipment"]._pack_parts(part)
        self.authenticate("t_mechanic", "t_mechanic")
        answer = self._post(f"/my/part-shipments/{shipment.id}/unpack").json()
        self.assertEqual(answer, {"redirect": "/my/old-parts"})
        self.assertEqual(shipment.state, "cancelled")
        self._ship(part)

    @mute_logger("odoo.http")
    def test_guessed_ids(self):
        """AS-20: a foreign id looks like a missing one, on every route."""
        part, packed = self._create_part(), self._create_part()
        shipment = self.env["after.sales.part.shipment"]._pack_parts(packed)
        line = shipment.line_ids
        for login in ("t_rival", "t_nobody"):
            self.authenticate(login, login)
            place = f"/my/part-shipments/{shipment.id}"
            for url in (
                f"/my/old-parts/{part.id}",
                f"/my/old-parts/tags?part={part.id}",
                place,
                f"{place}/pdf",
                f"{place}/tags",
            ):
                with self.subTest(login=login, url=url):
                    foreign = self.url_open(url)
                    self.assertEqual(foreign.status_code, 404)
                    self.assertNotIn(part.name, foreign.text)
            for url in (
                f"{place}/send",
                f"{place}/unpack",
                f"{place}/remove/{line.id}",
            ):
                with self.subTest(login=login, url=url):
                    answer = self._post(url, carrier="X", waybill="X")
                    self.assertEqual(answer.status_code, 404)
            with self.subTest(login=login, url="scan"):
                self.assertIn("error", self._scan(shipment, part.name))
            answer = self._post("/my/old-parts/pack", part=[str(part.id), "1' OR 1"])
            self.assertIn("error", answer.json())
            self.assertNotIn(part.name, self.url_open("/my/old-parts").text)
        self.assertEqual(shipment.state, "draft")
        self.assertEqual(shipment.line_ids, line)

    def test_foreign_part_is_not_scanned_in(self):
        """AS-20: a station cannot pack another's part, nor learn that it exists."""
        part = self._create_part()
        own = self._create_part(station=self.station_2)
        shipment = self.env["after.sales.part.shipment"]._pack_parts(own)
        self.authenticate("t_rival", "t_rival")
        known = self._scan(shipment, part.name)["result"]["message"]
        unknown = self._scan(shipment, "OP9999999")["result"]["message"]
        self.assertEqual(known.replace(part.name, ""), unknown.replace("OP9999999", ""))

    def test_rpc_of_portal_users(self):
        """AS-20: a portal user reads his own by RPC and writes nothing; chains and
        seals are the maker's."""
        part = self._create_part()
        shipment = self._ship(part)
        mine = part.with_user(self.mechanic)
        self.assertEqual(mine.read(["name"])[0]["name"], part.name)
        for attempt in (
            lambda: mine.write({"date_due": self.today}),
            lambda: mine.action_write_off(),
            lambda: mine.action_keep(),
            lambda: mine.action_forward(),
            lambda: mine.action_verify_all(),
            lambda: mine.move_ids.read(["hash"]),
            lambda: shipment.with_user(self.mechanic).action_receive(),
            lambda: shipment.with_user(self.mechanic).scan(part.name),
            lambda: shipment.with_user(self.mechanic).action_miss_rest(),
            lambda: shipment.line_ids.with_user(self.mechanic).write({"note": "x"}),
            lambda: shipment.with_user(self.mechanic).write({"waybill": "x"}),
            lambda: part.with_user(self.rival).read(["name"]),
            lambda: part.with_user(self.rival).action_verify(),
            lambda: shipment.with_user(self.rival).get_scan_state(),
        ):
            with self.assertRaises(UserError):
                attempt()
        self.assertFalse(
            self.env["after.sales.old.part"]
            .with_user(self.rival)
            .search([("id", "=", part.id)])
        )

    def test_papers_in_the_language_of_the_page(self):
        """F-05: tags and packing list come in the language of the page they are fetched
        from, with the layout of the house. In tests Odoo answers the page that becomes
        the PDF."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "after_sales")]
        )._update_translations(["zh_CN"])
        part = self._create_part()
        shipment = self.env["after.sales.part.shipment"]._pack_parts(part)
        self.authenticate("t_mechanic", "t_mechanic")
        self.opener.cookies["frontend_lang"] = "zh_CN"
        for url, word, other in (
            (f"/my/old-parts/tags?part={part.id}", "服务站", "Station:"),
            (f"/my/part-shipments/{shipment.id}/tags", "服务站", "Station:"),
            (f"/my/part-shipments/{shipment.id}/pdf", "旧件", "Packing List"),
        ):
            with self.subTest(url=url):
                paper = self.url_open(url).text
                self.assertIn(part.name, paper)
                self.assertIn(word, paper)
                self.assertNotIn(other, paper)
                self.assertIn("web.report_assets_common", paper)
