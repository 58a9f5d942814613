from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import PIXEL

#: a price over the amount that is normal
SPECIAL = 10**7
GROUP = "sales_assistant.group_sales_assistant_"


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestAtOnce(BaseCase):
    """Two people at one order at the same moment, with cursors of their own: both have
    read it before either begins, and Odoo repeats a call as it does for a request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # the server holds this lock while tests run
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        cls.startClassPatcher(
            patch("odoo.service.model.random.uniform", return_value=0.1)
        )
        cls.enterClassContext(mute_logger("odoo.sql_db"))
        cls.addClassCleanup(cls._clean)
        with cls.registry.cursor() as cr:
            cls._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    @classmethod
    def _prepare(cls, env):
        cls.company_id, company = env.company.id, env.company
        cls.settings = {
            name: company[name]
            for name in company._fields
            if name.startswith("sales_assistant_") and company._fields[name].store
        }
        company.sales_assistant_review_enabled = True
        company.sales_assistant_milestone_enabled = True
        context = {"no_reset_password": True}
        cls.user_ids = {
            login: new_test_user(
                env, f"at_once_{login}", f"base.group_user,{GROUP}{role}", context
            ).id
            for login, role in (
                ("salesperson", "user"),
                ("manager", "manager"),
                ("second_manager", "manager"),
            )
        }
        cls.partner_id = env["res.partner"].create({"name": "At Once"}).id
        product = env["product.product"].create(
            {"name": "At Once", "type": "service", "taxes_id": False}
        )
        cls.product_id = product.id
        cls.reason_id = env.ref("sales_assistant.sales_reason_reject_price").id
        cls.order_ids = []

    @classmethod
    def _clean(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.company"].browse(cls.company_id).write(cls.settings)
            orders = env["sale.order"].browse(cls.order_ids)
            for document in [*orders.sales_review_ids, *orders.sales_milestone_ids]:
                [deletable] = document._deletable_states
                document.state = deletable
                document.unlink()
            cr.execute(
                "DELETE FROM sales_assistant_check WHERE order_id = ANY(%s)",
                (cls.order_ids,),
            )
            cr.execute(
                "UPDATE sale_order SET state = 'draft' WHERE id = ANY(%s)",
                (cls.order_ids,),
            )
            env.invalidate_all()
            orders.unlink()
            env["product.product"].browse(cls.product_id).unlink()
            env["res.partner"].browse(cls.partner_id).unlink()
            users = env["res.users"].browse(cls.user_ids.values())
            partners = users.partner_id
            (users.unlink(), partners.unlink())

    # ------------------------------------------------------------------- means

    def _create_order(self, price=10, **step):
        """Id of a new quotation, normal or special by its price.

        :param step: ``is_requested``, ``is_approved``
        """
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            order = env["sale.order"].create(
                {
                    "partner_id": self.partner_id,
                    "user_id": self.user_ids["salesperson"],
                    "order_line": [
                        Command.create(
                            {"product_id": self.product_id, "price_unit": price}
                        )
                    ],
                }
            )
            self.order_ids.append(order.id)
            if step:
                review = order._request_reviews().sudo()
                past = fields.Date.today() - timedelta(days=2)
                review.opinion_ids.date_due = past  # nobody is waited for
            if step.get("is_approved"):
                review.check_ids.is_done = True
                review._do_approve()
            return order.id

    def _at_once(self, order_id, **works):
        """Let every user do his part with the order.

        :param works: {user: function of the order}
        :returns: {user: None, or the error he was shown}
        """
        barrier = Barrier(len(works), timeout=60)

        def run(login, work):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.user_ids[login], {})
                order = env["sale.order"].browse(order_id)
                order.read(["state", "sales_review_state", "amount_total"])
                barrier.wait()
                try:
                    retrying(lambda: work(order), env)
                except UserError as error:
                    cr.rollback()
                    return error
            return None

        with ThreadPoolExecutor(len(works)) as pool:
            return dict(zip(works, pool.map(run, works, works.values()), strict=True))

    @contextmanager
    def _look(self, order_id):
        """The order as it is afterwards."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env["sale.order"].browse(order_id)

    def _request(self, order):
        order.action_request_review()

    def _approve(self, order):
        review = order.sales_review_ids
        wizard = order.env["sales.assistant.review.decide"]
        wizard.create({"review_id": review.id, "note": "Agreed."}).action_approve()

    def _reject(self, order):
        action = order.sales_review_ids.action_reject()
        wizard = order.env["sales.step.reason"].with_context(**action["context"])
        wizard.create({"reason_id": self.reason_id}).action_apply()

    def _confirm(self, order):
        order.action_confirm()

    def _sign(self, order):
        """As the portal does, in sudo."""
        order = order.sudo()
        order.write({"signature": PIXEL, "signed_on": fields.Datetime.now()})
        order._validate_order()

    def _change(self, order):
        """Other terms of the same amount: the order's own columns stay as they are."""
        order.order_line.write({"product_uom_qty": 2, "price_unit": 5})

    # ------------------------------------------------------------------- tests

    def test_approve_and_reject(self):
        """SA-11: one manager approves and one rejects: one decision, once."""
        order_id = self._create_order(price=SPECIAL, is_requested=True)
        errors = self._at_once(
            order_id, manager=self._approve, second_manager=self._reject
        )
        with self._look(order_id) as order:
            review = order.sales_review_ids
            winner = {"approved": "manager", "rejected": "second_manager"}[review.state]
            self.assertFalse(errors.pop(winner))
            self.assertTrue(*errors.values())
            self.assertEqual(review.decided_by_id.id, self.user_ids[winner])
            self.assertEqual(order.sales_review_state, review.state)
            decisions = review.message_ids.tracking_value_ids.filtered(
                lambda value: value.old_value_char == "In Review"
            )
            self.assertEqual(len(decisions), 1)

    def test_two_requests(self):
        """SA-11: two people ask for the review: one review with one checklist."""
        order_id = self._create_order()
        errors = self._at_once(
            order_id, salesperson=self._request, manager=self._request
        )
        self.assertEqual(len([error for error in errors.values() if error]), 1)
        with self._look(order_id) as order:
            review = order.sales_review_ids
            self.assertEqual((len(review), review.state), (1, "in_review"))
            items = order.env["sales.assistant.check.item"].search(
                [("usage", "=", "review")]
            )
            self.assertEqual(review.check_ids.item_id, items)
            self.assertEqual(len(review.check_ids), len(items))

    def test_pass_and_fail_a_check(self):
        """SA-13: one checker finds no error and one finds one: a single result."""
        order_id = self._create_order()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user_ids["salesperson"], {})
            env["sale.order"].browse(order_id)._request_checks()
            reason_id = env.ref("sales_assistant.sales_reason_check_price").id

        def fail(order):
            reason = order.env["sales.reason"].browse(reason_id)
            order.sales_check_ids._do_with_reason("fail", reason, "Too low")

        errors = self._at_once(
            order_id,
            manager=lambda order: order.sales_check_ids.action_pass(),
            second_manager=fail,
        )
        with self._look(order_id) as order:
            check = order.sales_check_ids
            winner = {"passed": "manager", "failed": "second_manager"}[check.state]
            self.assertFalse(errors.pop(winner))
            self.assertTrue(*errors.values())
            self.assertEqual(check.decided_by_id.id, self.user_ids[winner])
            self.assertEqual(check.result, check.state)

    def test_two_requests_of_a_check(self):
        """SA-13: two people ask for the check: one check."""
        order_id = self._create_order()
        errors = self._at_once(
            order_id,
            salesperson=lambda order: order.action_request_check(),
            manager=lambda order: order.action_request_check(),
        )
        self.assertEqual(len([error for error in errors.values() if error]), 1)
        with self._look(order_id) as order:
            self.assertEqual(order.sales_check_ids.mapped("state"), ["open"])

    def test_confirm_twice(self):
        """SA-10: two people confirm: milestones once."""
        order_id = self._create_order(is_approved=True)
        errors = self._at_once(
            order_id, salesperson=self._confirm, manager=self._confirm
        )
        self.assertEqual(len([error for error in errors.values() if error]), 1)
        with self._look(order_id) as order:
            self.assertEqual(order.state, "sale")
            milestones = order.sales_milestone_ids
            self.assertTrue(milestones)
            self.assertEqual(len(milestones), len(milestones.template_line_id))

    def test_confirm_while_the_terms_change(self):
        """SA-11: either the confirmation comes first and the change opens a revision,
        or the change comes first and the confirmation is refused."""
        for _round in range(4):
            order_id = self._create_order(is_approved=True)
            errors = self._at_once(
                order_id, salesperson=self._confirm, manager=self._change
            )
            with self._look(order_id) as order:
                old, new = order.sales_review_ids.sorted("revision")
                is_confirmed = order.state == "sale"
                self.assertEqual((old.state, new.state), ("superseded", "in_review"))
                self.assertEqual(bool(errors["salesperson"]), not is_confirmed)
                self.assertFalse(errors["manager"])
                self.assertEqual(bool(order.sales_milestone_ids), is_confirmed)

    def test_sign_while_it_is_approved(self):
        """SA-11: the customer signs at the moment of the approval: confirmed, not left
        waiting for an approval that has been given."""
        for _round in range(4):
            order_id = self._create_order(price=SPECIAL, is_requested=True)
            errors = self._at_once(
                order_id, manager=self._approve, salesperson=self._sign
            )
            self.assertFalse(any(errors.values()))
            with self._look(order_id) as order:
                self.assertEqual(order.sales_review_ids.mapped("state"), ["approved"])
                self.assertEqual(order.state, "sale")
                self.assertTrue(order.signature)
                self.assertFalse(order.activity_ids)
