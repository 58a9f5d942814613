import io

from PIL import Image

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from ..controllers.portal_pages import LOOKUPS
from .test_complaint import ComplaintCommon

HTML = b"<html><script>alert(1)</script></html>"


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {"name": "Li Na", "parent_id": cls.customer.id}
        )
        cls.portal = cls._create_portal_persona("t_portal", cls.contact)
        cls.stranger = cls._create_portal_persona(
            "t_stranger", cls.env["res.partner"].create({"name": "Stranger"})
        )

    def _send(self, url, files=None, **values):
        values["csrf_token"] = Request.csrf_token(self)
        return self.url_open(url, data=values, files=files)

    def _picture(self):
        stream = io.BytesIO()
        Image.new("RGB", (20, 20), "red").save(stream, "JPEG")
        return stream.getvalue()

    def _find(self, subject):
        return self.env["sales.complaint"].search([("subject", "=", subject)])

    def test_complaint_from_the_portal(self):
        """F-21: a customer complains with a photo; it is his company's and told on."""
        self.authenticate("t_portal", "t_portal")
        answer = self._send(
            "/my/complaints/save",
            files={"photo": ("a.jpg", self._picture(), "image/jpeg")},
            subject="Rust",
            client_key="k1",
        ).json()
        complaint = self._find("Rust")
        self.assertEqual(answer, {"redirect": f"/my/complaints/{complaint.id}"})
        self.assertEqual(complaint.channel, "portal")
        self.assertEqual(complaint.commercial_partner_id, self.customer)
        self.assertEqual(complaint.user_id, self.user)
        self.assertIn(self.officer, complaint.activity_ids.user_id)
        photo = complaint.photo_ids
        page = self.url_open(f"/my/complaints/{complaint.id}")
        self.assertIn("Rust", page.text)
        file = self.url_open(f"/my/complaints/{complaint.id}/photo/{photo.id}")
        self.assertEqual(file.content, self._picture())

    def test_sent_twice(self):
        """F-12: a phone that sends again makes no second complaint."""
        self.authenticate("t_portal", "t_portal")
        for _n in range(2):
            self._send("/my/complaints/save", subject="Twice", client_key="k2")
        self.assertEqual(len(self._find("Twice")), 1)

    def test_refusals_in_the_language_of_the_page(self):
        """F-05: what was wrong, and too many look-ups, are told in the language of the
        page, which need not be that of the preferences."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "sales_base")]
        )._update_translations(["zh_CN"])
        self.authenticate("t_portal", "t_portal")
        self.opener.cookies["frontend_lang"] = "zh_CN"
        answer = self._send("/my/complaints/save", subject="", serial="NONE").json()
        self.assertIn("一句话", answer["error"])
        self.env["sales.rate.limit"].search(
            [("key", "=", f"unit:{self.portal.id}")]
        ).count = LOOKUPS["person"]
        self.env.flush_all()
        answer = self._send("/my/complaints/save", subject="x", serial="NONE").json()
        self.assertIn("查询次数过多", answer["error"])
        self.assertFalse(self._find("x"))

    def test_hostile_input(self):
        """F-14: what is no picture, too long or not his is refused with words, nothing
        is kept."""
        self.authenticate("t_portal", "t_portal")
        foreign = self.env["sale.order"].create(
            {"partner_id": self.stranger.partner_id.id}
        )
        cases = (
            {"subject": ""},
            {"subject": "x" * 121},
            {"subject": "Bad", "category_id": "999999"},
            {"subject": "Bad", "order": foreign.name},
            {"subject": "Bad", "serial": "no such number"},
        )
        for values in cases:
            with self.subTest(values):
                self.assertIn(
                    "error", self._send("/my/complaints/save", **values).json()
                )
        files = {"photo": ("a.jpg", HTML, "image/jpeg")}
        answer = self._send("/my/complaints/save", files, subject="Bad").json()
        self.assertIn("error", answer)
        self.assertFalse(self._find("Bad"))

    def test_script_in_texts_is_shown_as_text(self):
        """F-14: a subject with markup is no markup on the page."""
        self.authenticate("t_portal", "t_portal")
        self._send("/my/complaints/save", subject="<script>alert(1)</script>")
        complaint = self._find("<script>alert(1)</script>")
        page = self.url_open(f"/my/complaints/{complaint.id}").text
        self.assertNotIn("<script>alert(1)", page)

    def test_strangers_see_nothing(self):
        """F-11: a foreign number and a missing one look the same."""
        complaint = self._create_complaint()
        photo = self.env["sales.complaint.photo"]._add_photo(
            complaint.sudo(), "a.jpg", self._picture()
        )
        self.authenticate("t_stranger", "t_stranger")
        for url in (
            f"/my/complaints/{complaint.id}",
            f"/my/complaints/{complaint.id}/photo/{photo.id}",
            "/my/complaints/99999999",
        ):
            with self.subTest(url):
                self.assertEqual(self.url_open(url).status_code, 404)
        answer = self._send(f"/my/complaints/{complaint.id}/reopen", note="x")
        self.assertEqual(answer.status_code, 404)
        self.assertNotIn("It whistles", self.url_open("/my/complaints").text)
        content = self.url_open(f"/web/content/{photo.attachment_id.id}")
        self.assertNotEqual(content.content, self._picture())

    def test_customer_reopens(self):
        """F-21: who does not accept the answer says why, and it counts."""
        complaint = self._answer(self._create_complaint())
        self.authenticate("t_portal", "t_portal")
        url = f"/my/complaints/{complaint.id}/reopen"
        self.assertIn("error", self._send(url, note=" ").json())
        self.assertIn("redirect", self._send(url, note="Still whistles").json())
        self.assertEqual((complaint.state, complaint.reopen_count), ("accepted", 1))
        self.assertIn("error", self._send(url, note="Again").json())

    def test_internal_texts_are_not_shown(self):
        """F-21: the customer reads the answer, not the cause."""
        complaint = self._answer(self._create_complaint())
        self.authenticate("t_portal", "t_portal")
        page = self.url_open(f"/my/complaints/{complaint.id}").text
        self.assertIn("We send another one.", page)
        self.assertNotIn("A dry bearing", page)

    def test_notice(self):
        """F-22: a reader outside reads, confirms once, asks, and loads the files of his
        own notices only."""
        file = self.env["ir.attachment"].create({"name": "n.txt", "raw": b"torque"})
        notice = self.env["sales.notice"].create(
            {
                "subject": "Torque",
                "body": "<p>Only 40 Nm</p>",
                "date_due": "2026-12-01",
                "attachment_ids": [(6, 0, file.ids)],
                "user_ids": [(6, 0, self.user.ids)],
            }
        )
        notice.action_publish()
        self.env["sales.notice.receipt"].create(
            {"notice_id": notice.id, "user_id": self.portal.id}
        )
        base = f"/my/notices/{notice.id}"
        self.authenticate("t_stranger", "t_stranger")
        for url in (base, f"{base}/file/{file.id}"):
            self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate("t_portal", "t_portal")
        self.assertIn("Only 40 Nm", self.url_open(base).text)
        self.assertEqual(self.url_open(f"{base}/file/{file.id}").content, b"torque")
        self.assertFalse(self._receipt(notice).read_at)
        self._send(f"{base}/read")
        first = self._receipt(notice).read_at
        self.assertTrue(first)
        self._send(f"{base}/read")
        self.assertEqual(self._receipt(notice).read_at, first)
        self.assertIn(
            "redirect", self._send(f"{base}/reply", text="Wet or dry?").json()
        )
        self.assertEqual(notice.reply_ids.user_id, self.portal)

    def _receipt(self, notice):
        notice.invalidate_recordset()
        self.env.invalidate_all()
        return notice.receipt_ids.filtered(lambda one: one.user_id == self.portal)
