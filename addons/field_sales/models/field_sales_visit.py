from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.period import week_of

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
#: copied from the store; its salesperson follows the store, the others stay as they
#: were, for the figures of the time
STORE_FACTS = {
    "store_user_id": "user_id",
    "grade_id": "sales_grade_id",
    "chain_id": "chain_id",
    "region_id": "field_sales_region_id",
}


class FieldSalesVisit(models.Model):
    """A visit of a store: planned, begun on the spot, finished with its facts.

    Only the visiting salesperson, or who stands in for him, begins and ends it, and has
    one visit open at a time. It cannot be begun before its day. Whoever does not go
    says why.
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
    state = fields.Selection(
        VISIT_STATES,
        required=True,
        default="planned",
        tracking=True,
        copy=False,
        group_expand=True,
    )
    store_user_id = fields.Many2one(
        "res.users",
        "Salesperson of the Store",
        compute="_compute_store",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="Reads the visits of his stores, whoever makes them.",
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
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    is_this_week = fields.Boolean(
        compute="_compute_is_this_week", search="_search_is_this_week"
    )
    # what the user may do
    can_start = fields.Boolean(compute="_compute_can")
    can_done = fields.Boolean(compute="_compute_can")
    can_skip = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_move = fields.Boolean(compute="_compute_can")
    can_order = fields.Boolean(compute="_compute_can")

    _order_idx = models.Index("(date_planned DESC, day_order, id DESC)")
    _user_day_idx = models.Index("(user_id, date_planned, day_order)")
    _open_idx = models.Index(
        "(date_planned, day_order, id) WHERE state IN ('planned', 'in_progress')"
    )

    # ---------------------------------------------------------------- computes

    @api.depends("store_id")
    def _compute_store(self):
        for visit in self:
            store = visit.store_id.with_company(visit.company_id or self.env.company)
            for fname, source in STORE_FACTS.items():
                visit[fname] = store[source]

    @api.depends("name", "store_id.name")
    def _compute_display_name(self):
        for visit in self:
            names = (visit.store_id.name, visit.name)
            visit.display_name = " · ".join(name for name in names if name)

    @api.depends("state", "date_planned")
    def _compute_is_late(self):
        waiting = self.filtered(lambda visit: visit.state == "planned")
        (self - waiting).is_late = False
        for company, visits in waiting.grouped("company_id").items():
            today = (company or self.env.company)._get_sales_today()
            for visit in visits:
                visit.is_late = visit.date_planned and visit.date_planned < today

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

    @api.depends("state", "user_id", "date_planned", "visitor_id", "plan_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("store_id")
    def _check_store(self):
        for partner in self.store_id:
            if not partner.is_store:
                raise ValidationError(
                    self.env._("“%(partner)s” is not a store.", partner=partner.name)
                )

    @api.constrains("user_id", "company_id")
    def _check_user_company(self):
        for company, visits in self.grouped("company_id").items():
            company._check_field_sales_users(visits.user_id)

    def _check_company(self, fnames=None):
        """Odoo checks record by record: it is asked about those only that do not match
        at first sight."""
        # sudo: only the companies of what is linked are looked at
        odd = self.filtered(
            lambda visit: any(
                linked.company_id and linked.company_id != visit.company_id
                for linked in (visit.store_id.sudo(), visit.plan_id.sudo())
            )
        )
        return super(FieldSalesVisit, odd)._check_company(fnames)

    # ----------------------------------------------------------- ORM overrides

    def _add_precomputed_values(self, vals_list):
        self._copy_store_facts(vals_list)
        return super()._add_precomputed_values(vals_list)

    def _copy_store_facts(self, vals_list):
        """What is copied from the stores, read once for all: precomputing it on a
        virtual record for each visit takes a third of their creation."""
        by_company = {}
        for vals in vals_list:
            if vals.get("store_id"):
                by_company.setdefault(vals.get("company_id"), []).append(vals)
        for company_id, planned in by_company.items():
            # sudo: facts of the visit, whoever plans it
            stores_sudo = (
                self.env["res.partner"]
                .sudo()
                .with_company(company_id)
                .browse({vals["store_id"] for vals in planned})
            )
            stores_sudo.fetch(STORE_FACTS.values())
            for vals in planned:
                store = stores_sudo.browse(vals["store_id"])
                vals.update(
                    {name: store[source].id for name, source in STORE_FACTS.items()}
                )

    def write(self, vals):
        if not self.env.su and set(STORE_FACTS) & set(vals):
            raise AccessError(
                self.env._("Grade, chain and region of a visit are those of its store.")
            )
        return super().write(vals)

    # ------------------------------------------------------------------ guards

    def _is_visitor(self):
        """Whether the current user makes this visit: its salesperson, or who stands in
        for him."""
        if self.env.uid == SUPERUSER_ID:
            return True
        user = self.env.user
        return user in (self.user_id, self.user_id.sales_standin_id)

    def _get_lacks(self, verb):
        strange = self.browse()
        if verb in ("start", "done", "skip", "order"):
            strange = self.filtered(lambda visit: not visit._is_visitor())
        reasons = {
            visit.id: self.env._(
                "this is for %(user)s, who makes the visit.", user=visit.user_id.name
            )
            for visit in strange
        }
        return {**super(FieldSalesVisit, self - strange)._get_lacks(verb), **reasons}

    # ------------------------------------------------------------------- steps

    def action_skip(self):
        return {**self._ask_reason("skip"), "name": self.env._("Skip Visit")}

    def _do_skip(self, reason, note):
        self._take_step(
            "skip",
            cancel_reason_id=reason.id,
            reason_note=note,
            ended_at=fields.Datetime.now(),
        )

    def action_cancel(self):
        return {**self._ask_reason("cancel"), "name": self.env._("Cancel Visit")}

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # ----------------------------------------------------------------- actions

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

    def action_view_store(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.store_id.id,
            "views": [(False, "form")],
        }

    def action_print_form(self):
        return self.env.ref("field_sales.action_report_visit").report_action(self)
