from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import LEAD, MANAGER, USER

REVIEW_STATES = [
    ("draft", "Draft"),
    ("in_review", "In Review"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("superseded", "Superseded"),
]
REVIEW_KINDS = [("normal", "Normal"), ("special", "Special")]


class SalesAssistantReview(models.Model):
    """SA-11: the contract review of an order (合同评审, S0 职责三).

    Submitting sorts the order by the company's rules. A normal one is approved by the
    order's assistant (or stand-in) when the required terms of the checklist are
    confirmed; the order's own salesperson cannot approve it. A special one asks the
    departments of the failed rules for an opinion each, in parallel and with a
    deadline, and is decided by a manager once all have answered or the deadline is
    over. The terms reviewed are kept: when they change, the review is superseded and
    asked for again. An order has one review that is not superseded.
    """

    _name = "sales.assistant.review"
    _inherit = ["sales.assistant.order.mixin", "sales.sheet.mixin"]
    _description = "Contract Review"
    _order = "id desc"

    _steps = {
        "submit": Step({"draft"}, "in_review", USER),
        "approve": Step({"in_review"}, "approved", USER),
        "reject": Step({"in_review"}, "rejected", USER, "write", "sales_review_reject"),
        "supersede": Step(
            {"draft", "in_review", "approved", "rejected"}, "superseded", USER
        ),
    }
    _frozen_states = frozenset({"approved", "rejected", "superseded"})
    _closed_fields = frozenset(
        {
            "kind",
            "revision",
            "previous_id",
            "terms",
            "amount_total",
            "submitted_at",
            "submitted_by_id",
            "date_due",
            "decided_at",
            "decided_by_id",
            "decision_note",
            "finding_ids",
            "commercial_partner_id",
            "user_id",
        }
    )

    order_id = fields.Many2one(domain="[('state', 'in', ('draft', 'sent'))]")
    state = fields.Selection(
        REVIEW_STATES, required=True, default="draft", index=True, tracking=True
    )
    kind = fields.Selection(REVIEW_KINDS, readonly=True, copy=False, index=True)
    revision = fields.Integer(
        readonly=True,
        copy=False,
        default=1,
        help="So many times the order was reviewed.",
    )
    previous_id = fields.Many2one(
        "sales.assistant.review",
        "Review Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    # order
    commercial_partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
    )
    user_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )
    order_state = fields.Selection(related="order_id.state", string="Order Status")

    # terms
    terms = fields.Json(readonly=True, copy=False)
    amount_total = fields.Monetary("Reviewed Amount", readonly=True, copy=False)
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True
    )
    terms_html = fields.Html("Reviewed Terms", compute="_compute_terms_html")
    changes_html = fields.Html("Changed Terms", compute="_compute_terms_html")

    # work
    finding_ids = fields.One2many(
        "sales.assistant.finding", "review_id", readonly=True, copy=False
    )
    check_ids = fields.One2many("sales.assistant.review.check", "review_id", copy=False)
    opinion_ids = fields.One2many(
        "sales.assistant.review.opinion", "review_id", copy=False
    )
    progress = fields.Char(compute="_compute_progress")

    # decision
    submitted_at = fields.Datetime("Requested on", readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", "Requested by", readonly=True, copy=False, index="btree_not_null"
    )
    date_due = fields.Date("Opinions Due", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, index="btree_not_null"
    )
    decision_note = fields.Text(readonly=True, copy=False)

    can_submit = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_reject = fields.Boolean(compute="_compute_can_steps")
    can_supersede = fields.Boolean(compute="_compute_can_steps")

    _current_uniq = models.UniqueIndex(
        "(order_id) WHERE state <> 'superseded'",
        "This order has a review already: withdraw it before asking again.",
    )
    _open_idx = models.Index("(id) WHERE state IN ('draft', 'in_review')")

    # ---------------------------------------------------------------- computes

    @api.depends("state", "check_ids.is_done", "opinion_ids.opinion", "kind")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        for review in self:
            order_sudo = review.order_id.sudo()  # sudo: a number is no secret
            review.display_name = f"{review.name} ({order_sudo.name})"

    @api.depends("state", "kind", "check_ids.is_done", "opinion_ids.opinion")
    def _compute_progress(self):
        for review in self:
            review.progress = review._get_progress()

    def _get_progress(self):
        if self.state != "in_review":
            return False
        _ = self.env._
        if self.kind == "normal":
            done = len(self.check_ids.filtered("is_done"))
            return _("Checklist %(done)s/%(all)s", done=done, all=len(self.check_ids))
        answered = len(self.opinion_ids.filtered("opinion"))
        if answered == len(self.opinion_ids):
            return _("Waits for the decision")
        return _("Opinions %(done)s/%(all)s", done=answered, all=len(self.opinion_ids))

    # ------------------------------------------------------------------ numbers

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        earlier = {
            order.id: (count, last)
            for order, count, last in self.sudo()._read_group(  # sudo: counts them all
                [("order_id", "in", [vals.get("order_id") for vals in vals_list])],
                ["order_id"],
                ["__count", "id:max"],
            )
        }
        for vals in vals_list:
            count, last = earlier.get(vals.get("order_id"), (0, False))
            vals.update(revision=count + 1, previous_id=last)
        return vals_list

    # ------------------------------------------------------------------- search

    @api.model
    def _get_decider_domain(self):
        """Normal reviews that wait for the current user, see ``_is_reviewer``."""
        uid = self.env.uid
        own = Domain("assistant_id", "in", self.env.user._get_sales_acting_ids())
        if self.env.user.has_group(LEAD):
            own |= Domain("team_id.user_id", "=", uid)
        own &= Domain("user_id", "!=", uid)
        if self.env.user.has_group(MANAGER):
            own |= Domain("assistant_id", "=", False)
        return Domain("state", "=", "in_review") & Domain("kind", "=", "normal") & own

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("order_id", label=self.env._("Order")),
            Column("partner_id"),
            Column("user_id"),
            Column("assistant_id"),
            Column("kind"),
            Column("state"),
            Column("revision"),
            Column("amount_total", currency="order_id.currency_id", total=True),
            Column("submitted_at"),
            Column("decided_at"),
            Column("decided_by_id"),
            Column("cancel_reason_id"),
        ]
