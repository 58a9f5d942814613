from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_assistant.tests.common import PIXEL
from odoo.addons.sales_assistant.tests.test_check import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckGuard(CheckCommon, HttpCase):
    """SA-13: no way of sending or confirming passes the check by."""

    def assertStays(self, function, orders=None, state="draft"):
        with self.assertRaises(UserError):
            function()
        orders = orders or self.order
        orders.invalidate_recordset()
        self.assertEqual(set(orders.mapped("state")), {state})

    def _compose(self, order, **values):
        template = self.env.ref("sale.email_template_edi_sale")
        return (
            self.env["mail.compose.message"]
            .with_user(self.salesperson)
            .create(
                {
                    "model": "sale.order",
                    "res_ids": repr(order.ids),
                    "template_id": template.id,
                    "composition_mode": "comment",
                    **values,
                }
            )
        )

    # ----------------------------------------------------------------- sending

    def test_send_button(self):
        """SA-13: the button refuses and says what is missing."""
        order = self.order.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "checked by somebody else"):
            order.action_quotation_send()
        check = self._request_check(self.order)
        with self.assertRaisesRegex(UserError, f"waits for its check {check.name}"):
            order.action_quotation_send()
        self._fail(check)
        with self.assertRaisesRegex(UserError, "an error was found"):
            order.action_quotation_send()

    def test_marked_as_sent(self):
        """SA-13: neither marking nor writing the state helps, over RPC, for nobody."""
        for user in (self.salesperson, self.assistant, self.desk_manager):
            order = self.order.with_user(user)
            self.assertStays(order.action_quotation_sent)
            self.assertStays(lambda order=order: order.write({"state": "sent"}))
        self.assertStays(self.order.sudo().action_quotation_sent)

    def test_composer(self):
        """SA-13: the composer sends no unchecked quotation, alone or in a batch, with
        or without the mark of Odoo's button."""
        wizard = self._compose(self.order)
        self.assertStays(wizard.action_send_mail)
        self.assertStays(wizard.with_context(mark_so_as_sent=True).action_send_mail)
        mass = self._compose(self.order, composition_mode="mass_mail")
        self.assertStays(mass.action_send_mail)

    def test_template(self):
        """SA-13: a template sent over RPC carries no unchecked quotation."""
        template = self.env.ref("sale.email_template_edi_sale")
        send = template.with_user(self.salesperson).send_mail
        self.assertStays(lambda: send(self.order.id))

    def test_share(self):
        """SA-13: the link of an unchecked quotation is not shared."""
        wizard = self.env["portal.share"].create(
            {
                "res_model": "sale.order",
                "res_id": self.order.id,
                "partner_ids": [Command.set(self.customer.ids)],
            }
        )
        self.assertStays(wizard.action_send_mail)

    def test_plain_message(self):
        """SA-13: a word to the customer is no quotation."""
        self._compose(
            self.order, template_id=False, body="We call you.", subject="Hello"
        ).action_send_mail()
        self.assertIn("We call you", self.order.message_ids[0].body)

    def test_created_sent(self):
        """SA-13: a quotation is not born sent: by value, default or import."""
        orders = self.env["sale.order"].with_user(self.salesperson)
        values = self._prepare_order_values()
        with self.assertRaises(UserError):
            orders.create({**values, "state": "sent"})
        with self.assertRaises(UserError):
            orders.with_context(default_state="sent").create(values)
        result = orders.load([".id", "state"], [[str(self.order.id), "sent"]])
        self.assertTrue(result["messages"])
        self.assertEqual(self.order.state, "draft")

    def test_cart_of_a_customer(self):
        """SA-13: what a customer has put together himself was prepared by nobody of the
        house, until somebody changes it."""
        buyer = self._create_portal_persona("t_buyer", self.customer)
        order = self.env["sale.order"].with_user(buyer).sudo()
        order = order.create(self._prepare_order_values()).with_env(self.env)
        self.assertFalse(order._get_sending_gap())
        self.assertTrue(order._get_check_gap("order"))
        order.with_user(self.salesperson).order_line.price_unit = 9
        self.assertTrue(order._get_sending_gap())

    def test_checked_is_sent(self):
        """SA-13: a checked quotation leaves; changed afterwards it does not again."""
        self._check(self.order)
        order = self.order.with_user(self.salesperson)
        order.action_quotation_send()
        with patch.object(type(self.env["mail.mail"]), "send"):
            wizard = self._compose(self.order).with_context(mark_so_as_sent=True)
            wizard.action_send_mail()
        self.assertEqual(self.order.state, "sent")
        order.order_line.price_unit = 5
        with self.assertRaises(UserError):
            order.action_quotation_send()
        self.assertStays(self._compose(self.order).action_send_mail, state="sent")

    # ------------------------------------------------------------ confirmation

    def test_confirm_button(self):
        """SA-13: an unchecked order is not confirmed, not even by the manager or the
        superuser; one unchecked among checked ones stops all."""
        other = self._create_prepared()
        self._check(other)
        for user in (self.salesperson, self.desk_manager, self.env.user):
            self.assertStays(self.order.with_user(user).action_confirm)
        both = (self.order | other).with_user(self.salesperson)
        self.assertStays(both.action_confirm, both)

    def test_confirm_by_state(self):
        """SA-13: writing, creating or importing the state is refused; no context opens
        the guard, and sudo does not."""
        order = self.order.with_user(self.salesperson)
        self.assertStays(lambda: order.write({"state": "sale"}))
        self.assertStays(lambda: order.sudo().write({"state": "sale"}))
        self.assertStays(order.sudo().action_confirm)
        self.assertStays(order.with_context(send_email=True).action_confirm)
        orders = self.env["sale.order"].with_user(self.salesperson)
        values = self._prepare_order_values()
        with self.assertRaises(UserError):
            orders.create({**values, "state": "sale"})
        with self.assertRaises(UserError):
            orders.with_context(default_state="sale").create(values)
        result = orders.load([".id", "state"], [[str(self.order.id), "sale"]])
        self.assertTrue(result["messages"])
        self.assertEqual(self.order.state, "draft")

    def test_terms_and_state_in_one_write(self):
        """SA-13: terms changed in the write that confirms do not slip through."""
        self._check(self.order)
        order = self.order.with_user(self.salesperson)
        self.assertStays(
            lambda: order.write({"state": "sale", "payment_term_id": self.term_60.id})
        )

    def test_copy(self):
        """SA-13: a copy is not checked."""
        self._check(self.order)
        copy = self.order.with_user(self.salesperson).copy()
        self.assertFalse(copy.sales_check_ids)
        self.assertStays(copy.action_confirm, copy)

    def test_checked_is_confirmed(self):
        """SA-13: a checked order is confirmed, once."""
        self._check(self.order)
        self.order.with_user(self.salesperson).action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_review_and_check(self):
        """SA-11, SA-13: where both are on, both are needed."""
        self.company.sales_assistant_review_enabled = True
        order = self.order.with_user(self.salesperson)
        self._check(self.order)
        self.assertStays(order.action_confirm)
        self._approve(self._request(self.order))
        order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_off(self):
        """SA-13: after installation nothing is checked: 0 checkers."""
        fresh = self.env["res.company"].create({"name": "Fresh"})
        self.assertEqual(fresh.sales_assistant_check_quotation, 0)
        self.assertEqual(fresh.sales_assistant_check_order, 0)
        self.company.write(
            {"sales_assistant_check_quotation": 0, "sales_assistant_check_order": 0}
        )
        order = self.order.with_user(self.salesperson)
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    # ------------------------------------------------------------ the customer

    def _sign(self, order):
        self.authenticate(None, None)
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "name": "Mario Rossi",
                "signature": PIXEL,
            },
        )

    def test_customer_signs(self):
        """SA-13: the customer's signature stays, the order waits for its check, and the
        check confirms it."""
        self.order.write({"require_signature": True, "require_payment": False})
        self._sign(self.order)
        self.order.invalidate_recordset()
        self.assertEqual(self.order.state, "draft")
        self.assertTrue(self.order.is_accepted_by_customer)
        self.assertTrue(self.order.signature)
        check = self.order.sales_check_ids
        self.assertEqual((check.state, check.kind), ("open", "order"))
        self.assertTrue(
            self.order.message_ids.filtered(lambda one: "four-eyes" in one.body)
        )
        check.with_user(self.assistant).action_pass()
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order.activity_ids)

    def test_customer_signs_and_both_are_on(self):
        """SA-11, SA-13: the last of review and check confirms, whichever it is."""
        self.company.sales_assistant_review_enabled = True
        for first in ("review", "check"):
            with self.subTest(first=first):
                order = self._create_prepared(
                    require_signature=True, require_payment=False
                )
                self._sign(order)
                order.invalidate_recordset()
                if first == "review":
                    self._approve(order.sales_review_id)
                else:
                    order.sales_check_ids.with_user(self.assistant).action_pass()
                self.assertEqual(order.state, "draft")
                self.assertTrue(order.is_accepted_by_customer)
                if first == "check":
                    self._approve(order.sales_review_id)
                else:
                    order.sales_check_ids.with_user(self.assistant).action_pass()
                self.assertEqual(order.state, "sale")

    def test_error_after_the_signature(self):
        """SA-13: an error found after the signature: corrected terms have to be agreed
        anew, the acceptance is forgotten."""
        self.order.write({"require_signature": True, "require_payment": False})
        self._sign(self.order)
        self.order.invalidate_recordset()
        self.order.with_user(self.salesperson).order_line.price_unit = 12
        self.assertFalse(self.order.is_accepted_by_customer)
        check = self.order.sales_check_ids.filtered(lambda one: one.state == "open")
        check.with_user(self.assistant).action_pass()
        self.assertEqual(self.order.state, "draft")

    def test_cancel_closes_the_check(self):
        """SA-13: a cancelled quotation is not checked any further."""
        check = self._request_check(self.order)
        self.order.with_user(self.salesperson)._action_cancel()
        self.assertEqual(check.state, "superseded")

    def test_deleted_quotation(self):
        """SA-13: a quotation that was to be checked is kept."""
        self._request_check(self.order)
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).unlink()

    def test_payment_is_not_stopped(self):
        """SA-13: a pending payment marks the quotation as sent; the customer has it."""
        self.order.write(
            {"signature": PIXEL, "signed_on": fields.Datetime.now(), "signed_by": "R"}
        )
        self.order.sudo().action_quotation_sent()
        self.assertEqual(self.order.state, "sent")
