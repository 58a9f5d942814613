from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SalesCommon

TODAY = date(2026, 11, 23)


@tagged("post_install", "-at_install")
class TestNotice(SalesCommon):
    """============  ==============================================================
    attribute     who
    ============  ==============================================================
    publisher     writes notices
    user          reads them
    reader        reads them, too, in a team
    guest         a portal user
    ============  ==============================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publisher = cls._create_persona(
            "t_publisher", "sales_base.group_sales_base_publisher"
        )
        cls.reader = cls._create_persona("t_reader", "sales_base.group_sales_base_user")
        cls.guest = cls._create_portal_persona(
            "t_guest", cls.env["res.partner"].create({"name": "Guest"})
        )
        cls.team = cls.env["crm.team"].create(
            {"name": "North", "member_ids": [(6, 0, cls.reader.ids)]}
        )

    @classmethod
    def _create_notice(cls, publish=True, **values):
        notice = (
            cls.env["sales.notice"]
            .with_user(cls.publisher)
            .create(
                {
                    "subject": "New price list",
                    "body": "<p>From Monday on</p>",
                    "date_due": TODAY,
                    "user_ids": [(6, 0, cls.user.ids)],
                    "team_ids": [(6, 0, cls.team.ids)],
                    **values,
                }
            )
        )
        if publish:
            notice.action_publish()
        return notice

    def _read_by(self, notice):
        return notice.sudo().receipt_ids.filtered("read_at").user_id

    def test_audience_gets_receipts(self):
        """F-22: people and teams get a receipt each, nobody twice."""
        notice = self._create_notice(user_ids=[(6, 0, (self.user | self.reader).ids)])
        self.assertEqual(notice.receipt_ids.user_id, self.user | self.reader)
        self.assertEqual(notice.receipt_count, 2)

    def test_everybody(self):
        """F-22: a notice to all reaches the users of the apps, not other employees."""
        notice = self._create_notice(is_for_all=True)
        self.assertIn(self.manager, notice.receipt_ids.user_id)
        self.assertNotIn(self.outsider, notice.receipt_ids.user_id)

    def test_other_company(self):
        """F-11: who is not in the notice's company does not get it."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_persona(
            "t_stranger", "sales_base.group_sales_base_user", company_id=other.id
        )
        notice = self._create_notice(user_ids=[(6, 0, (self.user | stranger).ids)])
        self.assertNotIn(stranger, notice.receipt_ids.user_id)

    def test_publishing_needs_audience_and_day(self):
        """F-22: nobody publishes into the void."""
        notice = self._create_notice(False, user_ids=False, team_ids=False)
        with self.assertRaisesRegex(UserError, "who reads"):
            notice.action_publish()
        notice = self._create_notice(False, date_due=False)
        with self.assertRaisesRegex(UserError, "until when"):
            notice.action_publish()
        notice.is_must_read = False
        notice.action_publish()

    def test_read_once(self):
        """F-22: who and when is noted once; nobody signs for another."""
        notice = self._create_notice()
        own = notice.with_user(self.user)
        self.assertTrue(own.is_unread)
        own.action_read()
        self.assertEqual(self._read_by(notice), self.user)
        self.assertFalse(own.is_unread)
        self.assertEqual(notice.read_percent, 50)
        with self.assertRaises(UserError):
            own.action_read()
        with self.assertRaises(UserError):
            notice.action_read()

    def test_receipts_are_not_written(self):
        """F-12: a receipt is no field to fill in."""
        notice = self._create_notice()
        for persona in (self.user, self.publisher, self.manager):
            with self.subTest(persona.login), self.assertRaises(AccessError):
                notice.receipt_ids.with_user(persona).write({"read_at": TODAY})

    def test_who_sees_what(self):
        """F-11: readers see what is published to them, authors what they wrote."""
        draft, notice = self._create_notice(False), self._create_notice()
        found = self.env["sales.notice"].search([("id", "in", (draft | notice).ids)])
        for persona, seen in (
            (self.user, notice),
            (self.publisher, draft | notice),
            (self.manager, draft | notice),
            (self.guest, notice.browse()),
        ):
            with self.subTest(persona.login):
                records = found.with_user(persona)
                self.assertEqual(records._filtered_access("read"), seen)
        receipts = notice.receipt_ids
        self.assertEqual(
            receipts.with_user(self.user)._filtered_access("read").user_id, self.user
        )

    def test_later_audience(self):
        """F-22: who joins the team later, or is added, gets his receipt; who has read
        keeps his."""
        notice = self._create_notice()
        notice.with_user(self.user).action_read()
        self.team.member_ids += self.manager
        notice._update_receipts()
        self.assertIn(self.manager, notice.receipt_ids.user_id)
        notice.user_ids += self.outsider
        self.assertIn(self.outsider, notice.receipt_ids.user_id)
        self.assertEqual(self._read_by(notice), self.user)
        with self.assertRaises(UserError):
            notice.subject = "Something else"

    def test_reply_and_answer(self):
        """F-22: feedback comes back, the answer goes to who asked, or to all."""
        notice = self._create_notice()
        reply = notice.with_user(self.user)._do_reply("From which Monday?")
        self.assertEqual(self._read_by(notice), self.user)
        with self.assertRaises(UserError):
            notice.with_user(self.user)._do_reply("  ")
        answer = reply.with_user(self.publisher)
        answer.answer = "The 30th"
        self.assertEqual(answer.answered_by_id, self.publisher)
        with self.assertRaises(AccessError):
            answer.text = "Which day?"
        with self.assertRaises(AccessError):
            reply.with_user(self.user).answer = "My own"
        found = reply.with_user(self.reader).search([("id", "=", reply.id)])
        self.assertFalse(found)

    def test_reminders(self):
        """F-22: unread ones are reminded from the day before, once a day, each person
        with one message."""
        notices = self._create_notice() | self._create_notice(subject="Second")
        notices[0].with_user(self.reader).action_read()
        receipts = self.env["sales.notice.receipt"].with_company(self.company)

        def due():
            return receipts.search(
                [
                    *receipts._get_reminder_domain(),
                    ("notice_id", "in", notices.ids),
                ]
            )

        with freeze_time(TODAY - timedelta(days=2)):
            self.assertFalse(due())
        with freeze_time(TODAY - timedelta(days=1)):
            self.assertEqual(due().user_id, self.user | self.reader)
            before = self._count_messages(self.user)
            due().filtered(lambda one: one.user_id == self.user)._do_remind(self.user)
            self.assertEqual(self._count_messages(self.user), before + 1)
            self.assertEqual(due().user_id, self.reader)
        with freeze_time(TODAY + timedelta(days=3)):
            self.assertEqual(due().user_id, self.user | self.reader)
        notices.action_close()
        self.assertFalse(due())

    def _count_messages(self, user):
        return self.env["mail.message"].search_count(
            [("notified_partner_ids", "in", user.partner_id.ids)]
        )

    def test_outside_is_reminded_by_setting_only(self):
        """Architecture 11: mail leaves the house only where a setting says so."""
        notice = self._create_notice()
        receipt = self.env["sales.notice.receipt"].create(
            {"notice_id": notice.id, "user_id": self.guest.id}
        )
        receipts = receipt.with_company(self.company)
        with freeze_time(TODAY):
            self.assertNotIn(receipt, receipts.search(receipts._get_reminder_domain()))
            self.company.sales_notice_remind_outside = True
            self.assertIn(receipt, receipts.search(receipts._get_reminder_domain()))

    def test_statements_do_not_grow(self):
        """F-22: receipts of many readers are written together."""
        self.assertQueryGrowth(
            lambda notice: notice.action_publish(),
            lambda count: self._create_notice(
                False,
                user_ids=[
                    (
                        6,
                        0,
                        [
                            self._create_persona(f"t_{count}_{n}").id
                            for n in range(count)
                        ],
                    )
                ],
            ),
        )
