from odoo.tests import HttpCase, tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestTours(AfterSalesCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only the claims of the tour are on the board and in the lists.
        cls.env["after.sales.claim"].search([]).write({"state": "cancelled"})
        cls.env["after.sales.settlement"].search([]).write({"state": "cancelled"})

    def test_auditor(self):
        """AS-08: from the board into the workbench; by keys a claim is approved in
        part and the next returned."""
        claim = self._create_submitted()
        second = self._create_submitted(lot_id=self._create_unit("T-0002").id)
        claim.date_due = self.today
        self.start_tour("/odoo/after-sales", "after_sales_auditor", login="t_auditor")
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.amount_approved, 350)
        self.assertEqual(claim.line_ids[1].cut_reason_id, self.cut_reason)
        self.assertEqual(claim.auditor_id, self.auditor)
        self.assertEqual(second.state, "returned")
        self.assertEqual(second.reason_note, "Photo of the plate")

    def test_clerk(self):
        """AS-12: send one settlement, post another that was confirmed."""
        first, second = self._create_approved(), self._create_approved()
        second.sudo().station_id = self.station_2
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        first.settlement_id.with_user(self.clerk).action_send()
        first.settlement_id.with_user(self.owner).sudo().action_confirm()
        self.start_tour(
            "/odoo/station-settlements", "after_sales_clerk", login="t_clerk"
        )
        self.assertEqual(first.settlement_id.state, "posted")
        self.assertEqual(first.settlement_id.move_id.amount_untaxed, 400)
        self.assertEqual(second.settlement_id.state, "sent")
        self.assertEqual(first.state, "settled")


@tagged("post_install", "-at_install")
class TestPhoneTour(AfterSalesCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_station(self):
        """AS-20: a claim entered on a phone, submitted, judged."""
        self.start_tour("/my/claims/new", "after_sales_station", login="t_mechanic")
        claim = self.env["after.sales.claim"].search(
            [("station_id", "=", self.station.id)]
        )
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.amount_claimed, 400)
        self.assertEqual(claim.fault_id, self.fault)
        self.assertEqual(claim.line_ids.labor_id, self.labor)
        self.assertEqual(claim.revision, 1)

    def test_repair(self):
        """AS-05, B-13: from the appointment to the claim on a phone; the counter warns
        before the unit is accepted."""
        self.company.after_sales_guarantee_fault_repairs = 1
        self._bring_repair_to(self._create_repair(), "accepted")
        self.start_tour("/my/repairs/new", "after_sales_repair", login="t_mechanic")
        repair = self.env["after.sales.repair"].search(
            [("lot_id", "=", self.unit.id), ("state", "=", "picked_up")]
        )
        self.assertEqual(repair.consent_ids.channel, "screen")
        self.assertTrue(repair.pickup_signature)
        self.assertEqual(repair.mechanic_id, self.mechanic.partner_id)
        self.assertEqual(repair.guarantee_level, "reached")
        self.assertEqual(repair.claim_id.amount_claimed, 200)
