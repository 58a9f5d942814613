from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import USER

PLAN_STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]


class SalesAssistantCarePlan(models.Model):
    """SA-04: what is done for a key customer in a year 大客户维护计划 (S2 第一篇; S1
    篇九): calls, visits, meetings, surveys, each with its day and what came of it.

    One plan a customer and year. Started, its calls become callbacks; closed, nothing
    is open any more: each event was done or left out with a reason.
    """

    _name = "sales.assistant.care.plan"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _description = "Care Plan"
    _order = "year desc, id desc"
    _check_company_auto = True

    _steps = {
        "start": Step({"draft"}, "running", USER),
        "close": Step({"running"}, "closed", USER),
        "cancel": Step(
            {"draft", "running"},
            "cancelled",
            USER,
            "write",
            "sales_assistant_care_cancel",
        ),
    }
    _frozen_states = frozenset({"closed", "cancelled"})
    _closed_fields = frozenset({"commercial_partner_id", "grade_id", "team_id"})

    state = fields.Selection(
        PLAN_STATES, required=True, default="draft", index=True, tracking=True
    )
    year = fields.Char(
        size=4,
        required=True,
        index=True,
        default=lambda self: str(self.env.company._get_sales_today().year),
    )
    goal = fields.Text(help="What is to be reached with this customer in the year.")

    # customer
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Company of the Customer",
    )
    grade_id = fields.Many2one(
        "sales.grade",
        compute="_compute_grade_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The customer's grade when the plan was made.",
    )

    # people
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
        tracking=True,
        help="The customer's salesperson, else his assistant.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )

    # events
    event_ids = fields.One2many("sales.assistant.care.event", "plan_id", "Events")
    event_count = fields.Integer("Planned", compute="_compute_progress")
    done_count = fields.Integer("Done", compute="_compute_progress")
    overdue_count = fields.Integer("Overdue", compute="_compute_progress")
    progress = fields.Float("Done (%)", compute="_compute_progress")
    date_next = fields.Date("Next Event", compute="_compute_progress")

    can_start = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another care plan has this number."
    )
    _year_uniq = models.UniqueIndex(
        "(commercial_partner_id, company_id, year) WHERE state != 'cancelled'",
        "This customer has a care plan of this year already.",
    )

    # ---------------------------------------------------------------- computes

    @api.depends("name", "partner_id", "year")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = f"{plan.partner_id.name or plan.name} · {plan.year}"

    @api.depends("partner_id", "company_id")
    def _compute_grade_id(self):
        for plan in self:
            partner = plan.partner_id.with_company(plan.company_id or self.env.company)
            plan.grade_id = partner.commercial_partner_id.sales_grade_id

    @api.depends("partner_id")
    def _compute_user_id(self):
        for plan in self:
            # sudo: who looks after a customer is no secret to who plans his year
            partner_sudo = plan.partner_id.sudo().commercial_partner_id
            plan.user_id = (
                partner_sudo.user_id or partner_sudo.assistant_id or plan.user_id
            )

    @api.depends("user_id", "partner_id")
    def _compute_team_id(self):
        for plan in self:
            # sudo: in which team a colleague works is no secret
            person_sudo = (plan.partner_id.sudo().user_id or plan.user_id).sudo()
            plan.team_id = person_sudo.sale_team_id

    @api.depends("event_ids.state", "event_ids.date_planned")
    def _compute_progress(self):
        """What was left out with a reason counts neither as planned nor as missing."""
        groups = self.env["sales.assistant.care.event"]._read_group(
            [("plan_id", "in", self.ids), ("state", "!=", "skipped")],
            ["plan_id", "state"],
            ["__count", "date_planned:array_agg", "date_planned:min"],
        )
        found = {(plan.id, state): values for plan, state, *values in groups}
        for plan in self:
            today = plan.company_id._get_sales_today()
            done, _days, _first = found.get((plan.id, "done"), (0, [], False))
            pending, days, first = found.get((plan.id, "pending"), (0, [], False))
            plan.event_count = done + pending
            plan.done_count = done
            plan.overdue_count = sum(day < today for day in days)
            plan.progress = 100 * done / (done + pending) if done + pending else 0
            plan.date_next = first

    @api.depends("state", "event_ids.state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.constrains("year")
    def _check_year(self):
        if any(not (one.year.isdecimal() and len(one.year) == 4) for one in self):
            raise ValidationError(self.env._("A year has four digits, such as 2026."))

    # -------------------------------------------------------------------- steps

    def _get_start_obstacle(self):
        if not self.event_ids:
            return self.env._("plan an event first.")
        return False

    def action_start(self):
        self._check_can("start")
        self._do_start()

    def _do_start(self):
        self._take_step("start")
        self.event_ids._create_callbacks()

    def _get_close_obstacle(self):
        pending = self.event_ids.filtered(lambda one: one.state == "pending")
        if pending:
            return self.env._(
                "done or left out are not yet: %(events)s.",
                events=", ".join(pending.mapped("name")),
            )
        return False

    def action_close(self):
        self._check_can("close")
        self._do_close()

    def _do_close(self):
        self._take_step("close")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)
        pending = self.event_ids.filtered(lambda one: one.state == "pending")
        pending._do_skip(reason, note)

    def action_plan_next_year(self):
        """The same events a year later, as a draft.

        :returns: window action of the new plan
        """
        self.ensure_one()
        self.check_access("read")
        following = self.copy(
            {
                "year": str(int(self.year) + 1),
                "user_id": self.user_id.id,
                "event_ids": [
                    fields.Command.create(event._prepare_next_year())
                    for event in self.event_ids
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Care Plans")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("year"),
            Column("partner_id.name", label=_("Customer")),
            Column("grade_id.name", label=_("Grade")),
            Column("user_id"),
            Column("state"),
            Column("event_count", total=True),
            Column("done_count", total=True),
            Column("overdue_count", total=True),
            Column("progress"),
            Column("date_next"),
            Column("goal", width=40),
        ]
