from datetime import timedelta

from odoo.tests import HttpCase, tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestUi(AssistantCommon, HttpCase):
    """A tour per persona; what they did is asked of the database."""

    def test_assistant(self):
        """SA-01, SA-10, SA-11: the assistant's morning."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        step = order.sales_milestone_ids.sorted("sequence")[0]
        step.date_planned = self.today - timedelta(days=1)
        self.known_order.sales_milestone_ids.unlink()
        review = self._request(self._create_order())
        self._tick(review)
        review.check_ids[0].with_user(self.assistant).is_done = False
        self.start_tour(
            "/odoo/assistant-desk", "sales_assistant_assistant", login="t_assistant"
        )
        self.assertEqual(review.state, "approved")
        self.assertEqual(review.decided_by_id, self.assistant)
        self.assertEqual(step.state, "done")

    def test_salesperson(self):
        """SA-11: the salesperson requests the review and cannot confirm before."""
        order = self._create_order()
        self.start_tour(
            f"/odoo/orders/{order.id}",
            "sales_assistant_salesperson",
            login="t_salesperson",
        )
        self.assertEqual(order.sales_review_state, "in_review")
        self.assertEqual(order.state, "draft")

    def test_manager(self):
        """SA-11: the manager decides on a special order."""
        # what the demo data left is not this manager's
        self.env["sales.assistant.review"].search(
            [("state", "=", "in_review"), ("kind", "=", "special")]
        )._do_supersede()
        review = self._create_special()
        self._answer(review.opinion_ids, self.technician, "object", "No capacity")
        self.start_tour(
            "/odoo/assistant-desk", "sales_assistant_manager", login="t_desk_manager"
        )
        self.assertEqual(review.state, "approved")
        self.assertEqual(review.decided_by_id, self.desk_manager)
        self.assertIn("Long-standing", review.decision_note)


@tagged("post_install", "-at_install")
class TestCustomerUi(AssistantCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_customer(self):
        """SA-10, F-21: the customer sees how far the order is, and complains; the
        assistant finds the complaint among hers."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        steps = order.sales_milestone_ids.filtered("is_public").sorted("sequence")
        steps.filtered(lambda step: step.trigger == "hand")[0].action_done()
        self._create_portal_persona("t_buyer", self.customer)
        self.start_tour(
            f"/my/orders/{order.id}", "sales_assistant_customer", login="t_buyer"
        )
        complaint = self.env["sales.complaint"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(complaint.subject, "Rust on the rings")
        self.assertEqual((complaint.state, complaint.channel), ("new", "portal"))
        self.assertIn(
            complaint, self.env["sales.complaint"].with_user(self.assistant).search([])
        )
