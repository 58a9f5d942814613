from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.period import week_of

from ..tools import geo

VISIT_STATES = [
    ("planned", "Planned"),
    ("in_progress", "In Progress"),
    ("done", "Done"),
    ("skipped", "Skipped"),
    ("cancelled", "Cancelled"),
]
USER = "field_sales.group_field_sales_user"
VISIT_STEPS = {
    "start": Step({"planned"}, "in_progress", USER),
    "done": Step({"in_progress"}, "done", USER),
    "skip": Step(
        {"planned", "in_progress"}, "skipped", USER, reason_usage="visit_skip"
    ),
    "cancel": Step({"planned"}, "cancelled", USER, reason_usage="visit_cancel"),
    "move": Step({"planned"}, "planned", USER),
    "order": Step({"in_progress", "done"}, None, USER),
}
#: what the plan's approval settles
PLANNED_FIELDS = frozenset(
    {"store_id", "user_id", "date_planned", "plan_id", "company_id"}
)


class FieldSalesVisit(models.Model):
    """A visit of a store: planned, begun on the spot, finished with its facts.

    Only the visiting salesperson, or who stands in for him, begins and ends it, and has
    one visit open at a time. It cannot be begun before its day. Whoever does not go
    says why. A visit nobody planned is marked so and has a key made of user, store, day
    and ordinal, so that two phones meet in one record.
    """

    _name = "field.sales.visit"
    _description = "Store Visit"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _order = "date_planned desc, day_order, id desc"
    _check_company_auto = True
    _steps = VISIT_STEPS
    _closed_fields = frozenset(
        {
            "visitor_id",
            "started_at",
            "ended_at",
            "duration_minutes",
            "latitude",
            "longitude",
            "distance",
            "client_key",
            "is_unplanned",
            "is_changed",
            "date_original",
            "change_reason_id",
            "change_note",
            "previous_visit_id",
        }
    )
    _frozen_states = frozenset({"done", "skipped", "cancelled"})
    _deletable_states = frozenset({"planned"})

    store_id = fields.Many2one(
        "res.partner",
        required=True,
        check_company=True,
        index=True,
        domain=[("is_store", "=", True)],
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
    )
    plan_id = fields.Many2one(
        "field.sales.plan", check_company=True, index="btree_not_null"
    )
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan")
    state = fields.Selection(
        VISIT_STATES,
        required=True,
        default="planned",
        tracking=True,
        copy=False,
        group_expand=True,
    )
    # as they were when the visit was planned
    grade_id = fields.Many2one(
        "sales.grade",
        compute="_compute_store",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    chain_id = fields.Many2one(
        "res.partner",
        compute="_compute_store",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    region_id = fields.Many2one(
        "sales.region",
        compute="_compute_store",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    # day
    date_planned = fields.Date(
        "Day",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        tracking=True,
    )
    day_order = fields.Integer("Stop", default=99, help="Place in the day's route.")
    is_unplanned = fields.Boolean("Unplanned", copy=False)
    is_changed = fields.Boolean("Moved", copy=False)
    date_original = fields.Date("First Planned For", copy=False)
    change_reason_id = fields.Many2one(
        "sales.reason", "Reason of the Change", copy=False, index="btree_not_null"
    )
    change_note = fields.Text("Note on the Change", copy=False)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    is_this_week = fields.Boolean(
        compute="_compute_is_this_week", search="_search_is_this_week"
    )
    # on the spot
    visitor_id = fields.Many2one("res.users", "Visited By", copy=False, index=True)
    started_at = fields.Datetime("Begun", copy=False)
    ended_at = fields.Datetime("Ended", copy=False)
    duration_minutes = fields.Integer("Minutes", copy=False, aggregator="avg")
    latitude = fields.Float(digits=(10, 7), copy=False, aggregator=None)
    longitude = fields.Float(digits=(10, 7), copy=False, aggregator=None)
    distance = fields.Integer(
        "Distance (m)", copy=False, help="From the store at check-in.", aggregator="avg"
    )
    is_far = fields.Boolean("Far from the Store", compute="_compute_is_far")
    client_key = fields.Char(copy=False)
    # what the user may do
    can_start = fields.Boolean(compute="_compute_can")
    can_done = fields.Boolean(compute="_compute_can")
    can_skip = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_move = fields.Boolean(compute="_compute_can")
    can_order = fields.Boolean(compute="_compute_can")

    _client_key_uniq = models.UniqueIndex(
        "(client_key) WHERE client_key IS NOT NULL", "This visit is already here."
    )
    _one_open_uniq = models.UniqueIndex(
        "(visitor_id) WHERE state = 'in_progress'",
        "Finish the visit that is open before you begin another.",
    )
    _order_idx = models.Index("(date_planned DESC, day_order, id DESC)")
    _user_day_idx = models.Index("(user_id, date_planned, day_order)")
    _open_idx = models.Index(
        "(date_planned, day_order, id) WHERE state IN ('planned', 'in_progress')"
    )
    _store_done_idx = models.Index("(store_id, ended_at DESC) WHERE state = 'done'")

    # ---------------------------------------------------------------- computes

    @api.depends("store_id")
    def _compute_store(self):
        for visit in self:
            store = visit.store_id.with_company(visit.company_id or self.env.company)
            visit.grade_id = store.sales_grade_id
            visit.chain_id = store.chain_id
            visit.region_id = store.field_sales_region_id

    @api.depends("name", "store_id.name")
    def _compute_display_name(self):
        for visit in self:
            names = (visit.store_id.name, visit.name)
            visit.display_name = " · ".join(name for name in names if name)

    @api.depends("state", "date_planned")
    def _compute_is_late(self):
        today = self.env.company._get_sales_today()
        for visit in self:
            day = visit.date_planned
            visit.is_late = visit.state == "planned" and day and day < today

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("state", "=", "planned") & Domain("date_planned", "<", today)

    @api.depends("date_planned")
    def _compute_is_this_week(self):
        week = week_of(self.env.company._get_sales_today())
        for visit in self:
            day = visit.date_planned
            visit.is_this_week = day and week.first <= day <= week.last

    def _search_is_this_week(self, operator, value):
        """The ISO week of the company's day, whatever a language's week begins with."""
        if operator != "in":
            return NotImplemented
        week = week_of(self.env.company._get_sales_today())
        return Domain("date_planned", ">=", week.first) & Domain(
            "date_planned", "<=", week.last
        )

    @api.depends("distance", "company_id.field_sales_checkin_distance")
    def _compute_is_far(self):
        for visit in self:
            limit = visit.company_id.field_sales_checkin_distance
            visit.is_far = limit and visit.distance > limit

    @api.depends("state", "user_id", "date_planned", "visitor_id", "plan_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("store_id")
    def _check_store(self):
        for visit in self:
            if not visit.store_id.is_store:
                raise ValidationError(
                    self.env._(
                        "“%(partner)s” is not a store.", partner=visit.store_id.name
                    )
                )

    @api.constrains("plan_id", "user_id", "date_planned")
    def _check_plan(self):
        for visit in self.filtered("plan_id"):
            plan = visit.plan_id
            if visit.user_id != plan.user_id or not (
                plan.date_start <= visit.date_planned <= plan.date_end
            ):
                raise ValidationError(
                    self.env._(
                        "The visit of “%(store)s” does not belong in the plan "
                        "%(plan)s: it is of another week or salesperson.",
                        store=visit.store_id.name,
                        plan=plan.name,
                    )
                )

    # ----------------------------------------------------------- ORM overrides

    def _prepare_create_values(self, vals_list):
        plans = self.env["field.sales.plan"].browse(
            {vals["plan_id"] for vals in vals_list if vals.get("plan_id")}
        )
        owners = {plan.id: plan.user_id.id for plan in plans}
        for vals in vals_list:
            if vals.get("plan_id"):
                vals.setdefault("user_id", owners[vals["plan_id"]])
        vals_list = super()._prepare_create_values(vals_list)
        self._link_plans(vals_list)
        return vals_list

    def _link_plans(self, vals_list):
        """Visits created apart from a plan belong to their week's plan all the same."""
        loose = [vals for vals in vals_list if not vals.get("plan_id")]
        if not loose:
            return
        mondays = [self._get_monday(vals) for vals in loose]
        plans_sudo = (
            self.env["field.sales.plan"]
            .sudo()  # sudo: only the link
            .search(
                [
                    ("user_id", "in", [vals.get("user_id") for vals in loose]),
                    ("date_start", "in", mondays),
                    ("company_id", "in", [vals.get("company_id") for vals in loose]),
                ]
            )
        )
        by_key = {
            (plan.user_id.id, plan.date_start, plan.company_id.id): plan.id
            for plan in plans_sudo
        }
        for vals, monday in zip(loose, mondays, strict=True):
            key = (vals.get("user_id"), monday, vals.get("company_id"))
            vals["plan_id"] = by_key.get(key, False)

    @api.model
    def _get_monday(self, vals):
        day = fields.Date.to_date(vals.get("date_planned"))
        return day and week_of(day).first

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        if not self.env.su:
            visits._check_adding()
        return visits

    def write(self, vals):
        if not self.env.su and PLANNED_FIELDS & set(vals):
            self._check_plan_open()
        result = super().write(vals)
        if not self.env.su and PLANNED_FIELDS & set(vals):
            self._check_adding()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        if not self.env.su:
            self._check_plan_open()

    def _check_adding(self):
        """Into a plan that was handed in nothing is slipped."""
        for visit in self:
            if visit.plan_id and visit.plan_id.state != "draft":
                raise UserError(
                    self.env._(
                        "The plan %(plan)s has been handed in. Begin an unplanned visit"
                        " in the store itself, or ask your supervisor to return the "
                        "plan.",
                        plan=visit.plan_id.name,
                    )
                )
            if not visit._is_visitor() and not self.env.user.has_group(
                "field_sales.group_field_sales_supervisor"
            ):
                raise AccessError(
                    self.env._(
                        "Visits of somebody else are planned by a supervisor: "
                        "%(visit)s.",
                        visit=visit.display_name,
                    )
                )

    def _check_plan_open(self):
        """计划大于变化: what the plan settles changes by a step with a reason."""
        for visit in self:
            if visit.state != "planned":
                raise UserError(
                    self.env._(
                        "Store, salesperson and day of %(visit)s are settled: it has "
                        "been begun or closed.",
                        visit=visit.display_name,
                    )
                )
            if visit.plan_id and visit.plan_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(visit)s is part of a plan that has been handed in: use "
                        "“Move” or “Cancel” and give the reason.",
                        visit=visit.display_name,
                    )
                )

    # ------------------------------------------------------------------- guards

    def _is_visitor(self):
        """Whether the current user makes this visit: its salesperson, or who stands in
        for him."""
        if self.env.uid == SUPERUSER_ID:
            return True
        user = self.env.user
        return user in (self.user_id, self.user_id.sales_standin_id)

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        check = getattr(self, f"_get_cannot_{verb}", None)
        for visit in self:
            if reasons[visit.id]:
                continue
            if verb in ("start", "done", "skip", "order") and not visit._is_visitor():
                reasons[visit.id] = self.env._(
                    "this is for %(user)s, who makes the visit.",
                    user=visit.user_id.name,
                )
        if check:
            possible = self.filtered(lambda visit: not reasons[visit.id])
            reasons.update(possible and check() or {})
        return reasons

    def _get_cannot_start(self):
        """A visit begins on its day or later, and only when none is open."""
        today = self.env.company._get_sales_today()
        open_sudo = self.sudo().search_fetch(  # sudo: also one the user may not see
            [
                ("visitor_id", "in", self._get_visitors().ids),
                ("state", "=", "in_progress"),
            ],
            ["visitor_id", "name"],
        )
        busy = {visit.visitor_id.id: visit.display_name for visit in open_sudo}
        reasons = {}
        for visit in self.filtered(lambda visit: visit.state == "planned"):
            if not visit._is_visitor():
                continue
            visitor = visit._get_visitors()
            if visit.date_planned > today:
                reasons[visit.id] = self.env._("its day has not come yet.")
            elif visitor.id in busy:
                reasons[visit.id] = self.env._(
                    "%(open)s is still open: finish it first.", open=busy[visitor.id]
                )
        return reasons

    def _get_visitors(self):
        """Who makes these visits when the current user begins them."""
        return self.user_id if self.env.uid == SUPERUSER_ID else self.env.user

    # -------------------------------------------------------------------- steps

    def action_start(self, position=None):
        """Check in.

        :param dict position: ``{"latitude", "longitude"}`` as the device tells it, or
            None; nobody is kept from work by a phone without position
        """
        self._check_can("start")
        for visitor, visits in self.grouped(
            lambda visit: visit._get_visitors()
        ).items():
            if len(visits) > 1:
                raise UserError(
                    self.env._("One visit at a time: choose the store you are in.")
                )
            visits._take_step(
                "start",
                visitor_id=visitor.id,
                started_at=fields.Datetime.now(),
                **visits._prepare_position(position or {}),
            )
        self._prepare_facts()

    def _prepare_position(self, position):
        try:
            here = geo.position(
                float(position.get("latitude") or 0),
                float(position.get("longitude") or 0),
            )
        except (TypeError, ValueError, AttributeError):
            here = None
        if not here or abs(here[0]) > 90 or abs(here[1]) > 180:
            return {}
        metres = geo.distance(here, self.store_id._get_store_position())
        return {
            "latitude": here[0],
            "longitude": here[1],
            "distance": round(metres) if metres is not None else 0,
        }

    def action_done(self):
        """Check out: every fact the company asks for must be there."""
        self._check_can("done")
        self._check_complete()
        now = fields.Datetime.now()
        for visit in self:
            minutes = (now - visit.started_at).total_seconds() / 60
            visit._take_step(
                "done", ended_at=now, duration_minutes=max(round(minutes), 1)
            )
        self._note_visited()

    def _note_visited(self):
        """The store's last visit, and by when the next one is due."""
        stores_sudo = self.store_id.sudo()  # sudo: a note of the system on the partner
        days = {}
        for visit in self:
            day = visit.company_id._get_sales_day(visit.ended_at)
            known = visit.store_id.field_sales_last_visit_date
            days[visit.store_id.id] = max(
                filter(None, (day, known, days.get(visit.store_id.id)))
            )
        stores_sudo._write_field_sales_days("field_sales_last_visit_date", days)
        stores_sudo._update_field_sales_due()

    def action_skip(self):
        return self._ask_reason("skip")

    def _do_skip(self, reason, note):
        self._take_step(
            "skip",
            cancel_reason_id=reason.id,
            reason_note=note,
            ended_at=fields.Datetime.now(),
        )

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def action_move(self):
        """Ask for the new day and, when the plan is settled, for the reason."""
        self._check_can("move")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move Visits"),
            "res_model": "field.sales.visit.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_visit_ids": self.ids},
        }

    def _do_move(self, day, reason, note):
        """Move visits within their week; the first day planned for is kept."""
        for original, visits in self.grouped(
            lambda visit: visit.date_original or visit.date_planned
        ).items():
            settled = visits.filtered(
                lambda visit: visit.plan_id and visit.plan_id.state != "draft"
            )
            settled._write_guarded(
                {
                    "is_changed": True,
                    "date_original": original,
                    "change_reason_id": reason.id,
                    "change_note": note,
                }
            )
        self._write_guarded({"date_planned": day, "day_order": 99})
        self.plan_id._sort_days({day})

    # ------------------------------------------------------------------ actions

    @api.model
    def _start_at(self, store):
        """The visit of ``store`` that the current user makes now: the one that is open
        or planned for today, else a new one."""
        today = self.env.company._get_sales_today()
        visits = self.search(
            [
                ("store_id", "=", store.id),
                ("user_id", "=", self.env.uid),
                ("date_planned", "=", today),
            ]
        )
        current = visits.filtered(lambda visit: visit.state == "in_progress")[:1]
        if current:
            return current
        planned = visits.filtered(lambda visit: visit.state == "planned")[:1]
        visit = planned or self._get_or_create_unplanned(
            store, today, 1 + sum(map(bool, visits.mapped("client_key")))
        )
        visit.action_start()
        return visit

    @api.model
    def _get_or_create_unplanned(self, store, day, ordinal):
        """The unplanned visit of the current user; one that is known is given back.

        :param date day: business day
        :param int ordinal: the user's how-manieth unplanned visit of that store and day
        """
        self.check_access("create")
        key = f"{self.env.uid}/{store.id}/{day.isoformat()}/{ordinal}"
        visit = self.search([("client_key", "=", key)])
        if visit:
            return visit
        # sudo: key and mark are closed fields; the visit is the user's own
        return (
            self.sudo()
            .create(
                {
                    "store_id": store.id,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                    "date_planned": day,
                    "is_unplanned": True,
                    "client_key": key,
                }
            )
            .sudo(False)
        )

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open(self):
        return self._get_form_action()

    def action_go(self):
        """From the board into the store: begin the visit and go on in the form."""
        if self.state == "planned":
            self.action_start()
        return self._get_form_action()

    def action_view_store(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.store_id.id,
            "views": [(False, "form")],
        }

    def action_view_plan(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "field.sales.plan",
            "res_id": self.plan_id.id,
            "views": [(False, "form")],
        }

    def action_print_form(self):
        return self.env.ref("field_sales.action_report_visit").report_action(self)
