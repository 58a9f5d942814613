from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestContactVisit(AssistantCommon):
    """SA-03: a planned visit 来访 has a programme, host and room via calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=5)

    def _create_visit(self, **values):
        return self._log_contact(
            **{
                "channel": "visit",
                "contact_at": self.start,
                "visit_hours": 2,
                "host_id": self.salesperson.id,
                "room": "Meeting Room 2",
                "programme": "Grinding shop, lunch",
                **values,
            }
        )

    def test_planned_in_the_calendar(self):
        """SA-03: host, time, room and programme stand in the calendar; nobody is
        written to."""
        mails = self.env["mail.mail"].search_count([])
        visit = self._create_visit()
        visit.action_plan_visit()
        event = visit.event_id
        self.assertEqual(event.user_id, self.salesperson)
        self.assertEqual(event.start, self.start)
        self.assertEqual(event.stop, self.start + timedelta(hours=2))
        self.assertEqual(event.location, "Meeting Room 2")
        self.assertIn("Grinding shop", event.description)
        self.assertIn(self.salesperson.partner_id, event.partner_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_updated_not_doubled(self):
        """F-12: planning again brings the meeting up to date."""
        visit = self._create_visit()
        visit.action_plan_visit()
        event = visit.event_id
        visit.room = "Meeting Room 3"
        visit.action_plan_visit()
        self.assertEqual(visit.event_id, event)
        self.assertEqual(event.location, "Meeting Room 3")

    def test_moved_in_the_calendar(self):
        """SA-03: moved in the calendar, moved in the log."""
        visit = self._create_visit()
        visit.action_plan_visit()
        later = self.start + timedelta(days=1)
        visit.event_id.write({"start": later, "stop": later + timedelta(hours=3)})
        self.assertEqual(visit.contact_at, later)
        self.assertEqual(visit.visit_hours, 3)

    def test_what_a_visit_needs(self):
        """F-14: a host, the future, a visit, a free room; each said in words."""
        past = fields.Datetime.now() - timedelta(days=1)
        for vals, word in (
            ({"host_id": False}, "host"),
            ({"contact_at": past}, "past"),
            ({"channel": "phone", "contact_at": past}, "visit"),
        ):
            visit = self._create_visit(**vals)
            with self.subTest(word), self.assertRaisesRegex(UserError, word):
                visit.action_plan_visit()

    def test_room_is_taken(self):
        """SA-03: a room holds one meeting at a time; one after the other is fine."""
        self._create_visit().action_plan_visit()
        second = self._create_visit(contact_at=self.start + timedelta(hours=1))
        self.assertFalse(second.can_plan_visit)
        with self.assertRaisesRegex(UserError, "Meeting Room 2"):
            second.action_plan_visit()
        after = self._create_visit(contact_at=self.start + timedelta(hours=2))
        after.action_plan_visit()
        elsewhere = self._create_visit(room="Showroom")
        elsewhere.action_plan_visit()

    def test_expected_visitors_on_the_board(self):
        """SA-01: visitors who come stand on the host's board, with what lacks; they are
        unanswered only once they were here."""
        visit = self._create_visit(room=False)
        board = self.env["sales.assistant.board"].with_user(self.salesperson)
        lanes = {lane["key"]: lane for lane in board.get_board()["lanes"]}
        row = next(row for row in lanes["visits"]["rows"] if row["id"] == visit.id)
        self.assertIn("no room", row["reason"])
        self.assertNotIn("no host", row["reason"])
        contacts = [row["id"] for row in lanes["contacts"]["rows"]]
        self.assertNotIn(visit.id, contacts)
        with self.assertRaises(UserError):
            visit.action_answer()
