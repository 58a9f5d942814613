from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.field_sales.tests.common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestVisitOrderReview(FieldSalesCommon):
    """What crosses between a visit and the desk: the order."""

    def test_order_of_a_visit_is_reviewed_too(self):
        """SA-11: a quotation made in the shop does not pass by the review."""
        self.company.sales_assistant_review_enabled = True
        visit = self._create_visit()
        visit.with_user(self.rep).action_start()
        visit.line_ids.with_user(self.rep).order_quantity = 24
        visit.with_user(self.rep).action_order()
        order = visit.order_ids
        with self.assertRaises(UserError):
            order.with_user(self.rep).action_confirm()
        self.assertIn(order.state, ("draft", "sent"))
        order.with_user(self.rep).action_request_review()
        self.assertEqual(order.sales_review_state, "in_review")
