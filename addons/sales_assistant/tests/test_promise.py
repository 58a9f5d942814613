from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.models.sales_assistant_promise import PROMISE_STATES
from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestPromise(AssistantCommon):
    """SA-06: a promise is checked before it is given, and followed until it is kept
    (诚信守诺, S0)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.why = cls.env.ref("sales_assistant.sales_reason_promise_broken_production")

    def _create_promise(self, days=10, user=None, **values):
        return (
            self.env["sales.assistant.promise"]
            .with_user(user or self.salesperson)
            .create(
                {
                    "subject": "200 pieces by Friday",
                    "partner_id": self.customer.id,
                    "user_id": self.salesperson.id,
                    "team_id": self.team.id,
                    "checker_id": self.technician.id,
                    "date_due": self.today + timedelta(days=days),
                    **values,
                }
            )
        )

    def _make(self, days=10, **values):
        """A promise that was checked and given, due in so many days."""
        promise = self._create_promise(**values)
        promise.action_ask()
        promise.with_user(self.technician).action_confirm()
        promise.action_make()
        promise._write_guarded({"date_due": self.today + timedelta(days=days)})
        return promise

    def _settle(self, promise, verb, user=None, **values):
        wizard = (
            self.env["sales.assistant.promise.settle"]
            .with_user(user or self.salesperson)
            .create({"promise_id": promise.id, "verb": verb, **values})
        )
        return wizard.action_apply()

    def _day(self, days):
        return self.today + timedelta(days=days)

    def test_given_only_after_its_check(self):
        """SA-06: 在给客户承诺之前, 先去确认条件是否可行: a named person, not who
        promises, says that it can be kept."""
        promise = self._create_promise()
        with self.assertRaises(UserError):
            promise.action_make()
        for person in (False, self.salesperson):
            promise.checker_id = person
            with self.subTest(checker=person), self.assertRaises(UserError):
                promise.action_ask()
        promise.checker_id = self.technician
        promise.action_ask()
        self.assertEqual(promise.activity_ids.user_id, self.technician)
        with self.assertRaises(UserError):
            promise.subject = "400 pieces"
        for person in (self.salesperson, self.desk_manager):
            with self.subTest(person=person.login), self.assertRaises(UserError):
                promise.with_user(person).action_confirm()
        with self.assertRaises(AccessError):
            promise.with_user(self.other_tech).action_confirm()
        promise.with_user(self.technician).action_confirm()
        self.assertFalse(promise.activity_ids)
        promise.action_make()
        self.assertEqual(
            (promise.state, promise.date_made, promise.is_feasible),
            ("open", self.today, True),
        )

    def test_cannot_be_kept(self):
        """SA-06: who was asked says why not; the promise is a draft again."""
        promise = self._create_promise()
        promise.action_ask()
        with self.assertRaises(UserError):
            self._settle(promise, "refuse", self.technician)
        self._settle(promise, "refuse", self.technician, note="Only 100 by then.")
        self.assertEqual(
            (promise.state, promise.feasibility_note), ("draft", "Only 100 by then.")
        )
        promise.subject = "100 pieces by Friday"
        promise.action_ask()
        self.assertEqual(promise.state, "asked")

    def test_standin_of_the_checker(self):
        """F-12: who stands in for the checker answers."""
        self.technician.sales_standin_id = self.other_tech
        promise = self._create_promise()
        promise.action_ask()
        promise.with_user(self.other_tech).action_confirm()
        self.assertEqual(promise.state, "feasible")

    def test_kept(self):
        """SA-06: kept on its day or before; afterwards it is broken."""
        promise = self._make(-2)
        for day in (self._day(-1), self._day(1), False):
            with self.subTest(day=day), self.assertRaises(UserError):
                self._settle(promise, "keep", day=day)
        self._settle(promise, "keep", day=self._day(-2), note="Waybill 77")
        self.assertEqual(
            (promise.state, promise.kept_rate, promise.delay_days, promise.evidence),
            ("kept", 100, 0, "Waybill 77"),
        )
        self.assertFalse(promise.is_remedy_due)

    def test_broken_asks_for_apology_and_remedy(self):
        """SA-06: 诚心地向客户道歉，然后想办法来弥补: both are owed until they are
        written down."""
        promise = self._make(-1)
        with self.assertRaises(UserError):
            self._settle(promise, "break")
        self._settle(promise, "break", reason_id=self.why.id)
        self.assertEqual((promise.state, promise.kept_rate), ("broken", 0))
        self.assertTrue(promise.is_remedy_due)
        promise.date_apology = self.today
        self.assertTrue(promise.is_remedy_due)
        promise.remedy = "Freight at our cost"
        self.assertFalse(promise.is_remedy_due)
        with self.assertRaises(UserError):
            promise.description = "It was never said"

    def test_told_before_the_day(self):
        """SA-06: that the customer was told before the day counts separately."""
        for told, before in ((-3, True), (-2, False), (-1, False), (None, False)):
            promise = self._make(-2)
            day = told is not None and self._day(told)
            self._settle(promise, "break", reason_id=self.why.id, day=day)
            with self.subTest(told=told):
                self.assertEqual(promise.is_told_before, before)
        promise = self._make(2)
        self._settle(promise, "tell", day=self.today)
        self.assertEqual((promise.state, promise.date_told), ("open", self.today))
        wizard = self.env["sales.assistant.promise.settle"].create(
            {"promise_id": promise.id, "verb": "break", "reason_id": self.why.id}
        )
        self.assertEqual(wizard.day, self.today, "what is known need not be typed")
        wizard.action_apply()
        self.assertTrue(promise.is_told_before)

    def test_renegotiated(self):
        """SA-06: before its day it is moved with the customer, as a new promise that
        is checked again; after it there is nothing to renegotiate."""
        promise = self._make(2)
        for values in (
            {"day": self._day(9)},
            {"day": self._day(2), "note": "Mr Rossi"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self._settle(promise, "renegotiate", **values)
        self._settle(promise, "renegotiate", day=self._day(9), note="Mr Rossi, phone")
        new = promise.next_id
        self.assertEqual(promise.state, "renegotiated")
        self.assertEqual(
            (new.state, new.date_due, new.is_feasible), ("draft", self._day(9), False)
        )
        with self.assertRaises(UserError):
            self._make(-1).action_renegotiate()

    def test_every_other_step_is_refused(self):
        """SA-06: from each state only its own steps."""
        promise = self._create_promise()
        for state, _label in PROMISE_STATES:
            promise._write_guarded({"state": state})
            for verb, step in promise._steps.items():
                if state in step.sources:
                    continue
                with self.subTest(state=state, verb=verb), self.assertRaises(UserError):
                    promise._check_can(verb)

    def test_rate(self):
        """SA-06: the rate per person, customer and kind counts kept and broken."""
        for ending in ("keep", "keep", "keep", "break"):
            promise = self._make(-1, kind="document")
            values = {"day": self._day(-1)} if ending == "keep" else {}
            self._settle(promise, ending, reason_id=self.why.id, **values)
        self._make(5, kind="document")
        promises = self.env["sales.assistant.promise"]
        domain = [
            ("partner_id", "=", self.customer.id),
            ("state", "in", ("kept", "broken")),
        ]
        [(kind, rate)] = promises._read_group(domain, ["kind"], ["kept_rate:avg"])
        self.assertEqual((kind, rate), ("document", 75))

    def test_payment_promises(self):
        """SA-06: payment promises of a period are found for a collection plan."""
        promise = self._make(5, kind="payment", amount=900)
        self._make(5)
        found = promise._get_payment_promises(self.customer, self.today, self._day(5))
        self.assertEqual(found, promise)
        self.assertFalse(
            promise._get_payment_promises(self.customer, self.today, self._day(4))
        )

    def test_lanes_and_people(self):
        """SA-01, SA-06: due, asked of me, owed; others see none of it."""
        due, asked, owed = self._make(3), self._create_promise(), self._make(-1)
        self.technical.member_ids |= self.colleague
        asked.checker_id = self.colleague
        asked.action_ask()
        self._settle(owed, "break", reason_id=self.why.id)
        order = self._create_order()
        due.sudo().order_id = order

        def get_ids(user, key):
            self.env.flush_all()
            board = self.env["sales.assistant.board"].with_user(user).get_board()
            lane = next(one for one in board["lanes"] if one["key"] == key)
            return [row["id"] for row in lane["rows"]]

        for user, key, promise, sees in (
            (self.salesperson, "promises_due", due, True),
            (self.standin, "promises_due", due, True),
            (self.colleague, "promises_due", due, False),
            (self.colleague, "promises_asked", asked, True),
            (self.salesperson, "promises_asked", asked, False),
            (self.lead, "promises_remedy", owed, True),
            (self.colleague, "promises_remedy", owed, False),
        ):
            with self.subTest(user=user.login, key=key):
                self.assertEqual(promise.id in get_ids(user, key), sees)
        self.assertEqual(order.with_user(self.salesperson).sales_promise_count, 1)
        self.assertTrue(
            owed.with_user(self.salesperson).search([("is_remedy_due", "=", True)])
        )
        self.assertFalse(due.with_user(self.other_tech).search([]))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        with self.assertRaises(AccessError):
            due.with_user(stranger).action_keep()

    def test_from_a_contact(self):
        """SA-03, SA-06, SA-15: a contact leads to a promise and a sample, once each,
        linked both ways."""
        contact = (
            self.env["sales.assistant.contact"]
            .with_user(self.assistant)
            .create(
                {
                    "subject": "When can he have 200 pieces?",
                    "partner_id": self.customer.id,
                    "wish": "order",
                }
            )
        )
        contact.action_create_promise()
        promise = contact.promise_id
        self.assertEqual(
            (promise.state, promise.partner_id, promise.user_id, promise.assistant_id),
            ("draft", self.customer, self.salesperson, self.assistant),
        )
        self.assertEqual(promise.sales_contact_ids, contact)
        contact.action_create_sample()
        self.assertEqual(contact.sample_id.sales_contact_ids, contact)
        self.assertEqual(contact.sample_id.state, "draft")
        for step in (contact.action_create_promise, contact.action_create_sample):
            with self.subTest(step=step.__name__), self.assertRaises(UserError):
                step()

    def test_settling_in_a_batch(self):
        """F-13: giving many promises costs as giving few."""

        def prepare(count):
            promises = self.env["sales.assistant.promise"]
            for _n in range(count):
                promises |= self._create_promise()
            promises._write_guarded({"state": "feasible"})
            return promises.with_user(self.salesperson)

        self.assertQueryGrowth(lambda promises: promises.action_make(), prepare)
