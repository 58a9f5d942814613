from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_contact_link_mixin import DESK
from .sales_assistant_order_mixin import USER

PROMISE_STATES = [
    ("draft", "Draft"),
    ("asked", "Feasibility Asked"),
    ("feasible", "Feasible"),
    ("open", "Made"),
    ("kept", "Kept"),
    ("broken", "Broken"),
    ("renegotiated", "Renegotiated"),
    ("cancelled", "Cancelled"),
]
PROMISE_KINDS = [
    ("delivery", "Delivery"),
    ("payment", "Payment by the Customer"),
    ("price", "Price"),
    ("document", "Document"),
    ("other", "Other"),
]
#: whoever answers whether something can be done
CHECKER = "sales_assistant.group_sales_assistant_opinion"


class SalesAssistantPromise(models.Model):
    """SA-06: a promise to a customer, or of a customer to pay (诚信守诺, S0).

    It is made only after a named person has said that it can be kept
    (在给客户承诺之前, 先去确认一个满足承诺的条件是否可行). Kept on its day or
    before, else broken; before its day it can be renegotiated, and a new promise is
    checked again. A broken one asks for an apology and a remedy
    (诚心地向客户道歉，然后想办法来弥补); whether the customer was told before the day
    counts separately.
    """

    _name = "sales.assistant.promise"
    _inherit = [
        "sales.assistant.customer.mixin",
        "sales.assistant.contact.link.mixin",
        "sales.sheet.mixin",
    ]
    _description = "Promise"
    _order = "date_due, id"
    _check_company_auto = True

    _board_user_fields = ("user_id", "assistant_id", "checker_id")
    _steps = {
        "ask": Step({"draft"}, "asked", USER),
        "confirm": Step({"asked"}, "feasible", CHECKER, "read"),
        "refuse": Step({"asked"}, "draft", CHECKER, "read"),
        "make": Step({"feasible"}, "open", USER),
        "withdraw": Step({"asked", "feasible"}, "draft", USER),
        "tell": Step({"open"}, None, USER),
        "keep": Step({"open"}, "kept", USER),
        "break": Step({"open"}, "broken", USER),
        "renegotiate": Step({"open"}, "renegotiated", USER),
        "cancel": Step(
            {"draft", "asked", "feasible"},
            "cancelled",
            USER,
            "write",
            "sales_promise_cancel",
        ),
    }
    _frozen_states = frozenset(
        {"asked", "feasible", "open", "kept", "broken", "renegotiated", "cancelled"}
    )
    _open_when_frozen = frozenset({"user_id", "assistant_id", "team_id"})
    _closed_fields = frozenset(
        {
            "checked_at",
            "date_kept",
            "date_made",
            "date_settled",
            "date_told",
            "feasibility_note",
            "broken_reason_id",
            "broken_note",
            "is_feasible",
            "next_id",
            "evidence",
        }
    )

    subject = fields.Char("Promise", required=True, tracking=True)
    kind = fields.Selection(PROMISE_KINDS, required=True, default="delivery")
    state = fields.Selection(
        PROMISE_STATES,
        required=True,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id)]",
    )
    description = fields.Text("Details")
    date_due = fields.Date("Due", required=True, tracking=True)
    amount = fields.Monetary(help="Of a payment or a price.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )

    # feasibility
    checker_id = fields.Many2one(
        "res.users",
        "Checked by",
        index="btree_not_null",
        domain=[("share", "=", False)],
        tracking=True,
        help="Knows whether it can be kept: production, purchasing, finance.",
    )
    is_feasible = fields.Boolean("Can Be Kept", readonly=True, copy=False)
    feasibility_note = fields.Text("Answer", readonly=True, copy=False)
    checked_at = fields.Datetime("Answered on", readonly=True, copy=False)
    date_made = fields.Date("Made on", readonly=True, copy=False)

    # how it ended
    date_kept = fields.Date("Kept on", readonly=True, copy=False)
    evidence = fields.Char("Proof", readonly=True, copy=False)
    date_told = fields.Date(
        "Customer Told on",
        readonly=True,
        copy=False,
        help="When the customer learnt from us that it would not be kept.",
    )
    date_settled = fields.Date("Settled on", readonly=True, copy=False)
    broken_reason_id = fields.Many2one(
        "sales.reason",
        "Why It Was Broken",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    broken_note = fields.Text(readonly=True, copy=False)
    date_apology = fields.Date("Apologised on", copy=False)
    remedy = fields.Text(copy=False, help="What was done to make up for it.")
    is_remedy_due = fields.Boolean(
        "Apology or Remedy Due", compute="_compute_is_remedy_due", store=True
    )
    next_id = fields.Many2one(
        "sales.assistant.promise",
        "New Promise",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )

    # figures
    kept_rate = fields.Float(
        "Kept (%)",
        compute="_compute_rates",
        store=True,
        aggregator="avg",
        help="Of the promises that were kept or broken.",
    )
    is_told_before = fields.Boolean(
        "Told Before the Day",
        compute="_compute_rates",
        store=True,
        help="The customer learnt before the day that it would not be kept.",
    )
    delay_days = fields.Integer(
        "Delay (Days)", compute="_compute_rates", store=True, aggregator="avg"
    )

    sales_contact_ids = fields.One2many(
        "sales.assistant.contact", "promise_id", "Contacts", groups=DESK
    )
    can_ask = fields.Boolean(compute="_compute_can_steps")
    can_confirm = fields.Boolean(compute="_compute_can_steps")
    can_refuse = fields.Boolean(compute="_compute_can_steps")
    can_make = fields.Boolean(compute="_compute_can_steps")
    can_withdraw = fields.Boolean(compute="_compute_can_steps")
    can_tell = fields.Boolean(compute="_compute_can_steps")
    can_keep = fields.Boolean(compute="_compute_can_steps")
    can_break = fields.Boolean(compute="_compute_can_steps")
    can_renegotiate = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _due_idx = models.Index("(date_due, id) WHERE state = 'open'")
    _remedy_idx = models.Index("(date_settled, id) WHERE is_remedy_due")

    # ---------------------------------------------------------------- computes

    @api.depends("state", "checker_id", "user_id", "assistant_id", "date_due")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for promise in self:
            names = [promise.name, promise.subject]
            promise.display_name = " · ".join(name for name in names if name)

    @api.depends("state", "date_apology", "remedy")
    def _compute_is_remedy_due(self):
        for promise in self:
            promise.is_remedy_due = promise.state == "broken" and not (
                promise.date_apology and (promise.remedy or "").strip()
            )

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        days = {company: company._get_sales_today() for company in self.company_id}
        for promise in self:
            due, today = promise.date_due, days.get(promise.company_id)
            promise.is_overdue = promise.state == "open" and due and due < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("state", "=", "open") & Domain("date_due", "<", today)

    @api.depends("state", "date_due", "date_told", "date_kept", "date_settled")
    def _compute_rates(self):
        for promise in self:
            promise.kept_rate = 100 if promise.state == "kept" else 0
            promise.is_told_before = (
                promise.state == "broken"
                and bool(promise.date_told)
                and promise.date_told < promise.date_due
            )
            ended = promise.date_kept or promise.date_settled
            is_settled = promise.state in ("kept", "broken")
            promise.delay_days = (
                is_settled and ended and (ended - promise.date_due).days
            )

    @api.onchange("order_id")
    def _onchange_order_id(self):
        if self.order_id and not self.partner_id:
            self.partner_id = self.order_id.partner_id

    # -------------------------------------------------------------------- frozen

    def _check_not_frozen(self, vals):
        """Apology and remedy of a broken promise are added when they have happened."""
        broken = self.filtered(lambda one: one.state == "broken")
        later = {"date_apology", "remedy"}
        rest = {name: value for name, value in vals.items() if name not in later}
        super(SalesAssistantPromise, self - broken)._check_not_frozen(vals)
        return super(SalesAssistantPromise, broken)._check_not_frozen(rest)

    # -------------------------------------------------------------------- search

    @api.model
    def _get_asked_domain(self):
        """Promises whose feasibility the current user is asked about."""
        acting = self.env.user._get_sales_acting_ids()
        return Domain("state", "=", "asked") & Domain("checker_id", "in", acting)

    @api.model
    def _get_payment_promises(self, partners, date_from, date_to):
        """Payments that customers have promised for a period, for a collection plan.

        :param res.partner partners: commercial partners
        :returns: open payment promises
        """
        return self.search(
            [
                ("kind", "=", "payment"),
                ("state", "=", "open"),
                ("commercial_partner_id", "in", partners.ids),
                ("date_due", ">=", date_from),
                ("date_due", "<=", date_to),
            ]
        )

    # --------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Promises")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("subject"),
            Column("kind"),
            Column("partner_id"),
            Column("user_id"),
            Column("date_made"),
            Column("date_due"),
            Column("state"),
            Column("date_kept"),
            Column("date_told"),
            Column("is_told_before"),
            Column("broken_reason_id"),
            Column("date_apology"),
            Column("remedy"),
        ]
