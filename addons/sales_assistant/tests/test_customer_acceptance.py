from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_assistant.tests.common import PIXEL, AssistantCommon


@tagged("post_install", "-at_install")
class TestCustomerAcceptance(AssistantCommon, HttpCase):
    """SA-11: a customer who signs or pays is not sent away: signature and payment stay,
    the order waits, and the approval confirms it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_portal_persona("t_buyer", cls.customer)
        cls.order = cls._create_order(
            state="sent", require_signature=True, require_payment=False
        )

    def assertWaits(self, order):
        order.invalidate_recordset()
        self.assertIn(order.state, ("draft", "sent"))
        self.assertTrue(order.is_accepted_by_customer)
        self.assertTrue(order.accepted_by_customer_at)
        self.assertEqual(order.sales_review_state, "in_review")
        activity = order.activity_ids.filtered(
            lambda one: (
                one.activity_type_id
                == self.env.ref("sales_assistant.mail_act_accepted")
            )
        )
        self.assertEqual(activity.user_id, self.assistant)
        self.assertEqual(len(activity), 1)
        self.assertTrue(
            order.message_ids.filtered(
                lambda message: "waits for its contract review" in message.body
            )
        )

    def _sign(self, order, login=None):
        self.authenticate(login, login)
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "name": "Mario Rossi",
                "signature": PIXEL,
            },
        )

    def _create_transaction(self, order, state="draft", **values):
        provider = self.env["payment.provider"].create(
            {"name": "Test Pay", "code": "none", "state": "test", "is_published": True}
        )
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.env["account.payment.method.line"].create(
            {
                "name": "Test Pay",
                "payment_method_id": self.env.ref(
                    "account.account_payment_method_manual_in"
                ).id,
                "journal_id": journal.id,
                "payment_provider_id": provider.id,
            }
        )
        method = self.env.ref("payment.payment_method_unknown")
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"T-{order.name}",
                "operation": "online_redirect",
                "sale_order_ids": [Command.set(order.ids)],
                "state": state,
                **values,
            }
        )

    def test_signature_of_a_portal_user(self):
        """SA-11: the portal user's signature stays, the order waits."""
        result = self._sign(self.order, "t_buyer")
        self.assertTrue(result.get("force_refresh"))
        self.assertWaits(self.order)
        self.assertEqual(self.order.signed_by, "Mario Rossi")
        self.assertTrue(self.order.signature)

    def test_signature_by_token(self):
        """SA-11: the same without login, by the link of the quotation."""
        result = self._sign(self.order)
        self.assertTrue(result.get("force_refresh"))
        self.assertWaits(self.order)

    def test_page_says_that_it_waits(self):
        """SA-11: the customer reads that the order is being checked."""
        self._sign(self.order)
        page = self.url_open(self.order.get_portal_url()).text
        self.assertIn("your acceptance is on record", page)
        self.assertNotIn("Accept &amp; Sign", page)

    def test_approval_confirms(self):
        """SA-11: the approval confirms what the customer has signed."""
        self._sign(self.order, "t_buyer")
        self._approve(self.order.sales_review_id)
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.activity_ids)
        self.assertTrue(self.order.sales_milestone_ids)

    def test_signature_after_approval(self):
        """SA-11: an approved quotation is confirmed by the signature as in core."""
        self._approve(self._request(self.order))
        self._sign(self.order, "t_buyer")
        self.assertEqual(self.order.state, "sale")

    def test_rejection_leaves_it_waiting(self):
        """SA-11: a rejection neither confirms nor forgets the acceptance."""
        self._sign(self.order)
        self.order.sales_review_id.with_user(self.assistant)._do_with_reason(
            "reject", self.reason, "No"
        )
        self.assertEqual(self.order.state, "sent")
        self.assertTrue(self.order.is_accepted_by_customer)

    def test_salesperson_after_signature(self):
        """SA-11: the salesperson cannot confirm what the customer has signed."""
        self._sign(self.order)
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).action_confirm()

    def test_signed_by_the_salesperson(self):
        """SA-11: a signature written by the salesperson does not confirm."""
        order = self._create_order()
        order.with_user(self.salesperson).write(
            {"signature": PIXEL, "signed_by": "Me", "signed_on": fields.Datetime.now()}
        )
        with self.assertRaises(UserError):
            order.with_user(self.salesperson).action_confirm()
        order.sudo().action_confirm()
        self.assertNotEqual(order.state, "sale")

    def test_changed_after_acceptance(self):
        """SA-11: terms the customer has not seen are not confirmed in his name."""
        self._sign(self.order)
        self.order.with_user(self.salesperson).order_line.price_unit = 99
        self.assertFalse(self.order.is_accepted_by_customer)
        self._approve(self.order.sales_review_id)
        self.assertEqual(self.order.state, "sent")

    def test_online_payment(self):
        """SA-11: a payment is processed and stays; the order waits."""
        order = self._create_order(
            state="sent", require_signature=False, require_payment=True
        )
        transaction = self._create_transaction(order)
        transaction._set_done()
        transaction.sudo()._post_process()
        self.assertEqual(transaction.state, "done")
        self.assertTrue(transaction.is_post_processed)
        self.assertTrue(transaction.payment_id)
        self.assertWaits(order)
        self._approve(order.sales_review_id)
        self.assertEqual(order.state, "sale")

    def test_authorized_payment(self):
        """SA-11: an authorized payment keeps the order waiting, too."""
        order = self._create_order(
            state="sent", require_signature=False, require_payment=True
        )
        transaction = self._create_transaction(order)
        transaction.provider_id.support_manual_capture = "full_only"
        transaction._set_authorized()
        transaction.sudo()._post_process()
        self.assertEqual(transaction.state, "authorized")
        self.assertWaits(order)

    def test_payment_with_automatic_invoice(self):
        """SA-11: the automatic invoice follows when the approval confirms."""
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        order = self._create_order(
            state="sent", require_signature=False, require_payment=True
        )
        transaction = self._create_transaction(order)
        transaction._set_done()
        transaction.sudo()._post_process()
        self.assertFalse(order.invoice_ids)
        self._approve(order.sales_review_id)
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertIn(order.invoice_ids.payment_state, ("paid", "in_payment"))

    def test_cash_on_delivery(self):
        """SA-11: cash on delivery confirms a pending payment in sudo: the order waits
        and the payment is processed on."""
        order = self._create_order(require_signature=False, require_payment=True)
        transaction = self._create_transaction(order, state="pending")
        # what the delivery app does before processing
        transaction.sale_order_ids.filtered(
            lambda so: so.state == "draft"
        ).sudo().with_context(send_email=True).action_confirm()
        transaction.sudo()._post_process()
        self.assertWaits(order)
        self.assertEqual(order.state, "sent")
        self._approve(order.sales_review_id)
        self.assertEqual(order.state, "sale")

    def test_quotation_template(self):
        """SA-11: a template that asks for signature and payment waits alike."""
        template = self.env["sale.order.template"].create(
            {
                "name": "Online",
                "require_signature": True,
                "require_payment": True,
                "prepayment_percent": 1.0,
            }
        )
        order = self._create_order(state="sent", sale_order_template_id=template.id)
        self.assertTrue(order.require_signature and order.require_payment)
        self._sign(order)
        self.assertFalse(order.is_accepted_by_customer, "it is still to be paid")
        transaction = self._create_transaction(order)
        transaction._set_done()
        transaction.sudo()._post_process()
        self.assertWaits(order)

    def test_accepted_twice(self):
        """SA-11: signature and payment, or two clicks, accept once."""
        self._sign(self.order)
        accepted_at = self.order.accepted_by_customer_at
        self.order.sudo().action_confirm()
        self.assertWaits(self.order)
        self.assertEqual(self.order.accepted_by_customer_at, accepted_at)
        self.assertEqual(len(self.order.sales_review_ids), 1)

    def test_setting_off(self):
        """SA-11: with the setting off the signature confirms as in core."""
        self.company.sales_assistant_review_enabled = False
        self._sign(self.order, "t_buyer")
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.is_accepted_by_customer)

    def test_portal_user_has_no_other_way(self):
        """SA-11: a portal user reads neither reviews nor milestones of the desk."""
        self._request(self.order)
        for model in ("sales.assistant.review", "sales.assistant.milestone"):
            self.assertFalse(self.env[model].with_user(self.buyer).has_access("read"))

    def test_timeline_on_the_portal(self):
        """SA-10: the customer sees the steps meant for him, without our delays."""
        self._approve(self._request(self.order))
        self._sign(self.order, "t_buyer")
        hidden = self.order.sales_milestone_ids.filtered(lambda one: not one.is_public)
        page = self.url_open(self.order.get_portal_url()).text
        self.assertIn("Progress of your order", page)
        self.assertIn("Shipment", page)
        self.assertTrue(hidden)
        for name in hidden.mapped("name"):
            self.assertNotIn(name, page)
