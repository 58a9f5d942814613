from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import AssistantCommon

#: a Monday in a week without holidays, 09:00 in UTC
MONDAY = datetime(2026, 11, 23, 9)


@tagged("post_install", "-at_install")
class TestContact(AssistantCommon):
    """SA-03: nothing a customer said is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.other_customer = cls._create_customer("Müller Wälzlager")
        cls.drop_reason = cls.env.ref(
            "sales_assistant.sales_reason_contact_advertisement"
        )

    # ------------------------------------------------------------------ who answers

    def test_responsible_is_the_assistant(self):
        """SA-03: the customer's assistant answers, else his salesperson, else whoever
        took it down."""
        contact = self._log_contact(self.colleague)
        self.assertEqual(contact.user_id, self.assistant)
        self.customer.assistant_id = False
        self.assertEqual(self._log_contact(self.colleague).user_id, self.salesperson)
        unknown = self._log_contact(
            self.colleague, partner_id=False, contact_name="Ms Lindqvist"
        )
        self.assertEqual(unknown.user_id, self.colleague)

    def test_somebody_must_be_named(self):
        """F-14: a contact of nobody cannot be answered."""
        with self.assertRaises(ValidationError):
            self._log_contact(partner_id=False)
        self._log_contact(partner_id=False, phone="+46 8 5550 0177")

    def test_only_visits_lie_ahead(self):
        """F-14: nobody has called tomorrow."""
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        with self.assertRaises(ValidationError):
            self._log_contact(contact_at=tomorrow)
        self._log_contact(contact_at=tomorrow, channel="visit")

    def test_outgoing_waits_for_nothing(self):
        """SA-03: what went out waits for no answer of ours."""
        contact = self._log_contact(direction="out")
        self.assertEqual(contact.state, "closed")
        self.assertFalse(contact.answered_at)

    # ------------------------------------------------------------------ deadlines

    def _due(self, **values):
        return self._log_contact(contact_at=MONDAY, **values).due_at

    def test_deadline_by_channel_and_wish(self):
        """SA-03: answer due by working hours of channel or wish, the strictest."""
        deadlines = self.env["sales.assistant.contact.deadline"]
        deadlines.search([]).active = False
        self.assertFalse(self._due())
        deadlines.create(
            [
                {"channel": "phone", "hours": 3},
                {"wish": "complaint", "hours": 1},
                {"channel": "phone", "wish": "sample", "hours": 2},
                {"channel": "letter", "hours": 16},
            ]
        )
        with freeze_time(MONDAY + timedelta(days=9)):
            cases = {
                ("phone", "enquiry"): datetime(2026, 11, 23, 12),
                ("phone", "complaint"): datetime(2026, 11, 23, 10),
                ("phone", "sample"): datetime(2026, 11, 23, 11),
                ("letter", "order"): self.company._plan_sales_hours([(MONDAY, 16)])[0],
                ("fax", "order"): False,
            }
            for (channel, wish), due in cases.items():
                with self.subTest(channel=channel, wish=wish):
                    self.assertEqual(self._due(channel=channel, wish=wish), due)

    def test_deadline_over_the_weekend(self):
        """SA-03: working hours: what comes on Friday evening is due on Monday."""
        self.env["sales.assistant.contact.deadline"].search([]).active = False
        self.env["sales.assistant.contact.deadline"].create({"hours": 2})
        friday = datetime(2026, 11, 20, 23)
        contact = self._log_contact(contact_at=friday)
        self.assertEqual(contact.due_at.date(), MONDAY.date())

    def test_deadline_of_another_company(self):
        """F-11: a company's own deadline holds for that company only."""
        other = self.env["res.company"].create({"name": "Other Works"})
        deadlines = self.env["sales.assistant.contact.deadline"]
        before = self._due()
        deadlines.create({"hours": 0.25, "company_id": other.id})
        self.assertEqual(self._due(), before)
        deadlines.create({"hours": 0.25, "company_id": self.company.id})
        self.assertEqual(self._due(), MONDAY + timedelta(minutes=15))

    def test_agreed_with_the_customer(self):
        """SA-03: the moment the customer asked for counts instead of the hours."""
        agreed = MONDAY + timedelta(days=3)
        contact = self._log_contact(contact_at=MONDAY, agreed_at=agreed)
        self.assertEqual(contact.due_at, agreed)

    # ---------------------------------------------------------------------- steps

    def test_answer(self):
        """SA-03: time to the first answer in working hours, and whether late."""
        self.env["sales.assistant.contact.deadline"].search([]).active = False
        self.env["sales.assistant.contact.deadline"].create({"hours": 2})
        contact = self._log_contact(contact_at=MONDAY)
        late = self._log_contact(contact_at=MONDAY)
        with freeze_time(MONDAY + timedelta(hours=1.5)):
            contact.action_answer()
        with freeze_time(MONDAY + timedelta(hours=2.5)):
            late.action_answer()
        self.assertEqual(contact.state, "answered")
        self.assertEqual(contact.answered_by_id, self.assistant)
        self.assertAlmostEqual(contact.answer_hours, 1.5)
        self.assertFalse(contact.is_answered_late)
        self.assertAlmostEqual(late.answer_hours, 2.5)
        self.assertTrue(late.is_answered_late)

    def test_first_answer_counts(self):
        """SA-03: an answer after a reopening leaves the time of the first."""
        contact = self._log_contact()
        contact.action_answer()
        first = contact.answered_at
        contact.action_reopen()
        self.assertEqual(contact.state, "open")
        with freeze_time(first + timedelta(days=2)):
            contact.action_answer()
        self.assertEqual(contact.answered_at, first)

    def test_transitions(self):
        """F-12: each step from its states only; twice is refused."""
        steps = {"answer": "answered", "close": "closed", "reopen": "open"}
        allowed = {
            ("open", "answer"),
            ("answered", "close"),
            ("answered", "reopen"),
            ("closed", "reopen"),
        }
        for state in ("open", "answered", "closed"):
            for verb, target in steps.items():
                contact = self._log_contact()
                contact._write_guarded({"state": state})
                with self.subTest(state=state, verb=verb):
                    if (state, verb) in allowed:
                        getattr(contact, f"action_{verb}")()
                        self.assertEqual(contact.state, target)
                    else:
                        with self.assertRaises(UserError):
                            getattr(contact, f"action_{verb}")()
                        self.assertEqual(contact.state, state)

    def _drop(self, contact, reason, note=False):
        action = contact.action_drop()
        self.env["sales.step.reason"].with_user(self.assistant).with_context(
            **action["context"]
        ).create({"reason_id": reason.id, "note": note}).action_apply()

    def test_drop_needs_a_reason(self):
        """SA-03: without an answer only with a reason."""
        contact = self._log_contact()
        with self.assertRaises(UserError):
            self._drop(contact, self.reason)
        with self.assertRaises(UserError):
            self._drop(
                contact, self.env.ref("sales_assistant.sales_reason_contact_other")
            )
        self.assertEqual(contact.state, "open")
        self._drop(contact, self.drop_reason)
        self.assertEqual(contact.state, "closed")
        self.assertEqual(contact.cancel_reason_id, self.drop_reason)
        self.assertFalse(contact.answered_at)

    def test_closed_fields(self):
        """F-12: no write, no default opens what steps decide."""
        contact = self._log_contact()
        order = self.known_order
        for vals in (
            {"state": "closed"},
            {"answered_at": fields.Datetime.now()},
            {"answer_hours": 0},
            {"due_at": MONDAY},
            {"told_due_at": MONDAY},
            {"order_id": order.id},
            {"event_id": False},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                contact.write(vals)
        made = self.env["sales.assistant.contact"].with_user(self.assistant)
        with self.assertRaises(AccessError):
            made.with_context(default_state="closed").create({"contact_name": "Buyer"})

    def test_answered_is_frozen(self):
        """F-12: what was answered is not rewritten, and nothing is deleted."""
        contact = self._log_contact()
        with self.assertRaises(AccessError):
            contact.unlink()
        with self.assertRaises(UserError):
            contact.sudo().unlink()
        contact.action_answer()
        with self.assertRaises(UserError):
            contact.note = "Nothing was said"

    def test_colleague_cannot_answer(self):
        """F-11: only who sees the contact answers it; the stand-in does."""
        contact = self._log_contact()
        with self.assertRaises(AccessError):
            contact.with_user(self.colleague).action_answer()
        contact.with_user(self.standin).action_answer()
        self.assertEqual(contact.answered_by_id, self.standin)

    # ------------------------------------------------------------------ leads to

    def test_becomes_an_opportunity(self):
        """SA-03: one click makes an opportunity, linked both ways, once."""
        contact = self._log_contact(note="12,000 pcs")
        action = contact.action_create_lead()
        lead = contact.lead_id
        self.assertEqual((action["res_model"], action["res_id"]), (lead._name, lead.id))
        self.assertEqual(lead.partner_id, self.customer)
        self.assertEqual(lead.user_id, self.salesperson)
        self.assertIn("12,000", lead.description)
        for user in (self.assistant, self.standin, self.salesperson):
            seen = lead.with_user(user)
            seen.invalidate_recordset()
            self.assertEqual(seen.sales_contact_ids.ids, contact.ids)
        with self.assertRaises(AccessError):
            lead.with_user(self.colleague).read(["name"])
        with self.assertRaises(UserError):
            contact.action_create_lead()

    def test_host_users_see_their_opportunities(self):
        """F-04: whoever has not the desk sees the opportunities that the host shows
        him, neither more nor fewer; the desk adds those of one's contacts."""
        host = self._create_persona("t_host", "sales_team.group_sale_salesman")
        contact = self._log_contact()
        contact.action_create_lead()
        leads = self.env["crm.lead"].create(
            [
                {"name": "Own", "user_id": host.id},
                {"name": "Unassigned", "user_id": False},
                {"name": "Of a colleague", "user_id": self.colleague.id},
            ]
        )
        mine, unassigned, foreign = leads
        asked = leads | contact.lead_id
        table = {
            host: mine | unassigned,
            self.colleague: foreign | unassigned,
            self.assistant: contact.lead_id | unassigned,
        }
        for user, expected in table.items():
            with self.subTest(user=user.login):
                found = asked.with_user(user).search([("id", "in", asked.ids)])
                self.assertEqual(set(found.ids), set(expected.ids))
        with self.assertRaises(AccessError):
            contact.lead_id.with_user(host).read(["name"])
        arch = mine.with_user(host).get_view(view_type="form")["arch"]
        self.assertNotIn("sales_contact_count", arch)

    def test_becomes_a_quotation(self):
        """SA-03: one click makes a quotation of the customer, linked both ways."""
        contact = self._log_contact()
        contact.action_create_order()
        order = contact.order_id
        self.assertEqual((order.state, order.partner_id), ("draft", self.customer))
        self.assertEqual(order.origin, contact.name)
        self.assertEqual(order.assistant_id, self.assistant)
        self.assertEqual(order.with_user(self.assistant).sales_contact_count, 1)
        with self.assertRaises(UserError):
            contact.action_create_order()

    def test_becomes_a_complaint(self):
        """SA-03: one click makes a complaint, received when the customer called."""
        for channel in ("phone", "fax", "visit"):
            contact = self._log_contact(channel=channel, wish="complaint")
            contact.action_create_complaint()
            complaint = contact.complaint_id
            self.assertEqual(complaint.partner_id, self.customer)
            self.assertEqual(complaint.received_at, contact.contact_at)
            self.assertEqual(complaint.sales_contact_ids, contact)

    def test_unknown_caller_first(self):
        """SA-03: quotation and complaint need the customer; an opportunity does not."""
        contact = self._log_contact(partner_id=False, contact_name="Ms Lindqvist")
        self.assertFalse(contact.can_create_order)
        for step in (contact.action_create_order, contact.action_create_complaint):
            with self.assertRaises(UserError):
                step()
        contact.action_create_lead()
        self.assertEqual(contact.lead_id.contact_name, "Ms Lindqvist")

    def test_closed_leads_nowhere(self):
        """F-12: from a closed contact nothing is made."""
        contact = self._log_contact()
        contact._write_guarded({"state": "closed"})
        with self.assertRaises(UserError):
            contact.action_create_order()

    # ------------------------------------------------------------------ escalation

    def _get_told(self, contact):
        late = self.env.ref("sales_assistant.mail_act_contact_late")
        activities = contact.sudo().activity_ids
        return activities.filtered(lambda one: one.activity_type_id == late).user_id

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron = self.env.ref("sales_assistant.ir_cron_contact_escalate")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _make_overdue(self):
        self.team.member_ids = self.salesperson
        return self._log_contact(contact_at=fields.Datetime.now() - timedelta(30))

    def test_escalates_once_per_deadline(self):
        """SA-03: unanswered ones escalate by working hours, once per deadline."""
        self.company.sales_assistant_contact_manager_id = self.desk_manager
        contact, fresh = self._make_overdue(), self._log_contact()
        self.assertTrue(contact.is_overdue)
        self._run_cron()
        self.assertEqual(self._get_told(contact), self.lead | self.desk_manager)
        self.assertFalse(self._get_told(fresh))
        self._run_cron()
        self.assertEqual(len(contact.sudo().activity_ids), 2)
        contact.agreed_at = fields.Datetime.now() - timedelta(minutes=2)
        self._run_cron()
        self.assertEqual(len(contact.sudo().activity_ids), 4)
        contact.action_answer()
        self.assertFalse(self._get_told(contact))

    def test_same_deadline_is_told_once(self):
        """SA-03: a change that leaves the deadline does not tell it again."""
        contact = self._make_overdue()
        self._run_cron()
        count = len(contact.sudo().activity_ids)
        contact.wish = "other"
        self._run_cron()
        self.assertEqual(len(contact.sudo().activity_ids), count)

    def test_tells_who_sees_it(self):
        """SA-03: nobody is told of a contact that he cannot open."""
        self.company.sales_assistant_contact_manager_id = self.outsider
        contact = self._make_overdue()
        contact._do_escalate()
        self.assertEqual(self._get_told(contact), self.lead)

    def test_reopened_is_told_again_only_when_due_anew(self):
        """SA-03: an answered contact escalates no more."""
        contact = self._make_overdue()
        contact.action_answer()
        self._run_cron()
        self.assertFalse(self._get_told(contact))

    # ----------------------------------------------------------------------- board

    def _get_lane(self, user, key="contacts"):
        board = self.env["sales.assistant.board"].with_user(user).get_board()
        return next((lane for lane in board["lanes"] if lane["key"] == key), None)

    def test_lane(self):
        """SA-01, SA-03: unanswered contacts stand on the board of who answers; count
        and list agree."""
        contact = self._log_contact()
        for user, shown in (
            (self.assistant, True),
            (self.standin, True),
            (self.colleague, False),
            (self.desk_manager, True),
        ):
            lane = self._get_lane(user)
            found = self.env[lane["model"]].with_user(user).search(lane["domain"])
            with self.subTest(user=user.login):
                self.assertEqual(contact.id in found.ids, shown)
                self.assertEqual(lane["count"], len(found))
        contact.action_answer()
        lane = self._get_lane(self.assistant)
        self.assertNotIn(contact.id, [row["id"] for row in lane["rows"]])

    def test_row_says_why(self):
        """SA-01: an overdue row says since when."""
        contact = self._make_overdue()
        row = self.env["sales.assistant.board"]._get_contact_row(contact)
        self.assertEqual((row["title"], row["level"]), ("Rossi Cuscinetti", "danger"))
        self.assertIn("was due", row["reason"])

    def test_switched_off(self):
        """F-06: without the contact log there is no lane and no menu."""
        self._switch_off("contact")
        self.assertIsNone(self._get_lane(self.assistant))
        menu = self.env.ref("sales_assistant.sales_assistant_contact_menu")
        visible = self.env["ir.ui.menu"].with_user(self.assistant)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)

    # ----------------------------------------------------------------------- costs

    def test_costs(self):
        """F-15: answering and the board do not ask more for more contacts."""

        def prepare(count):
            vals = [{"contact_name": "Buyer", "user_id": self.assistant.id}] * count
            contacts = self.env["sales.assistant.contact"].with_user(self.assistant)
            return contacts.create(vals)

        self.assertQueryGrowth(
            lambda contacts: contacts.write({"channel": "fax"}), prepare, growth=3
        )
        self.assertQueryGrowth(
            lambda contacts: self._get_lane(self.assistant), prepare, growth=1
        )

    @mute_logger("odoo.sql_db")
    def test_number_and_sheet(self):
        """F-09, F-13: numbered, and to be had as a sheet."""
        contact = self._log_contact()
        self.assertRegex(contact.name, r"^CT\d{6}$")
        action = contact.action_download_sheet()
        self.assertTrue(action)
