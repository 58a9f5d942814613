from odoo import api, fields, models
from odoo.fields import Domain

from .sales_document_mixin import Step

PROPOSAL_STATES = [
    ("open", "Open"),
    ("done", "Carried Out"),
    ("declined", "Declined"),
]
USER = "sales_base.group_sales_base_user"


class SalesComplaintProposal(models.Model):
    """F-21: what should be mended goes to the department responsible and comes back
    with a result (及时反馈相关部门加以改进、提高, S2 一·4)."""

    _name = "sales.complaint.proposal"
    _inherit = ["sales.document.mixin", "sales.board.source.mixin"]
    _description = "Improvement Proposal"
    _order = "date_due, id"
    _check_company_auto = True

    _steps = {
        "done": Step({"open"}, "done", USER),
        "decline": Step({"open"}, "declined", USER),
        "reopen": Step({"done", "declined"}, "open", USER),
    }
    _frozen_states = frozenset({"done", "declined"})
    _deletable_states = frozenset({"open"})
    _closed_fields = frozenset({"answered_at", "answered_by_id"})
    _board_user_fields = (
        "user_id",
        "department_id.user_id",
        "department_id.member_ids",
    )

    subject = fields.Char(required=True)
    description = fields.Text()
    state = fields.Selection(
        PROPOSAL_STATES, required=True, default="open", index=True, tracking=True
    )
    complaint_id = fields.Many2one(
        "sales.complaint", index="btree_not_null", check_company=True
    )
    department_id = fields.Many2one(
        "sales.department", required=True, index=True, check_company=True, tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Proposed by",
        default=lambda self: self.env.user,
        index=True,
        domain=[("share", "=", False)],
    )
    date_due = fields.Date("Answer Until", required=True)
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    result = fields.Text(help="What was done, or why not.")
    answered_at = fields.Datetime("Answered on", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    can_done = fields.Boolean(compute="_compute_can_steps")
    can_decline = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _open_idx = models.Index("(date_due, id) WHERE state = 'open'")

    @api.depends("state", "department_id", "user_id", "result")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for proposal in self:
            names = [proposal.name, proposal.subject]
            proposal.display_name = " · ".join(name for name in names if name)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = self.env.company._get_sales_today()
        for proposal in self:
            due = proposal.date_due
            proposal.is_overdue = proposal.state == "open" and due and due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("state", "=", "open") & Domain("date_due", "<", today)

    @api.model_create_multi
    def create(self, vals_list):
        proposals = super().create(vals_list)
        proposals._tell_department()
        return proposals

    def _tell_department(self):
        for proposal in self:
            head = proposal.department_id.user_id
            if head:
                proposal.activity_schedule(
                    "sales_base.mail_act_proposal",
                    date_deadline=proposal.date_due,
                    summary=proposal.subject,
                    user_id=head.id,
                )

    # ------------------------------------------------------------------- guards

    def _get_cannot_reasons(self, verb):
        """The department answers, the proposer takes up again what did not help."""
        reasons = super()._get_cannot_reasons(verb)
        _, user = self.env._, self.env.user
        is_manager = self.env.su or user.has_group(
            "sales_base.group_sales_base_manager"
        )
        for proposal in self.filtered(lambda one: not reasons[one.id]):
            department_sudo = proposal.department_id.sudo()  # sudo: for the guard only
            people = department_sudo.user_id | department_sudo.member_ids
            if verb == "reopen":
                people |= proposal.user_id
            if not is_manager and user not in people:
                reasons[proposal.id] = _(
                    "this is for the department %(department)s.",
                    department=department_sudo.name,
                )
            else:
                reasons[proposal.id] = proposal._get_answer_lack(verb)
        return reasons

    def _get_answer_lack(self, verb):
        """Hook: what the department's answer lacks for a step, or False."""
        if verb != "reopen" and not (self.result or "").strip():
            return self.env._("say what was done, or why not.")
        return False

    # -------------------------------------------------------------------- steps

    def action_done(self):
        self._check_can("done")
        self._do_answer("done")

    def action_decline(self):
        self._check_can("decline")
        self._do_answer("decline")

    def _do_answer(self, verb):
        self._take_step(
            verb, answered_at=fields.Datetime.now(), answered_by_id=self.env.uid
        )
        # sudo: the activity of the department's head ends whoever answered
        self.sudo().activity_unlink(["sales_base.mail_act_proposal"])

    def action_reopen(self):
        self._check_can("reopen")
        self._do_reopen()

    def _do_reopen(self):
        self._take_step("reopen", answered_at=False, answered_by_id=False)
        self._tell_department()

    @api.model
    def _get_mine_domain(self):
        """Open proposals to a department the current user speaks for."""
        departments = self.env["sales.department"]._get_mine_domain()
        return Domain("state", "=", "open") & Domain(
            "department_id", "any", departments
        )
