from datetime import date, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestCare(AssistantCommon):
    """SA-04: care plans of key customers."""

    @classmethod
    def setUpClass(cls):
        # a day in summer: the events of a test lie in one year
        cls.enterClassContext(freeze_time("2026-06-17 08:00:00"))
        super().setUpClass()
        cls.team.member_ids = cls.salesperson
        cls.skip_reason = cls.env.ref(
            "sales_assistant.sales_reason_care_cancel_replaced"
        )

    def _create_plan(self, user=None, **values):
        plans = self.env["sales.assistant.care.plan"].with_user(user or self.assistant)
        events = {"visit": 10, "call": 20}
        return plans.create(
            {
                "partner_id": self.customer.id,
                "event_ids": [
                    Command.create(
                        {
                            "name": f"A {kind}",
                            "kind": kind,
                            "date_planned": self.today + timedelta(days=days),
                        }
                    )
                    for kind, days in events.items()
                ],
                **values,
            }
        )

    def _start(self, **values):
        """:returns: a running plan, its visit and its call"""
        plan = self._create_plan(**values)
        plan.action_start()
        return plan, *plan.event_ids.sorted("date_planned")

    def _done(self, events, user=None, result="Forecast received."):
        action = events.with_user(user or self.assistant).action_done()
        self.env["sales.assistant.care.done"].with_user(
            user or self.assistant
        ).with_context(**action["context"]).create({"result": result}).action_apply()

    def _skip(self, event, reason=None, note=False):
        action = event.action_skip()
        self.env["sales.step.reason"].with_user(self.assistant).with_context(
            **action["context"]
        ).create(
            {"reason_id": (reason or self.skip_reason).id, "note": note}
        ).action_apply()

    # -------------------------------------------------------------------- plans

    def test_year_of_a_customer(self):
        """SA-04: one plan a customer and year; the responsible is his salesperson."""
        plan = self._create_plan()
        self.assertEqual((plan.year, plan.user_id), ("2026", self.salesperson))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._create_plan()
        self._create_plan(year="2027", event_ids=[])
        for year in ("26", "MMXX"):
            with self.subTest(year), self.assertRaises(ValidationError):
                plan.year = year
        with self.assertRaises(ValidationError):
            plan.event_ids[:1].date_planned = date(2027, 1, 1)

    def test_progress(self):
        """SA-04: what is done, what is missing; what was left out counts as neither."""
        plan, visit, call = self._start()
        extra = self.env["sales.assistant.care.event"].create(
            [
                {"plan_id": plan.id, "name": name, "date_planned": self.today}
                for name in ("Survey", "Greeting")
            ]
        )
        self._done(extra[0])
        self._skip(extra[1].with_user(self.assistant))
        visit.date_planned = self.today - timedelta(days=1)
        plan.invalidate_recordset()
        self.assertEqual(
            (plan.event_count, plan.done_count, plan.overdue_count, plan.date_next),
            (3, 1, 1, visit.date_planned),
        )
        self.assertAlmostEqual(plan.progress, 100 / 3)
        self.assertTrue(visit.is_overdue)
        late = self.env["sales.assistant.care.event"].search(
            [("is_overdue", "=", True)]
        )
        self.assertIn(visit.id, late.ids)
        self.assertNotIn(call.id, late.ids)

    def test_progress_statements(self):
        """SA-04: statements do not grow with the plans."""

        def prepare(count):
            plans = self.env["sales.assistant.care.plan"]
            for number in range(count):
                partner = self._create_customer(f"Key {number}")
                plans |= self._create_plan(partner_id=partner.id).sudo(False)
            return plans

        self.assertQueryGrowth(lambda plans: plans.read(["progress"]), prepare)

    def test_steps(self):
        """F-12: each step from its states only."""
        empty = self._create_plan(event_ids=[])
        with self.assertRaises(UserError):
            empty.action_start()
        allowed = {
            "start": {"draft"},
            "close": {"running"},
            "cancel": {"draft", "running"},
        }
        plan = self._create_plan(year="2027", event_ids=[]).sudo()
        event = self.env["sales.assistant.care.event"].create(
            {"plan_id": plan.id, "name": "Fair", "date_planned": date(2027, 3, 1)}
        )
        event._write_guarded({"state": "done"})
        for state in ("draft", "running", "closed", "cancelled"):
            plan._write_guarded({"state": state})
            for verb, states in allowed.items():
                with self.subTest(state=state, verb=verb):
                    if state in states:
                        plan.with_user(self.assistant)._check_can(verb)
                    else:
                        with self.assertRaises(UserError):
                            plan.with_user(self.assistant)._check_can(verb)

    def test_closed_when_nothing_is_open(self):
        """SA-04: a plan is closed when each event was done or left out; then nothing
        is changed or added."""
        plan, visit, call = self._start()
        with self.assertRaises(UserError):
            plan.action_close()
        self._done(visit)
        with self.assertRaises(UserError):
            self._skip(
                call, self.env.ref("sales_assistant.sales_reason_care_cancel_other")
            )
        self._skip(call)
        plan.action_close()
        self.assertEqual(plan.state, "closed")
        with self.assertRaises(UserError):
            plan.goal = "More"
        with self.assertRaises(UserError):
            self.env["sales.assistant.care.event"].with_user(self.assistant).create(
                {"plan_id": plan.id, "name": "Late", "date_planned": self.today}
            )

    def test_cancelled_with_its_calls(self):
        """SA-04: with the plan its open calls go."""
        plan, _visit, call = self._start()
        callback = call.callback_id
        plan._do_with_reason("cancel", self.skip_reason, "Sold to a competitor.")
        self.assertEqual(set(plan.event_ids.mapped("state")), {"skipped"})
        self.assertEqual(callback.state, "cancelled")
        self.env.flush_all()
        self._create_plan()  # the year is free again

    def test_deleted_with_its_call(self):
        """SA-04: an event that is taken out of the plan takes its open call with it."""
        _plan, _visit, call = self._start()
        callback = call.callback_id
        call.unlink()
        self.assertEqual(callback.state, "cancelled")

    def test_next_year(self):
        """SA-04: the same events a year later, nothing of what came of them."""
        plan, visit, _call = self._start()
        self._done(visit)
        following = plan.browse(plan.action_plan_next_year()["res_id"])
        self.assertEqual((following.year, following.state), ("2027", "draft"))
        first = following.event_ids.sorted("date_planned")[:1]
        self.assertEqual(first.date_planned, visit.date_planned.replace(year=2027))
        self.assertEqual((first.state, first.result), ("pending", False))

    # ------------------------------------------------------------------- events

    def test_call_is_a_callback(self):
        """SA-04: a call of a running plan is a callback and done with it."""
        draft = self._create_plan()
        self.assertFalse(draft.event_ids.callback_id)
        draft.action_start()
        call = draft.event_ids.filtered(lambda one: one.kind == "call")
        callback = call.callback_id
        self.assertEqual(
            (callback.subject, callback.date_due), ("A call", call.date_planned)
        )
        with self.assertRaises(UserError):
            call.action_done()
        with self.assertRaises(UserError):
            call.date_planned = self.today
        callback.sudo()._do_snooze(
            self.today + timedelta(days=30),
            self.env.ref("sales_assistant.sales_reason_callback_snooze_absent"),
            False,
        )
        self.assertEqual(call.date_planned, self.today + timedelta(days=30))
        callback.with_user(self.salesperson).action_reached()
        self.assertEqual((call.state, call.date_done), ("done", self.today))
        self.assertEqual(call.done_by_id, self.salesperson)
        self.assertTrue(call.result)

    def test_call_not_made(self):
        """SA-04: a callback that is cancelled leaves the event open."""
        _plan, _visit, call = self._start()
        call.callback_id.sudo()._do_cancel(
            self.env.ref("sales_assistant.sales_reason_callback_cancel_met"), False
        )
        self.assertFalse(call.callback_id)
        self._done(call)
        self.assertEqual(call.result, "Forecast received.")

    def test_meeting_in_the_calendar(self):
        """SA-04: an event stands in the calendar once, and is moved there."""
        _plan, visit, call = self._start()
        with self.assertRaises(UserError):
            call.action_schedule()
        visit.action_schedule()
        meeting = visit.calendar_event_id
        self.assertEqual(meeting.user_id, self.salesperson)
        self.assertEqual(meeting.start_date or meeting.start.date(), visit.date_planned)
        with self.assertRaises(UserError):
            visit.action_schedule()
        with self.assertRaises(UserError):
            visit.date_planned = self.today
        meeting.sudo().write(
            {
                "start": meeting.start + timedelta(days=3),
                "stop": meeting.stop + timedelta(days=3),
            }
        )
        self.assertEqual(visit.date_planned, self.today + timedelta(days=13))

    def test_done_needs_words(self):
        """SA-04: done is done with what came of it, once, in a running plan."""
        plan, visit, call = self._start()
        with self.assertRaises(UserError):
            self._done(visit, result="  ")
        self._done(visit)
        with self.assertRaises(UserError):
            visit.action_done()
        with self.assertRaises(UserError):
            visit.result = "Something else"
        with self.assertRaises(AccessError):
            call.result = "Not called"
        with self.assertRaises(AccessError):
            visit.with_user(self.assistant).action_reopen()
        draft = self._create_plan(year="2027", event_ids=[])
        event = self.env["sales.assistant.care.event"].create(
            {"plan_id": draft.id, "name": "Fair", "date_planned": date(2027, 3, 1)}
        )
        with self.assertRaises(UserError):
            event.with_user(self.assistant).action_done()
        self.assertEqual(plan.state, "running")

    # ------------------------------------------------------------ who sees what

    def test_board(self):
        """SA-01, SA-04: what is near or overdue, for the responsible and his stand-in;
        calls stand in their own lane."""
        plan = self._create_plan(user_id=self.assistant.id)
        plan.action_start()
        visit, call = plan.event_ids.sorted("date_planned")

        def get_lane(user):
            board = self.env["sales.assistant.board"].with_user(user).get_board()
            return {lane["key"]: lane for lane in board["lanes"]}["care"]

        self.assertEqual(get_lane(self.assistant)["count"], 0)
        visit.date_planned = self.today + timedelta(days=7)
        call.callback_id.sudo().date_due = self.today
        for user, count in (
            (self.assistant, 1),
            (self.standin, 1),
            (self.colleague, 0),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(get_lane(user)["count"], count)
        visit.date_planned = self.today - timedelta(days=2)
        row = get_lane(self.assistant)["rows"][0]
        self.assertEqual(row["level"], "danger")
        self.assertIn("2 days late", row["reason"])

    def test_rights(self):
        """F-11: own plans and those of one's customers, the team's, the company's."""
        plan, visit, _call = self._start()
        for user, sees in (
            (self.assistant, True),
            (self.salesperson, True),
            (self.standin, True),
            (self.colleague, False),
            (self.lead, True),
            (self.desk_manager, True),
        ):
            for record in (plan, visit):
                with self.subTest(user=user.login, model=record._name):
                    found = record.with_user(user).search([("id", "=", record.id)])
                    self.assertEqual(bool(found), sees)
        with self.assertRaises(AccessError):
            visit.with_user(self.colleague).action_done()
        for vals in ({"state": "closed"}, {"team_id": False}, {"name": "CP1"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                plan.write(vals)

    def test_customers_without_a_plan(self):
        """SA-04: which key customers have no plan of this year."""
        partners = self.env["res.partner"]
        domain = [
            ("id", "=", self.customer.id),
            (
                "sales_care_plan_ids",
                "not any",
                [("year", "=", "2026"), ("state", "!=", "cancelled")],
            ),
        ]
        self.assertTrue(partners.with_user(self.assistant).search(domain))
        self._create_plan()
        self.assertFalse(partners.with_user(self.assistant).search(domain))
        partner = self.customer.with_user(self.assistant)
        self.assertEqual(partner.sales_care_plan_count, 1)

    def test_printed(self):
        """SA-04: the plan on paper, with what was done."""
        plan, visit, _call = self._start(goal="Sole supplier.")
        self._done(visit)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sales_assistant.report_care_plan", plan.ids
        )
        text = html.decode()
        for word in (plan.name, self.customer.name, "Sole supplier.", "A visit"):
            self.assertIn(word, text)
        self.assertIn("Forecast received.", text)
