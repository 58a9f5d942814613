from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestConfirmation(AssistantCommon):
    """SA-11: no way of confirming passes the review by. Ways of the customer are in
    ``test_customer_acceptance``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order()

    def assertStays(self, function, orders=None):
        with self.assertRaises(UserError):
            function()
        orders = orders or self.order
        orders.invalidate_recordset()
        self.assertNotIn("sale", orders.mapped("state"))

    def test_button(self):
        """SA-11: the button refuses and says what is missing."""
        order = self.order.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "request its contract review"):
            order.action_confirm()
        review = self._request(self.order)
        with self.assertRaisesRegex(UserError, f"waits for .*{review.name}"):
            order.action_confirm()

    def test_button_of_the_manager(self):
        """SA-11: the manager's button is refused alike, and the superuser's."""
        self.assertStays(self.order.with_user(self.desk_manager).action_confirm)
        self.assertStays(self.order.action_confirm)

    def test_mass_action(self):
        """SA-11: one unreviewed order among reviewed ones stops the mass action."""
        approved = self._create_approved_order()
        orders = (approved | self.order).with_user(self.salesperson)
        self.assertStays(orders.action_confirm, approved | self.order)

    def test_write_of_the_state(self):
        """SA-11: writing the state over RPC is refused."""
        for user in (self.salesperson, self.assistant, self.desk_manager):
            order = self.order.with_user(user)
            self.assertStays(lambda order=order: order.write({"state": "sale"}))

    def test_any_context(self):
        """SA-11: no context key opens the guard."""
        contexts = [
            {"send_email": True, "validate_analytic": True},
            {"tracking_disable": True, "import_file": True},
            {"default_state": "sale", "sales_assistant_reviewed": True},
            {"install_mode": True, "sale_no_log_for_new_lines": True},
        ]
        for context in contexts:
            order = self.order.with_user(self.salesperson).with_context(**context)
            self.assertStays(order.action_confirm)
            self.assertStays(lambda order=order: order.write({"state": "sale"}))

    def test_sudo(self):
        """SA-11: sudo does not confirm what nobody has accepted."""
        self.assertStays(self.order.sudo().action_confirm)
        self.assertStays(lambda: self.order.sudo().write({"state": "sale"}))
        self.assertStays(lambda: self.order.sudo()._validate_order())

    def test_create_confirmed(self):
        """SA-11: an order is not born confirmed: by value, by context, by default."""
        values = self._prepare_order_values()
        orders = self.env["sale.order"].with_user(self.salesperson)
        with self.assertRaises(UserError):
            orders.create({**values, "state": "sale"})
        with self.assertRaises(UserError):
            orders.with_context(default_state="sale").create(values)
        self.env["ir.default"].set("sale.order", "state", "sale")
        with self.assertRaises(UserError):
            orders.create(values)

    def test_copy(self):
        """SA-11: a copy carries neither state nor review nor acceptance."""
        order = self._create_approved_order()
        order.with_user(self.salesperson).action_confirm()
        copy = order.with_user(self.salesperson).copy()
        self.assertFalse(copy.sales_review_ids)
        self.assertFalse(copy.sales_review_state)
        self.assertFalse(copy.sales_milestone_ids)
        self.assertStays(copy.action_confirm, copy)

    def test_import(self):
        """SA-11: an import of confirmed orders leaves nothing behind."""
        before = self.env["sale.order"].search_count([])
        result = (
            self.env["sale.order"]
            .with_user(self.salesperson)
            .load(["partner_id/.id", "state"], [[str(self.customer.id), "sale"]])
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        self.assertEqual(self.env["sale.order"].search_count([]), before)

    def test_import_of_the_state(self):
        """SA-11: an import that updates the state is refused."""
        result = (
            self.env["sale.order"]
            .with_user(self.salesperson)
            .load([".id", "state"], [[str(self.order.id), "sale"]])
        )
        self.assertTrue(result["messages"])
        self.assertEqual(self.order.state, "draft")

    def test_state_and_terms_in_one_write(self):
        """SA-11: terms changed in the very write that confirms do not slip through."""
        order = self._create_approved_order()
        self.assertStays(
            lambda: order.with_user(self.salesperson).write(
                {"state": "sale", "payment_term_id": self.term_60.id}
            ),
            order,
        )

    def test_company_switch(self):
        """SA-11: moving the order to a company that reviews, confirming at once."""
        other = self.env["res.company"].create({"name": "Without Review"})
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": other.id}
        )
        self.assertStays(
            lambda: order.write(
                {"state": "sale", "company_id": self.company.id, "warehouse_id": False}
            ),
            order,
        )

    def test_closed_fields(self):
        """SA-11: nobody marks an order as accepted or reviewed by himself."""
        order = self.order.with_user(self.desk_manager)
        for vals in (
            {"is_accepted_by_customer": True},
            {"sales_review_state": "approved"},
            {"sales_promised_date": "2030-01-01"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                order.write(vals)
        orders = self.env["sale.order"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            orders.with_context(default_is_accepted_by_customer=True).create(
                self._prepare_order_values()
            )
        self.env["ir.default"].set("sale.order", "is_accepted_by_customer", True)
        created = orders.create(self._prepare_order_values())
        self.assertFalse(created.is_accepted_by_customer)

    def test_approved_confirms(self):
        """SA-11: an approved review lets the order through, once."""
        order = self._create_approved_order()
        order.with_user(self.salesperson).action_confirm()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(UserError):
            order.with_user(self.salesperson).action_confirm()

    def test_rejected_does_not(self):
        """SA-11: a rejected review does not let the order through."""
        review = self._request(self.order)
        review.with_user(self.assistant)._do_with_reason("reject", self.reason, "No")
        self.assertStays(self.order.with_user(self.salesperson).action_confirm)

    def test_setting_off(self):
        """SA-11: with the setting off an order confirms as in core."""
        self.company.sales_assistant_review_enabled = False
        orders = self.order | self._create_order()
        orders.with_user(self.salesperson).action_confirm()
        self.assertEqual(set(orders.mapped("state")), {"sale"})
        self.assertFalse(orders.sales_review_ids)
        with self.assertRaises(UserError):  # the core's own guard
            orders.with_user(self.salesperson).action_confirm()

    def test_setting_of_another_company(self):
        """SA-11: each company switches for itself."""
        other = self.env["res.company"].create({"name": "Without Review"})
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": other.id}
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_delete_reviewed_quotation(self):
        """SA-11: a reviewed quotation is kept, a draft review goes with its order."""
        self._request(self.order)
        with self.assertRaises(UserError):
            self.order.unlink()
        other = self._create_order()
        draft = self.env["sales.assistant.review"].create({"order_id": other.id})
        other.unlink()
        self.assertFalse(draft.exists())

    def test_cancel_closes_the_review(self):
        """SA-11: a cancelled quotation is not reviewed any further."""
        review = self._request(self.order)
        self.order.with_user(self.salesperson)._action_cancel()
        self.assertEqual(review.state, "superseded")
        self.assertFalse(self.order.sales_review_state)
