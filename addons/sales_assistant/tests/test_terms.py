from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestTerms(AssistantCommon):
    """SA-11: a change of the terms asks for the review again
    (根据合同更改记录重新进行合同评审, S0 职责三)."""

    def assertAskedAgain(self, order, change, shown=None):
        old = order.sales_review_id
        change(order.with_user(self.salesperson))
        new = order.sales_review_id
        self.assertEqual(old.state, "superseded")
        self.assertEqual(new.state, "in_review")
        self.assertEqual(new.previous_id, old)
        if shown:
            self.assertIn(shown, new.changes_html)
        if order.state != "sale":
            with self.assertRaises(UserError):
                order.with_user(self.salesperson).action_confirm()

    def test_every_term(self):
        """SA-11: price, quantity, product, discount, term, date, customer, line."""
        other = self._create_customer("Andere AG", property_payment_term_id=False)
        changes = {
            "price": lambda o: o.order_line.write({"price_unit": 11}),
            "quantity": lambda o: o.order_line.write({"product_uom_qty": 9}),
            "discount": lambda o: o.order_line.write({"discount": 5}),
            "product": lambda o: o.order_line.write({"product_id": self.product_b.id}),
            "term": lambda o: o.write({"payment_term_id": self.term_60.id}),
            "date": lambda o: o.write({"commitment_date": self._promise(60)}),
            "customer": lambda o: o.write({"partner_id": other.id}),
            "added": lambda o: o.write(
                {"order_line": [Command.create({"product_id": self.product_b.id})]}
            ),
            "created": lambda o: o.env["sale.order.line"].create(
                {"order_id": o.id, "product_id": self.product_b.id}
            ),
            "by command": lambda o: o.write(
                {"order_line": [Command.update(o.order_line.id, {"price_unit": 8})]}
            ),
        }
        for name, change in changes.items():
            with self.subTest(change=name):
                self.assertAskedAgain(self._create_approved_order(), change)

    def test_removed_line(self):
        """SA-11: a line that is taken away is a change."""
        order = self._create_order()
        line = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.product_b.id}
        )
        self._approve(self._request(order))
        self.assertAskedAgain(
            order, lambda o: line.with_user(self.salesperson).unlink()
        )

    def test_date_taken_back(self):
        """SA-11: taking the promised date away is a change."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        self.assertAskedAgain(order, lambda o: o.write({"commitment_date": False}))

    def test_difference_is_shown(self):
        """SA-11: the difference is shown in the review and in the chatter."""
        order = self._create_approved_order()
        self.assertAskedAgain(
            order, lambda o: o.order_line.write({"price_unit": 12.5}), "12.5"
        )
        self.assertTrue(
            order.message_ids.filtered(lambda message: "10 → 12.5" in message.body)
        )

    def test_what_is_no_term(self):
        """SA-11: a note, a tag or the salesperson is no term of the contract."""
        order = self._create_approved_order()
        review = order.sales_review_id
        order.write({"note": "Thank you", "client_order_ref": "PO 7"})
        order.order_line.write({"name": "Bearing, packed in boxes"})
        order.user_id = self.colleague
        order.write(
            {"order_line": [Command.create({"display_type": "line_note", "name": "x"})]}
        )
        self.assertEqual(order.sales_review_id, review)
        self.assertEqual(review.state, "approved")

    def test_changed_back_and_forth(self):
        """SA-11: many changes in one save ask once."""
        order = self._create_approved_order()
        line = order.order_line
        order.write(
            {
                "payment_term_id": self.term_60.id,
                "order_line": [
                    Command.update(line.id, {"price_unit": 9}),
                    Command.create({"product_id": self.product_b.id}),
                    Command.create({"product_id": self.product.id}),
                ],
            }
        )
        self.assertEqual(len(order.sales_review_ids), 2)

    def test_while_in_review(self):
        """SA-11: opinions on old terms do not count for new ones."""
        review = self._create_special()
        order = review.order_id
        self._answer(review.opinion_ids, self.technician)
        self.assertAskedAgain(order, lambda o: o.order_line.write({"price_unit": 11}))
        self.assertFalse(order.sales_review_id.opinion_ids.opinion)

    def test_confirmed_order(self):
        """SA-11: a confirmed order stays confirmed and is reviewed again."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.with_user(self.salesperson).action_confirm()
        self.assertAskedAgain(
            order, lambda o: o.write({"commitment_date": self._promise(90)})
        )
        self.assertEqual(order.state, "sale")
        self._approve(order.sales_review_id)
        self.assertEqual(order.sales_review_state, "approved")

    def test_deliver_and_invoice_change_nothing(self):
        """SA-11: what deliveries and invoices write is no change of terms."""
        order = self._create_approved_order()
        order.with_user(self.salesperson).action_confirm()
        self._deliver(order)
        self._invoice(order)
        self.assertEqual(len(order.sales_review_ids), 1)

    def test_computed_prices(self):
        """SA-11: prices recomputed from a price list are seen."""
        order = self._create_approved_order(price=10)
        self.product.list_price = 15
        order.with_user(self.salesperson).action_update_prices()
        self.assertEqual(order.order_line.price_unit, 15)
        self.assertEqual(order.sales_review_state, "in_review")

    def test_emptied_for_rework(self):
        """SA-11: an order emptied for rework waits for a request by hand."""
        order = self._create_approved_order()
        review = order.sales_review_id
        order.order_line.unlink()
        self.assertEqual(review.state, "superseded")
        self.assertFalse(order.sales_review_id)

    def test_same_day_is_no_change(self):
        """SA-11: another hour of the promised day is the same promise."""
        moment = self._promise(60)
        order = self._create_approved_order(commitment_date=moment)
        order.commitment_date = moment + timedelta(hours=1)
        self.assertEqual(order.sales_review_state, "approved")
