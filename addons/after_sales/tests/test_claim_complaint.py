from odoo import http
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, HttpCase, tagged

from .common import AfterSalesCommon


class ComplaintCommon(AfterSalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner_partner = cls.env["res.partner"].create({"name": "Mrs Li"})
        cls.unit.sold_partner_id = cls.owner_partner
        cls.company.write(
            {"after_sales_unhappy_score": 60, "after_sales_satisfaction_target": 90}
        )

    def _create_complaint(self, **values):
        return self.env["sales.complaint"].create(
            {
                "subject": "Water under the truck",
                "partner_id": self.owner_partner.id,
                "lot_id": self.unit.id,
                **values,
            }
        )

    def _rate(self, score, repair=None, user=None):
        repair = repair or self._bring_repair_to(self._create_repair(), "picked_up")
        repair.with_user(user or self.entry)._rate(score, "Nobody rang me")
        return repair


@tagged("post_install", "-at_install")
class TestClaimComplaint(ComplaintCommon):
    def test_claim_from_complaint(self):
        """AS-18: a complaint gives its claim unit, station, customer and words; both
        show each other."""
        complaint = self._create_complaint(description="It drips")
        action = complaint.with_user(self.auditor).action_create_after_sales_claim()
        form = Form(
            self.env["after.sales.claim"]
            .with_user(self.auditor)
            .with_context(**action["context"])
        )
        self.assertEqual(form.lot_id, self.unit)
        self.assertEqual(form.station_id, self.station)
        self.assertEqual(form.customer_name, "Mrs Li")
        self.assertEqual(form.complaint, "It drips")
        claim = form.save()
        self.assertEqual(claim.complaint_id, complaint)
        own = complaint.with_user(self.auditor)
        self.assertEqual(own.after_sales_claim_ids, claim)
        self.assertEqual(own.after_sales_claim_count, 1)
        self.assertEqual(claim.action_view_complaint()["res_id"], complaint.id)
        domain = own.action_view_after_sales_claims()["domain"]
        self.assertEqual(self.env["after.sales.claim"].search(domain), claim)

    def test_complaint_from_claim(self):
        """AS-18: also from a decided claim; asked again it is the same complaint."""
        claim = self._create_approved().with_user(self.auditor)
        action = claim.action_create_complaint()
        complaint = claim.complaint_id
        self.assertEqual(action["res_id"], complaint.id)
        self.assertEqual(complaint.partner_id, self.owner_partner)
        self.assertEqual(complaint.lot_id, self.unit)
        self.assertIn(claim.name, complaint.subject)
        claim.action_create_complaint()
        self.assertEqual(claim.complaint_id, complaint)

    def test_station_makes_no_complaint_for_others(self):
        """F-11: a portal user complains by his form only, in his own name."""
        claim = self._create_submitted()
        with self.assertRaises(AccessError):
            claim.with_user(self.mechanic).action_create_complaint()
        self.assertFalse(claim.complaint_id)

    def test_complaint_without_owner_is_the_stations(self):
        """AS-18: where nobody knows the owner, the station reports it."""
        self.unit.sold_partner_id = False
        claim = self._create_submitted().with_user(self.auditor)
        claim.action_create_complaint()
        self.assertEqual(claim.complaint_id.partner_id, self.garage)

    def test_unhappy_call_opens_a_complaint(self):
        """AS-18: below the company's score a complaint is opened, once; at the score
        none is."""
        self.assertFalse(self._rate(60).complaint_id)
        repair = self._rate(59)
        complaint = repair.complaint_id
        self.assertEqual(complaint.channel, "callback")
        self.assertEqual(complaint.description, "Nobody rang me")
        self.assertEqual(complaint.partner_id, self.owner_partner)
        self.assertIn("59", complaint.subject)
        self._rate(10, repair)
        self.assertEqual(repair.complaint_id, complaint)
        self.company.after_sales_unhappy_score = 0
        self.assertFalse(self._rate(0).complaint_id)

    def test_station_cannot_hide_an_unhappy_customer(self):
        """AS-18: who calls from the portal opens the complaint as well."""
        repair = self._bring_repair_to(self._create_repair(), "picked_up")
        values = {"score": "20", "note": "Rude"}
        repair.with_user(self.mechanic)._portal_step("call", values)
        self.assertEqual(repair.complaint_id.channel, "callback")

    def test_call_wizard_warns(self):
        """AS-18: whoever records the call sees what a low score does."""
        repair = self._bring_repair_to(self._create_repair(), "picked_up")
        wizard = self.env["after.sales.repair.call"].with_user(self.entry)
        call = wizard.create({"repair_id": repair.id, "score": 59})
        self.assertTrue(call.is_unhappy)
        call.score = 60
        self.assertFalse(call.is_unhappy)
        call.score = 101
        with self.assertRaises(ValidationError):
            call.action_apply()

    def test_claim_of_a_repair_has_its_complaint(self):
        """AS-18: complaint, repair and claim are one story."""
        repair = self._rate(30)
        claim = repair._make_claim()
        self.assertEqual(claim.complaint_id, repair.complaint_id)

    def test_satisfaction_of_a_station(self):
        """AS-18: average of the calls with their number, beside the target; a station
        without calls is not below it."""
        for score in (95, 84):
            self._rate(score)
        self._bring_repair_to(self._create_repair(), "picked_up")
        station, other = (self.station | self.station_2).with_user(self.quality)
        self.assertEqual(station.satisfaction_count, 2)
        self.assertEqual(station.satisfaction, 89.5)
        self.assertEqual(station.satisfaction_target, 90)
        self.assertTrue(station.is_satisfaction_low)
        self.assertEqual((other.satisfaction_count, other.is_satisfaction_low), (0, 0))
        self._rate(91)
        station.invalidate_recordset()
        self.assertFalse(station.is_satisfaction_low)
        domain = station.action_view_satisfaction()["domain"]
        self.assertEqual(self.env["after.sales.repair"].search_count(domain), 3)


@tagged("post_install", "-at_install")
class TestComplaintPages(ComplaintCommon, HttpCase):
    def _complain(self, **values):
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "client_key": "complaint-key",
            "subject": "Paid too late",
            "serial": self.unit.name,
            **values,
        }
        return self.url_open("/my/complaints/save", data=data).json()

    def test_station_complains_about_its_claim(self):
        """AS-18, AS-20: from the claim to the complaint and back, in the portal."""
        claim = self._create_submitted()
        self.authenticate("t_mechanic", "t_mechanic")
        page = self.url_open(f"/my/claims/{claim.id}").text
        self.assertIn(f"/my/complaints/new?claim={claim.id}", page)
        form = self.url_open(f"/my/complaints/new?claim={claim.id}").text
        self.assertIn(f'name="claim" value="{claim.id}"', form)
        answer = self._complain(claim=claim.id)
        complaint = claim.complaint_id
        self.assertEqual(answer, {"redirect": f"/my/complaints/{complaint.id}"})
        self.assertEqual(complaint.partner_id, self.mechanic.partner_id)
        page = self.url_open(f"/my/complaints/{complaint.id}").text
        self.assertIn(f"/my/claims/{claim.id}", page)
        page = self.url_open(f"/my/claims/{claim.id}").text
        self.assertIn(f"/my/complaints/{complaint.id}", page)

    def test_repair_and_plain_form(self):
        """AS-18: likewise from a repair; without either the form is as it was."""
        repair = self._bring_repair_to(self._create_repair(), "accepted")
        self.authenticate("t_mechanic", "t_mechanic")
        form = self.url_open(f"/my/complaints/new?repair={repair.id}").text
        self.assertIn(f'name="repair" value="{repair.id}"', form)
        self._complain(repair=repair.id)
        self.assertEqual(repair.complaint_id.subject, "Paid too late")
        page = self.url_open(f"/my/repairs/{repair.id}").text
        self.assertIn(f"/my/complaints/{repair.complaint_id.id}", page)
        self.assertEqual(self.url_open("/my/complaints/new").status_code, 200)

    def test_foreign_documents_are_not_linked(self):
        """AS-20: the id of another station's claim gives nothing away, and links
        nothing; a complaint of the maker's stays internal."""
        claim = self._create_submitted()
        self.authenticate("t_rival", "t_rival")
        form = self.url_open(f"/my/complaints/new?claim={claim.id}").text
        self.assertNotIn(claim.name, form)
        self._complain(claim=claim.id)
        self.assertFalse(claim.complaint_id)
        for text in ("x", "-1", "9" * 30, "²"):
            with self.subTest(text=text):
                url = f"/my/complaints/new?claim={text}"
                self.assertEqual(self.url_open(url).status_code, 200)
        claim.with_user(self.auditor).action_create_complaint()
        self.authenticate("t_mechanic", "t_mechanic")
        page = self.url_open(f"/my/claims/{claim.id}").text
        self.assertNotIn("/my/complaints/", page)
