# pylint: disable=consider-merging-classes-inherited
# Own file: deadlines are one concept, the complaint's life another.
from odoo import api, fields, models
from odoo.fields import Domain

from .sales_complaint import INTERNAL, OPEN_STATES

#: escalations: the team's lead and the office at the first, the house's at the second
RESPONSE_LATE, ANSWER_LATE = 1, 2
ESCALATED_AT_ONCE = 100


class SalesComplaint(models.Model):
    """Deadlines of a complaint in working hours of its company, and what happens when
    they pass (F-21)."""

    _inherit = "sales.complaint"

    clock_at = fields.Datetime(
        readonly=True,
        copy=False,
        compute="_compute_clock_at",
        store=True,
        precompute=True,
        help="Deadlines count from here: when it was received, or reopened.",
        groups=INTERNAL,
    )
    respond_due_at = fields.Datetime(
        "Respond Until",
        compute="_compute_due",
        store=True,
        precompute=True,
        groups=INTERNAL,
    )
    resolve_due_at = fields.Datetime(
        "Answer Until",
        compute="_compute_due",
        store=True,
        precompute=True,
        groups=INTERNAL,
    )
    deadline_at = fields.Datetime(
        "Next Deadline",
        compute="_compute_deadline_at",
        store=True,
        precompute=True,
        groups=INTERNAL,
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue",
        compute_sudo=True,
        search="_search_is_overdue",
    )
    responded_at = fields.Datetime(readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    respond_hours = fields.Float(
        "Hours to Respond",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours until the first response.",
        groups=INTERNAL,
    )
    resolve_hours = fields.Float(
        "Hours to Answer",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours until the last answer.",
        groups=INTERNAL,
    )
    is_respond_late = fields.Boolean(
        "Late Response", readonly=True, copy=False, groups=INTERNAL
    )
    is_resolve_late = fields.Boolean(
        "Late Answer",
        readonly=True,
        copy=False,
        help="The answer, or one before it was reopened, came after its deadline.",
        groups=INTERNAL,
    )
    escalation_level = fields.Integer(
        readonly=True, copy=False, aggregator="max", groups=INTERNAL
    )

    _deadline_idx = models.Index("(deadline_at, id) WHERE state IN ('new', 'accepted')")

    # ---------------------------------------------------------------- computes

    @api.depends("received_at")
    def _compute_clock_at(self):
        for complaint in self:
            if not complaint.reopen_count:
                complaint.clock_at = complaint.received_at

    @api.depends("clock_at", "severity_id", "company_id")
    def _compute_due(self):
        for company, complaints in self.grouped("company_id").items():
            known = complaints.filtered(lambda one: one.clock_at and one.severity_id)
            (complaints - known).respond_due_at = (
                complaints - known
            ).resolve_due_at = False
            wanted = []
            for one in known:
                severity = one.severity_id
                wanted.append((one.clock_at, severity.respond_hours))
                wanted.append((one.clock_at, severity.resolve_hours))
            moments = iter((company or self.env.company)._plan_sales_hours(wanted))
            for one in known:
                one.respond_due_at, one.resolve_due_at = next(moments), next(moments)

    @api.depends("state", "respond_due_at", "resolve_due_at")
    def _compute_deadline_at(self):
        for complaint in self:
            if complaint.state == "new":
                complaint.deadline_at = complaint.respond_due_at
            elif complaint.state == "accepted":
                complaint.deadline_at = complaint.resolve_due_at
            else:
                complaint.deadline_at = False

    @api.depends("deadline_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for complaint in self:
            deadline = complaint.deadline_at
            complaint.is_overdue = bool(deadline and deadline < now)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", OPEN_STATES) & Domain(
            "deadline_at", "<", fields.Datetime.now()
        )

    def _stop_clock(self, what, moment_field):
        """Note when a complaint was responded to or answered, in how many working hours
        since it was received, and whether late.

        :param str what: respond or resolve
        :param str moment_field: where the moment is kept
        """
        now = fields.Datetime.now()
        for company, complaints in self.grouped("company_id").items():
            begins = complaints.mapped("received_at")
            hours = company._get_sales_working_hours(min(begins), now)
            for one in complaints:
                is_late = now > one[f"{what}_due_at"]
                one._write_guarded(
                    {
                        moment_field: now,
                        f"{what}_hours": hours.between(one.received_at, now),
                        f"is_{what}_late": one[f"is_{what}_late"] or is_late,
                    }
                )

    # ---------------------------------------------------------------- escalation

    @api.model
    def _get_escalation_domain(self):
        """Overdue complaints whose present delay nobody was told of."""
        now = fields.Datetime.now()
        late_response = Domain("state", "=", "new") & Domain(
            "escalation_level", "<", RESPONSE_LATE
        )
        late_answer = Domain("state", "=", "accepted") & Domain(
            "escalation_level", "<", ANSWER_LATE
        )
        return Domain("deadline_at", "<", now) & (late_response | late_answer)

    @api.model
    def _cron_escalate(self):
        """Tell superiors of deadlines that have passed, each once."""
        cron = self.env["ir.cron"]
        domain = self._get_escalation_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        while complaints := self.search(
            domain, limit=ESCALATED_AT_ONCE, order="deadline_at, id"
        ):
            complaints._do_escalate()
            if not cron._commit_progress(len(complaints)):
                return

    def _do_escalate(self):
        for complaint in self:
            level = RESPONSE_LATE if complaint.state == "new" else ANSWER_LATE
            complaint._write_guarded({"escalation_level": level})
            for user in complaint._get_escalation_users(level):
                complaint.activity_schedule(
                    "sales_base.mail_act_complaint_late",
                    date_deadline=complaint.company_id._get_sales_today(),
                    summary=complaint.subject,
                    user_id=user.id,
                )

    def _get_escalation_users(self, level):
        """Hook: superiors told of a passed deadline.

        :param int level: ``RESPONSE_LATE`` or ``ANSWER_LATE``
        :returns: res.users
        """
        users = self.team_id.user_id | self.office_id.user_id
        if level == ANSWER_LATE:
            users |= self.department_id.user_id
            users |= self.company_id.sales_complaint_manager_id
        return users - self.user_id or users
