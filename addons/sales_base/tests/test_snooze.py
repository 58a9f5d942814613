from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestSnooze(DocumentCase):
    """SA-01: a row of the board is put off, with a reason and not for ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = cls.Document.create([{"subject": f"s{n}"} for n in range(3)])

    def _snooze(self, document, user=None, **values):
        values = {"reason": "Back on Thursday", "delay": "hour", **values}
        return (
            self.env["sales.snooze"]
            .with_user(user or self.user)
            .create({"res_model": document._name, "res_id": document.id, **values})
        )

    def _get_board(self, user=None):
        return self.env["sales.test.board"].with_user(user or self.user).get_board()

    def _get_rows(self, user=None):
        lane = self._get_board(user)["lanes"][0]
        found = self.Document.search(lane["domain"])
        self.assertEqual(lane["count"], len(found), "count and list agree")
        return [row["id"] for row in lane["rows"]]

    def test_hidden_from_own_board_only(self):
        """SA-01: gone from the own board, still on the superior's; the list behind the
        lane and the count leave it out, too; back after its time."""
        first, second, third = self.documents.ids
        self._snooze(self.documents[1])
        self.assertEqual(self._get_rows(), [first, third])
        self.assertEqual(self._get_board()["snoozed"], 1)
        self.assertEqual(self._get_rows(self.manager), [first, second, third])
        with freeze_time(fields.Datetime.now() + timedelta(hours=1, minutes=1)):
            self.assertEqual(self._get_rows(), [first, second, third])
            self.assertEqual(self._get_board()["snoozed"], 0)

    def test_reason_is_on_the_document(self):
        """SA-01: whoever opens the document reads who put it off and why."""
        self._snooze(self.documents[0])
        note = self.documents[0].message_ids[:1]
        self.assertEqual(note.author_id, self.user.partner_id)
        self.assertIn("Back on Thursday", note.body)

    def test_again_moves_it(self):
        """Twice: the later date counts, one entry a person and document."""
        self._snooze(self.documents[0])
        later = self._snooze(self.documents[0], delay="days")
        others = self._snooze(self.documents[0], self.manager)
        kept = self.env["sales.snooze"].search([("res_id", "=", self.documents[0].id)])
        self.assertEqual(kept, later | others)

    def test_take_up(self):
        snooze = self._snooze(self.documents[0])
        snooze.action_take_up()
        self.assertIn(self.documents[0].id, self._get_rows())

    def test_choices(self):
        """Working days end in the morning; the moment is free."""
        with freeze_time("2026-11-27 03:00:00"):  # a Friday
            form = Form(
                self.env["sales.snooze"]
                .with_user(self.user)
                .with_context(
                    default_res_model=self.Document._name,
                    default_res_id=self.documents[0].id,
                )
            )
            self.assertEqual(form.document_name, self.documents[0].name)
            days = {}
            for delay in ("day", "days", "week"):
                form.delay = delay
                moment = form.until
                days[delay] = str(self.company._get_sales_day(moment))
            self.assertEqual(
                days, {"day": "2026-11-30", "days": "2026-12-02", "week": "2026-12-04"}
            )
            form.delay = "moment"
            form.until = fields.Datetime.to_datetime("2026-12-01 08:30:00")
            form.reason = "The buyer is at a fair"
            self.assertEqual(str(form.save().until), "2026-12-01 08:30:00")

    def test_refused(self):
        """Not into the past, not for ever, not what keeps no chatter, not what one
        may not see, not for others."""
        now = fields.Datetime.now()
        document = self.documents[0]
        for values in (
            {"delay": "moment", "until": now - timedelta(minutes=1)},
            {"delay": "moment", "until": now + timedelta(days=15)},
            {"res_model": "sales.grade"},
            {"res_model": "no.such.model"},
            {"res_id": 2**30},
            {"reason": "  "},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._snooze(document, **values)
        with self.assertRaises(AccessError):
            self._snooze(document, self.outsider)
        foreign = self._snooze(document, user_id=self.manager.id)
        self.assertEqual(foreign.user_id, self.user)
        with self.assertRaises(AccessError):
            foreign.with_user(self.manager).action_take_up()
        with self.assertRaises(AccessError):
            foreign.write({"until": now + timedelta(days=100)})

    def test_old_ones_go(self):
        snooze = self._snooze(self.documents[0])
        self.env["sales.snooze"]._gc_passed()
        self.assertTrue(snooze.exists())
        with freeze_time(fields.Datetime.now() + timedelta(days=32)):
            self.env["sales.snooze"]._gc_passed()
        self.assertFalse(snooze.exists())
