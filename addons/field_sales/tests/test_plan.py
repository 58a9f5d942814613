from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.field_sales.models.field_sales_plan import PLAN_STATES, PLAN_STEPS

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestPlan(FieldSalesCommon):
    def _generate(self, users=None, monday=None):
        return self.env["field.sales.plan"]._generate(
            users or self.rep, monday or self.next_monday, self.company
        )

    def _move(self, visit, day, user, **values):
        wizard = self.env["field.sales.visit.move"].with_user(user)
        return wizard.create(
            {"visit_ids": [(6, 0, visit.ids)], "date_planned": day, **values}
        ).action_apply()

    # ------------------------------------------------------------- generation

    def test_generated_from_rules(self):
        """FS-06: next week's plan holds what the rules ask for, as planned visits."""
        plan = self._generate()
        visits = plan.visit_ids.grouped("store_id")
        key_days = sorted(visits[self.key_store].mapped("date_planned"))
        self.assertEqual(len(key_days), 3)
        for start, end in zip(key_days, key_days[1:], strict=False):
            self.assertGreaterEqual((end - start).days, 2)
        self.assertEqual(len(visits[self.store]), 1)
        self.assertEqual(set(plan.visit_ids.mapped("state")), {"planned"})
        self.assertEqual(plan.state, "draft")
        self.assertEqual(plan.asked, {str(self.key_store.id): 3, str(self.store.id): 1})
        year, week, _day = self.next_monday.isocalendar()
        self.assertEqual(plan.week, f"{year}-W{week:02d}")

    def test_generation_is_idempotent(self):
        """FS-06, F-15: running twice adds nothing, nor does filling a full plan."""
        plan = self._generate()
        before = plan.visit_ids
        self.assertFalse(self._generate())
        plan.with_user(self.rep).action_fill()
        self.assertEqual(plan.visit_ids, before)

    def test_fill_adds_what_is_missing(self):
        """FS-06: a store that came later gets its visits in the draft."""
        plan = self._generate()
        late = self._create_store("Late Store")
        plan.with_user(self.rep).action_fill()
        self.assertEqual(len(plan.visit_ids.filtered(lambda v: v.store_id == late)), 1)
        self.assertEqual(len(plan.visit_ids), 5)

    def test_company_holiday(self):
        """FS-06: no visit on a day on which the company is closed."""
        day = self.next_monday + timedelta(days=2)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": self.company._get_sales_moment(day),
                "date_to": self.company._get_sales_moment(day + timedelta(days=1)),
            }
        )
        self.assertNotIn(day, self._generate().visit_ids.mapped("date_planned"))

    def test_shortfall_is_shown(self):
        """FS-06: a store whose frequency does not fit is named on the plan."""
        self.key_store.write(
            {f"field_sales_closed_{day}": True for day in ("mon", "tue", "wed", "thu")}
        )
        plan = self._generate()
        self.assertEqual(plan.shortfall, {str(self.key_store.id): [3, 1]})
        self.assertIn("Key Store", plan.shortfall_text)

    def test_run(self):
        """FS-06, F-15: a run plans everybody, says how many, and twice does nothing."""
        self._create_store("Of the colleague", user=self.colleague)
        idle = self._create_persona("t_idle", "field_sales.group_field_sales_user")
        self._create_store("Never open", user=idle).write(
            {
                f"field_sales_closed_{day}": True
                for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
            }
        )
        users = self.rep | self.colleague | idle
        parameters = {
            "date_start": self.next_monday.isoformat(),
            "user_ids": users.ids,
        }
        run = self.env["sales.run"]._start("field_sales_plan", parameters, at_once=True)
        self.assertEqual((run.state, run.done_count, run.skipped_count), ("done", 2, 1))
        self.assertIn("t_idle", run.skipped_text)
        plans = self.env["field.sales.plan"].search(
            [("user_id", "in", users.ids), ("date_start", "=", self.next_monday)]
        )
        self.assertEqual(plans.user_id, self.rep | self.colleague)
        again = self.env["sales.run"]._start(
            "field_sales_plan", parameters, at_once=True
        )
        self.assertEqual(again.done_count, 0)

    def test_cron_queues_a_run(self):
        """FS-06, F-15: the weekly job queues one run per company that wants it."""
        runs = self.env["sales.run"]
        domain = [
            ("kind", "=", "field_sales_plan"),
            ("company_id", "=", self.company.id),
        ]
        before = runs.search_count(domain)
        self.env["field.sales.plan"]._cron_plan_next_week()
        self.assertEqual(runs.search_count(domain), before + 1)
        self.company.field_sales_plan_auto = False
        self.env["field.sales.plan"]._cron_plan_next_week()
        self.assertEqual(runs.search_count(domain), before + 1)

    def test_wizard_plans_the_own_week_only(self):
        """FS-06, F-11: a salesperson plans his week, a supervisor his team's."""
        wizard = self.env["field.sales.plan.generate"]
        own = wizard.with_user(self.rep).create({})
        run = self.env["sales.run"].browse(own.action_generate()["res_id"])
        self.assertEqual(run.parameters["user_ids"], self.rep.ids)
        self.assertEqual(run.done_count, 1)
        other = wizard.with_user(self.rep).create({"user_ids": self.colleague.ids})
        with self.assertRaises(UserError):
            other.action_generate()
        led = wizard.with_user(self.supervisor)._get_allowed_users()
        self.assertEqual(led, {self.rep.id, self.supervisor.id})
        past = wizard.with_user(self.rep).create(
            {"date_start": self.monday - timedelta(days=1)}
        )
        with self.assertRaises(UserError):
            past.action_generate()

    def test_query_growth(self):
        """FS-06: statements do not grow with stores and salespeople."""
        sizes = iter(range(1, 9))

        def prepare(number):
            weeks = next(sizes)
            users = self.env["res.users"]
            for _index in range(max(number // 4, 1)):
                users |= self._create_persona(
                    f"t_g{weeks}_{_index}", "field_sales.group_field_sales_user"
                )
            for index in range(number):
                self._create_store(f"S{index}", user=users[index % len(users)])
            return users

        self.assertQueryGrowth(self._generate, prepare, growth=4)

    # ------------------------------------------------------------------ states

    def test_transitions(self):
        """FS-06, F-12: every allowed step passes, every other one is refused."""
        monday = self.monday - timedelta(days=7 * 30)
        for state, _label in PLAN_STATES:
            for verb, step in PLAN_STEPS.items():
                monday += timedelta(days=7)
                plan = self._create_plan(monday=monday)
                self._create_visit(plan_id=plan.id, date_planned=monday)
                plan._write_guarded({"state": state})
                with self.subTest(state=state, verb=verb):
                    take = self._get_step(plan.with_user(self.supervisor), verb)
                    if state in step.sources:
                        take()
                        self.assertEqual(plan.state, step.target)
                    else:
                        with self.assertRaises(UserError):
                            take()

    def _get_step(self, plan, verb):
        if verb != "return":
            return getattr(plan, f"action_{verb}")
        reason = self._reason("plan_return")
        return lambda: plan._do_with_reason("return", reason, False)

    def test_persons(self):
        """FS-06, F-12: the salesperson hands in, a supervisor of his approves."""
        plan = self._generate()
        with self.assertRaises(AccessError):
            plan.with_user(self.colleague).action_submit()
        plan.with_user(self.rep).action_submit()
        with self.assertRaises(AccessError):
            plan.with_user(self.rep).action_approve()
        stranger = self._create_persona(
            "t_stranger", "field_sales.group_field_sales_supervisor"
        )
        with self.assertRaises(AccessError):
            plan.with_user(stranger).action_approve()
        plan.with_user(self.supervisor).action_approve()
        self.assertEqual(plan.approved_by_id, self.supervisor)
        with self.assertRaises(UserError):
            plan.with_user(self.supervisor).action_approve()

    def test_nobody_approves_his_own(self):
        """FS-06: a supervisor who visits stores has his plan approved by another."""
        self._create_store("Of the supervisor", user=self.supervisor)
        plan = self._generate(self.supervisor)
        plan.with_user(self.supervisor).action_submit()
        with self.assertRaises(UserError):
            plan.with_user(self.supervisor).action_approve()
        plan.with_user(self.field_boss).action_approve()
        self.assertEqual(plan.state, "approved")

    def test_empty_plan_is_not_handed_in(self):
        """FS-06, F-14: a plan without a visit says nothing."""
        with self.assertRaises(UserError):
            self._create_plan().with_user(self.rep).action_submit()

    def test_closed_fields(self):
        """FS-06, F-12: no way round the steps, whatever the way in."""
        plan = self._generate()
        mine = plan.with_user(self.rep)
        for vals in ({"state": "approved"}, {"approved_by_id": self.rep.id}):
            with self.assertRaises(AccessError):
                mine.write(vals)
            with self.assertRaises(AccessError):
                mine.with_context(install_mode=True, force=True).write(vals)
        model = mine.browse()
        values = {"date_start": self.next_monday + timedelta(days=7)}
        with self.assertRaises(AccessError):
            model.create({**values, "state": "approved"})
        with self.assertRaises(AccessError):
            model.with_context(default_state="approved").create(values)
        self.env["ir.default"].set("field.sales.plan", "state", "approved")
        self.assertEqual(model.create(values).state, "draft")
        result = model.load(["date_start", "state"], [["2031-01-06", "approved"]])
        self.assertFalse(result["ids"])

    def test_frozen_after_handing_in(self):
        """FS-06: a plan that was handed in is not edited, nor deleted."""
        plan = self._generate()
        plan.with_user(self.rep).action_submit()
        visit = plan.visit_ids[0]
        mine = visit.with_user(self.rep)
        later = self.next_monday + timedelta(days=3)
        for action in (
            lambda: plan.with_user(self.rep).write({"date_start": self.monday}),
            lambda: mine.write({"date_planned": later}),
            lambda: mine.write({"store_id": self.store.id, "plan_id": False}),
            lambda: mine.unlink(),
            lambda: plan.with_user(self.rep).unlink(),
            lambda: mine.create({"store_id": self.store.id, "date_planned": later}),
            lambda: mine.create(
                {
                    "store_id": self.store.id,
                    "plan_id": plan.id,
                    "date_planned": later,
                }
            ),
        ):
            with self.assertRaises(UserError):
                action()

    def test_change_needs_a_reason_and_shows(self):
        """FS-06: 计划大于变化: after approval a visit moves with a reason only."""
        plan = self._generate()
        visit = plan.visit_ids.filtered(lambda v: v.store_id == self.store)
        original, day = visit.date_planned, self.next_monday + timedelta(days=4)
        if original == day:
            day -= timedelta(days=1)
        self._move(visit, day, self.rep)
        self.assertEqual((visit.date_planned, visit.is_changed), (day, False))
        plan.with_user(self.rep).action_submit()
        plan.with_user(self.supervisor).action_approve()
        with self.assertRaises(UserError):
            self._move(visit, original, self.rep)
        skip = self._reason("visit_skip")
        with self.assertRaises(UserError):
            self._move(visit, original, self.rep, reason_id=skip.id)
        reason = self._reason("visit_move")
        for bad in (self.today - timedelta(days=1), day + timedelta(days=7)):
            with self.assertRaises(UserError):
                self._move(visit, bad, self.rep, reason_id=reason.id)
        self._move(visit, original, self.rep, reason_id=reason.id, note="asked")
        self.assertEqual(visit.date_planned, original)
        self.assertTrue(visit.is_changed)
        self.assertEqual((visit.date_original, visit.change_reason_id), (day, reason))
        self.assertEqual(plan.changed_count, 1)

    def test_return_needs_a_reason(self):
        """FS-06: a supervisor returns a plan with a reason; it can be changed again."""
        plan = self._generate()
        plan.with_user(self.rep).action_submit()
        wizard = plan.with_user(self.supervisor).action_return()
        step = (
            self.env["sales.step.reason"]
            .with_user(self.supervisor)
            .with_context(**wizard["context"])
            .create({"reason_id": self._reason("plan_return").id})
        )
        step.action_apply()
        self.assertEqual(plan.state, "draft")
        self.assertTrue(plan.cancel_reason_id)
        plan.visit_ids[0].with_user(self.rep).unlink()
        plan.with_user(self.rep).action_submit()

    def test_close(self):
        """FS-06: after the week the plan closes; what was not visited was skipped."""
        plan = self._create_plan(monday=self.monday - timedelta(days=7))
        day = plan.date_start
        done = self._create_visit(plan_id=plan.id, date_planned=day)
        left = self._create_visit(self.key_store, plan_id=plan.id, date_planned=day)
        plan._write_guarded({"state": "approved", "asked": {str(self.store.id): 1}})
        done.action_start()
        with self.assertRaises(UserError):
            plan.with_user(self.supervisor).action_close()
        done.action_done()
        plan.with_user(self.supervisor).action_close()
        self.assertEqual((done.state, left.state), ("done", "skipped"))
        self.assertEqual(
            left.cancel_reason_id, self.env.ref("field_sales.sales_reason_week_over")
        )
        self.assertEqual((plan.kept_percent, plan.frequency_percent), (50, 100))
        running = self._create_plan(monday=self.monday)
        running._write_guarded({"state": "approved"})
        with self.assertRaises(UserError):
            running.with_user(self.supervisor).action_close()

    def test_one_plan_a_week(self):
        """FS-06: one plan per salesperson and week, beginning on a Monday."""
        self._create_plan()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._create_plan()
        with self.assertRaises(ValidationError):
            self._create_plan(monday=self.next_monday + timedelta(days=1))
        with self.assertRaises(UserError):
            self.env["field.sales.plan"].with_user(self.rep).create(
                {"user_id": self.colleague.id, "date_start": self.next_monday}
            )

    def test_visit_of_another_week(self):
        """FS-06: a plan holds visits of its week and salesperson only."""
        plan = self._create_plan()
        with self.assertRaises(ValidationError):
            self._create_visit(plan_id=plan.id, date_planned=self.today)
        with self.assertRaises(ValidationError):
            self._create_visit(
                plan_id=plan.id, date_planned=self.next_monday, user=self.colleague
            )

    def test_loose_visit_joins_the_plan(self):
        """FS-06: a visit added in the calendar belongs to its week's draft."""
        plan = self._create_plan()
        visit = (
            self.env["field.sales.visit"]
            .with_user(self.rep)
            .create({"store_id": self.store.id, "date_planned": self.next_monday})
        )
        self.assertEqual(visit.plan_id, plan)

    def test_plan_adopts_the_weeks_visits(self):
        """FS-06: what was planned before the plan is part of it, and moves by its
        rules."""
        early = self._create_visit(date_planned=self.next_monday)
        foreign = self._create_visit(user=self.colleague, date_planned=self.next_monday)
        later = self._create_visit(date_planned=self.next_monday + timedelta(days=7))
        plan = self._create_plan()
        self.assertEqual(early.plan_id, plan)
        self.assertFalse((foreign | later).plan_id)

    def test_nothing_is_slipped_in_by_its_day(self):
        """FS-06: a visit without a plan gets into no week that was handed in."""
        plan = self._generate()
        plan.with_user(self.rep).action_submit()
        loose = self._create_visit(date_planned=self.next_monday + timedelta(days=7))
        with self.assertRaises(UserError):
            loose.with_user(self.rep).date_planned = self.next_monday
        with self.assertRaises(UserError):
            self._move(loose, self.next_monday, self.rep)

    def test_plan_is_not_emptied_by_unlinking(self):
        """FS-06: a visit taken out of a draft is deleted, not hidden beside it."""
        plan = self._create_plan()
        visit = self._create_visit(date_planned=self.next_monday)
        visit.with_user(self.rep).plan_id = False
        self.assertEqual(visit.plan_id, plan)

    def test_draft_goes_with_its_visits(self):
        """FS-06: a deleted draft leaves no visit behind; a week begun is kept."""
        plan = self._generate()
        visits = plan.visit_ids
        plan.with_user(self.rep).unlink()
        self.assertFalse(visits.exists())
        begun = self._create_plan(monday=self.monday)
        self._bring_to(self._create_visit(plan_id=begun.id), "done")
        with self.assertRaises(UserError):
            begun.with_user(self.rep).unlink()

    def test_supervisor_keeps_to_the_team(self):
        """F-11: plans and visits are not pushed to people outside of the team."""
        plan = self._create_plan()
        visit = self._create_visit(date_planned=self.next_monday + timedelta(days=7))
        for record in (plan, visit):
            with self.subTest(record), self.assertRaises(AccessError):
                record.with_user(self.supervisor).user_id = self.colleague

    def test_person_of_another_company(self):
        """F-11: whoever does not work in a company has no plan or visit there."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_persona(
            "t_stranger", "field_sales.group_field_sales_user", company_id=other.id
        )
        with self.assertRaises(ValidationError):
            self._create_plan(user=stranger)
        with self.assertRaises(ValidationError):
            self._create_visit(user=stranger)

    def test_approval_query_growth(self):
        """FS-06: approving many plans takes as many statements as approving a few."""
        weeks = iter(range(10, 400))

        def prepare(number):
            plans = self.env["field.sales.plan"]
            for _index in range(number):
                monday = self.monday + timedelta(days=7 * next(weeks))
                plans |= self._create_plan(monday=monday)
            plans._write_guarded({"state": "submitted"})
            return plans.with_user(self.supervisor)

        self.assertQueryGrowth(lambda plans: plans.action_approve(), prepare)
