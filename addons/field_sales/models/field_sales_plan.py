from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.period import week_of
from odoo.addons.sales_base.tools.sheet import Column

from ..tools import planning

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
    asked = fields.Json("Visits Asked", copy=False)
    shortfall = fields.Json(copy=False)
    shortfall_text = fields.Text("What Does Not Fit", compute="_compute_shortfall_text")
    # figures
    visit_count = fields.Integer("Visits Planned", compute="_compute_figures")
    done_count = fields.Integer("Visits Done", compute="_compute_figures")
    skipped_count = fields.Integer("Visits Skipped", compute="_compute_figures")
    changed_count = fields.Integer("Changes", compute="_compute_figures")
    unplanned_count = fields.Integer("Unplanned Visits", compute="_compute_figures")
    kept_percent = fields.Float("Plan Kept (%)", compute="_compute_figures")
    frequency_percent = fields.Float("Frequency Kept (%)", compute="_compute_figures")
    load_text = fields.Char("Visits per Day", compute="_compute_load_text")
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

    @api.depends("visit_ids.state", "visit_ids.is_changed", "asked")
    def _compute_figures(self):
        groups = self.env["field.sales.visit"]._read_group(
            [("plan_id", "in", self.ids)],
            ["plan_id", "store_id", "state", "is_unplanned", "is_changed"],
            ["__count"],
        )
        by_plan = {}
        for plan, *group in groups:
            by_plan.setdefault(plan.id, []).append(group)
        for plan in self:
            plan.update(plan._get_figures(by_plan.get(plan.id, [])))

    def _get_figures(self, groups):
        """Figures of one plan.

        :param list groups: [store, state, is_unplanned, is_changed, count]
        """
        figures = dict.fromkeys(("planned", "done", "skipped", "changed", "extra"), 0)
        kept, visited = 0, {}
        for store, state, is_unplanned, is_changed, count in groups:
            figures["extra" if is_unplanned else "planned"] += count
            figures["changed"] += is_changed and count
            figures["skipped"] += state == "skipped" and count
            if state == "done":
                figures["done"] += count
                visited[str(store.id)] = visited.get(str(store.id), 0) + count
                kept += count if not (is_unplanned or is_changed) else 0
        asked = self.asked or {}
        met = sum(visited.get(key, 0) >= number for key, number in asked.items())
        planned = figures["planned"]
        return {
            "visit_count": planned,
            "done_count": figures["done"],
            "skipped_count": figures["skipped"],
            "changed_count": figures["changed"],
            "unplanned_count": figures["extra"],
            "kept_percent": 100 * kept / planned if planned else 0,
            "frequency_percent": 100 * met / len(asked) if asked else 0,
        }

    @api.depends("visit_ids.date_planned")
    @api.depends_context("lang")
    def _compute_load_text(self):
        days = self.env["field.sales.visit"]._read_group(
            [("plan_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["plan_id", "date_planned:day"],
            ["__count"],
        )
        by_plan = {}
        for plan, day, count in days:
            by_plan.setdefault(plan.id, []).append((day, count))
        for plan in self:
            plan.load_text = " · ".join(
                f"{format_date(self.env, day, date_format='EEE')} {count}"
                for day, count in sorted(by_plan.get(plan.id, []))
            )

    @api.depends("shortfall")
    @api.depends_context("lang")
    def _compute_shortfall_text(self):
        keys = {int(key) for plan in self for key in plan.shortfall or {}}
        stores = self.env["res.partner"].browse(keys).exists()
        names = {store.id: store.display_name for store in stores}
        for plan in self:
            plan.shortfall_text = "\n".join(
                self.env._(
                    "%(store)s: %(asked)s visits asked, %(placed)s fit.",
                    store=names.get(int(key), "?"),
                    asked=asked,
                    placed=placed,
                )
                for key, (asked, placed) in (plan.shortfall or {}).items()
            )

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

    @api.constrains("user_id", "date_start")
    def _check_visits_fit(self):
        self.visit_ids._check_plan()

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        if not self.env.su:
            plans._check_planner()
        return plans

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and "user_id" in vals:
            self._check_planner()
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
        return self._ask_reason("return")

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

    # ---------------------------------------------------------------- planning

    def action_fill(self):
        """Add the visits the rules ask for and the plan does not hold yet."""
        self.check_access("write")
        if any(plan.state != "draft" for plan in self):
            raise UserError(self.env._("Only drafts are filled from the rules."))
        self._fill()

    @api.model
    def _generate(self, users, monday, company):
        """Draft the plans of a week.

        :param res.users users: salespeople; those who have a plan keep it untouched
        :param date monday: first day of the week
        :returns: the new plans
        """
        known = self.sudo().search(  # sudo: plans of people the user may not see count
            [
                ("user_id", "in", users.ids),
                ("date_start", "=", monday),
                ("company_id", "=", company.id),
            ]
        )
        plans_sudo = self.sudo().create(  # sudo: the job drafts for everybody
            [
                {"user_id": user.id, "date_start": monday, "company_id": company.id}
                for user in users - known.user_id
            ]
        )
        plans_sudo._fill()
        return plans_sudo.sudo(self.env.su)

    def _fill(self):
        """Plan the missing visits of drafts; statements do not grow with stores."""
        for (company, monday), plans in self.grouped(
            lambda plan: (plan.company_id, plan.date_start)
        ).items():
            plans._fill_week(company, monday)

    def _fill_week(self, company, monday):
        days = [
            day
            for day in company._get_sales_working_days(
                monday, monday + timedelta(days=6)
            ).days
            if monday <= day <= monday + timedelta(days=6)
        ]
        stores = self.env["res.partner"]._get_planned_stores(self.user_id, company)
        rules = self.env["field.sales.visit.rule"]._get_rules(stores, company)
        fixed = self._get_fixed_days()
        by_user = stores.grouped("user_id")
        vals_list = []
        for plan in self:
            facts = [
                store._prepare_planning_store(rules[store.id], fixed)
                for store in by_user.get(plan.user_id, stores.browse())
                if store.id in rules
            ]
            week = planning.plan_week(facts, days)
            vals_list += plan._prepare_visits(week)
            plan._write_guarded({"asked": week.asked, "shortfall": week.short})
        # sudo: the planning writes for the salesperson; the plan's guard has been asked
        self.env["field.sales.visit"].sudo().create(vals_list)
        self._sort_days()

    def _get_fixed_days(self):
        """Days of the week on which a store has a visit already: {store id: [days]}."""
        self.env["field.sales.visit"].flush_model()
        groups = (
            self.env["field.sales.visit"]
            .sudo()  # sudo: anybody's visits count
            ._read_group(
                [
                    ("date_planned", ">=", min(self.mapped("date_start"))),
                    ("date_planned", "<=", max(self.mapped("date_end"))),
                    ("state", "not in", ("cancelled", "skipped")),
                    ("store_id.user_id", "in", self.user_id.ids),
                ],
                ["store_id", "date_planned:day"],
            )
        )
        fixed = {}
        for store, day in groups:
            fixed.setdefault(store.id, []).append(day)
        return fixed

    def _prepare_visits(self, week):
        return [
            {
                "plan_id": self.id,
                "company_id": self.company_id.id,
                "user_id": self.user_id.id,
                "store_id": store_id,
                "date_planned": day,
                "day_order": number,
            }
            for day, store_ids in week.visits.items()
            for number, store_id in enumerate(store_ids, 1)
        ]

    def _sort_days(self, days=None):
        """Number the open stops of each day along a sensible route.

        :param days: only these days, the salesperson's own order of the others stays
        """
        visits_sudo = self.sudo().visit_ids  # sudo: order of the stops, no facts
        waiting = visits_sudo.filtered(
            lambda visit: (
                visit.state == "planned" and (not days or visit.date_planned in days)
            )
        )
        places = {}
        for stops in waiting.grouped(
            lambda visit: (visit.plan_id, visit.date_planned)
        ).values():
            keys = planning.route(
                [(visit.id, visit.store_id._get_store_position()) for visit in stops]
            )
            places.update({key: number for number, key in enumerate(keys, 1)})
        for number, visits in waiting.grouped(lambda visit: places[visit.id]).items():
            moved = visits.filtered(lambda visit, n=number: visit.day_order != n)
            moved.day_order = number

    @api.model
    def _cron_plan_next_week(self):
        """Queue next week's planning of each company that wants it."""
        for company in self.env["res.company"].search([]):
            if not company.field_sales_plan_auto:
                continue
            own = self.with_company(company)
            monday = own._default_date_start()
            own.env["sales.run"]._start(
                "field_sales_plan", {"date_start": monday.isoformat()}
            )

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

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Visit Plans")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("week"),
            Column("date_start"),
            Column("date_end"),
            Column("user_id"),
            Column("state"),
            Column(
                "visit_count",
                label=self.env._("Visits Planned"),
                kind="integer",
                getter="_get_sheet_visit_count",
                total=True,
            ),
            Column(
                "done_count",
                label=self.env._("Visits Done"),
                kind="integer",
                getter="_get_sheet_done_count",
                total=True,
            ),
            Column(
                "changed_count",
                label=self.env._("Changes"),
                kind="integer",
                getter="_get_sheet_changed_count",
                total=True,
            ),
            Column(
                "kept_percent",
                label=self.env._("Plan Kept"),
                kind="percent",
                getter="_get_sheet_kept_percent",
            ),
            Column(
                "frequency_percent",
                label=self.env._("Frequency Kept"),
                kind="percent",
                getter="_get_sheet_frequency_percent",
            ),
            Column("approved_by_id"),
        ]

    def _get_sheet_visit_count(self):
        return {plan.id: plan.visit_count for plan in self}

    def _get_sheet_done_count(self):
        return {plan.id: plan.done_count for plan in self}

    def _get_sheet_changed_count(self):
        return {plan.id: plan.changed_count for plan in self}

    def _get_sheet_kept_percent(self):
        return {plan.id: plan.kept_percent for plan in self}

    def _get_sheet_frequency_percent(self):
        return {plan.id: plan.frequency_percent for plan in self}
