from odoo import Command, fields
from odoo.tests import tagged

from .common import png
from .recovery_common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestStory(RecoveryCommon):
    """One truck from its sale to the closed complaint. Every step is taken by the
    person whose it is; what one document hands on to the next is right, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["after.sales.old.part.policy"].search([]).active = False
        cls.env["after.sales.old.part.policy"].create(
            {"product_id": cls.pump.id, "disposal": "return", "return_days": 30}
        )

    def _sell(self):
        """AS-01: delivered with its serial number."""
        lot = self.env["stock.lot"].create(
            {"name": "STORY-1", "product_id": self.truck.id}
        )
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self.truck, warehouse.lot_stock_id, 1, lot_id=lot
        )
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }
        move = {"product_id": self.truck.id, "product_uom_qty": 1, **places}
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": self.garage.id,
                "move_ids": [Command.create(move)],
                **places,
            }
        )
        picking.action_confirm()
        picking.move_ids.picked = True
        picking._action_done()
        return lot

    def _repair(self, lot):
        """AS-05: from the appointment to the pickup, signed twice."""
        repair = self._create_repair(lot_id=lot.id, begin_at=fields.Datetime.now())
        photos = self.env["after.sales.repair.photo"]
        photos._add_photo(repair, "damage.png", png("red"), kind="damage")
        photos._add_photo(repair, "plate.png", png("blue"), kind="plate")
        return self._bring_repair_to(repair, "picked_up")

    def _claim(self, repair):
        """AS-06 to AS-08: one click, returned for the missing photo, approved."""
        claim = repair.with_user(self.mechanic).sudo()._make_claim()
        claim.action_submit()
        auditor_claim = claim.with_env(self.env).with_user(self.auditor)
        self.assertEqual(self._get_verdicts(auditor_claim)["evidence"], "fail")
        self._take_with_reason(auditor_claim, "return", self.return_reason)
        claim.env["after.sales.claim.photo"]._add_photo(
            claim, "meter.png", png("green"), kind="meter"
        )
        claim.action_submit()
        self.assertEqual(self._get_verdicts(auditor_claim)["evidence"], "pass")
        auditor_claim.action_approve()
        return claim.with_env(self.env)

    def _return_part(self, part):
        """AS-10: packed and sent by the station, inspected, written off."""
        shipments = self.env["after.sales.part.shipment"].with_user(self.mechanic)
        shipment = shipments._pack_parts(part.with_env(shipments.env).sudo())
        shipment.write({"carrier": "Fast", "waybill": "W-1"})
        shipment.action_send()
        shipment = shipment.with_env(self.env).with_user(self.quality)
        shipment.line_ids.write({"result": "accepted", "condition": "good"})
        shipment.action_receive()
        self._take_with_reason(
            part.with_user(self.quality),
            "write_off",
            self.env.ref("after_sales.reason_write_off_2"),
        )

    def _charge_supplier(self, claim):
        """AS-09, AS-13: asked, accepted, decided; recovered by a credit note."""
        record = self.env["after.sales.responsibility"]._prepare_claims(claim)
        record.with_user(self.quality).action_ask()
        record.with_user(self.sales_rep).sudo().action_accept()
        record.with_user(self.quality).action_decide()
        _run, recovery = self._recover()
        recovery.action_send()
        recovery.with_user(self.sales_rep).sudo().action_confirm()
        recovery.action_post()
        return recovery

    def _pay_station(self, claim):
        """AS-12: settled, confirmed by the station's owner, billed, paid."""
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        settlement = claim.settlement_id.with_user(self.clerk)
        settlement.action_send()
        settlement.with_user(self.owner).sudo().action_confirm()
        settlement.action_post()
        move = settlement.sudo().move_id
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()
        return settlement

    def _first(self, model):
        return self.env[model].search([], limit=1)

    def _close_complaint(self, claim):
        """F-21, AS-18: the owner complained; called back, 95 points."""
        complaint = self.env["sales.complaint"].with_user(self.quality)
        complaint = complaint.create(
            {
                "partner_id": self.garage.id,
                "subject": "The pump leaked after a hundred kilometres",
                "category_id": self.env["sales.complaint.category"]
                .search([], limit=1)
                .id,
                "severity_id": self.env["sales.complaint.severity"]
                .search([], limit=1)
                .id,
            }
        )
        claim._link_complaint(complaint)
        complaint.action_accept()
        complaint.write(
            {
                "judgement": "justified",
                "cause": "Bearing of the pump",
                "action_taken": "Pump of a new batch",
                "answer": "Your pump has been replaced.",
            }
        )
        complaint.action_answer()
        complaint._check_can("close")
        complaint._do_close(95, "Satisfied")
        return complaint

    def test_from_sale_to_closed_complaint(self):
        """AS-01 to AS-18: the whole way of one unit."""
        lot = self._sell()
        self.assertEqual(lot.date_sold, self.today)
        self.assertTrue(lot.is_under_warranty)

        repair = self._repair(lot)
        self.assertEqual(repair.state, "picked_up")
        self.assertEqual(repair.amount_customer, 150)

        claim = self._claim(repair)
        self.assertEqual((claim.state, claim.revision), ("approved", 2))
        self.assertEqual(claim.amount_approved, 200)
        self.assertEqual(claim.submission_ids.mapped("revision"), [2, 1])

        part = claim.old_part_ids
        self._return_part(part)
        self.assertEqual(part.state, "written_off")
        self.assertFalse(
            self.env["after.sales.old.part"]._find_breaks(self.company, part.ids)
        )

        recovery = self._charge_supplier(claim)
        credit_note = recovery.sudo().move_id
        self.assertEqual(
            (credit_note.move_type, credit_note.state, credit_note.partner_id),
            ("in_refund", "posted", self.works),
        )
        # 80 % of the pump and 5 % handling on it
        self.assertEqual(credit_note.amount_untaxed, 168)

        settlement = self._pay_station(claim)
        bill = settlement.sudo().move_id
        self.assertEqual((bill.move_type, bill.partner_id), ("in_invoice", self.garage))
        self.assertEqual(bill.amount_untaxed, 200)
        self.assertIn(bill.payment_state, ("paid", "in_payment"))
        self.assertEqual(claim.state, "settled")

        complaint = self._close_complaint(claim)
        self.assertEqual((complaint.state, complaint.satisfaction), ("closed", 95))
        self.assertEqual(lot.after_sales_claim_ids, claim)
