from datetime import date, timedelta

from odoo.tests import tagged

from .old_part_common import OldPartCommon


@tagged("post_install", "-at_install")
class TestOldPartSettlement(OldPartCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only the claims of a test are settled in it.
        cls.env["after.sales.claim"].search([("state", "=", "approved")]).write(
            {"date_approved": date(2999, 1, 1)}
        )

    def _settle(self):
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        return settlements.search(
            [("station_id", "=", self.station.id), ("state", "!=", "cancelled")]
        )

    def _make_overdue(self, part):
        part.date_due = self.today - timedelta(days=1)

    def test_due_day_itself_is_in_time(self):
        """AS-10: on its last day a part is not overdue, the day after it is."""
        part = self._create_part()
        part.date_due = self.today
        self.assertFalse(part.is_overdue)
        self._make_overdue(part)
        self.assertTrue(part.is_overdue)
        parts = part.with_user(self.clerk)
        self.assertIn(part, parts.search([("is_overdue", "=", True)]))
        self.assertNotIn(part, parts.search([("is_overdue", "=", False)]))

    def test_overdue_part_holds_its_claim_only(self):
        """AS-10: the claim with the overdue part is left out, the other one is
        settled; released by the shipment, it comes into the next."""
        late, good = self._create_part(), self._create_part()
        self._make_overdue(late)
        settlement = self._settle()
        self.assertEqual(settlement.claim_ids, good.claim_id)
        self.assertEqual(settlement.amount_total, 200)
        self.assertTrue(late.claim_id.is_on_hold)
        self.assertFalse(good.claim_id.is_on_hold)
        self._ship(late)
        self.assertFalse(late.claim_id.is_on_hold)
        settlement = self._settle()
        self.assertEqual(settlement.claim_ids, good.claim_id | late.claim_id)
        self.assertEqual(settlement.amount_total, 400)

    def test_claim_that_came_on_hold_is_not_sent(self):
        """AS-10: between the run and the sending a part became overdue: its claim waits
        for the next settlement, the totals are right."""
        late, good = self._create_part(), self._create_part()
        settlement = self._settle()
        self.assertEqual(settlement.amount_total, 400)
        self._make_overdue(late)
        settlement.action_send()
        self.assertEqual(settlement.claim_ids, good.claim_id)
        self.assertEqual((settlement.claim_count, settlement.amount_total), (1, 200))

    def test_last_claim_on_hold_leaves_nothing(self):
        """AS-10: totals of a settlement that lost all its claims are zero."""
        late = self._create_part()
        settlement = self._settle()
        self._make_overdue(late)
        settlement.action_send()
        self.assertEqual((settlement.claim_count, settlement.amount_total), (0, 0))

    def test_scrap_and_kept_parts_hold_nothing(self):
        """AS-10: only what is to be returned can be overdue."""
        for disposal in ("scrap", "keep"):
            self.policy.disposal = disposal
            part = self._create_part()
            self._make_overdue(part) if disposal == "scrap" else None
            self.assertFalse(part.is_overdue)
            self.assertFalse(part.claim_id.is_on_hold)

    def test_residual_value_is_deducted(self):
        """AS-10, AS-12: a kept part is kept at the approval; its residual value is
        deducted once, on a line of its own of the bill, to the cent."""
        self.policy.write({"disposal": "keep", "residual_percent": 12.5})
        part = self._create_part(quantity=3)
        self.assertEqual(set(part.mapped("state")), {"kept"})
        self.assertEqual(part[0].move_ids.mapped("to_state"), ["at_station", "kept"])
        self.assertEqual(part.mapped("residual_amount"), [25.0] * 3)
        settlement = self._settle()
        self.assertEqual(settlement.amount_residual, -75)
        self.assertEqual(settlement.amount_total, 525)
        self.assertEqual(part.residual_settlement_id, settlement)
        self.assertEqual(self._settle().amount_total, 525)
        settlement.action_send()
        settlement.action_confirm()
        settlement.action_post()
        self.assertEqual(settlement.move_id.amount_untaxed, 525)
        lines = settlement.sudo().move_id.invoice_line_ids
        product = self.env.ref("after_sales.product_residual")
        own = lines.filtered(lambda line: line.product_id == product)
        self.assertEqual(own.price_subtotal, -75)

    def test_part_kept_later(self):
        """AS-10: what the clerk leaves to the station after its claim was settled is
        deducted from the next settlement; a cancelled one deducts nothing."""
        part = self._create_part()
        settlement = self._settle()
        self.assertFalse(settlement.amount_residual)
        clerk_part = part.with_user(self.clerk)
        clerk_part.residual_percent = 10
        clerk_part.action_keep()
        self.assertEqual(part.residual_amount, 20)
        self._create_part()
        settlement = self._settle()
        self.assertEqual(settlement.amount_residual, -20)
        self.assertEqual(settlement.amount_total, 380)
        self._take_with_reason(settlement, "cancel", self.cancel_reason)
        self.assertFalse(part.residual_settlement_id)
        again = self._settle()
        self.assertEqual((again.amount_residual, again.amount_total), (-20, 380))
