from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.field_sales.models.field_sales_visit import VISIT_STATES, VISIT_STEPS

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestVisit(FieldSalesCommon):
    def _get_step(self, visit, verb):
        """A function that takes the step as its button or wizard does."""
        if verb in ("skip", "cancel"):
            reason = self._reason(f"visit_{verb}")
            return lambda: visit._do_with_reason(verb, reason, False)
        if verb == "move":
            wizard = self.env["field.sales.visit.move"].with_user(self.rep)
            move = wizard.create(
                {
                    "visit_ids": [(6, 0, visit.ids)],
                    "date_planned": self.today,
                    "reason_id": self._reason("visit_move").id,
                }
            )
            return move.action_apply
        return getattr(visit, f"action_{verb}")

    def test_transitions(self):
        """FS-09, F-12: every allowed step passes, every other one is refused."""
        for state, _label in VISIT_STATES:
            for verb, step in VISIT_STEPS.items():
                store = self._create_store(f"{state} {verb}")
                visit = self._bring_to(self._create_visit(store), state)
                if verb == "order" and visit.line_ids:
                    visit.line_ids.order_quantity = 12
                with self.subTest(state=state, verb=verb):
                    take = self._get_step(visit.with_user(self.rep), verb)
                    if state in step.sources:
                        take()
                        self.assertEqual(visit.state, step.target or state)
                    else:
                        with self.assertRaises(UserError):
                            take()
                # the next one begins with nobody in a store
                visit._write_guarded({"state": "cancelled"})
                self.env.flush_all()

    def test_closed_fields(self):
        """FS-09, F-12: state, times, key and marks are not for writing."""
        visit = self._create_visit()
        mine = visit.with_user(self.rep)
        moment = "2026-01-01 08:00:00"
        closed = (
            {"state": "done"},
            {"started_at": moment},
            {"name": "X"},
            {"visitor_id": self.colleague.id},
            {"is_changed": False},
            {"client_key": "x"},
            {"previous_visit_id": visit.id},
        )
        for vals in closed:
            with self.subTest(vals):
                with self.assertRaises(AccessError):
                    mine.write(vals)
                with self.assertRaises(AccessError):
                    mine.with_context(force=True, import_file=True).write(vals)
                with self.assertRaises(AccessError):
                    mine.create({"store_id": self.store.id, **vals})
                name, value = next(iter(vals.items()))
                with self.assertRaises(AccessError):
                    mine.with_context(**{f"default_{name}": value}).create(
                        {"store_id": self.store.id}
                    )
        self.env["ir.default"].set("field.sales.visit", "state", "done")
        self.assertEqual(mine.create({"store_id": self.store.id}).state, "planned")
        result = mine.load(["store_id/id", "state"], [["x", "done"]])
        self.assertFalse(result["ids"])

    def test_only_the_visitor_begins(self):
        """FS-09, F-12: a supervisor sees the visit, but does not make it."""
        visit = self._create_visit()
        for user in (self.supervisor, self.field_boss):
            with self.subTest(user.login), self.assertRaises(UserError):
                visit.with_user(user).action_start()
        with self.assertRaises(AccessError):
            visit.with_user(self.colleague).action_start()
        visit.with_user(self.rep).action_start()
        self.assertEqual((visit.visitor_id, visit.state), (self.rep, "in_progress"))

    def test_standin(self):
        """FS-09, F-11: who stands in makes the visit, as himself."""
        visit = self._create_visit()
        self.rep.sales_standin_id = self.colleague
        visit.with_user(self.colleague).action_start()
        self.assertEqual((visit.user_id, visit.visitor_id), (self.rep, self.colleague))
        self.rep.sales_standin_id = False
        with self.assertRaises(AccessError):
            visit.with_user(self.colleague).action_done()

    def test_one_open_visit(self):
        """FS-09: one visit is open at a time, however it is tried."""
        first, second = self._create_visit(), self._create_visit(self.key_store)
        first.with_user(self.rep).action_start()
        with self.assertRaisesRegex(UserError, "still open"):
            second.with_user(self.rep).action_start()
        first.with_user(self.rep).action_done()
        third = self._create_visit()
        with self.assertRaises(UserError):
            (second | third).with_user(self.rep).action_start()
        second.with_user(self.rep).action_start()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            third._write_guarded({"state": "in_progress", "visitor_id": self.rep.id})
            self.env.flush_all()

    def test_not_before_its_day(self):
        """FS-06, FS-09: a visit begins on its day or later, not before."""
        early = self._create_visit(date_planned=self.today + timedelta(days=1))
        with self.assertRaises(UserError):
            early.with_user(self.rep).action_start()
        late = self._create_visit(date_planned=self.today - timedelta(days=1))
        self.assertTrue(late.is_late)
        self.assertIn(late, late.search([("is_late", "=", True)]))
        self.assertNotIn(early, early.search([("is_late", "=", True)]))
        late.with_user(self.rep).action_start()
        self.assertFalse(late.is_late)

    def test_this_week(self):
        """FS-06: a week runs from Monday to Sunday in every language."""
        days = [self.monday - timedelta(days=1), self.monday]
        days += [day + timedelta(days=7) for day in days]
        visits = self.env["field.sales.visit"]
        for day in days:
            visits |= self._create_visit(date_planned=day)
        found = visits.search([("is_this_week", "=", True), ("id", "in", visits.ids)])
        self.assertEqual(found, visits[1:3])
        self.assertEqual(visits.mapped("is_this_week"), [False, True, True, False])

    def test_twice(self):
        """FS-09, F-12: a second tap begins, ends and counts nothing twice."""
        visit = self._create_visit()
        mine = visit.with_user(self.rep)
        mine.action_start()
        lines = visit.line_ids
        with self.assertRaises(UserError):
            mine.action_start()
        self.assertEqual(visit.line_ids, lines)
        mine.action_done()
        with self.assertRaises(UserError):
            mine.action_done()

    def test_position(self):
        """FS-09: the position at check-in and how far from the store; a phone
        without position, or with nonsense, keeps nobody from work."""
        self.store.write({"partner_latitude": 31.2304, "partner_longitude": 121.4737})
        visit = self._create_visit()
        visit.with_user(self.rep).action_start(
            {"latitude": 31.2304, "longitude": 121.4842}
        )
        self.assertAlmostEqual(visit.distance, 998, delta=2)
        self.assertTrue(visit.is_far)
        self.company.field_sales_checkin_distance = 1000
        self.assertFalse(visit.is_far)
        for nonsense in ({"latitude": "x"}, {"latitude": 200, "longitude": 1}, [], {}):
            visit._write_guarded({"state": "cancelled"})
            other = self._create_visit()
            other.with_user(self.rep).action_start(nonsense)
            self.assertEqual((other.state, other.latitude), ("in_progress", 0))
            visit = other

    def test_skip_needs_a_reason(self):
        """FS-06: whoever does not go says why."""
        visit = self._create_visit()
        action = visit.with_user(self.rep).action_skip()
        wizard = (
            self.env["sales.step.reason"]
            .with_user(self.rep)
            .with_context(**action["context"])
        )
        with self.assertRaises(UserError):
            wizard.create({"reason_id": self._reason("visit_move").id}).action_apply()
        urgent = self.env.ref("field_sales.sales_reason_urgent")
        with self.assertRaises(UserError):
            wizard.create({"reason_id": urgent.id}).action_apply()
        wizard.create({"reason_id": urgent.id, "note": "flood"}).action_apply()
        self.assertEqual((visit.state, visit.cancel_reason_id), ("skipped", urgent))

    def test_start_at_store(self):
        """FS-09: the store's button begins today's planned visit, else an unplanned
        one; tapped again it opens the same."""
        planned = self._create_visit()
        model = self.env["field.sales.visit"].with_user(self.rep)
        self.assertEqual(model._start_at(self.store), planned)
        self.assertEqual(model._start_at(self.store), planned)
        planned.with_user(self.rep).action_done()
        extra = model._start_at(self.store)
        self.assertTrue(extra.is_unplanned)
        self.assertEqual(model._start_at(self.store), extra)
        extra.action_done()
        self.assertNotEqual(model._start_at(self.store), extra)

    def test_client_key(self):
        """FS-09: two phones that report one unplanned visit meet in one record."""
        model = self.env["field.sales.visit"].with_user(self.rep)
        first = model._get_or_create_unplanned(self.store, self.today, 1)
        self.assertEqual(
            model._get_or_create_unplanned(self.store, self.today, 1), first
        )
        self.assertNotEqual(
            model._get_or_create_unplanned(self.store, self.today, 2), first
        )
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._create_visit(client_key=first.client_key)

    def test_unplanned_in_approved_week(self):
        """FS-06: an unplanned visit joins the approved plan and shows as such."""
        plan = self._create_plan(monday=self.monday)
        self._create_visit(self.key_store, plan_id=plan.id)
        plan._write_guarded({"state": "approved"})
        visit = self.env["field.sales.visit"].with_user(self.rep)._start_at(self.store)
        self.assertEqual(visit.plan_id, plan)
        self.assertEqual((plan.visit_count, plan.unplanned_count), (1, 1))

    def test_somebody_elses_visit(self):
        """FS-06, F-11: visits of somebody else are planned by a supervisor."""
        with self.assertRaises(AccessError):
            self.env["field.sales.visit"].with_user(self.rep).create(
                {"store_id": self.store.id, "user_id": self.colleague.id}
            )
        visit = (
            self.env["field.sales.visit"]
            .with_user(self.supervisor)
            .create({"store_id": self.store.id, "user_id": self.rep.id})
        )
        self.assertEqual(visit.user_id, self.rep)

    def test_not_a_store(self):
        """FS-01, F-14: only stores are visited."""
        with self.assertRaises(ValidationError):
            self._create_visit(self.chain)

    def test_settled_once_begun(self):
        """FS-09: store, salesperson and day are settled once a visit has begun."""
        visit = self._bring_to(self._create_visit(), "in_progress")
        with self.assertRaises(UserError):
            visit.with_user(self.rep).write({"store_id": self.key_store.id})
        with self.assertRaises(UserError):
            visit.with_user(self.rep).unlink()

    def test_other_company(self):
        """F-11: a visit links stores and plans of its own company only."""
        other = self.env["res.company"].create({"name": "Other"})
        store = self._create_store("Foreign", company_id=other.id)
        with self.assertRaises(UserError):
            self._create_visit(store)
        self.rep.company_ids |= other
        foreign = self.env["field.sales.visit"].create(
            {"store_id": store.id, "user_id": self.rep.id, "company_id": other.id}
        )
        self.rep.company_ids -= other
        with self.assertRaises(AccessError):
            foreign.with_user(self.rep).action_start()

    def test_create_query_growth(self):
        """FS-06: creating many visits costs no statement per visit."""
        model = self.env["field.sales.visit"]

        def prepare(number):
            return [
                {
                    "store_id": self.store.id,
                    "user_id": self.rep.id,
                    "date_planned": self.next_monday,
                }
                for _index in range(number)
            ]

        self.assertQueryGrowth(lambda values: model.create(values), prepare)

    def test_copied_facts_are_closed(self):
        """F-11, F-12: what a visit copies from its store is not for writing."""
        visit = self._create_visit(self.key_store)
        self.assertEqual(
            (visit.grade_id, visit.chain_id, visit.store_user_id),
            (self.grade_key, self.chain, self.rep),
        )
        mine = visit.with_user(self.rep)
        for vals in (
            {"grade_id": self.grade_regular.id},
            {"store_user_id": self.colleague.id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                mine.write(vals)
            values = {"store_id": self.key_store.id, **vals}
            made = mine.create(values)
            self.assertEqual(made.grade_id, self.grade_key)
            self.assertEqual(made.store_user_id, self.rep)

    def test_cancel_query_growth(self):
        """F-12: a step on many visits costs no statement per visit."""
        reason = self._reason("visit_cancel")

        def prepare(number):
            visits = self.env["field.sales.visit"]
            for _index in range(number):
                visits |= self._create_visit()
            return visits.with_user(self.rep)

        self.assertQueryGrowth(
            lambda visits: visits._do_with_reason("cancel", reason, False), prepare
        )
