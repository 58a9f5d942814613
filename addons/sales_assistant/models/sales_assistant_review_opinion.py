from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

OPINIONS = [
    ("agree", "Agrees"),
    ("conditional", "Conditional"),
    ("object", "Objects"),
]


class SalesAssistantReviewOpinion(models.Model):
    """SA-11: what a department says about a special order (组织合同评审, S0 职责三).

    The head of the department or one of its members answers, once, or who stands in for
    one of them while he is absent; conditions and objections need words. A manager may
    ask further departments while the review is open.
    """

    _name = "sales.assistant.review.opinion"
    _inherit = ["sales.document.line.mixin", "sales.board.source.mixin"]
    _description = "Opinion of a Department"
    _order = "date_due, id"
    _rec_name = "department_id"
    _check_company_auto = True

    _document_field = "review_id"
    _board_user_fields = ("department_id.user_id", "department_id.member_ids")
    _closed_fields = frozenset(
        {
            "opinion",
            "note",
            "user_id",
            "principal_id",
            "answered_at",
            "kept_from_id",
            "reminder_count",
        }
    )

    review_id = fields.Many2one(
        "sales.assistant.review", required=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one(
        "sales.department",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, index=True, precompute=True
    )
    review_state = fields.Selection(related="review_id.state", store=True, index=True)
    order_id = fields.Many2one(related="review_id.order_id")
    partner_id = fields.Many2one(related="review_id.partner_id")
    date_due = fields.Date(
        "Due", required=True, default=lambda self: self._default_date_due(), index=True
    )
    opinion = fields.Selection(OPINIONS, readonly=True)
    note = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Answered by", readonly=True, index="btree_not_null"
    )
    principal_id = fields.Many2one(
        "res.users",
        "On Behalf of",
        readonly=True,
        index="btree_not_null",
        help="The absent colleague whose stand-in answered.",
    )
    answered_at = fields.Datetime("Answered on", readonly=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _department_uniq = models.Constraint(
        "UNIQUE(review_id, department_id)", "This department is asked already."
    )
    _open_idx = models.Index("(date_due, id) WHERE opinion IS NULL")

    @api.model
    def _default_date_due(self):
        return self.env.company._get_sales_opinion_deadline()

    @api.depends("date_due", "opinion")
    def _compute_is_overdue(self):
        today = self.env.company._get_sales_today()
        for opinion in self:
            opinion.is_overdue = not opinion.opinion and opinion.date_due < today

    @api.depends("opinion", "review_state", "department_id")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for opinion in self:
            opinion.can_answer = not opinion._get_answer_obstacle()

    def _get_answer_obstacle(self):
        """Why the current user cannot answer this opinion now, or False."""
        _ = self.env._
        if not self._is_asked():
            return _(
                "only the department's head and members, or their stand-ins, give its "
                "opinion."
            )
        if self.review_state != "in_review":
            return _("the review is not open.")
        if self.opinion:
            return _("the department has answered already.")
        return False

    def write(self, vals):
        if not self.env.su:
            self._check_asked_stays(vals)
        return super().write(vals)

    def _check_asked_stays(self, vals):
        """Who was asked about which review stays, and the day once he has answered.

        :raises UserError: something else would stand under an opinion
        """
        kept = {"review_id", "department_id"} & vals.keys()
        answered = self.filtered("opinion")
        if kept or (answered and "date_due" in vals):
            raise UserError(
                self.env._(
                    "Who was asked stays as it was: %(opinions)s.",
                    opinions=", ".join(self.mapped("display_name")),
                )
            )

    def action_answer(self):
        """Ask for the opinion."""
        self.ensure_one()
        self._check_can_answer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opinion"),
            "res_model": "sales.assistant.opinion.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_opinion_id": self.id},
        }

    def _check_can_answer(self):
        """Guard of the answer: the person, the lock, then what is stored now."""
        self.check_access("read")
        self.env.flush_all()
        self.sudo().lock_for_update()  # sudo: a member may answer, not write
        self.invalidate_recordset()
        for opinion in self:
            if obstacle := opinion._get_answer_obstacle():
                error = f"{opinion.display_name}: {obstacle}"
                raise UserError(error) if opinion._is_asked() else AccessError(error)

    def _do_answer(self, opinion, note):
        self.ensure_one()
        if opinion != "agree" and not (note or "").strip():
            raise UserError(
                self.env._("Say what the conditions or the objections are.")
            )
        # sudo: the guard has asked the person; the answer is closed to all
        self.sudo().write(
            {
                "opinion": opinion,
                "note": note,
                "user_id": self.env.uid,
                "principal_id": self._get_principal().id,
                "answered_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _get_mine_domain(self):
        """Opinions the current user is asked for, himself or as a stand-in."""
        people = self.env.user._get_sales_acting_ids()
        return (
            Domain("opinion", "=", False)
            & Domain("review_state", "=", "in_review")
            & (
                Domain("department_id.user_id", "in", people)
                | Domain("department_id.member_ids", "in", people)
            )
        )
