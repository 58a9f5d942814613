from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.after_sales.tests.common import AfterSalesCommon
from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestDay(AssistantCommon, AfterSalesCommon):
    """One truck on its way through the house: quotation, review, delivery, warranty
    claim, settlement and bill."""

    def _sell_truck(self):
        """A quotation of one truck to the garage, serial number in stock."""
        lot = self.env["stock.lot"].create(
            {"name": "SUITE-1", "product_id": self.truck.id}
        )
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self.truck, warehouse.lot_stock_id, 1, lot_id=lot
        )
        self.garage.assistant_id = self.assistant
        order = self._create_order(
            partner=self.garage,
            order_line=[
                Command.create(
                    {
                        "product_id": self.truck.id,
                        "product_uom_qty": 1,
                        "price_unit": 90,
                    }
                )
            ],
            commitment_date=self._promise(20),
        )
        return order, lot

    def test_from_quotation_to_bill(self):
        """SA-11, SA-10, AS-01, AS-08, AS-12: every step by the person whose it is."""
        order, lot = self._sell_truck()
        with self.assertRaises(UserError):
            order.with_user(self.salesperson).action_confirm()
        review = self._request(order)
        if review.kind == "special":  # the garage is a new customer
            for opinion in review.opinion_ids:
                self._answer(opinion, self.technician)
            self._decide(review)
        else:
            self._approve(review)
        order.with_user(self.salesperson).action_confirm()
        self.assertEqual(order.state, "sale")

        self._deliver(order)
        delivered = order.sales_milestone_ids.filtered(
            lambda milestone: milestone.trigger == "delivery"
        )
        self.assertEqual(set(delivered.mapped("state")), {"done"})
        self.assertEqual(lot.date_sold, self.today)
        self.assertEqual(lot.sold_station_id, self.station)

        claim = self._create_claim(
            lot_id=lot.id, date_repair=self.today, usage=100, photos=True
        )
        claim.with_user(self.mechanic).sudo().action_submit()
        if claim.state != "approved":
            claim.with_user(self.auditor).action_approve()
        self.assertEqual(claim.amount_approved, 400)

        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        settlement = claim.settlement_id.with_user(self.clerk)
        settlement.action_send()
        settlement.action_confirm()
        settlement.action_post()
        bill = settlement.sudo().move_id
        self.assertEqual(
            (bill.move_type, bill.state, bill.partner_id),
            ("in_invoice", "posted", self.garage),
        )
        self.assertEqual(bill.amount_untaxed, settlement.amount_total)
