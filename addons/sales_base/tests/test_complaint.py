from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SalesCommon

#: a Monday, nine in the morning of a company whose calendar is in UTC
NINE = datetime(2026, 11, 23, 9)


class ComplaintCommon(SalesCommon):
    """A customer with a salesperson, a quality office and its people.

    ============  ===============================================================
    attribute     who
    ============  ===============================================================
    user          the customer's salesperson
    colleague     another salesperson
    officer       head of the service-quality office
    mender        head of the department that mends
    manager       grants compensations
    ============  ===============================================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base_user = "sales_base.group_sales_base_user"
        cls.colleague = cls._create_persona("t_colleague", base_user)
        cls.officer = cls._create_persona("t_officer", base_user)
        cls.mender = cls._create_persona("t_mender", base_user)
        departments = cls.env["sales.department"].create(
            [
                {"name": "Service Quality", "user_id": cls.officer.id},
                {"name": "Production", "user_id": cls.mender.id},
            ]
        )
        cls.office, cls.production = departments
        cls.company.sales_complaint_office_id = cls.office
        cls.company.sales_complaint_manager_id = cls.manager
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Nine to five",
                "tz": "UTC",
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": str(day),
                            "dayofweek": str(day),
                            "hour_from": 9,
                            "hour_to": 17,
                        },
                    )
                    for day in range(5)
                ],
            }
        )
        cls.category = cls.env["sales.complaint.category"].create(
            {"name": "Noise", "department_id": cls.production.id}
        )
        cls.severity = cls.env["sales.complaint.severity"].create(
            {"name": "Bad", "respond_hours": 4, "resolve_hours": 16}
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Loud Bearings", "user_id": cls.user.id, "is_company": True}
        )

    @classmethod
    def _create_complaint(cls, user=None, **values):
        """A new complaint, taken down by ``user``, the salesperson unless told."""
        values = {
            "subject": "It whistles",
            "partner_id": cls.customer.id,
            "category_id": cls.category.id,
            "severity_id": cls.severity.id,
            **values,
        }
        return cls.env["sales.complaint"].with_user(user or cls.user).create(values)

    def _answer(self, complaint, **values):
        """Lead a complaint to its answer as its salesperson."""
        complaint = complaint.with_user(self.user)
        if complaint.state == "new":
            complaint.action_accept()
        complaint.write(
            {
                "judgement": "justified",
                "cause": "A dry bearing",
                "action_taken": "Greased the line again",
                "answer": "We send another one.",
                **values,
            }
        )
        complaint.action_answer()
        return complaint

    def _close(self, complaint, score=95, **values):
        wizard = self.env["sales.complaint.close"].with_user(self.user)
        wizard.create(
            {
                "complaint_ids": [(6, 0, complaint.ids)],
                "satisfaction": score,
                "is_reached": True,
                **values,
            }
        ).action_apply()


@tagged("post_install", "-at_install")
class TestComplaint(ComplaintCommon):
    def test_who_is_told_at_once(self):
        """F-21 (S2 二·5): the salesperson and the service-quality office are told."""
        complaint = self._create_complaint(self.colleague)
        self.assertEqual(complaint.user_id, self.user)
        self.assertEqual(complaint.department_id, self.production)
        self.assertEqual(
            complaint.sudo().activity_ids.user_id, self.user | self.officer
        )

    def test_salesperson_of_the_order(self):
        """F-21: the order's salesperson is responsible before the customer's."""
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.colleague.id}
        )
        complaint = self._create_complaint(self.manager, order_id=order.id)
        self.assertEqual(complaint.user_id, self.colleague)

    def test_whole_life(self):
        """F-21: taken over, judged, answered, called back, closed."""
        complaint = self._create_complaint().with_user(self.user)
        complaint.action_accept()
        with self.assertRaisesRegex(UserError, "Cause"):
            complaint.action_answer()
        self._answer(complaint)
        self.assertEqual(complaint.state, "answered")
        self.assertFalse(complaint.sudo().activity_ids)
        self._close(complaint, 95)
        self.assertEqual(
            (complaint.state, complaint.satisfaction, complaint.called_by_id),
            ("closed", 95, self.user),
        )

    def test_closed_only_after_a_call(self):
        """F-21: no score without having reached the customer, none out of range."""
        complaint = self._answer(self._create_complaint())
        with self.assertRaises(ValidationError):
            self._close(complaint, is_reached=False)
        for score in (-1, 101):
            with self.assertRaises(ValidationError):
                self._close(complaint, score)
        self.assertEqual(complaint.state, "answered")

    def test_every_other_step_is_refused(self):
        """F-12: the table of steps, every pair of state and verb."""
        complaint = self._create_complaint()
        steps = complaint._steps
        for state, _label in complaint._fields["state"].selection:
            complaint.sudo().write({"state": state})
            for verb in ("accept", "answer", "close", "reopen", "cancel"):
                if state in steps[verb].sources:
                    continue
                with self.subTest(state=state, verb=verb), self.assertRaises(UserError):
                    getattr(complaint, f"action_{verb}")()

    def test_closed_fields(self):
        """F-12: neither state nor score nor deadline is written by hand."""
        complaint = self._create_complaint()
        for values in (
            {"state": "closed"},
            {"satisfaction": 100},
            {"resolve_due_at": "2030-01-01"},
            {"compensation_granted": 5},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                complaint.write(values)
        for name, value in (("state", "closed"), ("satisfaction", 100)):
            with self.subTest(name), self.assertRaises(AccessError):
                self._create_complaint(self.user, **{name: value})

    def test_answered_is_frozen(self):
        """F-12: what was answered is not rewritten, nothing is deleted."""
        complaint = self._answer(self._create_complaint())
        with self.assertRaises(UserError):
            complaint.answer = "Something else"
        with self.assertRaises(UserError):
            complaint.sudo().unlink()

    def test_reopened(self):
        """F-21: reopening counts, sets a new deadline, and the house is told."""
        with freeze_time(NINE):
            complaint = self._answer(self._create_complaint())
        with freeze_time(NINE + timedelta(days=2)):
            self._close(complaint, 40)
            self._reopen(complaint)
            self.assertEqual((complaint.state, complaint.reopen_count), ("accepted", 1))
            self.assertEqual(
                complaint.resolve_due_at, NINE + timedelta(days=3, hours=8)
            )
            self.assertIn(self.user, complaint.sudo().activity_ids.user_id)
        with freeze_time(NINE + timedelta(days=3)):
            complaint.action_answer()
            self.assertFalse(complaint.is_resolve_late)
            self.assertEqual(complaint.resolve_hours, 24)

    def test_reopened_too_late(self):
        """F-21: after the company's days a new complaint is taken down."""
        with freeze_time(NINE):
            complaint = self._answer(self._create_complaint())
            self._close(complaint)
        with freeze_time(NINE + timedelta(days=30)), self.assertRaises(UserError):
            self._reopen(complaint)
        with freeze_time(NINE + timedelta(days=29)):
            self._reopen(complaint)

    def _reopen(self, complaint):
        reason = self.env.ref("sales_base.sales_reason_reopen_again")
        complaint._do_with_reason("reopen", reason, False)

    def test_compensation(self):
        """F-21 (S1 篇五 权限 1): the salesperson proposes, a manager grants."""
        complaint = self._create_complaint().with_user(self.user)
        complaint.action_accept()
        complaint.compensation_amount = 120
        with self.assertRaisesRegex(UserError, "grant"):
            self._answer(complaint)
        with self.assertRaises(AccessError):
            complaint.action_grant()
        complaint.with_user(self.manager).action_grant()
        self.assertEqual(complaint.compensation_granted, 120)
        self.assertEqual(complaint.granted_by_id, self.manager)
        complaint.compensation_amount = 500
        with self.assertRaisesRegex(UserError, "grant"):
            complaint.action_answer()
        complaint.with_user(self.manager).action_grant()
        complaint.action_answer()

    def test_nobody_grants_his_own(self):
        """F-21: a manager who handles the complaint himself asks another one."""
        complaint = self._create_complaint(self.manager, user_id=self.manager.id)
        complaint.action_accept()
        complaint.compensation_amount = 1
        with self.assertRaises(UserError):
            complaint.action_grant()

    def test_nobody_grants_what_he_proposed(self):
        """F-21: a manager who proposes the amount of somebody else's complaint asks
        another one to grant it."""
        complaint = self._create_complaint(user_id=self.user.id)
        complaint.with_user(self.user).action_accept()
        complaint.with_user(self.manager).compensation_amount = 90
        with self.assertRaisesRegex(UserError, "nobody grants"):
            complaint.with_user(self.manager).action_grant()
        complaint.with_user(self.user).compensation_amount = 80
        complaint.with_user(self.manager).action_grant()
        self.assertEqual(complaint.compensation_granted, 80)

    def test_proposal_comes_back(self):
        """F-21 (S2 一·4): the department answers with a result, nobody else does."""
        complaint = self._create_complaint().with_user(self.user)
        proposal = (
            self.env["sales.complaint.proposal"]
            .with_user(self.user)
            .create(
                {
                    "subject": "Check the grease",
                    "complaint_id": complaint.id,
                    "department_id": self.production.id,
                    "date_due": fields.Date.today() + timedelta(days=7),
                }
            )
        )
        self.assertEqual(proposal.sudo().activity_ids.user_id, self.mender)
        with self.assertRaises(UserError):
            proposal.action_done()
        answer = proposal.with_user(self.mender)
        with self.assertRaisesRegex(UserError, "what was done"):
            answer.action_done()
        answer.result = "A sensor stops the line"
        answer.action_done()
        self.assertEqual(proposal.state, "done")
        self.assertFalse(proposal.sudo().activity_ids)
        proposal.action_reopen()
        self.assertEqual((proposal.state, proposal.answered_at), ("open", False))

    def test_statements_do_not_grow(self):
        """F-21: a batch is taken over with as many statements as one complaint."""
        self.assertQueryGrowth(
            lambda complaints: complaints.with_user(self.user).action_accept(),
            lambda count: self.env["sales.complaint"].concat(
                *(self._create_complaint() for _n in range(count))
            ),
        )

    def test_list_is_read_at_once(self):
        """F-08: what the rule of companies asks of each record comes with the rows."""
        self._create_complaint(self.user)
        complaints = self.env["sales.complaint"].with_user(self.manager)
        complaints.web_search_read([], {"subject": {}})
        complaints.invalidate_model()
        with self.assertQueryCount(1):
            complaints.web_search_read([], {"subject": {}})


@tagged("post_install", "-at_install")
class TestComplaintDeadline(ComplaintCommon):
    def test_deadlines_in_working_hours(self):
        """F-21: four working hours after Monday 16:00 are Tuesday 12:00."""
        cases = (
            # received, respond until (4 h), answer until (16 h)
            (NINE, NINE + timedelta(hours=4), NINE + timedelta(days=1, hours=8)),
            (
                NINE + timedelta(hours=7),
                NINE + timedelta(days=1, hours=3),
                NINE + timedelta(days=2, hours=7),
            ),
            (
                NINE + timedelta(days=4, hours=20),  # Saturday morning
                NINE + timedelta(days=7, hours=4),
                NINE + timedelta(days=8, hours=8),
            ),
        )
        for received, respond, resolve in cases:
            with self.subTest(received=received), freeze_time(NINE + timedelta(days=9)):
                complaint = self._create_complaint(received_at=received)
                self.assertEqual(complaint.respond_due_at, respond)
                self.assertEqual(complaint.resolve_due_at, resolve)

    def test_leave_of_the_company(self):
        """F-21: a holiday of the company is no working time."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": NINE,
                "date_to": NINE + timedelta(hours=8),
            }
        )
        with freeze_time(NINE):
            complaint = self._create_complaint()
        self.assertEqual(complaint.respond_due_at, NINE + timedelta(days=1, hours=4))

    def test_company_without_calendar(self):
        """F-21: who keeps no calendar works Monday to Friday, nine to five."""
        self.company.resource_calendar_id = False
        with freeze_time(NINE):
            complaint = self._create_complaint()
        self.assertEqual(complaint.respond_due_at, NINE + timedelta(hours=4))

    def test_severity_changes(self):
        """F-21: a worse severity brings the deadline nearer."""
        with freeze_time(NINE):
            complaint = self._create_complaint()
            complaint.severity_id = self.severity.copy({"respond_hours": 1})
            self.assertEqual(complaint.deadline_at, NINE + timedelta(hours=1))

    def test_overdue_is_searched_as_shown(self):
        """F-21: the flag, its search and the lane's domain agree at the limit."""
        with freeze_time(NINE):
            complaint = self._create_complaint()
        for hours, overdue in ((4, False), (4.01, True)):
            with freeze_time(NINE + timedelta(hours=hours)):
                complaint.invalidate_recordset()
                self.assertEqual(complaint.is_overdue, overdue)
                found = complaint.search([("is_overdue", "=", True)])
                self.assertEqual(complaint in found, overdue)

    def test_times(self):
        """F-21: hours to respond and to answer are working hours; late is late."""
        with freeze_time(NINE):
            complaint = self._create_complaint().with_user(self.user)
        with freeze_time(NINE + timedelta(hours=5)):
            complaint.action_accept()
        with freeze_time(NINE + timedelta(days=1)):
            self._answer(complaint)
        self.assertEqual((complaint.respond_hours, complaint.resolve_hours), (5, 8))
        self.assertTrue(complaint.is_respond_late)
        self.assertFalse(complaint.is_resolve_late)

    def test_escalation(self):
        """F-21: superiors are told once of each passed deadline."""
        with freeze_time(NINE):
            complaint = self._create_complaint()
        with freeze_time(NINE + timedelta(hours=4)):
            self.assertFalse(self._escalate(complaint))
        with freeze_time(NINE + timedelta(hours=5)):
            self.assertEqual(self._escalate(complaint), self.officer)
            self.assertFalse(self._escalate(complaint))
            complaint.with_user(self.user).action_accept()
        with freeze_time(NINE + timedelta(days=5)):
            self.assertEqual(
                self._escalate(complaint), self.officer | self.mender | self.manager
            )
            self.assertFalse(self._escalate(complaint))

    def _escalate(self, complaint):
        """Who is told by the next look."""
        before = complaint.sudo().activity_ids
        complaints = complaint.sudo()
        due = complaints.search(complaints._get_escalation_domain()) & complaints
        due._do_escalate()
        late = complaints.activity_ids - before
        return late.filtered(
            lambda one: (
                one.activity_type_id
                == self.env.ref("sales_base.mail_act_complaint_late")
            )
        ).user_id
