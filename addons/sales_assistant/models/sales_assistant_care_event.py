from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import LEAD, USER

EVENT_KINDS = [
    ("call", "Call"),
    ("visit", "Customer Visit"),
    ("meeting", "Meeting of Customers"),
    ("survey", "Survey"),
    ("training", "Technical Exchange"),
    ("greeting", "Greeting"),
    ("other", "Other"),
]
EVENT_STATES = [("pending", "Pending"), ("done", "Done"), ("skipped", "Left Out")]


class SalesAssistantCareEvent(models.Model):
    """SA-04: an event of a care plan: a call, visit, meeting of customers 联谊会议,
    survey ... (S2 第一篇).

    A call of a running plan is a callback and done with it; everything else is done by
    hand, with what came of it, and may stand in the calendar, where it is moved.
    """

    _name = "sales.assistant.care.event"
    _inherit = [
        "sales.document.mixin",
        "sales.sheet.mixin",
        "sales.board.source.mixin",
    ]
    _description = "Event of a Care Plan"
    _order = "date_planned, id"

    _steps = {
        "done": Step({"pending"}, "done", USER),
        "schedule": Step({"pending"}, None, USER),
        "skip": Step(
            {"pending"}, "skipped", USER, "write", "sales_assistant_care_cancel"
        ),
        "reopen": Step({"done", "skipped"}, "pending", LEAD),
    }
    _frozen_states = frozenset({"done", "skipped"})
    _deletable_states = frozenset({"pending"})
    _closed_fields = frozenset(
        "partner_id team_id date_done done_by_id result callback_id"
        " calendar_event_id".split()
    )

    plan_id = fields.Many2one(
        "sales.assistant.care.plan", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("What", required=True, readonly=False, default=None)
    kind = fields.Selection(EVENT_KINDS, required=True, default="visit", index=True)
    state = fields.Selection(
        EVENT_STATES, required=True, default="pending", index=True, tracking=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, precompute=True, default=None
    )
    partner_id = fields.Many2one(
        related="plan_id.partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Customer",
    )
    team_id = fields.Many2one(
        related="plan_id.team_id", store=True, precompute=True, index=True
    )
    year = fields.Char(related="plan_id.year")
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
    )
    date_planned = fields.Date(
        "Planned",
        required=True,
        compute="_compute_date_planned",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    # what came of it
    date_done = fields.Date("Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    result = fields.Text("What Came of It", readonly=True, copy=False)
    callback_id = fields.Many2one(
        "sales.assistant.callback", readonly=True, copy=False, index="btree_not_null"
    )
    calendar_event_id = fields.Many2one(
        "calendar.event", "Meeting", readonly=True, copy=False, index="btree_not_null"
    )

    can_done = fields.Boolean(compute="_compute_can_steps")
    can_schedule = fields.Boolean(compute="_compute_can_steps")
    can_skip = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _open_idx = models.Index("(date_planned, id) WHERE state = 'pending'")

    @api.model
    def _get_closed_fields(self):
        """An event is told by what it is, it has no number."""
        return super()._get_closed_fields() - {"name"}

    # ---------------------------------------------------------------- computes

    @api.depends("plan_id.user_id")
    def _compute_user_id(self):
        for event in self:
            event.user_id = event.user_id or event.plan_id.user_id

    @api.depends("calendar_event_id.start", "callback_id.date_due")
    def _compute_date_planned(self):
        for event in self:
            # sudo: whoever may move the meeting moves the event
            meeting_sudo = event.calendar_event_id.sudo()
            # sudo: whoever may move the call moves it, too
            callback_sudo = event.callback_id.sudo()
            if event.state == "pending" and meeting_sudo:
                company = event.company_id
                event.date_planned = company._get_sales_day(meeting_sudo.start)
            elif event.state == "pending" and callback_sudo:
                event.date_planned = callback_sudo.date_due
            else:
                event.date_planned = event.date_planned

    @api.depends("state", "date_planned")
    def _compute_is_overdue(self):
        for event in self:
            today = (event.company_id or self.env.company)._get_sales_today()
            event.is_overdue = (
                event.state == "pending"
                and bool(event.date_planned)
                and event.date_planned < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "pending") & Domain(
            "date_planned", "<", self.env.company._get_sales_today()
        )

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for event in self:
            parts = (event.partner_id.name, event.name)
            event.display_name = " · ".join(part for part in parts if part)

    @api.depends("state", "kind", "plan_id.state", "calendar_event_id", "callback_id")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("date_planned", "plan_id")
    def _check_year(self):
        wrong = self.filtered(
            lambda one: str(one.date_planned.year) != one.plan_id.year
        )
        if wrong:
            raise ValidationError(
                self.env._(
                    "These events do not lie in the year of their plan: %(events)s.",
                    events=", ".join(wrong.mapped("name")),
                )
            )

    # -------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._check_plan_open()
        events.filtered(lambda one: one.plan_id.state == "running")._create_callbacks()
        return events

    def write(self, vals):
        if not self.env.su:
            self._check_plan_open()
            if vals.keys() & {"date_planned", "kind"}:
                self._check_moved_here()
        return super().write(vals)

    def _check_plan_open(self):
        """Nothing is added to a plan that is closed.

        :raises UserError: naming the plans
        """
        plans = self.plan_id
        frozen = plans.filtered(lambda one: one.state in plans._frozen_states)
        if frozen and not self.env.su:
            raise UserError(
                self.env._(
                    "These documents are closed for changes: %(documents)s.",
                    documents=", ".join(frozen.mapped("display_name")),
                )
            )

    def _check_moved_here(self):
        """What has become a call or a meeting is moved there.

        :raises UserError: naming the events
        """
        linked = self.filtered(lambda one: one.callback_id or one.calendar_event_id)
        if linked:
            raise UserError(
                self.env._(
                    "Move the call or the meeting, the event follows: %(events)s.",
                    events=", ".join(linked.mapped("display_name")),
                )
            )

    # -------------------------------------------------------------------- steps

    def _get_done_obstacle(self):
        if self.plan_id.state != "running":
            return self.env._("its plan is not running.")
        if self.callback_id.sudo().state == "open":  # sudo: only its state
            return self.env._("it is done with its call.")
        return False

    def _get_schedule_obstacle(self):
        if self.plan_id.state not in ("draft", "running"):
            return self.env._("its plan is not running.")
        if self.kind == "call":
            return self.env._("a call is planned as a callback.")
        if self.calendar_event_id:
            return self.env._("it stands in the calendar already.")
        return False

    def _get_reopen_obstacle(self):
        if self.plan_id.state != "running":
            return self.env._("its plan is not running.")
        return False

    def action_done(self):
        """The window that asks what came of it."""
        self._check_can("done")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Came of It"),
            "res_model": "sales.assistant.care.done",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_event_ids": self.ids},
        }

    def _do_done(self, result):
        for company, events in self.grouped("company_id").items():
            events._take_step(
                "done",
                date_done=company._get_sales_today(),
                done_by_id=self.env.uid,
                result=result,
            )

    def action_skip(self):
        return self._ask_reason("skip")

    def _do_skip(self, reason, note):
        self._drop_callbacks()
        self._take_step(
            "skip", cancel_reason_id=reason.id, reason_note=note, callback_id=False
        )

    def action_reopen(self):
        self._check_can("reopen")
        self._do_reopen()

    def _do_reopen(self):
        self._take_step(
            "reopen",
            date_done=False,
            done_by_id=False,
            cancel_reason_id=False,
            reason_note=False,
        )

    def _prepare_next_year(self):
        """The same event a year later."""
        return {
            "name": self.name,
            "kind": self.kind,
            "user_id": self.user_id.id,
            "date_planned": self.date_planned + relativedelta(years=1),
        }

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Events of Care Plans")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("plan_id.name", label=_("Care Plan")),
            Column("partner_id.name", label=_("Customer")),
            Column("date_planned"),
            Column("kind"),
            Column("name", width=40),
            Column("user_id"),
            Column("state"),
            Column("date_done"),
            Column("result", width=40),
        ]
