from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestMilestonePlan(AssistantCommon):
    """Plan, forecast, moving and telling: one order, promised in twelve weeks, with the
    steps material (5 working days), production (10), shipment (2), confirmation (3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        templates = cls.env["sales.assistant.milestone.template"]
        templates.search([]).active = False
        steps = (
            ("Material", -15, 5, "hand", False),
            ("Production", -4, 10, "hand", True),
            ("Shipment", 0, 2, "delivery", True),
            ("Confirmed", 5, 3, "hand", True),
        )
        cls.template = templates.create(
            {
                "name": "Test",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": 10 * n,
                            "name": name,
                            "offset_days": offset,
                            "duration_days": days,
                            "trigger": trigger,
                            "is_public": public,
                        }
                    )
                    for n, (name, offset, days, trigger, public) in enumerate(steps)
                ],
            }
        )
        cls.order = cls._create_confirmed()
        cls.other = cls.env.ref("sales_assistant.sales_reason_move_material")

    @classmethod
    def _create_confirmed(cls, days=84, **values):
        order = cls._create_order(commitment_date=cls._promise(days), **values)
        order.with_user(cls.salesperson).action_confirm()
        return order

    def _get(self, name, order=None):
        steps = (order or self.order).sales_milestone_ids
        return steps.filtered(lambda one: one.name == name)

    def _tell(self, order=None, user=None, **values):
        wizard = (
            self.env["sales.assistant.telling.log"]
            .with_user(user or self.assistant)
            .create({"order_id": (order or self.order).id, **values})
        )
        return wizard.action_apply()

    def _get_last_telling(self, order=None):
        return (order or self.order).sales_telling_ids.sorted("id")[-1]

    def _replan(self, one, day, user=None, **values):
        one = one.with_user(user or self.assistant)
        wizard = (
            self.env["sales.assistant.milestone.replan"]
            .with_user(user or self.assistant)
            .with_context(default_milestone_id=one.id)
            .create({"date_new": day, **values})
        )
        return wizard

    def _move(self, one, day, **values):
        self._replan(one, day, **values).action_apply()

    def _working_days(self):
        return self.company._get_sales_working_days(
            self.today - timedelta(days=200), self.today + timedelta(days=400)
        )

    # --------------------------------------------------------------- templates

    def test_template_by_type_route_destination(self):
        """SA-10: templates per order type, route and destination; the first that fits
        is taken, what it leaves empty fits every order."""
        kind = self.env["sales.assistant.order.type"].create({"name": "Repeat"})
        route = self.env["stock.route"].create(
            {"name": "Direct", "sale_selectable": True}
        )
        italy = self.env.ref("base.it")
        group = self.env["res.country.group"].create(
            {"name": "South", "country_ids": [Command.set(italy.ids)]}
        )
        abroad = self._create_customer("Rossi Sud", country_id=italy.id)
        by_kind, by_route, by_place = (
            self.template.copy({"name": key, "sequence": 1, key: [Command.set(ids)]})
            for key, ids in (
                ("type_ids", kind.ids),
                ("route_ids", route.ids),
                ("country_group_ids", group.ids),
            )
        )
        table = (
            ({}, self.template),
            ({"sales_order_type_id": kind.id}, by_kind),
            ({"partner": abroad}, by_place),
        )
        for values, template in table:
            with self.subTest(template=template.name):
                order = self._create_confirmed(**values)
                self.assertEqual(
                    order.sales_milestone_ids.template_line_id.template_id, template
                )
        routed = self._create_order(commitment_date=self._promise(84))
        routed.order_line.route_ids = route
        templates = self.template._get_for_orders(routed)
        self.assertEqual(templates[routed.id], by_route)

    def test_calendar_of_the_template(self):
        """SA-10: a plan counts the working days of its template's calendar: a factory
        that works on Mondays only takes a week for each."""
        mondays = self.env["resource.calendar"].create(
            {
                "name": "Mondays",
                "company_id": self.company.id,
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {
                            "name": "Monday",
                            "dayofweek": "0",
                            "hour_from": 8,
                            "hour_to": 16,
                            "day_period": "full_day",
                        }
                    ),
                ],
            }
        )
        self.template.write({"company_id": self.company.id, "calendar_id": mondays.id})
        order = self._create_confirmed(140)
        material = self._get("Material", order).date_planned
        self.assertEqual(material.weekday(), 0)
        self.assertGreater((order.sales_promised_date - material).days, 14 * 7)
        order.with_user(self.salesperson).commitment_date = self._promise(150)
        self.assertEqual(self._get("Material", order).date_planned.weekday(), 0)

    # ---------------------------------------------------------------- forecast

    def test_risk_by_what_is_still_to_do(self):
        """SA-10: at risk is computed from the working days of the open milestones, not
        only from the date: nothing is late, and still there is too little time."""
        days = self._working_days()
        production, shipment = self._get("Production"), self._get("Shipment")
        self.assertFalse(any(self.order.sales_milestone_ids.mapped("is_at_risk")))
        # from today: material 5, production 10, shipment 2 working days
        for count, is_at_risk in ((17, False), (16, True)):
            with self.subTest(working_days=count):
                shipment.date_planned = days.add(self.today, count)
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(shipment.is_at_risk, is_at_risk)
                found = shipment.search(
                    [("order_id", "=", self.order.id), ("is_at_risk", "=", True)]
                )
                self.assertEqual(shipment in found, is_at_risk)
        # material is there: five days less to do
        self._get("Material").with_user(self.assistant).action_done()
        self.assertFalse(shipment.is_at_risk)
        self.assertFalse(production.is_at_risk)

    def test_risk_by_what_odoo_expects(self):
        """SA-10: a step that Odoo expects after its day is at risk, and what follows
        it; the day is written by events only."""
        days = self._working_days()
        production, shipment = self._get("Production"), self._get("Shipment")
        with self.assertRaises(AccessError):
            production.with_user(self.assistant).date_expected = self.today
        production.date_expected = days.add(shipment.date_planned, -1)
        self.assertTrue(production.is_at_risk)
        self.assertTrue(shipment.is_at_risk)
        production.date_expected = production.date_planned
        self.assertFalse(production.is_at_risk)
        self.assertFalse(shipment.is_at_risk)

    def test_forecast_of_the_order(self):
        """SA-10: the order says when it is ready at the planned pace: steps until the
        promise, not the customer's confirmation after it."""
        days = self._working_days()
        self.assertEqual(self.order.sales_forecast_date, days.add(self.today, 17))
        self.assertIn("planned pace", self.order.sales_forecast_text)
        self._get("Material").with_user(self.assistant).action_done()
        self.assertEqual(self.order.sales_forecast_date, days.add(self.today, 12))

    def test_steps_that_take_no_time(self):
        """SA-10: without durations only dates count, and no calendar is read."""
        self.order.sales_milestone_ids.duration_days = 0
        self.assertFalse(any(self.order.sales_milestone_ids.mapped("date_latest")))
        self.assertFalse(self.order.sales_forecast_date)

    # -------------------------------------------------------------------- told

    def test_told_is_logged(self):
        """SA-10: who told whom, when and how; the customer then knows the promised
        date and the shown milestones, no others."""
        self._tell(channel="email", note="Agreed.")
        telling = self.order.sales_telling_ids
        self.assertEqual(telling.user_id, self.assistant)
        self.assertEqual(telling.contact_id, self.customer)
        self.assertEqual(telling.channel, "email")
        self.assertEqual(telling.date_told, self.order.sales_promised_date)
        self.assertFalse(telling.is_delay)
        told = self.order.sales_milestone_ids.filtered("date_told")
        self.assertEqual(told, self.order.sales_milestone_ids.filtered("is_public"))
        self.assertFalse(self.order.is_sales_telling_due)

    def test_who_tells_and_when(self):
        """SA-10: not a stranger, not before the order is confirmed, not in the future,
        not before the last time."""
        with self.assertRaises(AccessError):
            self._tell(user=self.colleague)
        with self.assertRaises(UserError):
            self._tell(self._create_order(commitment_date=self._promise(30)))
        later = fields.Datetime.now() + timedelta(hours=1)
        with self.assertRaises(UserError):
            self._tell(told_at=later)
        self._tell()
        with self.assertRaises(UserError):
            self._tell(told_at=fields.Datetime.now() - timedelta(days=1))
        self.assertEqual(len(self.order.sales_telling_ids), 1)

    def test_nobody_writes_what_was_told(self):
        """F-11: tellings and changes are written by their steps only."""
        self._tell()
        telling = self.order.sales_telling_ids
        order = self.order.with_user(self.salesperson)
        milestone = self._get("Production").with_user(self.lead)
        for record, vals in (
            (telling.with_user(self.desk_manager), {"channel": "visit"}),
            (order, {"sales_told_date": False}),
            (milestone, {"date_told": False}),
            (milestone, {"date_first": self.today}),
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                record.write(vals)
        with self.assertRaises(AccessError):
            telling.with_user(self.desk_manager).unlink()

    def test_told_dates_move_with_a_reason(self):
        """SA-10: once the customer was told, neither milestone nor promise moves
        without a reason, and what he knows is not deleted."""
        production = self._get("Production").with_user(self.assistant)
        production.date_planned = production.date_planned - timedelta(days=1)
        self._tell()
        day = production.date_planned + timedelta(days=1)
        with self.assertRaises(UserError):
            production.date_planned = day
        with self.assertRaises(UserError):
            production.with_user(self.lead).unlink()
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).commitment_date = self._promise(99)
        with self.assertRaises(UserError):
            self._move(production, day)
        self._move(production, day, reason_id=self.other.id)
        self.assertEqual(production.date_planned, day)
        change = production.change_ids
        self.assertEqual(change.reason_id, self.other)
        self.assertEqual(change.user_id, self.assistant)
        self.assertEqual(change.days, 1)
        self.assertTrue(change.is_after_told)

    def test_reason_that_does_not_fit(self):
        """SA-10: a reason of another use, or one that lacks its note, is refused."""
        self._tell()
        production = self._get("Production")
        day = production.date_planned + timedelta(days=1)
        needs_note = self.env.ref("sales_assistant.sales_reason_move_other")
        for reason in (self.reason, needs_note):
            with self.subTest(reason=reason.name), self.assertRaises(UserError):
                self._move(production, day, reason_id=reason.id)
        self._move(production, day, reason_id=needs_note.id, note="Strike")
        self.assertEqual(production.date_planned, day)

    # -------------------------------------------------------------------- move

    def test_effect_is_shown_before(self):
        """SA-10: the wizard shows old and new day of each following milestone and that
        the customer's date is crossed; nothing has moved yet."""
        production, shipment = self._get("Production"), self._get("Shipment")
        old = {one: one.date_planned for one in self.order.sales_milestone_ids}
        days = self._working_days()
        new_day = days.add(production.date_planned, 6)
        wizard = self._replan(production, new_day)
        ready = days.add(shipment.date_planned, 6)
        self.assertTrue(wizard.is_promise_crossed)
        self.assertEqual(wizard.date_ready, ready)
        for text in ("Shipment", "Confirmed", "table-warning", "text-danger"):
            self.assertIn(text, wizard.preview_html)
        pushed = self._replan(production, new_day, following="push")
        self.assertEqual(
            pushed.date_ready, days.add(new_day, 2), "shipment takes two days"
        )
        near = self._replan(production, days.add(production.date_planned, 2))
        near.following = "push"
        self.assertFalse(near.is_promise_crossed)
        for one, day in old.items():
            self.assertEqual(one.date_planned, day)

    def test_following_move(self):
        """SA-10: what follows keeps its distance, what comes before stays."""
        material, production = self._get("Material"), self._get("Production")
        old = {one: one.date_planned for one in self.order.sales_milestone_ids}
        days = self._working_days()
        self._move(production, days.add(production.date_planned, 3))
        self.assertEqual(material.date_planned, old[material])
        for one in self.order.sales_milestone_ids - material:
            with self.subTest(milestone=one.name):
                self.assertEqual(one.date_planned, days.add(old[one], 3))
        self.assertEqual(production.date_first, old[production])
        self.assertEqual(self.order.sales_promised_date, self.today + timedelta(84))

    def test_promise_moves_too(self):
        """SA-10: the promised date moves with the milestones where that is asked for,
        the customer's knowledge is noted, each change has one row."""
        self._tell()
        production = self._get("Production")
        days = self._working_days()
        old = {one: one.date_planned for one in self.order.sales_milestone_ids}
        self._move(
            production,
            days.add(production.date_planned, 5),
            reason_id=self.other.id,
            is_promise_moved=True,
            is_told_now=True,
            channel="phone",
        )
        ready = days.add(self._get("Shipment").date_first, 5)
        self.assertEqual(self.order.sales_promised_date, ready)
        self.assertEqual(self._get("Shipment").date_planned, ready)
        self.assertEqual(self._get("Material").date_planned, old[self._get("Material")])
        self.assertEqual(self.order.sales_told_date, ready)
        telling = self._get_last_telling()
        self.assertTrue(telling.is_delay)
        self.assertTrue(telling.is_in_time)
        self.assertEqual(telling.reason_id, self.other)
        changes = self.order.sales_milestone_ids.change_ids
        self.assertEqual(len(changes), 3)
        self.assertFalse(self.order.is_sales_telling_due)

    def test_delay_told_too_late(self):
        """SA-10: a delay the customer hears of after the date he knew is not in time;
        on that day it still is."""
        for known, is_in_time in ((0, True), (-1, False)):
            with self.subTest(known=known):
                order = self._create_confirmed()
                self._tell(order)
                order.sudo().sales_told_date = self.today + timedelta(days=known)
                self._tell(order)
                telling = self._get_last_telling(order)
                self.assertTrue(telling.is_delay)
                self.assertEqual(telling.is_in_time, is_in_time)

    def test_customer_to_be_told(self):
        """SA-10: an order whose date has moved since the customer was told waits on
        the board until he hears of it."""
        self._tell()
        orders = self.env["sale.order"].with_user(self.assistant)
        due = [("is_sales_telling_due", "=", True), ("id", "=", self.order.id)]
        self.assertFalse(orders.search(due))
        production = self._get("Production")
        self._move(
            production,
            production.date_planned + timedelta(days=7),
            reason_id=self.other.id,
        )
        self.assertEqual(orders.search(due), self.order)
        self.assertTrue(self.order.is_sales_telling_due)
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        [lane] = [lane for lane in board["lanes"] if lane["key"] == "telling"]
        self.assertIn(self.order.id, [row["id"] for row in lane["rows"]])
        portal = {row["name"]: row["date"] for row in self.order._get_portal_timeline()}
        self.assertEqual(portal["Production"], production.date_told)
        self.assertNotIn("Material", portal)
        self._tell()
        self.assertFalse(orders.search(due))
        portal = {row["name"]: row["date"] for row in self.order._get_portal_timeline()}
        self.assertEqual(portal["Production"], production.date_planned)

    def test_who_moves(self):
        """SA-10: a stranger moves nothing; who is only responsible for a milestone
        moves it, not the promise of an order that is not his."""
        production = self._get("Production")
        days = self._working_days()
        day = days.add(production.date_planned, 6)
        with self.assertRaises(AccessError):
            self._move(production, day, user=self.colleague)
        production.user_id = self.colleague
        with self.assertRaises(AccessError):
            self._move(production, day, user=self.colleague, is_promise_moved=True)
        self._move(production, day, user=self.colleague)
        self.assertEqual(production.date_planned, day)

    def test_done_does_not_move(self):
        """SA-10: a milestone that is done or skipped is not moved."""
        material = self._get("Material").with_user(self.assistant)
        day = material.date_planned + timedelta(days=1)
        wizard = self._replan(material, day)
        material.action_done()
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_plan_changed_meanwhile(self):
        """SA-10: what is applied is what was shown: a plan changed by somebody else in
        between is looked at again."""
        production = self._get("Production")
        wizard = self._replan(production, production.date_planned + timedelta(days=2))
        self.assertTrue(wizard.seen)
        self._move(self._get("Shipment"), self.order.sales_promised_date)
        self._get("Confirmed").date_planned = self.today + timedelta(days=200)
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_switched_off(self):
        """SA-10: switched off for the database, nothing is planned and the customer
        sees no timeline."""
        self._switch_off("milestone")
        self.assertFalse(self.order._get_portal_timeline())
        self.assertFalse(self._create_confirmed().sales_milestone_ids)
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        keys = {lane["key"] for lane in board["lanes"]}
        self.assertFalse(keys & {"late", "at_risk", "week", "telling", "unplanned"})

    def test_queries(self):
        """SA-10: moving many milestones and telling cost no statement per order."""

        def prepare(count):
            orders = self._create_orders(count, commitment_date=self._promise(84))
            orders.action_confirm()
            return orders

        self.assertQueryGrowth(
            lambda orders: orders._get_forecast_days(), prepare, growth=3
        )
        self.assertQueryGrowth(
            lambda orders: orders.sales_milestone_ids.mapped("is_at_risk"),
            prepare,
            growth=3,
        )
