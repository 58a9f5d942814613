from datetime import timedelta

from odoo.tests import tagged

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestBoard(FieldSalesCommon):
    def _get_lane(self, user, key):
        board = self.env["field.sales.board"].with_user(user).get_board()
        lanes = {lane["key"]: lane for lane in board["lanes"]}
        return lanes.get(key)

    def test_today(self):
        """FS-08 first form: today's stores in the order of the route."""
        self._create_visit(self.key_store, day_order=2)
        first = self._create_visit(self.store, day_order=1)
        self._create_visit(date_planned=self.today + timedelta(days=1))
        lane = self._get_lane(self.rep, "today")
        self.assertEqual(lane["count"], 2)
        self.assertEqual(lane["rows"][0]["id"], first.id)
        self.assertEqual(self._get_lane(self.colleague, "today")["count"], 0)

    def test_go(self):
        """FS-08 first form: from the board into the store with one tap."""
        visit = self._create_visit()
        action = visit.with_user(self.rep).action_go()
        self.assertEqual((visit.state, action["res_id"]), ("in_progress", visit.id))
        self.assertEqual(visit.with_user(self.rep).action_go()["res_id"], visit.id)
        lane = self._get_lane(self.rep, "today")
        self.assertEqual(lane["rows"][0]["level"], "warning")

    def test_supervisor(self):
        """FS-20 first form: plans to approve, skipped visits, stores that wait."""
        plan = self._create_plan()
        plan._write_guarded({"state": "submitted"})
        lane = self._get_lane(self.supervisor, "approve")
        self.assertIn(plan.id, [row["id"] for row in lane["rows"]])
        self.assertIsNone(self._get_lane(self.rep, "approve"))
        visit = self._bring_to(self._create_visit(), "skipped")
        lane = self._get_lane(self.supervisor, "skipped")
        self.assertEqual([row["id"] for row in lane["rows"]], visit.ids)

    def test_not_often_enough(self):
        """FS-06, FS-20: a store past its due day shows; one just due does not."""
        stores = self.key_store | self.store
        for store, ago in ((self.key_store, 4), (self.store, 7)):
            visit = self._create_visit(store)
            visit.action_start()
            visit.action_done()
            days = {store.id: self.today - timedelta(days=ago)}
            store._write_field_sales_days("field_sales_last_visit_date", days)
        stores._update_field_sales_due()
        lane = self._get_lane(self.rep, "overdue")
        self.assertEqual([row["id"] for row in lane["rows"]], self.key_store.ids)
        self.assertEqual(self._get_lane(self.supervisor, "overdue")["count"], 1)
        self.assertEqual(self._get_lane(self.colleague, "overdue")["count"], 0)

    def test_query_growth(self):
        """F-05: the board costs two statements a lane, whatever the records."""

        def prepare(number):
            for _index in range(number):
                self._create_visit()
            return self.env["field.sales.board"].with_user(self.rep)

        self.assertQueryGrowth(lambda board: board.get_board(), prepare, growth=6)
