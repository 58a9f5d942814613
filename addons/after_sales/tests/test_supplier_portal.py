import json

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import png
from .recovery_common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestSupplierPortal(RecoveryCommon, HttpCase):
    """AS-09, AS-13, AS-20: the supplier's pages, as its people and as strangers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["after.sales.responsibility"].search([]).write({"is_closed": True})

    def _post(self, url, files=None, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(url, data=data, files=files)

    def _create_sent(self, number=2):
        for _n in range(number):
            self._create_decided()
        _run, recovery = self._recover()
        recovery.action_send()
        return recovery

    def test_accept(self):
        """AS-09: seen with its facts and figures, and accepted."""
        record = self._create_asked()
        self.authenticate("t_engineer", "t_engineer")
        page = self.url_open("/my/responsibilities").text
        self.assertIn(record.name, page)
        place = f"/my/responsibilities/{record.id}"
        page = self.url_open(place).text
        for expected in ("Water Pump", "T-0001", record.claim_id.name, "336"):
            self.assertIn(expected, page)
        self.assertEqual(self._post(f"{place}/accept").json(), {"redirect": place})
        self.assertEqual(
            (record.state, record.answered_by_id), ("accepted", self.engineer)
        )
        self.assertIn("error", self._post(f"{place}/accept").json())

    def test_dispute_with_proof(self):
        """AS-09: an objection needs a reason and words; the proof is kept as received
        and shown again; a share above what is asked is refused, and then nothing of it
        is kept."""
        record = self._create_asked()
        self.authenticate("t_sales_rep", "t_sales_rep")
        place = f"/my/responsibilities/{record.id}"
        reason = str(self.dispute_reason.id)
        proof = [("proof", ("shot.png", png("green"), "image/png"))]
        for values, files in (
            ({"reason_id": "", "note": "x"}, proof),
            ({"reason_id": reason, "note": " "}, proof),
            ({"reason_id": reason, "note": "x", "share": "80"}, proof),
            ({"reason_id": reason, "note": "x", "share": "nan"}, proof),
            ({"reason_id": reason, "note": "x", "share": "-1"}, proof),
            (
                {"reason_id": reason, "note": "x"},
                [("proof", ("a.svg", b"<svg onload='x'/>", "image/svg+xml"))],
            ),
            (
                {"reason_id": str(self.drop_reason.id), "note": "x"},
                proof,
            ),
        ):
            with self.subTest(values=values):
                answer = self._post(f"{place}/dispute", files, **values).json()
                self.assertIn("error", answer)
                self.assertEqual((record.state, len(record.proof_ids)), ("asked", 0))
        answer = self._post(
            f"{place}/dispute", proof, reason_id=reason, note="Blow", share="30"
        )
        self.assertEqual(answer.json(), {"redirect": place})
        self.assertEqual((record.state, record.disputed_share), ("disputed", 30))
        self.assertEqual(record.cancel_reason_id, self.dispute_reason)
        shown = self.url_open(f"{place}/proof/{record.proof_ids.id}")
        self.assertEqual(shown.content, png("green"))
        self.assertIn("Blow", self.url_open(place).text)

    def test_recovery(self):
        """AS-13: one line disputed, the rest confirmed; PDF route, sheet, and the list
        show it."""
        recovery = self._create_sent()
        line = recovery.line_ids[0]
        self.authenticate("t_sales_rep", "t_sales_rep")
        place = f"/my/recoveries/{recovery.id}"
        self.assertIn(recovery.name, self.url_open("/my/recoveries").text)
        page = self.url_open(place).text
        for expected in (line.claim_id.name, "672", "Water Pump"):
            self.assertIn(expected, page)
        answer = self._post(
            f"{place}/dispute/{line.id}",
            reason_id=str(self.dispute_reason.id),
            note="Not ours",
        )
        self.assertEqual(answer.json(), {"redirect": place})
        self.assertEqual((line.state, line.dispute_note), ("disputed", "Not ours"))
        self.assertEqual(line.disputed_by_id, self.sales_rep)
        self.assertEqual(self._post(f"{place}/confirm").json(), {"redirect": place})
        self.assertEqual(recovery.state, "confirmed")
        self.assertIn("error", self._post(f"{place}/confirm").json())
        sheet = self.url_open(f"{place}/xlsx")
        self.assertEqual(sheet.status_code, 200)
        self.assertIn("spreadsheetml", sheet.headers["Content-Type"])

    def test_incoming_parts(self):
        """AS-10, AS-20: a supplier sees the parts forwarded to it, and no others."""
        self.env["after.sales.old.part.policy"].create({"product_id": self.pump.id})
        here, there = (self._create_approved().old_part_ids for _n in range(2))
        here._move("received")
        here.with_user(self.clerk).action_forward()
        self.authenticate("t_engineer", "t_engineer")
        page = self.url_open("/my/supplier-parts").text
        self.assertIn(here.name, page)
        self.assertNotIn(there.name, page)
        self.authenticate("t_competitor", "t_competitor")
        self.assertNotIn(here.name, self.url_open("/my/supplier-parts").text)
        # Seeing a part is no right to pack or print it.
        parts = self.env["after.sales.old.part"].with_user(self.engineer)
        self.assertEqual(parts.search([]), here)

    def test_straight_shipment_is_received(self):
        """AS-10, AS-20: the supplier says part by part what arrived; with the last one
        the shipment is received, as its own step; strangers and bad answers change
        nothing."""
        self.env["after.sales.old.part.policy"].create(
            {"product_id": self.pump.id, "disposal": "supplier"}
        )
        lines = self._prepare_claim()["line_ids"]
        lines[0][2]["quantity"] = 2
        parts = self._create_approved(line_ids=lines).old_part_ids
        shipment = self.env["after.sales.part.shipment"]._pack_parts(parts.sudo())
        shipment.write({"carrier": "Fast", "waybill": "W1"})
        shipment.action_send()
        here = f"/my/supplier-parts/{parts[0].id}/received"
        good = {"result": "accepted", "condition": "good"}
        self.authenticate("t_competitor", "t_competitor")
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(here, **good).status_code, 404)
        self.authenticate("t_mechanic", "t_mechanic")
        self.assertIn("error", self._post(here, **good).json())
        self.authenticate("t_engineer", "t_engineer")
        self.assertIn("W1", self.url_open("/my/supplier-parts").text)
        for values in (
            {"result": "eaten", "condition": "good"},
            {"result": "accepted", "condition": "unchecked"},
            {"result": "accepted"},
        ):
            with self.subTest(values=values):
                self.assertIn("error", self._post(here, **values).json())
        self.assertFalse(any(shipment.line_ids.mapped("result")))
        self.assertIn("redirect", self._post(here, **good).json())
        self.assertEqual(shipment.state, "sent")
        self._post(
            f"/my/supplier-parts/{parts[1].id}/received",
            result="accepted",
            condition="damaged",
        )
        self.assertEqual(
            (shipment.state, shipment.received_by_id), ("received", self.engineer)
        )
        self.assertEqual(set(parts.mapped("state")), {"forwarded"})
        self.assertEqual(parts.mapped("condition"), ["good", "damaged"])
        self.assertEqual(parts[1].move_ids[-1].user_id, self.engineer)

    def test_home(self):
        """AS-20: a supplier's home shows its own cards and counts, none of a station's;
        a contact without money sees no recoveries."""
        self._create_asked()
        counters = ["after_sales_asked_count", "after_sales_sent_recovery_count"]
        for login, sees_money in (("t_sales_rep", True), ("t_engineer", False)):
            self.authenticate(login, login)
            page = self.url_open("/my/home").text
            self.assertIn("/my/responsibilities", page)
            self.assertIn("/my/supplier-parts", page)
            self.assertEqual("/my/recoveries" in page, sees_money)
            self.assertNotIn('href="/my/claims', page)
            answer = self.url_open(
                "/my/counters",
                data=json.dumps({"params": {"counters": counters}}),
                headers={"Content-Type": "application/json"},
            )
            self.assertEqual(answer.json()["result"]["after_sales_asked_count"], 1)
        self.authenticate("t_mechanic", "t_mechanic")
        page = self.url_open("/my/home").text
        self.assertIn("/my/claims", page)
        self.assertNotIn("/my/responsibilities", page)

    @mute_logger("odoo.http")
    def test_guessed_ids(self):
        """AS-20: a foreign id looks like a missing one, on every route and verb."""
        record = self._create_asked()
        self._create_decided()
        _run, recovery = self._recover()
        draft = self._create_responsibility()
        photo = record.claim_id.photo_ids[:1]
        line = recovery.line_ids[:1]
        for login in ("t_competitor", "t_owner", "t_nobody"):
            self.authenticate(login, login)
            urls = (
                f"/my/responsibilities/{record.id}",
                f"/my/responsibilities/{record.id}/photo/{photo.id}",
                f"/my/recoveries/{recovery.id}",
                f"/my/recoveries/{recovery.id}/pdf",
                f"/my/recoveries/{recovery.id}/xlsx",
            )
            for url in urls:
                with self.subTest(login=login, url=url):
                    self.assertEqual(self.url_open(url).status_code, 404)
            for url in (
                f"/my/responsibilities/{record.id}/accept",
                f"/my/recoveries/{recovery.id}/confirm",
                f"/my/recoveries/{recovery.id}/dispute/{line.id}",
            ):
                with self.subTest(login=login, url=url):
                    self.assertEqual(self._post(url).status_code, 404)
        self.assertEqual((record.state, recovery.state), ("asked", "draft"))
        # Its own: nothing before it is asked or sent, no money without the role.
        self.authenticate("t_engineer", "t_engineer")
        for url in (
            f"/my/responsibilities/{draft.id}",
            f"/my/responsibilities/{record.id}/decide",
            f"/my/recoveries/{recovery.id}",
        ):
            with self.subTest(url=url):
                answer = (
                    self._post(url) if url.endswith("decide") else self.url_open(url)
                )
                self.assertEqual(answer.status_code, 404)

    def test_rights_of_a_supplier(self):
        """F-11: a contact reads what his company was asked and charged, as far as his
        role goes, and writes nothing; by RPC too."""
        recovery = self._create_sent()
        record = recovery.line_ids.responsibility_id
        proof = record[0].sudo().proof_ids._add_photo(record[0], "a.png", png())
        world = {
            "after.sales.responsibility": record,
            "after.sales.responsibility.proof": proof,
            "after.sales.recovery": recovery,
            "after.sales.recovery.line": recovery.line_ids,
        }
        for model, records in world.items():
            is_money = model.startswith("after.sales.recovery")
            for person in (
                self.sales_rep,
                self.engineer,
                self.competitor,
                self.owner,
                self.nobody,
            ):
                sees = person == self.sales_rep or (
                    person == self.engineer and not is_money
                )
                with self.subTest(model=model, person=person.login):
                    own = self.env[model].with_user(person)
                    found = own.search([("id", "in", records.ids)])
                    self.assertEqual(found, records if sees else own.browse())
                    for verb in ("write", "create", "unlink"):
                        self.assertFalse(own.has_access(verb))
                    if not sees:
                        with self.assertRaises(AccessError):
                            records.with_user(person).check_access("read")
        with self.assertRaises(AccessError):
            record.with_user(self.sales_rep).read(["internal_note"])

    def test_company_rules(self):
        """F-11: another company's manager sees none of it."""
        recovery = self._create_sent()
        record = recovery.line_ids.responsibility_id[:1]
        _company, foreign = self._create_foreign_company()
        for records in (
            record,
            record.sudo().proof_ids._add_photo(record, "a.png", png()),
            recovery,
            recovery.line_ids,
        ):
            with self.subTest(model=records._name):
                own = self.env[records._name].with_user(foreign)
                self.assertFalse(own.search([("id", "in", records.ids)]))


@tagged("post_install", "-at_install")
class TestSupplierPhoneTour(RecoveryCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_supplier(self):
        """AS-09, AS-13, AS-20: on a phone a supplier accepts one responsibility,
        disputes a line of its recovery and confirms the rest."""
        self.env["after.sales.responsibility"].search([]).write({"is_closed": True})
        asked = self._create_asked()
        for _n in range(2):
            self._create_decided()
        _run, recovery = self._recover()
        recovery.action_send()
        self.start_tour("/my/home", "after_sales_supplier", login="t_sales_rep")
        self.assertEqual(asked.state, "accepted")
        self.assertEqual(recovery.state, "confirmed")
        self.assertEqual(recovery.disputed_count, 1)
