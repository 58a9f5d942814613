import inspect
import io

from PIL import Image

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import AfterSalesCommon, png

#: functions behind a route that take files; each has a form below
UPLOADS = {"portal_claim_save", "portal_repair_step", "portal_complaint_save"}
#: tried as a supplier by TestSupplierPortal.test_dispute_with_proof
SUPPLIER_UPLOADS = {"portal_responsibility_answer"}
#: what no upload route takes, whatever name and type the browser gives
HOSTILE = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "svg with a head": b"<?xml version='1.0'?><!DOCTYPE svg><svg/>",
    "html": b"<html><script>alert(1)</script></html>",
    "html behind a picture's first bytes": b"\xff\xd8\xff<script>alert(1)</script>",
    "gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "program": b"MZ\x90\x00",
    "archive": b"PK\x03\x04",
    "half a picture": png()[:30],
    "nothing": b"",
    "no end of a pdf": b"%PDF-1.7\n<script>alert(1)</script>",
}
#: names that browsers would not send, and people who attack would
NAMES = (
    "../../../../etc/passwd",
    "..\\..\\boot.ini",
    "/abs/photo.png",
    "<script>alert(1)</script>.png",
    "照片 №1 ‮gnp.exe",
    "x" * 5000 + ".png",
    "a\r\nSet-Cookie: x=1.png",
    'quote".png',
    "nul\x00.png",
    ".",
    "photo.svg",
    "photo.html",
)


@tagged("post_install", "-at_install")
class TestPortalUploads(AfterSalesCommon, HttpCase):
    """F-14, AS-20: what comes as a file is what its bytes say, on every upload route;
    a name does no harm; what is shown again is shown as what it is."""

    def setUp(self):
        super().setUp()
        self.authenticate("t_mechanic", "t_mechanic")
        self.count = 0

    def _send(self, route, name, content, mimetype="image/png"):
        """Post one file with the form of a route.

        :returns: the answer's JSON, the document if one was kept
        """
        self.count += 1
        send = getattr(self, f"_send_{route}")
        return send((name, io.BytesIO(content), mimetype))

    def _post(self, url, data, field, file):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(url, data=data, files=[(field, file)]).json()

    def _send_portal_claim_save(self, file):
        key = f"key-{self.count}"
        values = {
            "client_key": key,
            "serial": "T-0001",
            "date_repair": str(self.today),
            "usage": "12000",
            "fault_id": str(self.fault.id),
            "step": "draft",
        }
        answer = self._post("/my/claims/save", values, "photo_damage", file)
        claims = self.env["after.sales.claim"]
        return answer, claims.search([("client_key", "=", key)])

    def _send_portal_repair_step(self, file):
        repair = self._create_repair()
        values = {
            "step": "receive",
            "usage": "12000",
            "fault_id": str(self.fault.id),
            "inspection": "Scratch",
        }
        url = f"/my/repairs/{repair.id}/step"
        answer = self._post(url, values, "photo_damage", file)
        self.env.invalidate_all()
        return answer, repair

    def _send_portal_complaint_save(self, file):
        key = f"key-{self.count}"
        values = {"client_key": key, "subject": "Leaks"}
        answer = self._post("/my/complaints/save", values, "photo", file)
        complaints = self.env["sales.complaint"]
        return answer, complaints.search([("client_key", "=", key)])

    def _get_photo_url(self, document, photo):
        places = {
            "after.sales.claim": "claims",
            "after.sales.repair": "repairs",
            "sales.complaint": "complaints",
        }
        return f"/my/{places[document._name]}/{document.id}/photo/{photo.id}"

    # ----------------------------------------------------------------------- tests

    def test_every_upload_route_is_tried(self):
        """F-14: a route that reads files has its form in this test."""
        found = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            function = inspect.unwrap(rule.endpoint.original_endpoint)
            if ".sales_base." in function.__module__ or (
                ".after_sales" in function.__module__
            ):
                source = inspect.getsource(function)
                if ".files" in source or "_get_posted_photos" in source:
                    found.add(function.__name__)
                elif "_save_claim(" in source:
                    found.add(function.__name__)
        self.assertEqual(found, UPLOADS | SUPPLIER_UPLOADS)

    def test_content_decides(self):
        """F-14: hostile content under a harmless name and type is refused by every
        route, and nothing of the form is kept."""
        for route in sorted(UPLOADS):
            for kind, content in HOSTILE.items():
                with self.subTest(route=route, kind=kind):
                    answer, document = self._send(route, "photo.png", content)
                    self.assertTrue(answer.get("error"), answer)
                    self.assertFalse(document.photo_ids)
                    self.assertNotIn("<script", answer["error"])

    @mute_logger("odoo.http")
    def test_names_do_no_harm(self):
        """F-14: paths, markup, control characters and very long names end as a plain
        name of one file, shown as what the bytes are."""
        for route in sorted(UPLOADS):
            for name in NAMES:
                with self.subTest(route=route, name=name[:40]):
                    answer, document = self._send(route, name, png("navy"), "text/html")
                    if "error" in answer:  # refused: that does no harm either
                        self.assertFalse(document.photo_ids)
                        continue
                    photo = document.photo_ids
                    self.assertEqual(photo.mimetype, "image/png")
                    self.assertLessEqual(len(photo.name), 120)
                    for character in "/\\\r\n\x00":
                        self.assertNotIn(character, photo.name)
                    page = self.url_open(answer["redirect"])
                    self.assertNotIn("<script>alert(1)", page.text)
                    shown = self.url_open(self._get_photo_url(document, photo))
                    self.assertShownSafely(shown, "image/png")
                    self.assertEqual(shown.content, png("navy"))

    def assertShownSafely(self, answer, mimetype):
        """A browser takes the file for nothing else, and runs nothing in it."""
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], mimetype)
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        policy = answer.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("x=1", answer.headers.get("Set-Cookie", ""))

    def test_pdf_is_downloaded(self):
        """F-14: a PDF is evidence too; it may hold scripts, so it is not shown in the
        page but saved."""
        content = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
        for route in sorted(UPLOADS):
            with self.subTest(route=route):
                _answer, document = self._send(route, "a.png", content)
                photo = document.photo_ids
                self.assertEqual(photo.mimetype, "application/pdf")
                shown = self.url_open(self._get_photo_url(document, photo))
                self.assertShownSafely(shown, "application/pdf")
                disposition = shown.headers["Content-Disposition"]
                self.assertTrue(disposition.startswith("attachment"))

    @staticmethod
    def _make_bomb(width, height):
        """A small file that becomes large when it is opened."""
        stream = io.BytesIO()
        Image.new("1", (width, height)).save(stream, "PNG")
        return stream.getvalue()

    def test_size_is_limited(self):
        """F-14: a file over the limit is refused with a sentence, a picture that would
        fill the memory when opened too."""
        photos = self.env["after.sales.claim.photo"]
        for content in (
            self._make_bomb(12000, 6000),
            self._make_bomb(12000, 8000),
            self._make_bomb(20000, 10000),
            b"\xff" * (20 * 1024 * 1024 + 1),
        ):
            with self.subTest(size=len(content)):
                for route in sorted(UPLOADS):
                    answer, document = self._send(route, "photo.png", content)
                    self.assertTrue(answer.get("error"), answer)
                    self.assertFalse(document.photo_ids)
        self.assertFalse(photos.search([("claim_id.client_key", "=like", "key-%")]))
