from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import USER

CALLBACK_STATES = [("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")]
RESULTS = [
    ("nothing", "Nothing New"),
    ("wish", "Wish Noted"),
    ("order", "Order Expected"),
    ("complaint", "Complaint"),
    ("other", "Other"),
]


class SalesAssistantCallback(models.Model):
    """SA-04: a call to a customer that is due on a day 电话回访 (S0 五; S2 二).

    Created ahead by a programme (customer, programme and planned day exist once), or by
    a person. Whoever reaches the customer notes result, satisfaction, wishes and the
    next day; whoever does not, tries again. Moving it to another day needs a reason.
    """

    _name = "sales.assistant.callback"
    _inherit = [
        "sales.document.mixin",
        "sales.sheet.mixin",
        "sales.board.source.mixin",
    ]
    _description = "Callback"
    _order = "date_due, id"
    _check_company_auto = True

    _steps = {
        "done": Step({"open"}, "done", USER),
        "retry": Step({"open"}, "open", USER),
        "snooze": Step({"open"}, "open", USER),
        "cancel": Step(
            {"open"}, "cancelled", USER, "write", "sales_assistant_callback_cancel"
        ),
    }
    _frozen_states = frozenset({"done", "cancelled"})
    _deletable_states = frozenset()
    _closed_fields = frozenset(
        "programme_id grade_id date_planned date_done done_by_id result is_rated"
        " satisfaction note attempt_count snooze_count snooze_reason_id is_agreed"
        " next_callback_id".split()
    )

    subject = fields.Char(help="What the call is about, besides the programme.")
    state = fields.Selection(
        CALLBACK_STATES, required=True, default="open", index=True, tracking=True
    )
    programme_id = fields.Many2one(
        "sales.assistant.callback.programme",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    script = fields.Text(related="programme_id.script")

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
    phone = fields.Char(related="partner_id.phone")
    grade_id = fields.Many2one("sales.grade", readonly=True, index="btree_not_null")

    # people
    user_id = fields.Many2one(
        "res.users",
        "Caller",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
        tracking=True,
    )
    assistant_id = fields.Many2one(
        related="partner_id.assistant_id", string="Assistant"
    )
    salesperson_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )

    # dates
    date_due = fields.Date(
        "Due",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    date_planned = fields.Date("First Planned", readonly=True)
    is_agreed = fields.Boolean(
        "Agreed with the Customer",
        readonly=True,
        help="The day was agreed in the call before.",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    date_done = fields.Date("Called", readonly=True, index="btree_not_null")
    attempt_count = fields.Integer("Not Reached", readonly=True)
    snooze_count = fields.Integer("Snoozed", readonly=True)
    snooze_reason_id = fields.Many2one(
        "sales.reason", "Reason of Snoozing", readonly=True, index="btree_not_null"
    )

    # result
    done_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    result = fields.Selection(RESULTS, readonly=True, tracking=True)
    is_rated = fields.Boolean("Score Given", readonly=True)
    satisfaction = fields.Integer(
        readonly=True, aggregator="avg", help="0 to 100, as the customer said."
    )
    note = fields.Text("What He Said", readonly=True)
    answer_ids = fields.One2many("sales.assistant.callback.answer", "callback_id")
    need_ids = fields.One2many("sales.assistant.need", "callback_id", "Wishes")
    next_callback_id = fields.Many2one(
        "sales.assistant.callback", "Next Call", readonly=True, index="btree_not_null"
    )

    can_done = fields.Boolean(compute="_compute_can_steps")
    can_snooze = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another callback has this number."
    )
    _planned_uniq = models.UniqueIndex(
        "(commercial_partner_id, programme_id, date_planned)"
        " WHERE programme_id IS NOT NULL",
        "This customer has a callback of this programme on this day already.",
    )
    _open_uniq = models.UniqueIndex(
        "(commercial_partner_id, programme_id)"
        " WHERE programme_id IS NOT NULL AND state = 'open'",
        "This customer has an open callback of this programme already.",
    )
    _due_idx = models.Index("(user_id, date_due, id) WHERE state = 'open'")
    _satisfaction_range = models.Constraint(
        "CHECK (satisfaction >= 0 AND satisfaction <= 100)",
        "The score lies between 0 and 100.",
    )

    # ---------------------------------------------------------------- computes

    @api.depends("user_id", "partner_id")
    def _compute_team_id(self):
        for callback in self:
            # sudo: in which team a colleague works is no secret
            caller_sudo, partner_sudo = (
                callback.user_id.sudo(),
                callback.partner_id.sudo(),
            )
            callback.team_id = (
                caller_sudo.sale_team_id or partner_sudo.user_id.sale_team_id
            )

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = self.env.company._get_sales_today()
        for callback in self:
            callback.is_overdue = (
                callback.state == "open"
                and bool(callback.date_due)
                and callback.date_due < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "open") & Domain(
            "date_due", "<", self.env.company._get_sales_today()
        )
        return late if True in value else ~late

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for callback in self:
            callback.display_name = f"{callback.name} · {callback.partner_id.name}"

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # --------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        callbacks = super().create(vals_list)
        for day, unplanned in (
            callbacks.filtered(lambda one: not one.date_planned)
            .grouped("date_due")
            .items()
        ):
            unplanned._write_guarded({"date_planned": day})
        return callbacks

    def write(self, vals):
        if "date_due" in vals and not self.env.su:
            raise UserError(self.env._("Snooze the callback: a new day has a reason."))
        return super().write(vals)

    # -------------------------------------------------------------------- steps

    def action_log(self):
        """The window of the call: one click from the board, one to save."""
        self.ensure_one()
        self._check_can("done")
        return self._get_window("sales.assistant.callback.log", self.env._("Log Call"))

    def action_reached(self):
        """One click: reached, nothing new, next call after the interval."""
        self._check_can("done")
        self._do_done({"result": "nothing"})

    def action_snooze(self):
        self._check_can("snooze")
        return self._get_window("sales.assistant.callback.snooze", self.env._("Snooze"))

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _get_window(self, model, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_callback_ids": self.ids},
        }

    def _do_done(self, vals, date_next=None):
        """The customer was reached.

        :param dict vals: ``result``, ``is_rated``, ``satisfaction``, ``note``
        :param date date_next: day agreed for the next call; default: the interval
        """
        today = self.env.company._get_sales_today()
        self._take_step("done", date_done=today, done_by_id=self.env.uid, **vals)
        for company, callbacks in self.grouped("company_id").items():
            callbacks._plan_next(company, today, date_next)
            self._reschedule_after_contact(callbacks.commercial_partner_id, company)

    def _plan_next(self, company, today, date_next):
        """The next call of each programme, on the agreed day where there is one."""
        planned = self.filtered(lambda one: one.programme_id.active)
        programmes = planned.programme_id
        on_or_after = programmes._get_plan_days(programmes, company, today)
        _opened, taken, _skipped = self._get_planned(
            planned.commercial_partner_id, company
        )
        for callback in planned:
            programme = callback.programme_id
            day = date_next or on_or_after(
                today + timedelta(days=programme.interval_days)
            )
            while day in taken[callback.commercial_partner_id.id, programme.id]:
                day += timedelta(days=1)
            partner = callback.partner_id.with_company(company)
            values = self._prepare_planned_values(
                partner, programme, callback.user_id, day
            )
            # sudo: programme and number of a callback are closed to people
            following_sudo = self.sudo().create(
                {**values, "is_agreed": bool(date_next)}
            )
            callback._write_guarded({"next_callback_id": following_sudo.id})

    def _do_retry(self, date_next, note=None):
        """Not reached: it stays open until another day."""
        for callback in self:
            callback._take_step(
                "retry",
                date_due=date_next,
                attempt_count=callback.attempt_count + 1,
                note=note or callback.note,
            )

    def _do_snooze(self, day, reason, note):
        for callback in self:
            callback._take_step(
                "snooze",
                date_due=day,
                snooze_count=callback.snooze_count + 1,
                snooze_reason_id=reason.id,
                reason_note=note,
            )

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # ----------------------------------------------------------------- planning

    @api.model
    def _get_last_contact_days(self, partners, company):
        """Hook: day of the last contact with each customer; addons that know of other
        contacts take the later day.

        :returns: {partner id: day, or None}
        """
        # sudo: a call of a colleague is a contact, too
        groups = self.sudo()._read_group(
            [
                ("commercial_partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
                ("state", "=", "done"),
            ],
            ["commercial_partner_id"],
            ["date_done:max"],
        )
        days = defaultdict(lambda: None)
        days.update({partner.id: day for partner, day in groups})
        return days

    @api.model
    def _get_planned(self, partners, company):
        """What the programmes have planned for customers.

        :returns: ``opened`` {(partner id, programme id): open callback}, ``taken``
            {key: planned days of all states from today on}, ``skipped`` {key: last day
            of a callback that was cancelled, or None}
        """
        today = company._get_sales_today()
        # sudo: a callback of a colleague counts, too
        found_sudo = self.sudo().search_fetch(
            Domain("commercial_partner_id", "in", partners.ids)
            & Domain("company_id", "=", company.id)
            & Domain("programme_id", "!=", False)
            & (
                Domain("state", "in", ("open", "cancelled"))
                | Domain("date_planned", ">=", today)
            ),
            [
                "commercial_partner_id",
                "programme_id",
                "state",
                "date_planned",
                "date_due",
                "is_agreed",
                "snooze_count",
                "attempt_count",
            ],
        )
        opened, taken = {}, defaultdict(set)
        skipped = defaultdict(lambda: None)
        for callback in found_sudo:
            key = (callback.commercial_partner_id.id, callback.programme_id.id)
            taken[key].add(callback.date_planned)
            if callback.state == "open":
                opened[key] = callback
            elif callback.state == "cancelled":
                skipped[key] = max(filter(None, (skipped[key], callback.date_planned)))
        return opened, taken, skipped

    @api.model
    def _prepare_planned_values(self, partner, programme, caller, day):
        return {
            "partner_id": partner.id,
            "programme_id": programme.id,
            "grade_id": partner.commercial_partner_id.sales_grade_id.id,
            "user_id": caller.id,
            "date_due": day,
            "date_planned": day,
            "company_id": programme.company_id.id,
        }

    def _move_by_contact(self, due, last, today):
        """A contact starts the interval anew, a shorter interval brings the call
        forward; nothing moves what was agreed, snoozed or tried."""
        untouched = not (self.is_agreed or self.snooze_count or self.attempt_count)
        if not last or not untouched:
            return
        day = due if due > self.date_due else max(due, today)
        if day > self.date_due or today < day < self.date_due:
            self._write_guarded({"date_due": day})

    @api.model
    def _reschedule_after_contact(self, partners, company):
        """Plan anew after a contact with customers: for whoever logs one."""
        # sudo: programmes are read and callbacks moved whoever had the contact
        self.env["sales.assistant.callback.programme"].sudo()._plan(
            partners.sudo(), company
        )

    def _drop_planned(self):
        """Callbacks whose customer has left the programme's grades."""
        if self:
            self._write_guarded({"state": "cancelled", "reason_note": False})

    # ------------------------------------------------------------------- search

    @api.model
    def _get_mine_domain(self):
        """Callbacks of the current user and of those he stands in for."""
        return Domain("state", "=", "open") & self._get_own_domain()

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Callbacks")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("partner_id.name", label=_("Customer")),
            Column("grade_id.name", label=_("Grade")),
            Column("programme_id.name", label=_("Programme")),
            Column("user_id"),
            Column("date_due"),
            Column("state"),
            Column("date_done"),
            Column("result"),
            Column("is_rated"),
            Column("satisfaction"),
            Column("attempt_count", total=True),
            Column("snooze_count", total=True),
            Column("note", width=40),
        ]
