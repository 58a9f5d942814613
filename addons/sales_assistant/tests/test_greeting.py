from datetime import date, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestHoliday(AssistantCommon):
    def test_calendar(self):
        """SA-08: at least twelve countries; moving days for ten years with source."""
        holidays = self.env["sales.assistant.holiday"].search([])
        self.assertGreaterEqual(len(holidays.country_ids), 12)
        listed = holidays.filtered(lambda one: one.rule == "listed")
        self.assertGreater(len(listed), 10)
        for holiday in listed:
            with self.subTest(holiday=holiday.name):
                years = {one.date.year for one in holiday.date_ids}
                self.assertEqual(years, set(range(2026, 2036)))
                self.assertTrue(all(one.source for one in holiday.date_ids))

    def test_known_days(self):
        """SA-08: days everybody can look up, also where neighbours differ by a day and
        where a holiday comes twice in a year."""
        table = {
            "chinese_new_year": [date(2026, 2, 17), date(2030, 2, 3)],
            "tet": [date(2026, 2, 17), date(2030, 2, 2)],
            "seollal": [date(2027, 2, 7)],
            "mid_autumn": [date(2026, 9, 25)],
            "easter": [date(2026, 4, 5), date(2035, 3, 25)],
            "orthodox_easter": [date(2026, 4, 12)],
            "thanksgiving": [date(2026, 11, 26)],
            "diwali": [date(2026, 11, 8)],
            "eid_al_fitr": [date(2026, 3, 20), date(2033, 1, 2), date(2033, 12, 23)],
        }
        for key, days in table.items():
            holiday = self.env.ref(f"sales_assistant.sales_assistant_holiday_{key}")
            with self.subTest(holiday=key):
                self.assertLessEqual(set(days), set(holiday.date_ids.mapped("date")))

    def test_days_between(self):
        """SA-08: fixed and listed days of a period over the end of a year."""
        days = self.env["sales.assistant.holiday"]._get_days_between(
            date(2026, 12, 25), date(2027, 1, 7), self.company
        )
        self.assertEqual(
            [(day, holiday.occasion) for day, holiday in days],
            [
                (date(2026, 12, 25), "christmas"),
                (date(2027, 1, 1), "new_year"),
                (date(2027, 1, 7), "christmas"),
            ],
        )

    def test_impossible_day(self):
        """F-14: a day that does not exist is refused; 29 February exists at times."""
        holiday = self.env["sales.assistant.holiday"].create(
            {"name": "Leap day", "month": 2, "day": 29}
        )
        self.assertFalse(holiday._get_fixed_day(2027))
        with self.assertRaises(ValidationError):
            holiday.day = 30


@tagged("post_install", "-at_install")
class TestGreeting(AssistantCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.assistant.holiday"].search([]).active = False
        cls.country = cls.env.ref("base.it")
        cls.day = cls.today + timedelta(days=7)
        cls.holiday = cls.env["sales.assistant.holiday"].create(
            {
                "name": "Founders' Day",
                "month": cls.day.month,
                "day": cls.day.day,
                "country_ids": [(6, 0, cls.country.ids)],
            }
        )
        cls.company.sales_assistant_greeting_enabled = True
        cls.letters = cls.env["sales.assistant.letter"]
        cls.env["res.partner"].search([("customer_rank", ">", 0)]).customer_rank = 0
        cls.customer.write({"customer_rank": 1, "country_id": cls.country.id})

    def _get_drafts(self):
        return self.letters.search([("holiday_id", "=", self.holiday.id)])

    def _create_customers(self, count, **values):
        values = {"customer_rank": 1, "country_id": self.country.id, **values}
        return self.env["res.partner"].union(
            *(self._create_customer(f"G{n}", **values) for n in range(count))
        )

    def test_drafts(self):
        """SA-08: a draft per customer of the country, in time; no mail leaves."""
        others = self._create_customers(1, country_id=self.env.ref("base.us").id)
        refusing = self._create_customers(1, sales_no_greeting=True)
        mails = self.env["mail.mail"].search_count([])
        self.letters._cron_prepare_greetings()
        letter = self._get_drafts()
        self.assertEqual(letter.partner_id, self.customer)
        self.assertFalse(letter.partner_id & (others | refusing))
        self.assertEqual(letter.state, "draft")
        self.assertEqual(letter.date_holiday, self.day)
        self.assertEqual(letter.date_due, self.day - timedelta(days=3))
        self.assertEqual(letter.user_id, self.salesperson)
        self.assertIn("Founders' Day", str(letter.body).replace("&#39;", "'"))
        self.assertFalse(letter.findings_now)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_never_doubled(self):
        """SA-08: a second run, also after sending or cancelling, makes nothing new."""
        self._create_customers(2)
        self.letters._cron_prepare_greetings()
        drafts = self._get_drafts()
        self.assertEqual(len(drafts), 3)
        drafts[0].action_send()
        drafts[1].action_cancel()
        self.letters._cron_prepare_greetings()
        self.assertEqual(self._get_drafts(), drafts)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.letters.create(
                {
                    "partner_id": self.customer.id,
                    "holiday_id": self.holiday.id,
                    "date_holiday": self.day,
                }
            ).flush_recordset()

    def test_resumed(self):
        """F-15: a stopped run goes on after the last customer it took."""
        self._create_customers(4)
        runs = self.env["sales.run"]
        with patch.object(type(runs), "_get_batch_size", lambda self: 2):
            run = runs._start("assistant_greeting")
            self.assertTrue(run._work_batch())
            self.assertEqual(len(self._get_drafts()), 2)
            while run._work_batch():
                pass
        self.assertEqual((run.state, run.done_count), ("done", 5))
        self.assertEqual(len(self._get_drafts()), 5)

    def test_queries(self):
        """SA-08: what preparing greetings asks of the database does not grow with the
        customers."""
        run = self.env["sales.run"]._start("assistant_greeting")
        run_sudo = run.sudo()

        def prepare(number):
            partners = self._create_customers(number)
            partners.user_id = self.salesperson
            return partners

        self.assertQueryGrowth(run_sudo._do_assistant_greeting, prepare)

    def test_skipped(self):
        """F-15: who has no address is named with the reason."""
        partner = self._create_customers(1)
        partner.email = False
        run = self.letters._start_greetings(self.company)
        self.assertEqual((run.done_count, run.skipped_count), (1, 1))
        self.assertIn("no e-mail address", run.skipped_text)

    def test_switched_off(self):
        """SA-08: nothing is prepared where the company or the database does without."""
        self.company.sales_assistant_greeting_enabled = False
        self.letters._cron_prepare_greetings()
        self.assertFalse(self._get_drafts())
        self.company.sales_assistant_greeting_enabled = True
        self._switch_off("letter")
        self.letters._cron_prepare_greetings()
        self.assertFalse(self._get_drafts())

    def test_catalogue(self):
        """SA-08 (S2 外贸 14): product news and catalogue go with the greeting."""
        files = self.env["ir.attachment"].create(
            {"name": "catalogue.pdf", "raw": b"%PDF-1.4"}
        )
        self.company.sales_assistant_greeting_attachment_ids = files
        self.letters._cron_prepare_greetings()
        letter = self._get_drafts()
        self.assertEqual(letter.attachment_ids, files)
        self.assertIn("catalogue", letter.body)
        letter.with_user(self.salesperson).action_send()
        self.assertEqual(letter.message_ids.attachment_ids, files)

    def test_manager_only(self):
        """F-11: a manager prepares all greetings, a user his own letters."""
        with self.assertRaises(AccessError):
            self.letters.with_user(self.salesperson).action_prepare_greetings()
        self.letters.with_user(self.desk_manager).action_prepare_greetings()
        self.assertTrue(self._get_drafts())

    def test_lane(self):
        """SA-01: the drafts wait on the board of who sends them."""
        self.letters._cron_prepare_greetings()
        board = self.env["sales.assistant.board"]
        for user, count in ((self.salesperson, 1), (self.assistant, 1)):
            lanes = {
                lane["key"]: lane for lane in board.with_user(user).get_board()["lanes"]
            }
            self.assertEqual(lanes["letters"]["count"], count)
        lanes = board.with_user(self.colleague).get_board()["lanes"]
        self.assertFalse([x for x in lanes if x["key"] == "letters" and x["count"]])
