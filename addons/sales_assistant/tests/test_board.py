from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestBoard(AssistantCommon):
    """SA-01 in part: what waits for whom."""

    def _get_lanes(self, user):
        self.env.flush_all()
        board = self.env["sales.assistant.board"].with_user(user).get_board()
        return {lane["key"]: lane for lane in board["lanes"]}

    def _get_ids(self, user, key):
        lane = self._get_lanes(user).get(key)
        if lane is None:
            return None
        model = self.env[lane["model"]].with_user(user)
        found = model.search(lane["domain"])
        self.assertEqual(lane["count"], len(found), "count and list agree")
        return set(found.ids)

    def test_checks(self):
        """SA-11: the checklist waits for assistant, stand-in and lead."""
        review = self._request(self._create_order())
        for user, waits in (
            (self.assistant, True),
            (self.standin, True),
            (self.lead, True),
            (self.salesperson, False),
            (self.colleague, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(review.id in self._get_ids(user, "checks"), waits)
        self._approve(review)
        self.assertNotIn(review.id, self._get_ids(self.assistant, "checks"))

    def test_opinions_and_decisions(self):
        """SA-11: opinions wait for the department, the decision for the manager."""
        self.technical.user_id = self.assistant
        review = self._create_special()
        opinion = review.opinion_ids
        self.assertIn(opinion.id, self._get_ids(self.assistant, "opinions"))
        self.assertNotIn(opinion.id, self._get_ids(self.salesperson, "opinions"))
        self.assertNotIn(review.id, self._get_ids(self.desk_manager, "decisions"))
        opinion.date_due = self.today - timedelta(days=1)  # nobody is waited for
        self.assertIn(review.id, self._get_ids(self.desk_manager, "decisions"))
        opinion.date_due = self.today
        self._answer(opinion, self.assistant)
        self.assertNotIn(opinion.id, self._get_ids(self.assistant, "opinions"))
        self.assertIn(review.id, self._get_ids(self.desk_manager, "decisions"))
        self.assertIsNone(self._get_ids(self.assistant, "decisions"))

    def test_milestones(self):
        """SA-10: late, at risk and due this week; each sees his own."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        steps = order.sales_milestone_ids.sorted("sequence")
        steps[0].date_planned = self.today - timedelta(days=1)
        steps[1].date_planned = self.today
        for user in (self.assistant, self.salesperson, self.lead, self.desk_manager):
            with self.subTest(user=user.login):
                self.assertIn(steps[0].id, self._get_ids(user, "late"))
                self.assertIn(steps[1].id, self._get_ids(user, "at_risk"))
                self.assertIn(steps[1].id, self._get_ids(user, "week"))
        for key in ("late", "at_risk", "week"):
            ids = self._get_ids(self.colleague, key)
            self.assertFalse(ids & set(steps.ids))

    def test_standin_sees_and_does(self):
        """SA-01: the stand-in sees and does the lanes of an absent colleague."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        step = order.sales_milestone_ids.sorted("sequence")[0]
        step.date_planned = self.today - timedelta(days=1)
        self.assertIn(step.id, self._get_ids(self.standin, "late"))
        step.with_user(self.standin).action_done()
        self.assertEqual(step.state, "done")
        self.assistant.sales_standin_id = False
        self.assertFalse(self._get_ids(self.standin, "week"))

    def test_unplanned(self):
        """SA-10: a confirmed order without milestones shows, until it is planned."""
        self.company.sales_assistant_milestone_enabled = False
        order = self._create_approved_order()
        order.action_confirm()
        self.assertIn(order.id, self._get_ids(self.assistant, "unplanned"))
        self.company.sales_assistant_milestone_enabled = True
        order.with_user(self.assistant).action_create_milestones()
        self.assertNotIn(order.id, self._get_ids(self.assistant, "unplanned"))

    def test_accepted(self):
        """SA-11: what the customer accepted is on the board, and in the figures."""
        order = self._create_order(state="sent")
        order.write({"signature": False, "signed_by": "Buyer"})
        order.sudo()._hold_accepted()
        self.assertIn(order.id, self._get_ids(self.assistant, "accepted"))
        board = self.env["sales.assistant.board"].with_user(self.assistant).get_board()
        figures = {figure["key"]: figure for figure in board["figures"]}
        self.assertGreaterEqual(int(figures["accepted"]["value"]), 1)
        self.assertEqual(figures["accepted"]["level"], "danger")

    def test_team(self):
        """SA-01: lead and manager see the load of each person; each number opens
        exactly the list it counts."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        order.sales_milestone_ids.date_planned = self.today - timedelta(days=1)
        self._request(self._create_order())
        self.env.flush_all()
        for user in (self.lead, self.desk_manager):
            board = self.env["sales.assistant.board"].with_user(user)
            self.assertTrue(board.get_board()["team"])
            team = board.get_team()
            person = next(
                one for one in team["people"] if one["id"] == self.assistant.id
            )
            self.assertGreaterEqual(person["counts"]["checks"], 1)
            self.assertGreaterEqual(
                person["counts"]["late"], len(order.sales_milestone_ids)
            )
            for lane in team["lanes"]:
                own = [*lane["domain"], (lane["owner"], "=", person["id"])]
                found = self.env[lane["model"]].with_user(user).search_count(own)
                with self.subTest(user=user.login, lane=lane["key"]):
                    self.assertEqual(person["counts"].get(lane["key"], 0), found)
        board = self.env["sales.assistant.board"].with_user(self.assistant)
        self.assertFalse(board.get_board()["team"])

    def test_lanes_are_live(self):
        """SA-01: whatever shows in a lane of the desk tells the boards that it has
        changed; the load of a person counts all that somebody has to do."""
        board = self.env["sales.assistant.board"].with_user(self.desk_manager)
        own = [
            lane
            for lane in board._get_shown_lanes()
            if lane["model"].startswith("sales.assistant.")
        ]
        self.assertGreater(len(own), 10)
        for lane in own:
            with self.subTest(lane=lane["key"]):
                self.assertTrue(hasattr(self.env[lane["model"]], "_tell_boards"))
        owned = {lane["key"] for lane in own if lane.get("owner")}
        self.assertLessEqual({"contacts", "callbacks_due", "care", "late"}, owned)

    def test_figures_open_what_they_count(self):
        """SA-01: the list behind a figure has as many records as the figure says."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        self._request(self._create_order())
        self.env.flush_all()
        for user in (self.assistant, self.desk_manager):
            board = self.env["sales.assistant.board"].with_user(user).get_board()
            for figure in board["figures"]:
                action = figure["action"]
                records = self.env[action["res_model"]].with_user(user)
                found = records.search_count(action["domain"])
                with self.subTest(user=user.login, figure=figure["key"]):
                    if figure["value"].isdecimal():
                        self.assertEqual(str(found), figure["value"])
                    else:  # a rate or a share, of all that the list shows
                        self.assertEqual(bool(found), figure["value"] != "–")

    def test_rows_say_why(self):
        """SA-01: each row says why it is urgent."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        step = order.sales_milestone_ids.sorted("sequence")[0]
        step.date_planned = self.today - timedelta(days=3)
        self.known_order.sales_milestone_ids.unlink()
        rows = self._get_lanes(self.assistant)["late"]["rows"]
        row = next(row for row in rows if row["id"] == step.id)
        self.assertEqual((row["title"], row["level"]), (order.name, "danger"))
        self.assertIn("3 days late", row["reason"])
