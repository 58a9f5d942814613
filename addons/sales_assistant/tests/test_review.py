from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.models.sales_assistant_review import REVIEW_STATES
from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestReview(AssistantCommon):
    def test_normal_order(self):
        """SA-11: a normal order gets the checklist, no opinions."""
        review = self._request(self._create_order())
        self.assertEqual(review.kind, "normal")
        items = self.env["sales.assistant.check.item"].search(
            [("usage", "=", "review")]
        )
        self.assertEqual(review.check_ids.item_id, items)
        self.assertFalse(review.opinion_ids)
        self.assertEqual(review.submitted_by_id, self.salesperson)
        self.assertEqual(review.order_id.sales_review_state, "in_review")

    def test_checklist_is_required(self):
        """SA-11: required terms have to be confirmed, the others not."""
        review = self._request(self._create_order())
        required = review.check_ids.filtered("is_required")
        with self.assertRaisesRegex(UserError, "still to be confirmed"):
            review.with_user(self.assistant).action_approve()
        required.with_user(self.assistant).write({"is_done": True})
        self.assertEqual(required.done_by_id, self.assistant)
        self.assertTrue(all(required.mapped("done_at")))
        review.with_user(self.assistant).action_approve()
        self.assertEqual(review.state, "approved")
        self.assertEqual(review.decided_by_id, self.assistant)

    def test_who_confirms_the_terms(self):
        """SA-11: assistant, stand-in, team lead and manager; not the salesperson."""
        for user in (self.assistant, self.standin, self.lead, self.desk_manager):
            with self.subTest(user=user.login):
                review = self._request(self._create_order())
                self._approve(review, user)
                self.assertEqual(review.state, "approved")
        for user in (self.salesperson, self.colleague, self.technician, self.outsider):
            with self.subTest(user=user.login):
                review = self._request(self._create_order())
                with self.assertRaises(UserError):
                    self._tick(review, user)
                self._tick(review)
                with self.assertRaises(UserError):
                    review.with_user(user).action_approve()
                self.assertEqual(review.state, "in_review")

    def test_salesperson_as_his_own_assistant(self):
        """SA-11: making oneself the assistant of one's own order does not help."""
        order = self._create_order()
        order.with_user(self.salesperson).assistant_id = self.salesperson
        review = self._request(order)
        with self.assertRaises(UserError):
            self._tick(review, self.salesperson)
        with self.assertRaises(UserError):
            review.with_user(self.salesperson).action_approve()

    def test_special_order_asks_departments(self):
        """SA-11: the departments of the failed rules are asked, each once."""
        self.rules["discount"].department_ids = self.finance | self.technical
        review = self._create_special(discount=50)
        self.assertEqual(review.kind, "special")
        self.assertFalse(review.check_ids)
        self.assertEqual(
            review.opinion_ids.department_id, self.technical | self.finance
        )
        self.assertEqual(len(review.opinion_ids), 2)

    def test_opinion_deadline(self):
        """SA-11: opinions are due after the company's working days."""
        self.company.sales_assistant_opinion_days = 3
        review = self._create_special()
        days = self.company._get_sales_working_days(
            self.today, self.today + timedelta(days=30)
        )
        self.assertEqual(days.count(self.today, review.date_due), 3)
        self.assertEqual(review.opinion_ids.date_due, review.date_due)

    def test_who_answers(self):
        """SA-11: only head and members of the department answer, once."""
        review = self._create_special()
        opinion = review.opinion_ids
        for user in (self.other_tech, self.salesperson, self.desk_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._answer(opinion, user)
        self._answer(opinion, self.technician)
        self.assertEqual(opinion.user_id, self.technician)
        self.assertTrue(opinion.answered_at)
        with self.assertRaises(UserError):
            self._answer(opinion, self.technician, "object", "Changed my mind")
        self.assertEqual(opinion.opinion, "agree")

    def test_words_are_required(self):
        """SA-11: conditions and objections need words."""
        opinion = self._create_special().opinion_ids
        for answer in ("conditional", "object"):
            with self.assertRaises(UserError):
                self._answer(opinion, self.technician, answer, "  ")
        self.assertFalse(opinion.opinion)

    def test_decision_waits_for_opinions(self):
        """SA-11: the manager decides when all have answered or the deadline is over."""
        review = self._create_special()
        manager_review = review.with_user(self.desk_manager)
        with self.assertRaisesRegex(UserError, "Technical"):
            manager_review.action_approve()
        review.opinion_ids.date_due = self.today - timedelta(days=1)
        action = manager_review.action_approve()
        self.assertEqual(action["res_model"], "sales.assistant.review.decide")
        with self.assertRaises(UserError):
            self._decide(review)
        self._decide(review, "Technical is on leave, drawings are the known ones.")
        self.assertEqual(review.state, "approved")

    def test_decision_against_an_objection(self):
        """SA-11: approving against an objection needs words, which are kept."""
        review = self._create_special()
        self._answer(review.opinion_ids, self.technician, "object", "No capacity")
        with self.assertRaises(UserError):
            self._decide(review)
        self._decide(review, "Capacity bought in.")
        self.assertEqual(review.state, "approved")
        self.assertEqual(review.decision_note, "Capacity bought in.")

    def test_decided_by_managers_only(self):
        """SA-11: a special order is decided by a manager."""
        review = self._create_special()
        self._answer(review.opinion_ids, self.technician)
        for user in (self.salesperson, self.assistant, self.lead, self.technician):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                review.with_user(user).action_approve()
        for user in (self.assistant, self.technician):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._decide(review, "Yes", user)
        self._decide(review)
        self.assertEqual(review.state, "approved")

    def test_manager_asks_further(self):
        """SA-11: a manager asks another department while the review is open."""
        review = self._create_special()
        values = {"review_id": review.id, "department_id": self.finance.id}
        opinions = self.env["sales.assistant.review.opinion"]
        opinions.with_user(self.desk_manager).create(values)
        self.assertEqual(len(review.opinion_ids), 2)
        with self.assertRaises(AccessError):
            opinions.with_user(self.assistant).create(values)

    def test_what_was_asked_stays(self):
        """SA-11: an answer is not put under another department, review or day, and
        nobody who was asked is left out."""
        review = self._create_special()
        other = self._create_special()
        opinion = review.opinion_ids.with_user(self.desk_manager)
        later = self.today + timedelta(days=9)
        opinion.date_due = later  # a longer time is granted
        self.assertEqual(review.opinion_ids.date_due, later)
        for values in ({"department_id": self.finance.id}, {"review_id": other.id}):
            with self.subTest(values=values), self.assertRaises(UserError):
                opinion.write(values)
        with self.assertRaises(AccessError):
            opinion.unlink()
        with self.assertRaises(AccessError):
            review.with_user(self.desk_manager).write(
                {"opinion_ids": [Command.delete(opinion.id)]}
            )
        self._answer(review.opinion_ids, self.technician)
        with self.assertRaises(UserError):
            opinion.date_due = self.today

    def test_stays_with_its_order(self):
        """SA-11: a review in progress is not moved to another order."""
        order, other = self._create_order(), self._create_order()
        review = self._request(order)
        for user in (self.salesperson, self.assistant, self.desk_manager):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                review.with_user(user).order_id = other
        review.with_user(self.assistant).order_id = order  # no move
        self.assertEqual(review.order_id, order)

    def test_reject_with_reason(self):
        """SA-11: a rejection is counted by its reason; a new request supersedes it."""
        order = self._create_order()
        review = self._request(order)
        action = review.with_user(self.assistant).action_reject()
        wizard = (
            self.env["sales.step.reason"]
            .with_user(self.assistant)
            .with_context(**action["context"])
            .create({"reason_id": self.reason.id, "note": "Too cheap"})
        )
        wizard.action_apply()
        self.assertEqual(review.state, "rejected")
        self.assertEqual(review.cancel_reason_id, self.reason)
        again = self._request(order)
        self.assertEqual(review.state, "superseded")
        self.assertEqual((again.revision, again.previous_id), (2, review))

    def test_one_review_at_a_time(self):
        """SA-11: an order has one current review."""
        order = self._create_order()
        self._request(order)
        with self.assertRaises(UserError):
            order.with_user(self.salesperson).action_request_review()
        self.assertEqual(len(order.sales_review_ids), 1)

    def test_transition_table(self):
        """SA-11: every allowed pair passes, every other raises."""
        model = self.env["sales.assistant.review"]
        for verb, step in model._steps.items():
            for state, _label in REVIEW_STATES:
                review = self._request(self._create_order())
                self._tick(review)
                review._write_guarded({"state": state})
                as_person = review.with_user(self.assistant)
                with self.subTest(verb=verb, state=state):
                    if state in step.sources:
                        as_person._check_can(verb)
                        if verb == "reject":
                            as_person._do_reject(self.reason, "x")
                        else:
                            getattr(as_person, f"_do_{verb}")()
                        self.assertEqual(review.state, step.target)
                    else:
                        with self.assertRaises(UserError):
                            as_person._check_can(verb)
                        self.assertEqual(review.state, state)

    def test_closed_fields(self):
        """SA-11: what the review decides is closed to everybody, by every way."""
        review = self._request(self._create_order())
        values = {
            "state": "approved",
            "kind": "normal",
            "terms": {"fields": {}, "lines": {"order_line": []}},
            "name": "CR-1",
            "decided_by_id": self.salesperson.id,
            "assistant_id": self.salesperson.id,
        }
        for user in (self.salesperson, self.assistant, self.desk_manager):
            for fname, value in values.items():
                with self.subTest(user=user.login, field=fname):
                    with self.assertRaises(AccessError):
                        review.with_user(user).write({fname: value})
        reviews = self.env["sales.assistant.review"].with_user(self.salesperson)
        order = self._create_order()
        with self.assertRaises(AccessError):
            reviews.create({"order_id": order.id, "state": "approved"})
        with self.assertRaises(AccessError):
            reviews.with_context(default_state="approved").create(
                {"order_id": order.id}
            )
        self.env["ir.default"].set("sales.assistant.review", "state", "approved")
        self.assertEqual(reviews.create({"order_id": order.id}).state, "draft")
        result = reviews.load(
            ["order_id/.id", "state"], [[str(self._create_order().id), "approved"]]
        )
        self.assertTrue(result["messages"])
        self.assertFalse(result["ids"])

    def test_closed_lines(self):
        """SA-11: answers come from the step, checks from the catalogue."""
        review = self._create_special()
        with self.assertRaises(AccessError):
            review.opinion_ids.with_user(self.desk_manager).write({"opinion": "agree"})
        with self.assertRaises(AccessError):
            review.opinion_ids.with_user(self.assistant).unlink()
        normal = self._request(self._create_order())
        with self.assertRaises(AccessError):
            normal.check_ids.with_user(self.assistant).write({"is_required": False})
        with self.assertRaises(AccessError):
            normal.check_ids.with_user(self.assistant).unlink()

    def test_decided_is_frozen(self):
        """SA-11: a decided review and its lines do not change."""
        order = self._create_approved_order()
        review = order.sales_review_ids
        with self.assertRaises(UserError):
            review.check_ids.with_user(self.assistant).write({"is_done": False})
        with self.assertRaises(UserError):
            review.with_user(self.assistant).write(
                {"order_id": self._create_order().id}
            )
        with self.assertRaises(UserError):
            review.with_user(self.desk_manager).unlink()

    def test_lock(self):
        """SA-11: two people at the same moment: the second one is refused."""
        review = self._request(self._create_order())
        self._tick(review)
        self.env.flush_all()
        refused = self.env["sales.assistant.review"].browse(review.id)

        def locked(*_args, **_kwargs):
            raise LockError("locked")

        self.patch(type(refused), "lock_for_update", locked)
        with self.assertRaises(LockError), mute_logger("odoo.sql_db"):
            review.with_user(self.assistant).action_approve()
        self.assertEqual(review.state, "in_review")

    def test_withdraw(self):
        """SA-11: a review is withdrawn, but not that of a confirmed order."""
        order = self._create_order()
        review = self._request(order)
        review.with_user(self.salesperson).action_supersede()
        self.assertEqual(review.state, "superseded")
        order = self._create_approved_order()
        order.with_user(self.salesperson).action_confirm()
        with self.assertRaises(UserError):
            order.sales_review_ids.with_user(self.salesperson).action_supersede()

    def test_nothing_to_review(self):
        """SA-11: an order without lines is not reviewed."""
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        with self.assertRaisesRegex(UserError, "no lines"):
            order.action_request_review()
