from datetime import timedelta

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_transfer import TransferCommon


class PortalCase(TransferCommon, HttpCase):
    def _post(self, url, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(url, data=data)

    def _save(self, kind, **values):
        """Save a claim of the mechanic's as the form does."""
        form = {
            "client_key": f"key-{kind}",
            "kind": kind,
            "serial": "T-0001",
            "date_repair": str(self.today),
            "usage": "12000",
            "fault_id": str(self.fault.id),
            "line_id": [""],
            "line_line_type": ["part"],
            "line_ref": [str(self.pump.id)],
            "line_name": [""],
            "line_quantity": ["1"],
            "line_price_unit": ["200"],
            "line_part_lot": [""],
            "line_is_causal": ["0"],
            "step": "draft",
            **values,
        }
        return self._post("/my/claims/save", **form).json()

    def _get_claim(self, kind):
        return self.env["after.sales.claim"].search(
            [("station_id", "=", self.station.id), ("kind", "=", kind)]
        )


@tagged("post_install", "-at_install")
class TestKindPortal(PortalCase):
    """AS-06, AS-20: claims of each kind in the station's portal."""

    SECTIONS = {
        "rescue": {
            "rescue_place": "G6 km 41",
            "rescue_distance": "60",
            "departed_at": "{day}T08:00",
            "arrived_at": "{day}T09:00",
            "returned_at": "{day}T11:00",
        },
        "purchase": {
            "purchase_reason": "Blocks a road",
            "vendor_name": "Parts Shop",
            "invoice_number": "FP-1",
            "date_invoice": "{day}",
            "invoice_amount": "200",
            "line_line_type": ["purchase"],
        },
        "running_in": {"card_number": "C-7", "date_card": "{day}"},
        "major_assembly": {
            "assembly_product_id": "{engine}",
            "assembly_old_serial": "E-1",
            "assembly_new_serial": "E-2",
            "line_ref": ["{engine}"],
        },
        "part_transfer": {},
    }

    def _get_section(self, kind):
        # a trip of yesterday has ended, whatever the hour
        words = {
            "day": str(self.today - timedelta(days=1)),
            "engine": str(self.engine.id),
        }
        return {
            key: [text.format(**words) for text in value]
            if isinstance(value, list)
            else value.format(**words)
            for key, value in self.SECTIONS[kind].items()
        }

    def test_each_kind(self):
        """AS-20: the form of each kind opens, saves, submits, shows and prints."""
        self.authenticate("t_mechanic", "t_mechanic")
        for kind in self.SECTIONS:
            with self.subTest(kind=kind):
                page = self.url_open(f"/my/claims/new?kind={kind}")
                self.assertEqual(page.status_code, 200)
                section = self._get_section(kind)
                answer = self._save(kind, step="submit", **section)
                claim = self._get_claim(kind)
                self.assertEqual(answer, {"redirect": f"/my/claims/{claim.id}"})
                self.assertEqual(claim.state, "submitted")
                shown = self.url_open(f"/my/claims/{claim.id}")
                self.assertEqual(shown.status_code, 200)
                printed = self.url_open(f"/my/claims/{claim.id}/pdf")
                self.assertEqual(printed.status_code, 200)

    def test_saved_again(self):
        """AS-20: a draft opens with what was typed and keeps its kind and its trip."""
        self.authenticate("t_mechanic", "t_mechanic")
        self._save("rescue", rescue_place="G6", rescue_distance="10")
        claim = self._get_claim("rescue")
        trip = claim.line_ids.filtered("is_trip")
        self.assertEqual(trip.amount, 60)
        self.assertIn("G6", self.url_open(f"/my/claims/{claim.id}/edit").text)
        answer = self._save(
            "appraisal",
            claim_id=str(claim.id),
            rescue_place="G6",
            rescue_distance="20",
            line_id=[str(trip.id)],
            line_price_unit=["999"],
        )
        self.assertNotIn("error", answer)
        self.assertEqual(claim.kind, "rescue")
        self.assertEqual(claim.line_ids.filtered("is_trip"), trip)
        self.assertEqual(trip.amount, 120)

    def test_requests_replace_each_other(self):
        """AS-20: the parts asked for are those of the form, each once."""
        self.authenticate("t_mechanic", "t_mechanic")
        self._save("part_transfer")
        claim = self._get_claim("part_transfer")
        request = claim.request_ids
        self.assertFalse(claim.line_ids)
        rows = {
            "line_id": ["", "", ""],
            "line_line_type": ["part"] * 3,
            "line_ref": [str(self.pump.id), str(self.filter.id), str(self.pump.id)],
            "line_name": [""] * 3,
            "line_quantity": ["1", "4", "2"],
            "line_price_unit": ["0"] * 3,
            "line_part_lot": [""] * 3,
            "line_is_causal": ["0"] * 3,
        }
        self._save("part_transfer", claim_id=str(claim.id), **rows)
        self.assertEqual(request.quantity, 3)
        self.assertEqual(len(claim.request_ids), 2)

    def test_card_of_urgent_parts(self):
        """AS-11, AS-20: a supplier's contact sees the card if he has a role, and an
        empty list says nothing of asking for parts, which is a station's."""
        works = self.env["res.partner"].create({"name": "Works", "is_company": True})
        self.env["after.sales.supplier"].create({"partner_id": works.id})
        for login, role in (("t_loader", False), ("t_sender", "claims")):
            self._create_contact(login, works, role)
            self.authenticate(login, login)
            with self.subTest(role=role):
                home = self.url_open("/my").text
                self.assertEqual("/my/urgent-parts" in home, bool(role))
                page = self.url_open("/my/urgent-parts").text
                self.assertIn("No shipments here.", page)
                self.assertNotIn("ask for it", page)

    def test_position_is_taken_and_dropped(self):
        """AS-06, AS-20: the position a phone sent is kept, shown and taken back; the
        form says that it is asked for by a tap only."""
        self.authenticate("t_mechanic", "t_mechanic")
        form = self.url_open("/my/claims/new?kind=rescue").text
        self.assertIn("only when you tap", form)
        self._save("rescue", rescue_latitude="40.3000001", rescue_longitude="-116.4")
        claim = self._get_claim("rescue")
        self.assertEqual(
            (claim.rescue_latitude, claim.rescue_longitude), (40.3000001, -116.4)
        )
        for page in ("", "/edit"):
            text = self.url_open(f"/my/claims/{claim.id}{page}").text
            self.assertIn("40.30000, -116.40000", text)
        self._save("rescue", claim_id=str(claim.id))
        self.assertFalse(claim.rescue_position)

    def test_hostile_sections(self):
        """F-14: each wrong input gets a message, nothing half-written remains."""
        self.authenticate("t_mechanic", "t_mechanic")
        for kind, values in (
            ("gold", {}),
            ("rescue", {"rescue_distance": "-1"}),
            ("rescue", {"rescue_distance": "inf"}),
            ("rescue", {"departed_at": "soon"}),
            ("rescue", {"departed_at": "2999-01-01T08:00"}),
            ("rescue", {"rescue_place": "x" * 201}),
            ("rescue", {"rescue_latitude": "91", "rescue_longitude": "0"}),
            ("rescue", {"rescue_latitude": "40", "rescue_longitude": "nan"}),
            ("rescue", {"rescue_latitude": "40", "rescue_longitude": ""}),
            ("rescue", {"rescue_latitude": "here", "rescue_longitude": "there"}),
            ("purchase", {"invoice_amount": "many"}),
            ("purchase", {"date_invoice": "2999-01-01"}),
            ("running_in", {"card_number": "x" * 41}),
            ("major_assembly", {"assembly_product_id": str(self.pump.id)}),
            ("major_assembly", {"assembly_product_id": "1 OR 1=1"}),
            ("part_transfer", {"line_line_type": ["labor"]}),
            ("part_transfer", {"line_ref": [str(self.truck.id)]}),
            ("part_transfer", {"line_quantity": ["0"]}),
        ):
            with self.subTest(kind=kind, **values):
                answer = self._save(kind, **values)
                self.assertTrue(answer.get("error"), answer)
                self.assertFalse(self._get_claim(kind))

    def test_kind_of_another_station(self):
        """AS-03: a kind that the station may not submit is neither shown nor saved."""
        self.station.kind_ids -= self.env.ref("after_sales.claim_kind_rescue")
        self.authenticate("t_mechanic", "t_mechanic")
        self.assertNotIn("kind=rescue", self.url_open("/my/claims/new").text)
        self.assertTrue(self._save("rescue").get("error"))

    def test_ask_from_the_portal(self):
        """AS-06: the purchase is asked for before it is made."""
        self.authenticate("t_mechanic", "t_mechanic")
        self._save(
            "purchase",
            step="ask",
            purchase_reason="Blocks a road",
            line_line_type=["purchase"],
        )
        claim = self._get_claim("purchase")
        self.assertEqual((claim.state, claim.purchase_request), ("draft", "asked"))
        claim.with_user(self.auditor).action_grant()
        self.env.flush_all()
        self.assertIn("Granted", self.url_open(f"/my/claims/{claim.id}").text)

    def test_form_keeps_what_was_granted(self):
        """AS-06: the form of a granted purchase sends its lines as they are and adds
        the invoice; a form that exchanges them is refused; the station withdraws from
        the same page."""
        self.authenticate("t_mechanic", "t_mechanic")
        form = {
            "purchase_reason": "Blocks a road\r\nat night",
            "line_line_type": ["purchase"],
            "line_name": ["Pump"],
        }
        self._save("purchase", step="ask", **form)
        claim = self._get_claim("purchase")
        url = f"/my/claims/{claim.id}/edit"
        page = self.url_open(url).text
        self.assertIn("The maker is looking at your request", page)
        self.assertNotIn('data-type="purchase"><i', page)
        form.update(claim_id=str(claim.id), line_id=[str(claim.line_ids.id)])
        self.assertNotIn("error", self._save("purchase", **form))
        answer = self._save("purchase", **{**form, "line_price_unit": ["100"]})
        self.assertIn("looking at this request", answer["error"])
        claim.with_user(self.auditor).action_grant()
        self.env.flush_all()
        self.assertIn("Buy what was granted", self.url_open(url).text)
        form.update(invoice_number="FP-1", invoice_amount="180")
        self.assertNotIn(
            "error", self._save("purchase", **{**form, "line_price_unit": ["180"]})
        )
        for values in (
            {"line_id": [""]},
            {"line_ref": [str(self.filter.id)]},
            {"line_name": ["Gold"]},
            {"line_quantity": ["2"]},
        ):
            with self.subTest(**values):
                answer = self._save("purchase", **{**form, **values})
                self.assertIn("has not granted", answer["error"])
        self.env.invalidate_all()
        self.assertEqual(
            (claim.line_ids.name, claim.line_ids.quantity, claim.amount_claimed),
            ("Pump", 1, 180),
        )
        answer = self._save("purchase", step="withdraw", **form)
        self.assertEqual(answer, {"redirect": f"/my/claims/{claim.id}"})
        self.assertEqual(claim.purchase_request, "none")
        self.assertEqual(claim.line_ids.name, "Pump")

    def test_defect_from_the_portal(self):
        """AS-06: one press saves the card and opens the claim of the defect."""
        self.authenticate("t_mechanic", "t_mechanic")
        answer = self._save("running_in", step="defect", card_number="C-7")
        card = self._get_claim("running_in")
        self.assertEqual(answer["redirect"], f"/my/claims/{card.defect_claim_id.id}")
        self.assertEqual(card.defect_claim_id.kind, "appraisal")


@tagged("post_install", "-at_install")
class TestTransferPortal(PortalCase):
    """AS-11, AS-20: shipping and receiving urgent parts on a phone."""

    def test_ship_and_receive(self):
        """AS-11: the shipper's page, the receiver's page, the paper."""
        transfer = self._create_transfer("supplier")
        line = transfer.line_ids
        url = f"/my/urgent-parts/{transfer.id}"
        self.authenticate("t_seller", "t_seller")
        self.assertEqual(self.url_open("/my").status_code, 200)
        self.assertIn(transfer.name, self.url_open("/my/urgent-parts").text)
        self.assertIn("Garage North", self.url_open(url).text)
        self.assertEqual(self.url_open(f"{url}/pdf").status_code, 200)
        answer = self._post(
            f"{url}/dispatch",
            carrier="SF",
            waybill="SF1",
            **{f"quantity_{line.id}": "2"},
        ).json()
        self.assertEqual(answer, {"redirect": url})
        self.assertEqual(transfer.state, "dispatched")
        self.authenticate("t_mechanic", "t_mechanic")
        self.assertIn(transfer.name, self.url_open("/my/urgent-parts").text)
        self.assertIn("What Has Come", self.url_open(url).text)
        self._post(
            f"{url}/receive",
            **{f"quantity_{line.id}": "1", f"note_{line.id}": "One missing"},
        )
        self.assertEqual(transfer.state, "received")
        self.assertEqual(line.received_quantity, 1)
        self.assertIn("One missing", self.url_open(url).text)

    def test_decline(self):
        """AS-11: who cannot ship says why."""
        transfer = self._create_transfer()
        self.authenticate("t_rival", "t_rival")
        url = f"/my/urgent-parts/{transfer.id}/decline"
        self.assertTrue(self._post(url, reason_id="0").json().get("error"))
        other = self.env.ref("after_sales.reason_decline_3")
        self.assertTrue(self._post(url, reason_id=str(other.id)).json().get("error"))
        self._post(url, reason_id=str(self.decline_reason.id))
        self.assertEqual(transfer.state, "declined")
        self.assertEqual(transfer.cancel_reason_id, self.decline_reason)

    @mute_logger("odoo.http")
    def test_strangers(self):
        """F-11: a guessed number leads nowhere, an open one only to one's own step."""
        transfer = self._create_transfer()
        url = f"/my/urgent-parts/{transfer.id}"
        for login in ("t_seller", "t_nobody"):
            self.authenticate(login, login)
            for place in (url, f"{url}/pdf"):
                with self.subTest(login=login, place=place):
                    self.assertEqual(self.url_open(place).status_code, 404)
            self.assertEqual(self._post(f"{url}/dispatch").status_code, 404)
            self.assertEqual(self.url_open("/my/station-stock").status_code, 404)
        self.authenticate("t_mechanic", "t_mechanic")
        line = transfer.line_ids
        answer = self._post(
            f"{url}/dispatch", carrier="x", waybill="y", **{f"quantity_{line.id}": "2"}
        )
        self.assertTrue(answer.json().get("error"))
        self.assertEqual(self._post(f"{url}/clear").status_code, 404)
        self.assertEqual(transfer.state, "ordered")

    def test_declare_stock(self):
        """AS-11: a station declares what it could give, and only its own."""
        self.authenticate("t_mechanic", "t_mechanic")
        self.assertEqual(self.url_open("/my/station-stock").status_code, 200)
        url = "/my/station-stock/declare"
        for quantity in ("4", "3"):
            self._post(url, product_id=str(self.pump.id), quantity=quantity)
        stock = self.env["after.sales.station.stock"].search(
            [("station_id", "=", self.station.id)]
        )
        self.assertEqual((stock.quantity, stock.date), (3, self.today))
        self.assertIn("Water Pump", self.url_open("/my/station-stock").text)
        for values in (
            {"product_id": str(self.truck.id), "quantity": "1"},
            {"product_id": "x", "quantity": "1"},
            {"product_id": str(self.pump.id), "quantity": "-1"},
            {"product_id": str(self.pump.id), "quantity": "1", "station_id": "0"},
        ):
            with self.subTest(**values):
                self.assertTrue(self._post(url, **values).json().get("error"))
        self.assertEqual(stock.quantity, 3)
