import io

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_base.controllers.portal_pages import LOOKUPS

from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestPortal(AfterSalesCommon, HttpCase):
    """AS-20: the station's pages, as its people and as strangers."""

    def _post(self, url, data=None, files=None):
        data = {"csrf_token": http.Request.csrf_token(self), **(data or {})}
        return self.url_open(url, data=data, files=files, allow_redirects=True)

    def _get_form(self, **values):
        return {
            "client_key": "key-1",
            "serial": "T-0001",
            "date_repair": str(self.today),
            "usage": "12000",
            "fault_id": str(self.fault.id),
            "complaint": "Leaks <script>alert(1)</script>",
            "line_id": ["", ""],
            "line_line_type": ["part", "labor"],
            "line_ref": [str(self.pump.id), str(self.labor.id)],
            "line_name": ["", ""],
            "line_quantity": ["1", "2"],
            "line_price_unit": ["200", "0"],
            "line_part_lot": ["", ""],
            "line_is_causal": ["0", "0"],
            "step": "submit",
            **values,
        }

    def _save(self, files=None, **values):
        return self._post("/my/claims/save", self._get_form(**values), files).json()

    def _get_claims(self):
        return self.env["after.sales.claim"].search(
            [("station_id", "in", (self.station | self.station_2).ids)]
        )

    def test_enter_and_submit(self):
        """AS-20: a claim with photos in one go."""
        self.authenticate("t_mechanic", "t_mechanic")
        answer = self._save(
            files=[
                ("photo_damage", ("a.png", io.BytesIO(png("red")), "image/png")),
                ("photo_damage", ("b.png", io.BytesIO(png("blue")), "image/png")),
                ("photo_plate", ("c.png", io.BytesIO(png("green")), "image/png")),
            ]
        )
        claim = self._get_claims()
        self.assertEqual(answer, {"redirect": f"/my/claims/{claim.id}"})
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.create_uid, self.mechanic)
        self.assertEqual(claim.amount_claimed, 400)
        self.assertEqual(claim.photo_ids.mapped("kind"), ["damage", "damage", "plate"])
        page = self.url_open(f"/my/claims/{claim.id}")
        self.assertIn("Evidence is missing: Meter Reading", page.text)
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertEqual(self.url_open("/my/claims").status_code, 200)
        self.assertEqual(self.url_open("/my").status_code, 200)
        photo = claim.photo_ids[0]
        image = self.url_open(f"/my/claims/{claim.id}/photo/{photo.id}")
        self.assertEqual(image.content, png("red"))
        self.assertEqual(image.headers["Content-Type"], "image/png")

    def test_double_submit_is_one_claim(self):
        """architecture.md 6: the same client key gives the same claim."""
        self.authenticate("t_mechanic", "t_mechanic")
        first, second = self._save(), self._save()
        self.assertEqual(first, second)
        self.assertEqual(len(self._get_claims()), 1)
        self.assertEqual(self._get_claims().revision, 1)

    def test_draft_then_correct_and_resubmit(self):
        """AS-07: draft, submit, returned, corrected in the portal, submitted again."""
        self.authenticate("t_mechanic", "t_mechanic")
        self._save(step="draft")
        claim = self._get_claims()
        self.assertEqual(claim.state, "draft")
        self._save(claim_id=str(claim.id), line_id=[str(i) for i in claim.line_ids.ids])
        self.assertEqual(claim.state, "submitted")
        claim.line_ids[1].with_user(self.auditor).decision_note = "Too long"
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason, "Check hours"
        )
        self.env.flush_all()
        page = self.url_open(f"/my/claims/{claim.id}")
        for text in (self.return_reason.name, "Check hours", "Too long"):
            self.assertIn(text, page.text)
        self.assertIn("Too long", self.url_open(f"/my/claims/{claim.id}/edit").text)
        ids = [str(id_) for id_ in claim.line_ids.ids]
        self._save(claim_id=str(claim.id), line_id=ids, line_quantity=["1", "1.5"])
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.revision, 2)
        self.assertEqual([str(id_) for id_ in claim.line_ids.ids], ids)
        page = self.url_open(f"/my/claims/{claim.id}")
        self.assertIn("First submission", page.text)

    def test_hostile_input_leaves_nothing(self):
        """F-14: each wrong input gets a message, nothing half-written remains."""
        self.authenticate("t_mechanic", "t_mechanic")
        cases = [
            {"serial": "NO-SUCH"},
            {"serial": "T-000"},
            {"serial": ""},
            {"date_repair": "yesterday"},
            {"date_repair": "2999-01-01"},
            {"usage": "-1"},
            {"usage": "many"},
            {"usage": "inf"},
            {"usage": "1e99"},
            {"fault_id": "abc"},
            {"fault_id": "999999999"},
            {"fault_id": ""},
            {"line_quantity": ["0", "1"]},
            {"line_quantity": ["-3", "1"]},
            {"line_quantity": ["nan", "1"]},
            {"line_price_unit": ["-5", "0"]},
            {"line_line_type": ["part", "gold"]},
            {"line_ref": ["", ""]},
            {"line_ref": [str(self.truck.id), str(self.labor.id)]},
            {"line_quantity": ["1"]},
            {"complaint": "x" * 4001},
            {"station_id": str(self.station_2.id)},
            {"station_id": "x"},
            {"claim_id": "999999"},
            {"claim_id": "1 OR 1=1"},
        ]
        for values in cases:
            with self.subTest(**values):
                answer = self._save(**values)
                self.assertTrue(answer.get("error"), answer)
                self.assertFalse(self._get_claims())

    def test_wrong_files_are_refused(self):
        """F-14: a file is what its bytes say, not its name; the claim is not kept."""
        self.authenticate("t_mechanic", "t_mechanic")
        for name, content in (
            ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("a.jpg", b"<html><script>alert(1)</script></html>"),
            ("a.jpg", b"GIF89a\x01\x00\x01\x00"),
            ("a.exe", b"MZ\x90\x00"),
            ("a.png", png()[:30]),
            ("a.png", b""),
        ):
            with self.subTest(name=name, content=content[:10]):
                answer = self._save(
                    files=[("photo_damage", (name, io.BytesIO(content), "image/png"))]
                )
                self.assertTrue(answer.get("error"), answer)
                self.assertFalse(self._get_claims())

    def test_hostile_values_do_not_reach_closed_fields(self):
        """F-12: the form takes only its own fields."""
        self.authenticate("t_mechanic", "t_mechanic")
        self._save(
            state="approved",
            name="FREE",
            amount_approved="9999",
            step="approve",
            line_approved_amount=["9", "9"],
            line_decision=["approved", "approved"],
        )
        claim = self._get_claims()
        self.assertEqual(claim.state, "draft")
        self.assertNotEqual(claim.name, "FREE")
        self.assertEqual(claim.amount_approved, 0)

    def test_labour_is_paid_at_the_station_rate(self):
        """AS-03: the hourly rate is the station's, whatever the form says."""
        self.authenticate("t_mechanic", "t_mechanic")
        self._save(line_price_unit=["200", "900"])
        self.assertEqual(self._get_claims().line_ids[1].price_unit, 100)

    @mute_logger("odoo.http")
    def test_strangers_get_nothing(self):
        """F-11: guessed ids of claims, photos, files and settlements lead nowhere."""
        claim = self._create_approved()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        settlement = claim.settlement_id
        settlement.with_user(self.clerk).action_send()
        photo = claim.photo_ids[0]
        attachment = photo.attachment_id
        own = self._create_claim(station_id=self.station_2.id)
        pages = [
            f"/my/claims/{claim.id}",
            f"/my/claims/{claim.id}/edit",
            f"/my/claims/{claim.id}/pdf",
            f"/my/claims/{claim.id}/photo/{photo.id}",
            f"/my/claims/{own.id}/photo/{photo.id}",
            f"/web/content/{attachment.id}",
            f"/web/image/{attachment.id}",
            f"/web/content/after.sales.claim.photo/{photo.id}/image",
            f"/web/content/{attachment.id}?access_token=guess",
            f"/my/settlements/{settlement.id}",
            f"/my/settlements/{settlement.id}/pdf",
            f"/my/settlements/{settlement.id}/xlsx",
            f"/report/html/after_sales.report_claim_document/{claim.id}",
        ]
        for login in ("t_rival", "t_nobody"):
            self.authenticate(login, login)
            for page in pages:
                with self.subTest(login=login, page=page):
                    answer = self.url_open(page, allow_redirects=False)
                    if not page.startswith("/web/image/"):  # that gives a placeholder
                        self.assertNotEqual(answer.status_code, 200)
                    self.assertNotIn(claim.name, answer.text)
                    self.assertNotIn(png("red"), answer.content)
            for page in (
                f"/my/claims/{claim.id}/cancel",
                f"/my/claims/{claim.id}/photo/{photo.id}/delete",
                f"/my/settlements/{settlement.id}/confirm",
            ):
                with self.subTest(login=login, page=page):
                    self.assertEqual(self._post(page).status_code, 404)
        self.authenticate("t_mechanic", "t_mechanic")
        for page in pages[-4:-1]:
            with self.subTest(login="t_mechanic", page=page):
                self.assertEqual(self.url_open(page).status_code, 404)
        self.assertEqual(settlement.state, "sent")
        self.assertTrue(photo.exists())

    def test_changing_a_foreign_claim_is_refused(self):
        """F-11: a claim id of another station in the form changes nothing."""
        claim = self._create_claim()
        self.authenticate("t_rival", "t_rival")
        answer = self._save(claim_id=str(claim.id), usage="1")
        self.assertTrue(answer.get("error"))
        self.assertEqual(claim.usage, 12000)
        self.assertEqual(claim.state, "draft")

    def test_lookups_tell_stations_only(self):
        """F-11: whole serial numbers only, catalogues to stations only."""
        self.authenticate("t_mechanic", "t_mechanic")
        unit = self.make_jsonrpc_request("/my/claims/unit", {"serial": "T-0001"})
        self.assertEqual(unit["product"], "Light Truck T1")
        self.assertTrue(unit["covered"])
        for serial in ("T-000", "%", "", "T-0001'--"):
            answer = self.make_jsonrpc_request("/my/claims/unit", {"serial": serial})
            self.assertIn("error", answer)
        found = self.make_jsonrpc_request(
            "/my/claims/search", {"kind": "part", "term": "Water P"}
        )
        self.assertIn(self.pump.id, [row["id"] for row in found])
        wrong = self.make_jsonrpc_request(
            "/my/claims/search", {"kind": "res.users", "term": ""}
        )
        self.assertEqual(wrong, [])
        self.authenticate("t_nobody", "t_nobody")
        for route, params in (
            ("/my/claims/search", {"kind": "part", "term": "Water"}),
            ("/my/claims/unit", {"serial": "T-0001"}),
        ):
            answer = self.make_jsonrpc_request(route, params)
            self.assertNotIn("Water Pump", str(answer))
            self.assertNotIn("Light Truck", str(answer))
        self.assertEqual(self.url_open("/my/claims/new").status_code, 404)

    def test_lookups_are_limited(self):
        """AS-20: serial numbers cannot be tried through: not by look-ups, not by saving
        claims or appointments, and not by a colleague after the company's share."""
        self.authenticate("t_mechanic", "t_mechanic")
        for _n in range(LOOKUPS["person"]):
            answer = self.make_jsonrpc_request("/my/claims/unit", {"serial": "T-X"})
            self.assertIn("Unknown", answer["error"])
        for route in ("/my/claims/unit", "/my/repairs/unit"):
            answer = self.make_jsonrpc_request(route, {"serial": "T-0001"})
            self.assertIn("Too many", answer["error"])
        for url in ("/my/claims/save", "/my/repairs/save"):
            self.assertIn("Too many", self._post(url, self._get_form()).json()["error"])
        self.assertFalse(self._get_claims())
        self.authenticate("t_owner", "t_owner")
        unit = self.make_jsonrpc_request("/my/claims/unit", {"serial": "T-0001"})
        self.assertEqual(unit["product"], "Light Truck T1")
        self.env["sales.rate.limit"].search(
            [("key", "=", f"unit-company:{self.garage.id}")]
        ).count = LOOKUPS["company"]
        self.env.flush_all()
        answer = self.make_jsonrpc_request("/my/claims/unit", {"serial": "T-0001"})
        self.assertIn("Too many", answer["error"])

    def test_complaints_are_no_way_around(self):
        """AS-20: a serial number on a complaint is a look-up like others: it counts,
        right or wrong, and is refused with the rest. A complaint without one is
        taken."""

        def complain(number, serial):
            values = {"client_key": f"k-{number}", "subject": "x", "serial": serial}
            return self._post("/my/complaints/save", values).json()

        self.authenticate("t_mechanic", "t_mechanic")
        limits = self.env["sales.rate.limit"]
        for number, serial in enumerate(("T-X", "T-0001", ""), 1):
            complain(number, serial)
            count = limits.search([("key", "=", f"unit:{self.mechanic.id}")]).count
            self.assertEqual(count, min(number, 2))
        limits.search([("key", "=", f"unit:{self.mechanic.id}")]).count = LOOKUPS[
            "person"
        ]
        self.env.flush_all()
        for serial in ("T-X", "T-0001"):
            self.assertIn("Too many", complain(9, serial)["error"])
        self.assertIn("redirect", complain(9, ""))

    def test_pages_and_answers_in_one_language(self):
        """F-05: look-ups, errors and scripts speak the language of the page, which need
        not be that of the preferences."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "after_sales")]
        )._update_translations(["zh_CN"])
        self.authenticate("t_mechanic", "t_mechanic")
        self.opener.cookies["frontend_lang"] = "zh_CN"
        page = self.url_open("/my/claims/new")
        self.assertIn("新建保修申请单", page.text)
        answer = self.make_jsonrpc_request("/my/claims/unit", {"serial": "NONE"})
        self.assertIn("铭牌", answer["error"])
        unit = self.make_jsonrpc_request("/my/claims/unit", {"serial": "T-0001"})
        self.assertEqual(unit["usage_unit"], "公里")
        self.assertIn("铭牌", self._save(serial="NONE")["error"])
        names = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn("after_sales", names)

    def test_search_by_serial_number(self):
        """AS-20: a station finds its claim on a unit that another station sold, and no
        claim of another station."""
        self.unit.sold_station_id = self.station_2
        own, other = (
            self._create_claim(),
            self._create_claim(station_id=self.station_2.id),
        )
        self.authenticate("t_mechanic", "t_mechanic")
        page = self.url_open("/my/claims?search=T-0001").text
        self.assertIn(own.name, page)
        self.assertNotIn(other.name, page)

    def test_paper_tells_no_decision_in_review(self):
        """AS-08: nor does the claim as paper, before it is decided."""
        claim = self._create_submitted()
        line = claim.line_ids[0].with_user(self.auditor)
        line.write(
            {
                "decision": "cut",
                "approved_amount": 123.45,
                "cut_reason_id": self.cut_reason.id,
                "decision_note": "Old price list",
            }
        )
        report = self.env["ir.actions.report"]
        for is_decided in (False, True):
            if is_decided:
                claim.with_user(self.auditor).action_approve()
            html = report._render_qweb_html("after_sales.report_claim", claim.ids)[0]
            for text in ("123.45", self.cut_reason.name, "Old price list"):
                with self.subTest(is_decided=is_decided, text=text):
                    self.assertEqual(text in html.decode(), is_decided)

    def test_submitted_claim_cannot_be_changed(self):
        """F-12: once submitted, form and photos are closed."""
        claim = self._create_submitted()
        photo = claim.photo_ids[0]
        self.authenticate("t_mechanic", "t_mechanic")
        answer = self._save(claim_id=str(claim.id), usage="1")
        self.assertIn("error", answer)
        self._post(f"/my/claims/{claim.id}/photo/{photo.id}/delete")
        self._post(f"/my/claims/{claim.id}/cancel", {"note": "x"})
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.usage, 12000)
        self.assertTrue(photo.exists())

    def test_withdraw_a_draft(self):
        """AS-07: a station withdraws its draft, with a note."""
        claim = self._create_claim()
        self.authenticate("t_mechanic", "t_mechanic")
        self._post(f"/my/claims/{claim.id}/cancel", {"note": "Customer pays"})
        self.assertEqual(claim.state, "cancelled")
        self.assertEqual(claim.reason_note, "Customer pays")

    def test_settlement_confirmed_in_the_portal(self):
        """AS-12: the owner sees, downloads and confirms; twice changes nothing."""
        claim = self._create_approved()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        settlement = claim.settlement_id
        settlement.with_user(self.clerk).action_send()
        self.authenticate("t_owner", "t_owner")
        self.assertIn(settlement.name, self.url_open("/my/settlements").text)
        page = self.url_open(f"/my/settlements/{settlement.id}")
        self.assertIn(claim.name, page.text)
        sheet = self.url_open(f"/my/settlements/{settlement.id}/xlsx")
        self.assertTrue(sheet.content.startswith(b"PK"))
        for _n in range(2):
            answer = self._post(f"/my/settlements/{settlement.id}/confirm")
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(settlement.state, "confirmed")
        self.assertEqual(settlement.confirmed_by_id, self.owner)
