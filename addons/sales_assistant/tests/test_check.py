from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.models.sales_assistant_check import (
    CHECK_STATES,
)
from odoo.addons.sales_assistant.tests.common import AssistantCommon


class CheckCommon(AssistantCommon):
    """Quotations need one checker before they are sent, orders one before they are
    confirmed; the contract review is off. The salesperson prepares."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "sales_assistant_review_enabled": False,
                "sales_assistant_check_quotation": 1,
                "sales_assistant_check_order": 1,
            }
        )
        cls.error = cls.env.ref("sales_assistant.sales_reason_check_price")
        cls.order = cls._create_prepared()

    @classmethod
    def _create_prepared(cls, **values):
        """A quotation made by the salesperson himself."""
        values = cls._prepare_order_values(**values)
        return cls.env["sale.order"].with_user(cls.salesperson).create(values).sudo()

    @classmethod
    def _request_check(cls, order, user=None):
        order = order.with_env(cls.env)
        order.with_user(user or cls.salesperson).action_request_check()
        return order.sales_check_ids.filtered(lambda check: check.state == "open")

    @classmethod
    def _check(cls, order, user=None):
        """A check of the order that the assistant, or ``user``, has passed."""
        check = cls._request_check(order)
        check.with_user(user or cls.assistant).action_pass()
        return check

    def _fail(self, check, user=None, note="8.50 was agreed"):
        check.with_user(user or self.assistant)._do_with_reason(
            "fail", self.error, note
        )


@tagged("post_install", "-at_install")
class TestCheck(CheckCommon):
    """SA-13: who checks, what it is worth, and what is counted."""

    def test_preparer_is_not_checker(self):
        """SA-13: whoever made, changed or submitted the document does not check it."""
        self.order.with_user(self.lead).order_line.price_unit = 11
        check = self._request_check(self.order, self.desk_manager)
        for user in (self.salesperson, self.lead, self.desk_manager):
            with self.subTest(user=user.login):
                self.assertFalse(check.with_user(user).can_pass)
                with self.assertRaisesRegex(UserError, "does not check it"):
                    check.with_user(user).action_pass()
                with self.assertRaises(UserError):
                    self._fail(check, user)
        self.assertEqual(
            check.preparer_ids, self.salesperson | self.lead | self.desk_manager
        )
        check.with_user(self.assistant).action_pass()
        self.assertEqual(check.state, "passed")
        self.assertEqual(check.signer_ids, self.assistant)

    def test_checker_cannot_become_free_by_another_edit(self):
        """SA-13: who worked on it stays among the preparers, whoever writes last."""
        self.order.with_user(self.assistant).order_line.price_unit = 12
        self.order.with_user(self.salesperson).order_line.price_unit = 11
        check = self._request_check(self.order)
        with self.assertRaises(UserError):
            check.with_user(self.assistant).action_pass()

    def test_several_checkers(self):
        """SA-13: where two are asked for, two different people sign (多人复核)."""
        self.company.sales_assistant_check_quotation = 2
        check = self._request_check(self.order)
        check.with_user(self.assistant).action_pass()
        self.assertEqual(check.state, "open")
        with self.assertRaisesRegex(UserError, "already"):
            check.with_user(self.assistant).action_pass()
        check.with_user(self.standin).action_pass()
        self.assertEqual(check.state, "passed")
        self.assertEqual(check.signer_ids, self.assistant | self.standin)

    def test_more_checkers_for_the_order(self):
        """SA-13: a quotation checked by one is checked again before it is confirmed,
        where orders take two."""
        self.company.sales_assistant_check_order = 2
        self._check(self.order)
        self.order.with_user(self.salesperson).action_quotation_sent()
        with self.assertRaisesRegex(UserError, "it takes 2"):
            self.order.with_user(self.salesperson).action_confirm()
        check = self._request_check(self.order)
        self.assertEqual((check.kind, check.required_count), ("order", 2))

    def test_people_asked(self):
        """SA-13: a colleague who is asked sees what is checked, without the order; the
        others no longer check."""
        check = self._request_check(self.order)
        self.assertFalse(check.with_user(self.colleague).search([]) & check)
        check.with_user(self.salesperson).checker_ids = self.colleague
        self.env.flush_all()
        as_colleague = check.with_user(self.colleague)
        self.assertIn(check, as_colleague.search(as_colleague._get_mine_domain()))
        self.assertIn("Bearing 6204", as_colleague.content_html)
        with self.assertRaisesRegex(UserError, "these people"):
            check.with_user(self.assistant).action_pass()
        as_colleague.action_pass()
        self.assertEqual(check.state, "passed")

    def test_error_is_counted(self):
        """SA-13: an error found is counted with its kind; the document is checked again
        once it is corrected."""
        check = self._request_check(self.order)
        action = check.with_user(self.assistant).action_fail()
        wizard = (
            self.env["sales.step.reason"]
            .with_user(self.assistant)
            .with_context(**action["context"])
        )
        wizard.create({"reason_id": self.error.id, "note": "8.50"}).action_apply()
        self.assertEqual((check.state, check.result), ("failed", "failed"))
        self.assertIn("8.50", self.order.message_ids[0].body)
        self.order.with_user(self.salesperson).order_line.price_unit = 8.5
        self._check(self.order)
        self.assertEqual(check.state, "superseded")
        [(reason, count, percent)] = self.env["sales.assistant.check"]._read_group(
            [("order_id", "=", self.order.id), ("result", "=", "failed")],
            ["cancel_reason_id"],
            ["__count", "error_percent:avg"],
        )
        self.assertEqual((reason, count, percent), (self.error, 1, 100))
        [(percent,)] = self.env["sales.assistant.check"]._read_group(
            [("order_id", "=", self.order.id), ("result", "!=", False)],
            [],
            ["error_percent:avg"],
        )
        self.assertEqual(percent, 50)

    def test_changed_after_the_check(self):
        """SA-13: what was changed after its check is checked again, by others than who
        changed it."""
        check = self._check(self.order)
        self.order.with_user(self.assistant).order_line.product_uom_qty = 12
        again = self.order.sales_check_ids.filtered(lambda one: one.state == "open")
        self.assertEqual(check.state, "superseded")
        with self.assertRaises(UserError):
            again.with_user(self.assistant).action_pass()
        again.with_user(self.standin).action_pass()
        self.assertEqual(self.order.sales_check_state, "passed")

    def test_what_changes_nothing(self):
        """SA-13: a tag or a note of the house is no change of what was checked."""
        check = self._check(self.order)
        self.order.with_user(self.salesperson).client_order_ref = "PO 7"
        self.assertEqual(check.state, "passed")

    def test_one_check_at_a_time(self):
        """SA-13: a document has one check; a second request is refused."""
        check = self._request_check(self.order)
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).action_request_check()
        check.with_user(self.assistant).action_pass()
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).action_request_check()
        self.assertEqual(len(self.order.sales_check_ids), 1)

    def test_request_queries(self):
        """SA-13: the statements of a request do not grow with the documents."""

        def run(orders):
            orders.with_user(self.salesperson).action_request_check()

        def prepare(count):
            return self._create_orders(count)

        self.assertQueryGrowth(run, prepare)

    def test_withdraw(self):
        """SA-13: who prepared it withdraws the request, nobody else."""
        check = self._request_check(self.order)
        with self.assertRaises(UserError):
            check.with_user(self.assistant).action_withdraw()
        check.with_user(self.salesperson).action_withdraw()
        self.assertEqual(check.state, "superseded")
        self.assertFalse(self.order.sales_check_state)

    def test_transition_table(self):
        """SA-13: steps are taken on an open check only."""
        for verb, step in self.env["sales.assistant.check"]._steps.items():
            for state, _label in CHECK_STATES:
                order = self._create_prepared()
                check = self._request_check(order)
                check._write_guarded({"state": state})
                user = self.salesperson if verb == "withdraw" else self.assistant
                with self.subTest(verb=verb, state=state):
                    if state in step.sources:
                        check.with_user(user)._check_can(verb)
                    else:
                        with self.assertRaises(UserError):
                            check.with_user(user)._check_can(verb)

    def test_closed_fields(self):
        """SA-13: nobody writes a check or its signatures, by no way."""
        check = self._request_check(self.order)
        for user in (self.salesperson, self.assistant, self.desk_manager):
            for fname, value in {
                "state": "passed",
                "signer_ids": [(4, user.id)],
                "preparer_ids": [(5,)],
                "content": {},
                "required_count": 0,
                "result": "passed",
            }.items():
                with self.subTest(user=user.login, field=fname):
                    with self.assertRaises(AccessError):
                        check.with_user(user).write({fname: value})
        with self.assertRaises(AccessError):
            self.order.with_user(self.desk_manager).sales_preparer_ids = [(5,)]
        with self.assertRaises(AccessError):
            check.with_user(self.desk_manager).create({"order_id": self.order.id})
        with self.assertRaises(AccessError):
            check.with_user(self.desk_manager).unlink()

    def test_lock(self):
        """SA-13: two checkers at the same moment: the second one is refused."""
        check = self._request_check(self.order)
        self.env.flush_all()

        def locked(*_args, **_kwargs):
            raise LockError("locked")

        self.patch(type(check), "lock_for_update", locked)
        with self.assertRaises(LockError), mute_logger("odoo.sql_db"):
            check.with_user(self.assistant).action_pass()
        self.assertEqual(check.state, "open")

    def test_other_company(self):
        """F-11: nothing of another company, not even for its manager."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        check = self._request_check(self.order)
        self.assertFalse(check.with_user(stranger).search([("id", "=", check.id)]))
        with self.assertRaises(AccessError):
            check.with_user(stranger).action_pass()

    def test_lane(self):
        """SA-01, SA-13: the check waits on the board of who may do it."""
        check = self._request_check(self.order)
        for user, waits in (
            (self.assistant, True),
            (self.standin, True),
            (self.lead, True),
            (self.salesperson, False),
            (self.colleague, False),
        ):
            with self.subTest(user=user.login):
                board = self.env["sales.assistant.board"].with_user(user).get_board()
                [lane] = [one for one in board["lanes"] if one["key"] == "to_check"]
                found = check.with_user(user).search(lane["domain"])
                self.assertEqual(lane["count"], len(found))
                self.assertEqual(check in found, waits)

    def test_switched_off(self):
        """F-06: without the feature nothing is guarded and the lane is gone."""
        self._switch_off("check")
        self.order.with_user(self.salesperson).action_quotation_sent()
        self.order.with_user(self.salesperson).action_confirm()
        self.assertEqual(self.order.state, "sale")
        board = self.env["sales.assistant.board"].with_user(self.assistant)
        keys = [lane["key"] for lane in board.get_board()["lanes"]]
        self.assertNotIn("to_check", keys)
