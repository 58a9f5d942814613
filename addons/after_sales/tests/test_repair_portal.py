import html
import io
import json
import re
from datetime import timedelta

from odoo import Command, fields, http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.after_sales_repair_portal import LINK_LIMITS
from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestRepairPortal(AfterSalesCommon, HttpCase):
    """AS-05, AS-20: the station's pages of a repair, as its people and as strangers."""

    def _post(self, url, data=None, files=None):
        data = {"csrf_token": http.Request.csrf_token(self), **(data or {})}
        return self.url_open(url, data=data, files=files)

    def _call(self, url, **params):
        answer = self.url_open(
            url,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer.get("result", answer)

    def _get_sign_url(self, page):
        """Where the page sends a signature: what it has shown is part of it."""
        text = html.unescape(self.url_open(page).text)
        return re.search(r'"callUrl": "([^"]+)"', text)[1]

    def _sign_page(self, page, url=None):
        url = url or self._get_sign_url(page)
        return self._call(url, name="Mrs Li", signature=self.signature)

    def _book(self, **values):
        begin = fields.Datetime.now() + timedelta(days=1)
        return self._post(
            "/my/repairs/save",
            {
                "client_key": "key-1",
                "serial": "T-0001",
                "customer_name": "Mrs <b>Li</b>",
                "customer_phone": "138",
                "begin": begin.strftime("%Y-%m-%dT%H:%M"),
                "fault_id": str(self.fault.id),
                **values,
            },
        ).json()

    def _get_repairs(self):
        return self.env["after.sales.repair"].search(
            [("station_id", "in", (self.station | self.station_2).ids)]
        )

    def test_whole_life(self):
        """AS-20: appointment, reception with a photo, estimate, signature, work,
        finish, pickup, claim, call, all from the phone."""
        self.authenticate("t_mechanic", "t_mechanic")
        answer = self._book()
        self.assertEqual(self._book(), answer)
        repair = self._get_repairs()
        page = f"/my/repairs/{repair.id}"
        self.assertEqual(answer, {"redirect": page})

        def step(files=None, **values):
            answer = self._post(f"{page}/step", values, files).json()
            self.assertEqual(answer, {"redirect": page})
            text = self.url_open(page).text
            self.assertNotIn("<b>Li</b>", text)
            return text

        self.assertIn("Receive the Unit", self.url_open(page).text)
        step(
            [("photo_damage", ("a.png", io.BytesIO(png()), "image/png"))],
            step="receive",
            usage="12000",
            fault_id=str(self.fault.id),
            inspection="Scratch",
        )
        self.assertEqual(repair.photo_ids.kind, "damage")
        image = self.url_open(f"{page}/photo/{repair.photo_ids.id}")
        self.assertEqual(image.content, png())
        lines = {
            "line_id": ["", ""],
            "line_line_type": ["part", "labor"],
            "line_ref": [str(self.pump.id), str(self.labor.id)],
            "line_name": ["", ""],
            "line_quantity": ["1", "2"],
            "line_price_unit": ["200", ""],
            "line_payer": ["warranty", "customer"],
            "line_part_lot": ["", ""],
            "line_is_causal": ["1", "0"],
        }
        step(step="lines", **lines)
        self.assertEqual(repair.state, "estimated")
        self.assertEqual((repair.amount_warranty, repair.amount_customer), (200, 200))
        self.assertEqual(self._sign_page(page)["redirect_url"], page)
        self.assertEqual(repair.consent_ids.channel, "screen")
        lines["line_id"] = [str(id_) for id_ in repair.line_ids.ids]
        text = step(step="lines", **{**lines, "line_quantity": ["1", "3"]})
        self.assertIn("new consent is needed", text)
        self._sign_page(page)
        step(step="start", mechanic_id=str(self.mechanic.partner_id.id))
        step(step="accept", cause="Worn", correction="Pump replaced")
        self._sign_page(page)
        self.assertEqual(repair.state, "picked_up")
        claimed = self._post(f"{page}/claim").json()
        self.assertEqual(claimed, self._post(f"{page}/claim").json())
        self.assertEqual(claimed, {"redirect": f"/my/claims/{repair.claim_id.id}/edit"})
        self.assertEqual(self.url_open(claimed["redirect"]).status_code, 200)
        step(step="call", score="92", note="Content")
        self.assertEqual(repair.score, 92)
        for url in ("/my", "/my/repairs", "/my/repairs?filterby=all"):
            self.assertEqual(self.url_open(url).status_code, 200)

    def test_hostile_input_leaves_nothing(self):
        """F-14: each wrong input gets a message, nothing half-written remains."""
        self.authenticate("t_mechanic", "t_mechanic")
        rivals_bay = self.env["after.sales.bay"].create(
            {"name": "B9", "station_id": self.station_2.id}
        )
        for values in (
            {"serial": "T-000"},
            {"customer_name": " "},
            {"begin": "tomorrow"},
            {"begin": "2999-01-01T10:00"},
            {"hours": "-1"},
            {"hours": "nan"},
            {"fault_id": "abc"},
            {"bay_id": str(rivals_bay.id)},
            {"station_id": str(self.station_2.id)},
            {"complaint": "x" * 4001},
        ):
            with self.subTest(**values):
                self.assertTrue(self._book(**values).get("error"))
                self.assertFalse(self._get_repairs())
        repair = self._create_repair()
        self._bring_repair_to(repair, "received")
        good = {
            "step": "lines",
            "line_id": "",
            "line_line_type": "part",
            "line_ref": str(self.pump.id),
            "line_name": "",
            "line_quantity": "1",
            "line_price_unit": "5",
            "line_payer": "warranty",
            "line_part_lot": "",
            "line_is_causal": "",
        }
        for values in (
            {"step": "approve"},
            {"step": "start"},
            {"line_payer": "maker"},
            {"line_line_type": "gold"},
            {"line_ref": str(self.truck.id)},
            {"line_ref": ""},
            {"line_quantity": "0"},
            {"line_quantity": "inf"},
            {"line_price_unit": "-1"},
            {"line_payer": ["warranty", "customer"]},
        ):
            with self.subTest(**values):
                url = f"/my/repairs/{repair.id}/step"
                self.assertTrue(self._post(url, {**good, **values}).json().get("error"))
                self.env.invalidate_all()
                self.assertEqual(repair.amount_total, 350)
                self.assertEqual(repair.state, "received")

    def test_finished_repair_takes_no_change(self):
        """AS-05: forms of earlier steps sent again change nothing after acceptance."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "accepted")
        self.authenticate("t_mechanic", "t_mechanic")
        for step in ("receive", "lines", "start", "accept", "cancel"):
            answer = self._post(
                f"/my/repairs/{repair.id}/step",
                {
                    "step": step,
                    "mechanic_id": str(self.mechanic.partner_id.id),
                    "note": "no",
                },
            ).json()
            with self.subTest(step=step):
                self.assertTrue(answer.get("error"))
        self.env.invalidate_all()
        self.assertEqual(repair.state, "accepted")
        self.assertEqual(repair.correction, "Pump replaced")

    def test_counters_before_the_unit_is_taken_in(self):
        """B-13: the look-up warns with the fault chosen, before anything is saved."""
        self.company.after_sales_guarantee_fault_repairs = 1
        self._bring_repair_to(self._create_repair(), "accepted")
        self.authenticate("t_mechanic", "t_mechanic")
        unit = self._call(
            "/my/repairs/unit",
            serial="T-0001",
            station_id=str(self.station.id),
            fault_id=str(self.fault.id),
            usage="13000",
        )
        self.assertEqual(unit["level"], "reached")
        self.assertIn("repair 2 of this fault", unit["warnings"][0])
        calm = self._call("/my/repairs/unit", serial="T-0001", fault_id="", usage="")
        self.assertFalse(calm["level"])
        self.assertTrue(self._call("/my/repairs/unit", serial="T-00").get("error"))

    def _get_urls(self, repair):
        page = f"/my/repairs/{repair.id}"
        return [
            page,
            f"{page}/photo/{repair.photo_ids.id}",
            f"{page}/pdf/sheet",
            f"{page}/pdf/receipt",
        ]

    @mute_logger("odoo.http")
    def test_strangers_guess_in_vain(self):
        """AS-20: another station, one without a role and the public reach no page, no
        photo, no step of a foreign repair, nor its signature by the image route."""
        repair = self._create_repair()
        self.env["after.sales.repair.photo"]._add_photo(repair, "a.png", png())
        self._bring_repair_to(repair, "accepted")
        terms = repair._get_terms_hash()
        pictures = [
            f"/web/image/after.sales.repair/{repair.id}/pickup_signature",
            f"/web/image/after.sales.repair.consent/{repair.consent_ids.id}/signature",
            f"/web/content/{repair.photo_ids.attachment_id.id}",
        ]
        for login in ("t_rival", "t_nobody", None):
            self.authenticate(login, login)
            for url in self._get_urls(repair):
                with self.subTest(login=login, url=url):
                    answer = self.url_open(url, allow_redirects=False)
                    self.assertIn(
                        answer.status_code, (303, 404) if not login else (404,)
                    )
            for url in pictures:
                with self.subTest(login=login, url=url):
                    answer = self.url_open(url)
                    signature = repair.consent_ids.with_context(bin_size=False)
                    self.assertNotEqual(answer.content, png("black", (60, 30)))
                    self.assertNotEqual(answer.content, png())
                    self.assertTrue(signature.signature)
            if login:
                for url in ("step", "claim"):
                    answer = self._post(f"/my/repairs/{repair.id}/{url}")
                    self.assertEqual(answer.status_code, 404)
                signed = self._call(
                    f"/my/repairs/{repair.id}/sign/pickup/{terms}",
                    name="x",
                    signature=self.signature,
                )
                self.assertTrue(signed.get("error"))
        self.env.invalidate_all()
        self.assertEqual(repair.state, "accepted")
        self.assertFalse(repair.claim_id)

    def test_token_is_not_read_in_the_portal(self):
        """architecture.md 10: the token is no field a portal user reads by RPC."""
        repair = self._create_repair().with_user(self.mechanic)
        with self.assertRaises(AccessError):
            repair.read(["access_token"])

    # -------------------------------------------------------------------- consumer

    def test_consumer_signs_by_his_link(self):
        """AS-05: the customer reads the estimate and signs by his link, once."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "estimated")
        link = f"/repair/{repair.id}/{repair.access_token}"
        self.assertTrue(repair.consent_url.endswith(link))
        page = self.url_open(link)
        self.assertIn("Customer pays", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        url = self._get_sign_url(link)
        self.assertEqual(self._sign_page(link, url)["redirect_url"], link)
        self.env.invalidate_all()
        self.assertEqual(repair.state, "consented")
        self.assertEqual(repair.consent_ids.channel, "link")
        self.assertTrue(self._sign_page(link, url).get("error"))
        self.assertIn("State of your repair", self.url_open(link).text)

    def test_consumer_takes_his_unit_over_by_his_link(self):
        """AS-05: the pickup is signed by the link, too, once; a consent that comes late
        is no pickup, a pickup that comes early is none, and there is no other step."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "in_work")
        link = f"/repair/{repair.id}/{repair.access_token}"

        def sign(verb):
            seen = repair._get_terms_hash()
            return self._call(
                f"{link}/sign/{verb}/{seen}", name="Mr Wu", signature=self.signature
            )

        self.assertIn("not possible", sign("pickup")["error"])
        repair.with_user(self.mechanic).sudo().action_accept()
        self.authenticate("t_mechanic", "t_mechanic")
        self.assertIn(link, self.url_open(f"/my/repairs/{repair.id}").text)
        self.authenticate(None, None)
        page = self.url_open(link).text
        self.assertIn("taken it over", page)
        self.assertIn("Pump replaced", page)
        for verb in ("consent", "call", "cancel"):
            with self.subTest(verb=verb):
                self.assertTrue(sign(verb).get("error"))
        self.env.invalidate_all()
        self.assertEqual(repair.state, "accepted")
        self.assertEqual(self._sign_page(link)["redirect_url"], link)
        self.env.invalidate_all()
        self.assertEqual(repair.state, "picked_up")
        self.assertEqual(
            (repair.pickup_signed_by, repair.pickup_channel), ("Mrs Li", "link")
        )
        self.assertTrue(sign("pickup").get("error"))
        self.assertNotIn("taken it over", self.url_open(link).text)

    def test_only_what_was_shown_is_signed(self):
        """AS-05: the station changes the work while a page is open. By the link, on the
        station's screen and at pickup the signature under the old page is refused; the
        page shows the new work, which is signed then."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "estimated")
        link = f"/repair/{repair.id}/{repair.access_token}"
        own = f"/my/repairs/{repair.id}"
        self.authenticate("t_mechanic", "t_mechanic")
        wash = {"line_type": "other", "name": "Wash", "price_unit": 30}
        for page, change in (
            (link, {"line_ids": [Command.create(wash)]}),
            (link, {"lot_id": self._create_unit("T-0099").id}),
            (own, {"line_ids": [Command.update(repair.line_ids[0].id, {"name": "X"})]}),
            (own, {"line_ids": [Command.delete(repair.line_ids[1].id)]}),
        ):
            with self.subTest(page=page, change=change):
                url = self._get_sign_url(page)
                repair.sudo().write(change)
                self.env.flush_all()
                answer = self._sign_page(page, url)
                self.assertEqual(answer["redirect_url"], f"{page}?changed=1")
                self.assertFalse(repair.consent_ids)
                shown = self.url_open(answer["redirect_url"]).text
                self.assertIn("Nothing was signed", shown)
                self.assertNotIn("Nothing was signed", self.url_open(page).text)
        for page in (link, own):
            url = self._get_sign_url(page)
            self.assertTrue(self._sign_page(page, url[:-64] + "0" * 64)["redirect_url"])
        self.assertFalse(repair.consent_ids)
        self.assertEqual(self._sign_page(link)["redirect_url"], link)
        self.assertEqual(repair.state, "consented")
        repair.with_user(self.mechanic).sudo().action_start()
        repair.with_user(self.mechanic).sudo().action_accept()
        url = self._get_sign_url(own)
        self.assertIn("/sign/pickup/", url)
        repair.line_ids[:1].price_unit += 1
        self.env.flush_all()
        self.assertTrue(self._sign_page(own, url)["redirect_url"])
        self.assertEqual(self._sign_page(own)["redirect_url"], own)
        self.assertEqual(repair.state, "picked_up")

    def test_guessed_tokens(self):
        """AS-20: a wrong token and a wrong id look the same, and open nothing."""
        repair = self._create_repair()
        other = self._create_repair()
        self._bring_repair_to(repair, "estimated")
        for url in (
            f"/repair/{repair.id}/x",
            f"/repair/{repair.id}/{other.access_token}",
            f"/repair/{other.id + 1000}/{repair.access_token}",
        ):
            answer = self.url_open(url)
            with self.subTest(url=url):
                self.assertEqual(answer.status_code, 404)
                self.assertIn("This link is not valid", answer.text)
                self.assertNotIn("Mrs Li", answer.text)
                for verb in ("consent", "pickup"):
                    signed = self._sign_page(url, f"{url}/sign/{verb}/x")
                    self.assertIn("not valid", signed["error"])
        self.assertEqual(repair.state, "estimated")

    def test_link_is_rate_limited(self):
        """architecture.md 10: too many calls of one link are refused, the right token
        included."""
        repair = self._create_repair()
        link = f"/repair/{repair.id}/{repair.access_token}"
        self.assertEqual(self.url_open(link).status_code, 200)
        self.env["sales.rate.limit"].search(
            [("key", "=", f"repair:{repair.id}")]
        ).count = LINK_LIMITS["token"]
        self.env.flush_all()
        self.assertEqual(self.url_open(link).status_code, 429)
        signed = self._sign_page(link, f"{link}/sign/consent/x")
        self.assertIn("Too many calls", signed["error"])
