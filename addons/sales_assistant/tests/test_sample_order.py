from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestSampleOrder(AssistantCommon):
    """SA-15: what samples cost, and the orders that come of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._fill_sample_room(200)
        cls.company.sales_assistant_review_enabled = False
        cls.product.standard_price = 4

    def _order(self, sample, days=0):
        """The order of a sample, confirmed so many days after its sending."""
        action = sample.with_user(self.assistant).action_create_quotation()
        order = self.env["sale.order"].browse(action["res_id"])
        order.action_confirm()
        order.date_order = self.company._get_sales_moment(
            sample.date_sent + timedelta(days=days)
        )
        return order

    def test_quotation_from_sample(self):
        """SA-15: a quotation for what the customer has seen, linked both ways; its
        confirmation is the outcome."""
        sample = self._submit_sample()
        with self.assertRaises(UserError):
            sample.with_user(self.assistant).action_create_quotation()
        sample.with_user(self.assistant).action_send()
        action = sample.with_user(self.assistant).action_create_quotation()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual((order.sales_sample_id, sample.order_ids), (sample, order))
        self.assertEqual(
            (order.partner_id, order.user_id, order.assistant_id),
            (self.customer, self.salesperson, self.assistant),
        )
        self.assertEqual(order.order_line.product_id, self.product)
        self.assertFalse(sample.is_converted)
        order.action_confirm()
        self.assertEqual(
            (sample.state, sample.outcome, sample.is_converted),
            ("closed", "accepted", True),
        )

    def test_days_to_order(self):
        """SA-15: from the sending to the first order; a cancelled one does not
        count."""
        sample = self._send_sample()
        sample._write_guarded({"date_sent": self.today - timedelta(days=40)})
        late, early = self._order(sample, 30), self._order(sample, 12)
        self.assertEqual(
            (sample.date_ordered, sample.days_to_order),
            (sample.date_sent + timedelta(days=12), 12),
        )
        early._action_cancel()
        self.assertEqual(sample.days_to_order, 30)
        late._action_cancel()
        self.assertFalse(sample.is_converted or sample.date_ordered)

    def test_order_of_another_customer(self):
        """SA-15: a sample leads to orders of the customer who had it."""
        sample = self._send_sample()
        stranger = self._create_customer("Kowalski Lozyska")
        with self.assertRaises(ValidationError):
            self._create_order(partner=stranger, sales_sample_id=sample.id)
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        order = self._create_order(partner=contact, sales_sample_id=sample.id)
        self.assertEqual(sample.order_ids, order)

    def test_analysis(self):
        """SA-15: cost, rate and days per customer and product."""
        line = self._prepare_sample_values()["line_ids"][0]
        other = (0, 0, {"product_id": self.product_b.id, "quantity": 1})
        first = self._send_sample(line_ids=[line, other])
        first._write_guarded({"date_sent": self.today - timedelta(days=20)})
        self._order(first, 8)
        second = self._send_sample()
        self.env.flush_all()
        rows = self.env["sales.assistant.sample.report"].search(
            [("sample_id", "in", (first + second).ids)]
        )
        of = {(row.sample_id, row.product_id): row for row in rows}
        row = of[first, self.product]
        self.assertEqual(
            (row.ordered_count, row.days_to_order, row.ordered_amount), (1, 8, 20)
        )
        self.assertEqual(row.cost, 2 * 4 + 40 / 2)
        self.assertEqual(of[second, self.product].conversion_rate, 0)
        [(_product, rate, days)] = self.env[
            "sales.assistant.sample.report"
        ]._read_group(
            [
                ("sample_id", "in", (first + second).ids),
                ("product_id", "=", self.product.id),
            ],
            ["product_id"],
            ["conversion_rate:avg", "days_to_order:avg"],
        )
        self.assertEqual((rate, days), (50, 8), "rows without an order have no days")
