from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestCallback(AssistantCommon):
    """SA-04: callbacks by the customer's grade."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grade_a, cls.grade_b = (
            cls.env.ref(f"sales_base.sales_grade_{name}") for name in "ab"
        )
        cls.env["sales.assistant.callback.programme"].search([]).active = False
        cls.programme = cls._create_programme()
        cls.customer.write(
            {"sales_grade_id": cls.grade_a.id, "customer_rank": 1, "phone": "+39 051 1"}
        )
        cls.snooze_reason = cls.env.ref(
            "sales_assistant.sales_reason_callback_snooze_absent"
        )

    @classmethod
    def _create_programme(cls, **values):
        return cls.env["sales.assistant.callback.programme"].create(
            {
                "name": "Key customers",
                "grade_ids": [Command.set(cls.grade_a.ids)],
                "interval_days": 30,
                "ahead_days": 14,
                "date_start": cls.today - timedelta(days=60),
                "question_ids": [
                    Command.create({"name": "Was the last delivery in time?"})
                ],
                **values,
            }
        )

    @classmethod
    def _plan(cls, partners=None):
        partners = cls.customer if partners is None else partners
        return cls.programme._plan(partners, cls.company)

    @classmethod
    def _get_open(cls, partner=None):
        return cls.env["sales.assistant.callback"].search(
            [
                ("commercial_partner_id", "=", (partner or cls.customer).id),
                ("state", "=", "open"),
            ]
        )

    def _log(self, callback, user=None, **values):
        logs = self.env["sales.assistant.callback.log"].with_user(
            user or self.assistant
        )
        log = logs.create({"callback_ids": [Command.set(callback.ids)], **values})
        return log.action_apply()

    def _snooze(self, callbacks, user=None, **values):
        return (
            self.env["sales.assistant.callback.snooze"]
            .with_user(user or self.assistant)
            .create(
                {
                    "callback_ids": [Command.set(callbacks.ids)],
                    "reason_id": self.snooze_reason.id,
                    "date_due": self.today + timedelta(days=3),
                    **values,
                }
            )
            .action_apply()
        )

    # ---------------------------------------------------------------- planning

    def test_created_ahead_once(self):
        """SA-04: created ahead for the customer's assistant, and never doubled."""
        self._plan()
        callback = self._get_open()
        self.assertEqual(len(callback), 1)
        self.assertEqual(callback.user_id, self.assistant)
        self.assertEqual(callback.grade_id, self.grade_a)
        self.assertGreaterEqual(callback.date_due, self.today)
        self._plan()
        self.assertEqual(self._get_open(), callback)
        values = {
            "partner_id": self.customer.id,
            "programme_id": self.programme.id,
            "user_id": self.assistant.id,
            "date_due": callback.date_due,
            "date_planned": callback.date_planned,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env["sales.assistant.callback"].create(values)

    def test_spread(self):
        """SA-04: a new programme does not want everybody on its first day."""
        self.programme.write({"date_start": self.today, "ahead_days": 40})
        customers = self.customer.browse(
            self._create_customer(
                f"C {n}", sales_grade_id=self.grade_a.id, customer_rank=1
            ).id
            for n in range(30)
        )
        self._plan(customers)
        days = self.env["sales.assistant.callback"].search(
            [("partner_id", "in", customers.ids)]
        )
        self.assertEqual(len(days), 30)
        self.assertGreater(len(set(days.mapped("date_due"))), 15)

    def test_moved_by_contact(self):
        """SA-04: any contact starts the interval anew; agreed, snoozed and tried calls
        stay where they are."""
        self._plan()
        callback = self._get_open()
        other = self.env["sales.assistant.callback"].create(
            {"partner_id": self.customer.id, "user_id": self.assistant.id}
        )
        other.with_user(self.assistant).action_reached()
        moved = callback.date_due
        self.assertGreaterEqual(moved, self.today + timedelta(days=30))
        callback.sudo().write(
            {"date_due": self.today + timedelta(days=2), "snooze_count": 1}
        )
        self._plan()
        self.assertEqual(callback.date_due, self.today + timedelta(days=2))

    def test_grade_left(self):
        """SA-04: who has left the grade is no longer called, unless it was agreed."""
        self._plan()
        callback = self._get_open()
        self.customer.sales_grade_id = self.grade_b
        domain = self.programme._get_customer_domain(self.company)
        self.assertIn(self.customer, self.env["res.partner"].search(domain))
        self._plan()
        self.assertEqual(callback.state, "cancelled")
        self.customer.sales_grade_id = self.grade_a
        self._plan()
        self.assertFalse(self._get_open(), "one interval is skipped")

    def test_nobody(self):
        """SA-04: a customer nobody is named for is reported, not called."""
        self.customer.write({"assistant_id": False, "user_id": False})
        self.assertEqual(self._plan(), self.customer)
        self.assertFalse(self._get_open())
        self.programme.user_id = self.colleague
        self.assertFalse(self._plan())
        self.assertEqual(self._get_open().user_id, self.colleague)
        with self.assertRaises(ValidationError):
            self.programme.write({"caller": "user", "user_id": False})

    def test_run(self):
        """SA-04, F-15: the run is resumable, run twice it plans nothing new; the job
        starts one run for a company."""
        for n in range(3):
            self._create_customer(
                f"C {n}", sales_grade_id=self.grade_a.id, customer_rank=1
            )
        self.patch(self.registry["sales.run"], "_get_batch_size", lambda run: 2)
        self.programme._cron_plan()
        self.programme._cron_plan()
        run = self.env["sales.run"].search([("kind", "=", "sales_assistant_callback")])
        self.assertEqual(len(run), 1)
        run._work_batch()
        while run._work_batch():
            pass
        self.assertEqual(run.state, "done")
        callbacks = self.env["sales.assistant.callback"].search([])
        again = self.programme._start_run(self.company).sudo()
        while again._work_batch():
            pass
        self.assertEqual(self.env["sales.assistant.callback"].search([]), callbacks)

    def test_statements(self):
        """SA-04: planning a batch takes no more statements for more customers."""

        def prepare(count):
            return self.customer.browse(
                self._create_customer(
                    f"C {n}", sales_grade_id=self.grade_a.id, customer_rank=1
                ).id
                for n in range(count)
            )

        self.assertQueryGrowth(self._plan, prepare)

    # ---------------------------------------------------------------- the call

    def test_log(self):
        """SA-04: result, satisfaction, answers, wishes and next day in one window."""
        self._plan()
        callback = self._get_open()
        action = callback.with_user(self.assistant).action_log()
        logs = self.env[action["res_model"]].with_user(self.assistant)
        with Form(logs.with_context(**action["context"])) as form:
            form.result = "wish"
            form.is_rated = True
            form.satisfaction = 95
            form.note = "Wants sealed bearings."
            with form.answer_ids.edit(0) as line:
                line.answer = "Two days late."
            with form.need_ids.new() as line:
                line.category_id = self.env.ref(
                    "sales_assistant.sales_assistant_need_category_product"
                )
                line.name = "Sealed bearings"
                line.quantity = 500
        form.record.action_apply()
        self.assertEqual((callback.state, callback.satisfaction), ("done", 95))
        self.assertEqual(callback.done_by_id, self.assistant)
        self.assertEqual(callback.answer_ids.answer, "Two days late.")
        need = callback.need_ids
        self.assertEqual((need.quantity, need.grade_id), (500, self.grade_a))
        following = callback.next_callback_id
        self.assertEqual(following, self._get_open())
        self.assertFalse(following.is_agreed)
        self.assertGreaterEqual(following.date_due, self.today + timedelta(days=30))

    def test_agreed_day(self):
        """SA-04: a day agreed with the customer is kept by the next planning."""
        self._plan()
        day = self.today + timedelta(days=9)
        self._log(self._get_open(), date_next=day)
        following = self._get_open()
        self.assertTrue(following.is_agreed)
        self.assertEqual(following.date_due, day)
        self._plan()
        self.assertEqual(following.date_due, day)

    def test_not_reached(self):
        """SA-04: who was not reached stays due and is counted."""
        self._plan()
        callback = self._get_open()
        self._log(callback, is_reached=False)
        self.assertEqual((callback.state, callback.attempt_count), ("open", 1))
        self.assertGreater(callback.date_due, self.today)

    def test_complaint(self):
        """SA-04: a complaint in the call is taken down at once."""
        self._plan()
        action = self._log(self._get_open(), result="complaint", note="Noise")
        self.assertEqual(action["res_model"], "sales.complaint")
        self.assertEqual(action["context"]["default_channel"], "callback")
        self.assertEqual(action["context"]["default_partner_id"], self.customer.id)

    def test_snooze(self):
        """SA-04: another day has a reason and lies ahead."""
        self._plan()
        callback = self._get_open()
        with self.assertRaises(UserError):
            callback.with_user(self.assistant).date_due = self.today
        with self.assertRaises(UserError):
            self._snooze(callback, date_due=self.today)
        other = self.env.ref("sales_assistant.sales_reason_callback_snooze_other")
        with self.assertRaises(UserError):
            self._snooze(callback, reason_id=other.id)
        with self.assertRaises(UserError):
            self._snooze(callback, reason_id=self.reason.id)
        self._snooze(callback)
        self.assertEqual(callback.date_due, self.today + timedelta(days=3))
        self.assertEqual(callback.snooze_reason_id, self.snooze_reason)
        self.assertEqual(callback.snooze_count, 1)

    def test_guards(self):
        """SA-04, F-12: wrong state, wrong person, twice, bad values."""
        self._plan()
        callback = self._get_open()
        with self.assertRaises(AccessError):
            callback.with_user(self.colleague).action_reached()
        with self.assertRaises(AccessError):
            callback.with_user(self.assistant).state = "done"
        with self.assertRaises(ValidationError):
            self._log(callback, is_rated=True, satisfaction=101)
        with self.assertRaises(UserError):
            self._log(callback, date_next=self.today)
        with self.assertRaises(AccessError):
            self.env["sales.assistant.callback"].with_user(self.assistant).create(
                {"partner_id": self.customer.id, "programme_id": self.programme.id}
            )
        callback.with_user(self.standin).action_reached()
        with self.assertRaises(UserError):
            callback.with_user(self.assistant).action_reached()
        with self.assertRaises(UserError):
            self._log(callback)
        with self.assertRaises(UserError):
            callback.with_user(self.assistant).subject = "x"
        with self.assertRaises(UserError):
            callback.unlink()
        self.assertEqual(len(self._get_open()), 1)

    # -------------------------------------------------------- coverage and board

    def test_coverage(self):
        """SA-04: coverage per grade and person, with what is missing."""
        late, never = (
            self._create_customer(name, sales_grade_id=self.grade_a.id, customer_rank=1)
            for name in ("Late", "Never")
        )
        callbacks = self.env["sales.assistant.callback"].create(
            [
                {"partner_id": one.id, "user_id": self.assistant.id}
                for one in (self.customer, late)
            ]
        )
        callbacks._do_done({"result": "nothing"})
        callbacks[1].sudo().date_done = self.today - timedelta(days=31)
        callbacks[0].sudo().date_done = self.today - timedelta(days=30)
        partners = self.customer | late | never
        rows = self.env["sales.assistant.callback.coverage"].search(
            [("partner_id", "in", partners.ids)]
        )
        missing = {row.partner_id: row.missing for row in rows}
        self.assertEqual(missing, {self.customer: False, late: "late", never: "never"})
        [(grade, user, count, covered)] = rows._read_group(
            [("id", "in", rows.ids)],
            ["grade_id", "user_id"],
            ["customer_count:sum", "covered_count:sum"],
        )
        self.assertEqual(
            (grade, user, count, covered), (self.grade_a, self.assistant, 3, 1)
        )

    def test_moved_by_the_contact_log(self):
        """SA-03, SA-04: a contact that was answered, or went out, moves the planned
        call and counts as reached; one that waits or was dropped does neither."""
        drop = self.env.ref("sales_assistant.sales_reason_contact_advertisement")
        cases = {
            "waits": (lambda contact: None, {}, False),
            "dropped": (lambda contact: contact._do_drop(drop, False), {}, False),
            "answered": (lambda contact: contact.action_answer(), {}, True),
            "went out": (lambda contact: None, {"direction": "out"}, True),
        }
        for name, (step, values, counts) in cases.items():
            customer = self._create_customer(
                f"Customer {name}", sales_grade_id=self.grade_a.id, customer_rank=1
            )
            self._plan(customer)
            callback = self._get_open(customer)
            self.assertLess(callback.date_due, self.today + timedelta(days=14))
            step(self._log_contact(partner_id=customer.id, **values))
            self._plan(customer)
            row = self.env["sales.assistant.callback.coverage"].search(
                [("partner_id", "=", customer.id)]
            )
            with self.subTest(name):
                self.assertEqual(
                    callback.date_due >= self.today + timedelta(days=30), counts
                )
                self.assertEqual(row.is_covered, counts)
                self.assertEqual(row.missing, False if counts else "never")

    def test_board(self):
        """SA-01, SA-04: the lane holds what is due, for the caller and his stand-in."""
        self._plan()
        callback = self._get_open()
        callback.sudo().date_due = self.today - timedelta(days=2)
        callback.flush_recordset()

        def get_lane(user):
            board = self.env["sales.assistant.board"].with_user(user).get_board()
            lanes = {lane["key"]: lane for lane in board["lanes"]}
            return lanes.get("callbacks_due")

        for user, count in (
            (self.assistant, 1),
            (self.standin, 1),
            (self.colleague, 0),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(get_lane(user)["count"], count)
        row = get_lane(self.assistant)["rows"][0]
        self.assertEqual(row["level"], "danger")
        self.assertIn("2 days late", row["reason"])
        self.assertIn("+39 051 1", row["subtitle"])
        self._switch_off("callback")
        self.assertIsNone(get_lane(self.assistant), "the part is switched off")

    # ------------------------------------------------------------------ rights

    def test_access(self):
        """F-11: persona, model, verb."""
        table = {
            "callback": ("", "", "crw", "crw"),
            "callback.programme": ("", "", "r", "crwu"),
            "callback.question": ("", "", "r", "crwu"),
            "callback.answer": ("", "", "cr", "cr"),
            "callback.coverage": ("", "", "r", "r"),
            "need": ("", "", "crw", "crwu"),
            "need.category": ("", "", "r", "crwu"),
            "callback.log": ("", "", "crw", "crw"),
            "callback.snooze": ("", "", "crw", "crw"),
        }
        personas = (
            self.outsider,
            self.technician,
            self.assistant,
            self.desk_manager,
        )
        self.assertAccessTable(
            {
                user: {
                    f"sales.assistant.{model}": verbs[place]
                    for model, verbs in table.items()
                }
                for place, user in enumerate(personas)
            }
        )

    def test_rules(self):
        """F-11: callbacks, answers, needs, coverage and grades: own, stand-in, team,
        all; nothing of another company."""
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=self.env["res.company"].create({"name": "Elsewhere"}).id,
        )
        self.team.member_ids = self.salesperson
        self.env["sales.grade.score"]._compute_scores(
            self.customer, self.company, self.today.replace(day=1)
        )
        self.customer.sales_grade_id = self.grade_a
        self._plan()
        callback = self._get_open()
        self.env["sales.assistant.callback.answer"].create(
            {"callback_id": callback.id, "question": "?", "answer": "!"}
        )
        need = self.env["sales.assistant.need"].create(
            {
                "name": "Sealed",
                "partner_id": self.customer.id,
                "category_id": self.env.ref(
                    "sales_assistant.sales_assistant_need_category_price"
                ).id,
            }
        )
        coverage = self.env["sales.assistant.callback.coverage"].search(
            [("partner_id", "=", self.customer.id)]
        )
        score = self.env["sales.grade.score"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.env.flush_all()
        table = {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: False,
            self.lead: True,
            self.desk_manager: True,
            stranger: False,
        }
        for records in (callback, callback.answer_ids, need, coverage, score):
            self.assertTrue(records, records._name)
            for user, sees in table.items():
                with self.subTest(user=user.login, model=records._name):
                    model = records.browse().with_user(user)
                    found = model.with_context(
                        allowed_company_ids=user.company_ids.ids
                    ).search([("id", "in", records.ids)])
                    self.assertEqual(bool(found), sees)
