from odoo import api, fields, models

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import LEAD, USER

EFFECTS = [
    ("good", "The Customer Is Content Again"),
    ("some", "Some Effect"),
    ("none", "No Effect"),
]


class SalesAssistantImprovement(models.Model):
    """SA-05: what is done about a low answer of a satisfaction survey.

    It has an owner, a day, a measure, and it must end: with what came of it and what
    the effect was. Only a superior cancels one, with a reason and words; what is
    overdue stands on the board.
    """

    _name = "sales.assistant.improvement"
    _inherit = [
        "sales.document.mixin",
        "sales.sheet.mixin",
        "sales.board.source.mixin",
    ]
    _description = "Improvement Action"
    _order = "date_due, id"
    _check_company_auto = True

    _steps = {
        "close": Step({"open"}, "closed", USER),
        "cancel": Step(
            {"open"},
            "cancelled",
            LEAD,
            "write",
            "sales_assistant_improvement_cancel",
        ),
        "reopen": Step({"closed", "cancelled"}, "open", LEAD),
    }
    _frozen_states = frozenset({"closed", "cancelled"})
    _deletable_states = frozenset()
    _closed_fields = frozenset(
        "campaign_id participant_id team_id complaint_text result effect date_closed"
        " closed_by_id".split()
    )

    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        index=True,
        tracking=True,
    )
    subject = fields.Char(required=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", check_company=True
    )
    campaign_id = fields.Many2one(
        "sales.assistant.campaign",
        "Survey",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    participant_id = fields.Many2one(
        "sales.assistant.campaign.participant",
        "Answer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    team_id = fields.Many2one(
        "crm.team", "Sales Team", readonly=True, index="btree_not_null"
    )
    complaint_text = fields.Text("Said in His Own Words", readonly=True)
    score = fields.Float("Points", related="participant_id.score", related_sudo=True)
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        index=True,
        tracking=True,
    )
    date_due = fields.Date(
        "Due",
        required=True,
        default=lambda self: self._default_date_due(),
        tracking=True,
    )
    measure = fields.Text(tracking=True, help="What is done so that it gets better.")
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    # how it ended
    result = fields.Text("What Came of It", readonly=True, copy=False, tracking=True)
    effect = fields.Selection(EFFECTS, readonly=True, copy=False, tracking=True)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    next_score = fields.Float("Points Afterwards", compute="_compute_next_score")
    has_next_score = fields.Boolean(compute="_compute_next_score")

    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another improvement action has this number."
    )
    _one_per_answer = models.UniqueIndex(
        "(participant_id) WHERE participant_id IS NOT NULL",
        "This answer has its improvement action already.",
    )
    _open_idx = models.Index("(date_due, id) WHERE state = 'open'")

    # ---------------------------------------------------------------- computes

    @api.model
    def _default_date_due(self):
        return self.env.company._get_sales_improvement_day()

    @api.depends("name", "partner_id", "subject")
    def _compute_display_name(self):
        for action in self:
            parts = (action.partner_id.name or action.name, action.subject)
            action.display_name = " · ".join(part for part in parts if part)

    @api.depends("state", "date_due", "company_id")
    def _compute_is_overdue(self):
        for action in self:
            today = (action.company_id or self.env.company)._get_sales_today()
            action.is_overdue = (
                action.state == "open"
                and bool(action.date_due)
                and action.date_due < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return [("state", "=", "open"), ("date_due", "<", today)]

    @api.depends("participant_id", "partner_id")
    def _compute_next_score(self):
        """What the customer answered the next time he was asked."""
        # sudo: the points of one's own customer
        groups = (
            self.env["sales.assistant.campaign.participant"]
            .sudo()
            .search_fetch(
                [
                    ("subject_id", "in", self.partner_id.ids),
                    ("is_scored", "=", True),
                    ("company_id", "in", self.company_id.ids),
                ],
                ["subject_id", "answered_at", "score", "company_id"],
                order="answered_at, id",
            )
            .grouped(lambda one: (one.subject_id.id, one.company_id.id))
        )
        none = self.env["sales.assistant.campaign.participant"]
        for action in self:
            since = action.participant_id.sudo().answered_at  # sudo: when, not what
            found = groups.get((action.partner_id.id, action.company_id.id), none)
            later = found.filtered(
                lambda one, since=since: since and one.answered_at > since
            )[:1]
            action.next_score = later.score
            action.has_next_score = bool(later)

    @api.depends("state", "measure")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # -------------------------------------------------------------------- steps

    @api.model
    def _open(self, vals_list):
        """Open actions in the name of the survey.

        :param list vals_list: values, without the day it is due
        """
        # sudo: whoever answers a survey has no rights here
        return self.sudo().create(
            [
                {
                    **vals,
                    "date_due": self.env["res.company"]
                    .browse(vals["company_id"])
                    ._get_sales_improvement_day(),
                }
                for vals in vals_list
            ]
        )

    def _get_close_obstacle(self):
        if not (self.measure or "").strip():
            return self.env._("write down the measure first.")
        return False

    def action_close(self):
        """The window that asks for result and effect."""
        self._check_can("close")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("How It Ended"),
            "res_model": "sales.assistant.improvement.close",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_improvement_ids": self.ids},
        }

    def _do_close(self, result, effect):
        for company, actions in self.grouped("company_id").items():
            actions._take_step(
                "close",
                date_closed=company._get_sales_today(),
                closed_by_id=self.env.uid,
                result=result,
                effect=effect,
            )

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def action_reopen(self):
        self._check_can("reopen")
        self._do_reopen()

    def _do_reopen(self):
        self._take_step(
            "reopen",
            date_closed=False,
            closed_by_id=False,
            effect=False,
            cancel_reason_id=False,
            reason_note=False,
        )

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Improvement Actions")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("campaign_id.subject", label=_("Survey")),
            Column("partner_id.name", label=_("Customer")),
            Column("subject", width=40),
            Column("complaint_text", width=40),
            Column("user_id"),
            Column("date_due"),
            Column("measure", width=40),
            Column("state"),
            Column("date_closed"),
            Column("result", width=40),
            Column("effect"),
        ]
