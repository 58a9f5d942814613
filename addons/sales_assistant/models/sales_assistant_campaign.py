from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.period import quarter_of

from ..tools import satisfaction
from .sales_assistant_order_mixin import USER

SATISFACTION = "sales_assistant.group_sales_assistant_satisfaction"
AUDIENCES = [("customers", "Customers"), ("team", "Our Team")]
CAMPAIGN_STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
VERDICTS = [
    ("none", "No Answers"),
    ("few", "Too Few Answers"),
    ("missed", "Below Target"),
    ("open", "Not Proven"),
    ("proven", "Target Proven"),
]
#: what is settled once the first has been asked
SETTLED = frozenset(
    "audience survey_id year quarter target low_limit least_answers company_id".split()
)


class SalesAssistantCampaign(models.Model):
    """SA-05: a survey of satisfaction 满意度调查, one a quarter to a set of customers,
    or to the team 团队满意度 (S0 十四; S2 五·2; S3).

    Started, everybody of the chosen set is a participant, once, and nobody who was
    asked by another survey of the quarter. The score is the mean of those who answered;
    it is green only when its lower bound reaches the target (B-15). Low answers open an
    improvement action. Closed, it says what was learned.
    """

    _name = "sales.assistant.campaign"
    _inherit = ["sales.document.mixin"]
    _description = "Satisfaction Survey"
    _order = "date_period desc, id desc"
    _check_company_auto = True

    _steps = {
        "start": Step({"draft"}, "running", USER),
        "invite": Step({"running"}, None, USER),
        "remind": Step({"running"}, None, USER),
        "close": Step({"running"}, "closed", USER),
        "cancel": Step(
            {"draft", "running"},
            "cancelled",
            USER,
            "write",
            "sales_assistant_campaign_cancel",
        ),
    }
    _frozen_states = frozenset({"closed", "cancelled"})
    _closed_fields = frozenset({"date_period"})

    state = fields.Selection(
        CAMPAIGN_STATES, required=True, default="draft", index=True, tracking=True
    )
    subject = fields.Char(
        compute="_compute_subject",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        copy=False,
    )
    audience = fields.Selection(
        AUDIENCES, "Whom to Ask", required=True, default="customers"
    )
    survey_id = fields.Many2one(
        "survey.survey",
        "Questions",
        compute="_compute_survey_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="restrict",
        domain="[('sales_audience', '=', audience)]",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        index=True,
        tracking=True,
    )

    # period
    year = fields.Char(
        size=4,
        required=True,
        default=lambda self: str(self.env.company._get_sales_today().year),
    )
    quarter = fields.Selection(
        [("1", "Q1"), ("2", "Q2"), ("3", "Q3"), ("4", "Q4")],
        required=True,
        default=lambda self: self._default_quarter(),
    )
    date_period = fields.Date(
        "First Day of the Quarter",
        compute="_compute_date_period",
        store=True,
        precompute=True,
        index=True,
    )
    date_end = fields.Date(
        "Answers Until",
        required=True,
        default=lambda self: self.env.company._get_sales_today() + timedelta(days=21),
        tracking=True,
    )

    # measure
    target = fields.Float(
        "Target (Points)",
        required=True,
        default=lambda self: self.env.company.sales_assistant_satisfaction_target,
    )
    low_limit = fields.Float(
        "Low Below (Points)",
        default=lambda self: self.env.company.sales_assistant_satisfaction_low,
        help="An answer below opens an improvement action.",
    )
    least_answers = fields.Integer(
        default=lambda self: self.env.company.sales_assistant_satisfaction_least,
        help="With fewer answers nothing is proven.",
    )

    # whom
    selection = fields.Selection(
        [("all", "All That Match"), ("named", "Named One by One")],
        "Chosen",
        required=True,
        default="all",
    )
    grade_ids = fields.Many2many("sales.grade", string="Grades")
    country_ids = fields.Many2many("res.country", string="Countries")
    team_ids = fields.Many2many("crm.team", string="Sales Teams")
    partner_domain = fields.Char("Further Filter")
    partner_ids = fields.Many2many(
        "res.partner", string="Named Customers", check_company=True
    )
    member_ids = fields.Many2many(
        "res.users",
        string="Named Colleagues",
        domain=[("share", "=", False)],
    )
    match_count = fields.Integer(compute="_compute_match_count")

    # answers
    participant_ids = fields.One2many(
        "sales.assistant.campaign.participant", "campaign_id"
    )
    improvement_ids = fields.One2many("sales.assistant.improvement", "campaign_id")
    asked_count = fields.Integer("Asked", compute="_compute_figures")
    uninvited_count = fields.Integer("Not Invited Yet", compute="_compute_figures")
    silent_count = fields.Integer("Silent", compute="_compute_figures")
    answered_count = fields.Integer("Answered", compute="_compute_figures")
    low_count = fields.Integer("Low", compute="_compute_figures")
    response_rate = fields.Float("Response Rate (%)", compute="_compute_figures")
    score = fields.Float(compute="_compute_figures")
    lower_bound = fields.Float(
        compute="_compute_figures",
        help="The mean of everybody asked lies above it, 19 times out of 20.",
    )
    verdict = fields.Selection(VERDICTS, compute="_compute_figures")
    open_improvement_count = fields.Integer(
        "Improvements Open", compute="_compute_open_improvement_count"
    )
    conclusion = fields.Text(
        help="What was learned, and what is changed because of it."
    )

    can_start = fields.Boolean(compute="_compute_can_steps")
    can_invite = fields.Boolean(compute="_compute_can_steps")
    can_remind = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another survey has this number."
    )
    _points = models.Constraint(
        "CHECK(target BETWEEN 0 AND 100 AND low_limit BETWEEN 0 AND 100"
        " AND least_answers >= 0)",
        "Points lie between 0 and 100.",
    )

    # ---------------------------------------------------------------- computes

    @api.model
    def _default_quarter(self):
        return str((self.env.company._get_sales_today().month + 2) // 3)

    @api.depends("subject", "name")
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = campaign.subject or campaign.name

    @api.depends("audience", "year", "quarter")
    def _compute_subject(self):
        _ = self.env._
        for campaign in self:
            if campaign.audience == "team":
                text = _("Team satisfaction %(period)s", period=campaign._get_period())
            else:
                text = _(
                    "Customer satisfaction %(period)s", period=campaign._get_period()
                )
            campaign.subject = text

    def _get_period(self):
        return f"{self.year} Q{self.quarter}"

    @api.depends("audience")
    def _compute_survey_id(self):
        surveys = self.env["survey.survey"].search(
            [("sales_audience", "!=", False)], order="id"
        )
        for campaign in self:
            if campaign.survey_id.sales_audience != campaign.audience:
                campaign.survey_id = surveys.filtered(
                    lambda one, audience=campaign.audience: (
                        one.sales_audience == audience
                    )
                )[:1]

    @api.depends("year", "quarter")
    def _compute_date_period(self):
        for campaign in self:
            if campaign.quarter and (campaign.year or "").isdecimal():
                campaign.date_period = date(
                    int(campaign.year), 3 * int(campaign.quarter) - 2, 1
                )
            else:
                campaign.date_period = False

    @api.depends(
        "audience",
        "selection",
        "grade_ids",
        "country_ids",
        "team_ids",
        "partner_domain",
        "partner_ids",
        "member_ids",
        "state",
    )
    def _compute_match_count(self):
        for campaign in self:
            scoped = campaign.with_company(campaign.company_id or self.env.company)
            campaign.match_count = (
                len(scoped._find_subjects()) if campaign.state == "draft" else 0
            )

    @api.depends(
        "participant_ids.state", "participant_ids.score", "target", "least_answers"
    )
    def _compute_figures(self):
        """What all answers say is no secret, who said what may be one."""
        # sudo: only numbers of the whole survey leave
        groups = (
            self.env["sales.assistant.campaign.participant"]
            .sudo()
            ._read_group(
                [("campaign_id", "in", self.ids)],
                ["campaign_id", "state", "is_scored", "is_low"],
                ["__count", "score:sum"],
            )
        )
        found = {campaign.id: [] for campaign in self}
        for campaign, *group in groups:
            found[campaign.id].append(group)
        for campaign in self:
            rows = found.get(campaign.id, [])
            campaign.update(campaign._prepare_figures(rows))

    def _prepare_figures(self, rows):
        """:param rows: (state, is_scored, is_low, count, sum of the scores)"""

        def count(states):
            return sum(row[3] for row in rows if row[0] in states)

        scored = [row for row in rows if row[1]]
        answers = sum(row[3] for row in scored)
        mean = sum(row[4] for row in scored) / answers if answers else 0.0
        asked = sum(row[3] for row in rows)
        finding = satisfaction.judge(
            mean, answers, asked, self.target, self.least_answers
        )
        return {
            "asked_count": asked,
            "uninvited_count": count({"pending"}),
            "silent_count": count({"invited", "silent"}),
            "answered_count": count({"answered"}),
            "low_count": sum(row[3] for row in scored if row[2]),
            "response_rate": finding.rate,
            "score": finding.mean,
            "lower_bound": finding.bound,
            "verdict": finding.verdict,
        }

    @api.depends("improvement_ids.state")
    def _compute_open_improvement_count(self):
        counted = dict(
            self.env["sales.assistant.improvement"]._read_group(
                [("campaign_id", "in", self.ids), ("state", "=", "open")],
                ["campaign_id"],
                ["__count"],
            )
        )
        for campaign in self:
            campaign.open_improvement_count = counted.get(campaign, 0)

    @api.depends("state", "participant_ids.state", "conclusion", "date_end")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("year", "survey_id", "audience")
    def _check_what_is_asked(self):
        if any(not (one.year.isdecimal() and len(one.year) == 4) for one in self):
            raise ValidationError(self.env._("A year has four digits, such as 2026."))
        if any(one.survey_id.sales_audience != one.audience for one in self):
            raise ValidationError(
                self.env._("These questions are meant for somebody else.")
            )

    @api.constrains("partner_domain")
    def _check_partner_domain(self):
        for campaign in self:
            try:
                campaign._get_partner_domain().validate(self.env["res.partner"])
            except (ValueError, SyntaxError, NameError, TypeError) as error:
                raise ValidationError(
                    self.env._("The further filter cannot be read.")
                ) from error

    def write(self, vals):
        if not self.env.su and SETTLED & vals.keys():
            self._check_nobody_asked()
        return super().write(vals)

    def _check_nobody_asked(self):
        """:raises UserError: somebody was asked already"""
        started = self.filtered(lambda one: one.state != "draft")
        if started:
            raise UserError(
                self.env._(
                    "What is asked and how it is judged is settled once the survey has "
                    "started: %(documents)s.",
                    documents=", ".join(started.mapped("display_name")),
                )
            )

    # ----------------------------------------------------------------- subjects

    def _get_partner_domain(self):
        return Domain(safe_eval(self.partner_domain or "[]"))

    def _find_subjects(self):
        """Whom the survey asks: customers, or colleagues as partners.

        :returns: ``res.partner``
        """
        self.ensure_one()
        if self.audience == "team":
            members = self.member_ids
            if self.selection == "all":
                # sudo: who works in which team is no secret
                members = self.team_ids.sudo().member_ids
            return members.sudo(False).filtered("active").partner_id
        if self.selection == "named":
            return self.partner_ids.commercial_partner_id
        return self.env["res.partner"].search(self._get_customer_domain(), order="id")

    def _get_customer_domain(self):
        company = self.company_id or self.env.company
        domain = (
            Domain("parent_id", "=", False)
            & Domain("customer_rank", ">", 0)
            & Domain("company_id", "in", [False, company.id])
            & self._get_partner_domain()
        )
        if self.grade_ids:
            domain &= Domain("sales_grade_id", "in", self.grade_ids.ids)
        if self.country_ids:
            domain &= Domain("country_id", "in", self.country_ids.ids)
        if self.team_ids:
            domain &= Domain("user_id.sale_team_id", "in", self.team_ids.ids)
        return domain

    def _find_asked(self):
        """Whom another survey of the quarter has asked already."""
        # sudo: nobody is asked twice, whoever asks
        participants_sudo = self.env["sales.assistant.campaign.participant"].sudo()
        return participants_sudo.search(
            Domain("date_period", "=", self.date_period)
            & Domain("audience", "=", self.audience)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("campaign_id.state", "in", ("running", "closed"))
        ).subject_id

    # -------------------------------------------------------------------- steps

    def _get_start_obstacle(self):
        # sudo: whether there is a question with points, not what it asks
        if not self.survey_id.sudo().question_ids.filtered("sales_is_scored"):
            return self.env._("its questions give no points.")
        if self.date_end < self.company_id._get_sales_today():
            return self.env._("the last day for answers is over.")
        if not (self.with_company(self.company_id)._find_subjects()):
            return self.env._("choose whom to ask first.")
        return False

    def action_start(self):
        self._check_can("start")
        self._do_start()

    def _do_start(self):
        """Everybody chosen is a participant, but whom the quarter has asked already.

        :raises UserError: they all were asked
        """
        participants = self.env["sales.assistant.campaign.participant"]
        for campaign in self:
            scoped = campaign.with_company(campaign.company_id)
            subjects = scoped._find_subjects().sudo(False) - scoped._find_asked()
            if not subjects:
                raise UserError(
                    self.env._(
                        "Everybody chosen was asked in this quarter already: "
                        "%(campaign)s.",
                        campaign=campaign.display_name,
                    )
                )
            # sudo: participants are made by the survey only
            participants.sudo().create(scoped._prepare_participants(subjects))
        self._take_step("start")

    def _prepare_participants(self, subjects):
        """Values of the participants; the segments are those of the day of asking."""
        # sudo: who looks after a customer is no secret to who asks him
        return [
            {
                "campaign_id": self.id,
                "subject_id": subject_sudo.id,
                "partner_id": subject_sudo._get_sales_survey_contact().id,
                **subject_sudo._prepare_sales_segments(self.audience),
            }
            for subject_sudo in subjects.with_company(self.company_id).sudo()
        ]

    def _get_close_obstacle(self):
        if not (self.conclusion or "").strip():
            return self.env._("write down what was learned first.")
        return False

    def action_close(self):
        self._check_can("close")
        self._do_close()

    def _do_close(self):
        self._take_step("close")
        self._end_answers()
        self.filtered(lambda one: one.audience == "team")._improve_questions()

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)
        self._end_answers()

    def _end_answers(self):
        """Whoever has not answered cannot any more."""
        # sudo: participants are written by the survey only
        silent_sudo = self.sudo().participant_ids.filtered(
            lambda one: one.state in ("pending", "invited")
        )
        silent_sudo.state = "silent"
        silent_sudo.user_input_id.deadline = fields.Datetime.now()

    def _improve_questions(self):
        """What a team is discontent with, without naming anybody.

        A colleague's own answers open no action: he would be known by it.
        """
        # sudo: only means of the whole team leave
        answers_sudo = self.env["sales.assistant.campaign.answer"].sudo()
        groups = answers_sudo._read_group(
            [("campaign_id", "in", self.ids)],
            ["campaign_id", "question_id"],
            ["score:avg"],
        )
        self.env["sales.assistant.improvement"]._open(
            [
                {
                    "campaign_id": campaign.id,
                    "subject": self.env._(
                        "%(points)s points: %(question)s",
                        points=round(score),
                        question=question.title,
                    ),
                    "user_id": campaign.user_id.id,
                    "company_id": campaign.company_id.id,
                }
                for campaign, question, score in groups
                if score < campaign.low_limit
            ]
        )

    def action_plan_next_quarter(self):
        """The same survey of the following quarter, as a draft.

        :returns: window action of the new survey
        """
        self.ensure_one()
        self.check_access("read")
        first = quarter_of(self.date_period).last + timedelta(days=1)
        following = self.copy(
            {
                "year": str(first.year),
                "quarter": str((first.month + 2) // 3),
                "date_end": max(
                    quarter_of(first).last, self.company_id._get_sales_today()
                ),
                "conclusion": False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------ windows

    def _open_window(self, xmlid, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"sales_assistant.{xmlid}"
        )
        return {
            **action,
            "domain": [("campaign_id", "in", self.ids)],
            "context": context,
        }

    def action_view_participants(self):
        return self._open_window("sales_assistant_campaign_participant_action")

    def action_view_low(self):
        return self._open_window(
            "sales_assistant_campaign_participant_action", search_default_filter_low=1
        )

    def action_view_answers(self):
        return self._open_window("sales_assistant_campaign_answer_action")

    def action_view_improvements(self):
        return self._open_window("sales_assistant_improvement_action")

    def action_download_sheet(self):
        """The sheet of those asked, with the points of each."""
        participants = self.env["sales.assistant.campaign.participant"].with_context(
            active_domain=[("campaign_id", "in", self.ids)]
        )
        return participants.action_download_sheet()
