from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.period import week_of

PLAN_STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("approved", "Approved"),
    ("closed", "Closed"),
]
USER = "field_sales.group_field_sales_user"
SUPERVISOR = "field_sales.group_field_sales_supervisor"
PLAN_STEPS = {
    "submit": Step({"draft"}, "submitted", USER),
    "approve": Step({"submitted"}, "approved", SUPERVISOR),
    "return": Step(
        {"submitted", "approved"}, "draft", SUPERVISOR, reason_usage="plan_return"
    ),
    "close": Step({"approved"}, "closed", SUPERVISOR),
}


class FieldSalesPlan(models.Model):
    """One salesperson's visits of one ISO week (FS-06).

    The system drafts it from the visit rules, the last visits and the working days;
    the salesperson adjusts it and hands it in, the supervisor approves. From then on
    计划大于变化: a visit moves or falls out with a reason only, and that shows. After
    the week the supervisor closes it; what was not visited counts as skipped.
    """

    _name = "field.sales.plan"
    _description = "Visit Plan"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _steps = PLAN_STEPS
    _closed_fields = frozenset(
        {"submitted_at", "approved_at", "approved_by_id", "asked", "shortfall"}
    )
    _frozen_states = frozenset({"submitted", "approved", "closed"})

    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    date_start = fields.Date(
        "Week From",
        required=True,
        default=lambda self: self._default_date_start(),
        help="The Monday of the week.",
    )
    date_end = fields.Date("Week To", compute="_compute_week", store=True)
    week = fields.Char(compute="_compute_week", store=True, index=True)
    is_this_week = fields.Boolean(
        compute="_compute_is_this_week", search="_search_is_this_week"
    )
    visit_ids = fields.One2many("field.sales.visit", "plan_id", "Visits")
    state = fields.Selection(
        PLAN_STATES, required=True, default="draft", tracking=True, copy=False
    )
    submitted_at = fields.Datetime(copy=False)
    approved_at = fields.Datetime(copy=False)
    approved_by_id = fields.Many2one("res.users", copy=False, index="btree_not_null")
    # what the user may do
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")

    _week_uniq = models.Constraint(
        "UNIQUE(user_id, date_start, company_id)",
        "This salesperson already has a plan for this week.",
    )
    _order_idx = models.Index("(date_start DESC, id DESC)")
    _open_idx = models.Index("(date_start, id) WHERE state IN ('draft', 'submitted')")

    @api.model
    def _default_date_start(self):
        return week_of(self.env.company._get_sales_today()).first + timedelta(days=7)

    # ---------------------------------------------------------------- computes

    @api.depends("date_start")
    def _compute_week(self):
        for plan in self:
            if plan.date_start:
                year, week, _day = plan.date_start.isocalendar()
                plan.week = f"{year}-W{week:02d}"
                plan.date_end = plan.date_start + timedelta(days=6)
            else:
                plan.week = plan.date_end = False

    @api.depends("date_start")
    def _compute_is_this_week(self):
        monday = week_of(self.env.company._get_sales_today()).first
        for plan in self:
            plan.is_this_week = plan.date_start == monday

    def _search_is_this_week(self, operator, value):
        """The ISO week of the company's day, whatever a language's week begins with."""
        if operator != "in":
            return NotImplemented
        monday = week_of(self.env.company._get_sales_today()).first
        return Domain("date_start", "=", monday)

    @api.depends("name", "week", "user_id.name")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = f"{plan.name} {plan.week or ''} {plan.user_id.name}"

    @api.depends("state", "user_id", "date_end")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("date_start")
    def _check_date_start(self):
        for plan in self:
            if plan.date_start.weekday():
                raise ValidationError(
                    self.env._(
                        "A plan begins on a Monday: %(day)s is not one.",
                        day=format_date(self.env, plan.date_start),
                    )
                )

    @api.constrains("user_id", "company_id")
    def _check_user_company(self):
        for company, plans in self.grouped("company_id").items():
            company._check_field_sales_users(plans.user_id)

    @api.constrains("user_id", "date_start")
    def _check_visits_fit(self):
        self.visit_ids._check_plan()

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        if not self.env.su:
            plans._check_planner()
        plans._adopt_visits()
        return plans

    def _adopt_visits(self):
        """Visits of the week that were there before the plan are part of it."""
        if not self:
            return
        # sudo: only the link
        visits_sudo = self.env["field.sales.visit"].sudo()
        visits_sudo.search(
            [
                ("plan_id", "=", False),
                ("user_id", "in", self.user_id.ids),
                ("date_planned", ">=", min(self.mapped("date_start"))),
                ("date_planned", "<=", max(self.mapped("date_end"))),
                ("state", "!=", "cancelled"),
            ]
        )._join_plans()

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and "user_id" in vals:
            self._check_planner()
            self.check_access("write")  # nothing is pushed to where it is out of reach
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        begun = self.filtered(
            lambda plan: (
                {"in_progress", "done", "skipped"} & set(plan.visit_ids.mapped("state"))
            )
        )
        if begun:
            raise UserError(
                self.env._(
                    "These plans have been worked on already and are not deleted: "
                    "%(plans)s.",
                    plans=", ".join(begun.mapped("display_name")),
                )
            )

    def unlink(self):
        """A draft takes along the visits that nobody has begun."""
        # sudo: a visit goes with its plan
        planned_sudo = self.sudo().visit_ids.filtered(
            lambda visit: visit.state == "planned"
        )
        result = super().unlink()
        planned_sudo.unlink()
        return result

    def _check_planner(self):
        """A plan is made for oneself, whom one stands in for, or one's team."""
        if not self.env.user.has_group(SUPERVISOR):
            for plan in self:
                if not plan._is_own():
                    raise UserError(
                        self.env._("A plan for somebody else is made by a supervisor.")
                    )

    def _is_own(self):
        user = self.env.user
        return user in (self.user_id, self.user_id.sales_standin_id)

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        if self.env.uid == SUPERUSER_ID and verb != "close":
            return reasons
        today = self.env.company._get_sales_today()
        for plan in self.filtered(lambda plan: not reasons[plan.id]):
            if verb == "submit" and not (
                plan._is_own() or self.env.user.has_group(SUPERVISOR)
            ):
                reasons[plan.id] = self.env._("it is handed in by its salesperson.")
            if verb == "approve" and plan.user_id == self.env.user:
                reasons[plan.id] = self.env._("nobody approves his own plan.")
            if verb == "close" and plan.date_end >= today:
                reasons[plan.id] = self.env._("the week is not over yet.")
        return reasons

    # ------------------------------------------------------------------- steps

    def action_submit(self):
        self._check_can("submit")
        empty = self.filtered(lambda plan: not plan.visit_ids)
        if empty:
            raise UserError(
                self.env._(
                    "There is no visit in: %(plans)s.",
                    plans=", ".join(empty.mapped("display_name")),
                )
            )
        self._take_step("submit", submitted_at=fields.Datetime.now())

    def action_approve(self):
        self._check_can("approve")
        self._take_step(
            "approve",
            approved_at=fields.Datetime.now(),
            approved_by_id=self.env.uid,
        )

    def action_return(self):
        return {**self._ask_reason("return"), "name": self.env._("Return Plan")}

    def _do_return(self, reason, note):
        self._take_step(
            "return",
            cancel_reason_id=reason.id,
            reason_note=note,
            submitted_at=False,
            approved_at=False,
            approved_by_id=False,
        )

    def action_close(self):
        self._check_can("close")
        visits_sudo = self.sudo().visit_ids  # sudo: closing settles the whole week
        running = visits_sudo.filtered(lambda visit: visit.state == "in_progress")
        if running:
            raise UserError(
                self.env._(
                    "Finish these visits first: %(visits)s.",
                    visits=", ".join(running.mapped("display_name")),
                )
            )
        visits_sudo.filtered(lambda visit: visit.state == "planned")._do_skip(
            self.env.ref("field_sales.sales_reason_week_over"), False
        )
        self._take_step("close")

    # ----------------------------------------------------------------- actions

    def action_view_visits(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "field_sales.field_sales_visit_action"
        )
        action["domain"] = [("plan_id", "=", self.id)]
        action["views"] = [
            (False, kind) for kind in ("calendar", "list", "kanban", "form")
        ]
        action["context"] = {
            "default_plan_id": self.id,
            "default_user_id": self.user_id.id,
            "initial_date": str(self.date_start),
        }
        return action
