from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from ..tools.sample import waybill_key
from .sales_assistant_contact_link_mixin import DESK
from .sales_assistant_order_mixin import MANAGER, USER
from .sales_assistant_sample_rule import CHARGES, COURIER_TERMS, PURPOSES

SAMPLE_STATES = [
    ("draft", "Draft"),
    ("to_approve", "To Approve"),
    ("approved", "To Send"),
    ("sent", "Sent"),
    ("arrived", "With the Customer"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
LIKELIHOODS = [("yes", "Likely"), ("maybe", "Open"), ("no", "Unlikely")]
OUTCOMES = [
    ("accepted", "Accepted"),
    ("changes", "Changes Wanted"),
    ("rejected", "Rejected"),
    ("no_answer", "No Answer"),
]
#: states in which a sample is on its way or with the customer
OUT_STATES = ("sent", "arrived", "closed")
#: what becomes known while the sample is under way
SHIPPING_FIELDS = frozenset({"courier_id", "waybill", "courier_estimate", "check_ids"})


class SalesAssistantSample(models.Model):
    """SA-15: a sample 样品 from the request to the order.

    It is charged by rule (``sales.assistant.sample.rule``); special cases are the
    manager's. Before it leaves, somebody checks it point by point; it leaves the sample
    room as a real transfer. After its arrival the customer is asked what he thinks of
    it and whether he will order (S0 二·6), until it has an outcome.
    """

    _name = "sales.assistant.sample"
    _inherit = [
        "sales.assistant.customer.mixin",
        "sales.assistant.contact.link.mixin",
        "sales.sheet.mixin",
    ]
    _description = "Sample"
    _order = "date_request desc, id desc"
    _check_company_auto = True

    _steps = {
        "submit": Step({"draft"}, None, USER),
        "approve": Step({"to_approve"}, "approved", MANAGER),
        "send_back": Step(
            {"to_approve"}, "draft", MANAGER, "write", "sales_sample_return"
        ),
        "send": Step({"approved"}, "sent", USER),
        "arrive": Step({"sent"}, "arrived", USER),
        "follow": Step({"sent", "arrived"}, None, USER),
        "close": Step({"sent", "arrived"}, "closed", USER),
        "reopen": Step({"closed"}, "arrived", USER),
        "cancel": Step(
            {"draft", "to_approve", "approved"},
            "cancelled",
            USER,
            "write",
            "sales_sample_cancel",
        ),
    }
    _frozen_states = frozenset({*OUT_STATES, "to_approve", "approved", "cancelled"})
    _open_when_frozen = frozenset({"user_id", "assistant_id", "team_id"})
    _closed_fields = frozenset(
        {
            "approved_at",
            "approved_by_id",
            "courier_cost",
            "date_arrived",
            "date_closed",
            "date_follow_up",
            "date_sent",
            "evaluation",
            "follow_up_count",
            "invoice_id",
            "is_courier_billed",
            "order_likely",
            "outcome",
            "outcome_note",
            "outcome_reason_id",
            "picking_id",
            "previous_id",
            "special_facts",
        }
    )

    state = fields.Selection(
        SAMPLE_STATES,
        required=True,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Sent to",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        help="Person and address that receive the parcel.",
    )
    opportunity_id = fields.Many2one(
        "crm.lead", index="btree_not_null", check_company=True
    )
    previous_id = fields.Many2one(
        "sales.assistant.sample",
        "Sample Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The sample after which the customer wanted changes.",
    )
    purpose = fields.Selection(PURPOSES, required=True, default="evaluation")
    note = fields.Text("Wishes", help="What the customer wants to see in the sample.")
    line_ids = fields.One2many(
        "sales.assistant.sample.line", "sample_id", "Products", copy=True
    )
    product_names = fields.Char("Content", compute="_compute_product_names")
    check_ids = fields.One2many(
        "sales.assistant.sample.check", "sample_id", "Own Check", copy=False
    )
    check_progress = fields.Char(compute="_compute_check_progress")

    # dates
    date_request = fields.Date(
        "Requested on",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        copy=False,
    )
    date_wanted = fields.Date("Wanted by", copy=False)
    date_sent = fields.Date("Sent on", readonly=True, copy=False, index=True)
    date_arrived = fields.Date("Arrived on", readonly=True, copy=False)
    date_follow_up = fields.Date("Ask on", readonly=True, copy=False)
    date_closed = fields.Date("Closed on", readonly=True, copy=False)

    # charge (sales_assistant_sample_policy.py)
    rule_id = fields.Many2one(
        "sales.assistant.sample.rule",
        compute="_compute_rule_id",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    charge = fields.Selection(
        CHARGES, compute="_compute_charge", store=True, readonly=False, tracking=True
    )
    charge_percent = fields.Float(
        "Percent of Price", compute="_compute_charge", store=True, readonly=False
    )
    courier_terms = fields.Selection(
        COURIER_TERMS,
        "Courier Charge",
        compute="_compute_charge",
        store=True,
        readonly=False,
        tracking=True,
    )
    special_facts = fields.Json(readonly=True, copy=False)
    special_reason = fields.Char(compute="_compute_special_reason")
    approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    approved_at = fields.Datetime("Approved on", readonly=True, copy=False)

    # money
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    amount_total = fields.Monetary(
        "Goods Value",
        compute="_compute_amounts",
        store=True,
        help="At list prices.",
    )
    amount_charged = fields.Monetary("Charged", compute="_compute_amounts", store=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    cost_product = fields.Monetary(
        "Product Cost",
        compute="_compute_costs",
        store=True,
        currency_field="company_currency_id",
    )
    courier_estimate = fields.Monetary(
        "Courier Charge Expected", currency_field="company_currency_id", copy=False
    )
    courier_cost = fields.Monetary(
        "Courier Charge Billed",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
    )
    is_courier_billed = fields.Boolean(readonly=True, copy=False)
    cost_total = fields.Monetary(
        "Cost",
        compute="_compute_costs",
        store=True,
        currency_field="company_currency_id",
        help="Products at cost, and the courier's charge where we pay it: as billed, "
        "until then as expected.",
    )

    # shipment (sales_assistant_sample_shipment.py)
    courier_id = fields.Many2one(
        "sales.assistant.courier",
        index="btree_not_null",
        check_company=True,
        copy=False,
    )
    waybill = fields.Char(copy=False, index="btree_not_null")
    waybill_key = fields.Char(compute="_compute_waybill_key", store=True)
    tracking_url = fields.Char("Tracking", compute="_compute_tracking_url")
    picking_id = fields.Many2one(
        "stock.picking",
        "Shipment",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    invoice_id = fields.Many2one(
        "account.move",
        "Sample Invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    # follow-up and outcome
    follow_up_count = fields.Integer("Asked", readonly=True, copy=False)
    evaluation = fields.Text(
        "Customer's Evaluation", readonly=True, copy=False, tracking=True
    )
    order_likely = fields.Selection(
        LIKELIHOODS, "Order", readonly=True, copy=False, tracking=True
    )
    outcome = fields.Selection(
        OUTCOMES, readonly=True, copy=False, index="btree_not_null", tracking=True
    )
    outcome_reason_id = fields.Many2one(
        "sales.reason",
        "Reason of the Outcome",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    outcome_note = fields.Text(readonly=True, copy=False)

    # order (sales_assistant_sample_order.py)
    order_ids = fields.One2many("sale.order", "sales_sample_id", "Orders", copy=False)
    order_count = fields.Integer(compute="_compute_order_count")
    is_converted = fields.Boolean(
        "Became an Order", compute="_compute_is_converted", store=True
    )
    date_ordered = fields.Date(
        "Ordered on", compute="_compute_is_converted", store=True
    )
    days_to_order = fields.Integer(
        "Days to Order",
        compute="_compute_is_converted",
        store=True,
        aggregator="avg",
        help="From its sending to the first order.",
    )

    sales_contact_ids = fields.One2many(
        "sales.assistant.contact", "sample_id", "Contacts", groups=DESK
    )
    can_submit = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_send_back = fields.Boolean(compute="_compute_can_steps")
    can_send = fields.Boolean(compute="_compute_can_steps")
    can_arrive = fields.Boolean(compute="_compute_can_steps")
    can_follow = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _waybill_idx = models.Index("(company_id, waybill_key) WHERE waybill_key != ''")
    _follow_up_idx = models.Index(
        "(date_follow_up, id) WHERE state IN ('sent', 'arrived')"
    )

    # ---------------------------------------------------------------- computes

    @api.depends("state", "check_ids.is_done", "line_ids", "charge", "courier_id")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("partner_id")
    def _compute_contact_id(self):
        for sample in self:
            # sudo: the customer's addresses are looked up for who sells to him
            partner_sudo = sample.partner_id.sudo()
            delivery = partner_sudo.address_get(["delivery"])["delivery"]
            sample.contact_id = sample.partner_id.browse(delivery)

    @api.depends("partner_id", "company_id")
    def _compute_currency_id(self):
        for sample in self:
            # sudo: a price list is read for its currency only
            partner_sudo = sample.partner_id.sudo().with_company(sample.company_id)
            pricelist_sudo = partner_sudo.property_product_pricelist
            sample.currency_id = (
                pricelist_sudo.currency_id or sample.company_id.currency_id
            ).sudo(False)

    @api.depends("line_ids.amount", "charge", "charge_percent")
    def _compute_amounts(self):
        for sample in self:
            sample.amount_total = sum(sample.line_ids.mapped("amount"))
            share = sample.charge == "charged" and sample.charge_percent / 100
            sample.amount_charged = sum(
                line.currency_id.round(line.amount * share) for line in sample.line_ids
            )

    @api.depends(
        "line_ids.cost_amount",
        "courier_terms",
        "courier_estimate",
        "courier_cost",
        "is_courier_billed",
        "state",
    )
    def _compute_costs(self):
        for sample in self:
            sample.cost_product = sum(sample.line_ids.mapped("cost_amount"))
            courier = 0
            if sample.is_courier_billed:
                courier = sample.courier_cost
            elif sample.courier_terms == "prepaid" and sample.state in OUT_STATES:
                courier = sample.courier_estimate
            sample.cost_total = sample.cost_product + courier

    @api.depends("line_ids.product_id", "line_ids.quantity")
    def _compute_product_names(self):
        for sample in self:
            sample.product_names = ", ".join(
                f"{line.quantity:g} × {line.product_id.display_name}"
                for line in sample.line_ids
                if line.product_id
            )

    @api.depends("check_ids.is_done")
    def _compute_check_progress(self):
        for sample in self:
            done = len(sample.check_ids.filtered("is_done"))
            sample.check_progress = f"{done}/{len(sample.check_ids)}"

    @api.depends("waybill")
    def _compute_waybill_key(self):
        for sample in self:
            sample.waybill_key = waybill_key(sample.waybill)

    @api.depends("courier_id", "waybill")
    def _compute_tracking_url(self):
        for sample in self:
            # sudo: a courier's page is no secret
            sample.tracking_url = sample.courier_id.sudo()._get_tracking_url(
                sample.waybill
            )

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for sample in self:
            # sudo: the customer's name stands on his sample
            names = [sample.name, sample.partner_id.sudo().name]
            sample.display_name = " · ".join(name for name in names if name)

    # ------------------------------------------------------------------- frozen

    def _check_not_frozen(self, vals):
        """The parcel's data are open until the sample is closed; its checks are kept by
        themselves."""
        moving = self.filtered(lambda one: one.state in ("approved", "sent", "arrived"))
        rest = {
            name: value for name, value in vals.items() if name not in SHIPPING_FIELDS
        }
        super(SalesAssistantSample, self - moving)._check_not_frozen(vals)
        return super(SalesAssistantSample, moving)._check_not_frozen(rest)

    # ------------------------------------------------------------------- search

    @api.model
    def _get_due_domain(self, today):
        """Samples about which somebody is to be asked: has it arrived, what do you
        think of it?"""
        return Domain("state", "in", ("sent", "arrived")) & Domain(
            "date_follow_up", "<=", today
        )

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Samples")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("partner_id"),
            Column("user_id"),
            Column(
                "product_names", label=self.env._("Content"), getter="_get_contents"
            ),
            Column("purpose"),
            Column("date_sent"),
            Column("courier_id"),
            Column("waybill"),
            Column("date_arrived"),
            Column("state"),
            Column("outcome"),
            Column("charge"),
            Column("amount_charged", total=True),
            Column("cost_total", total=True),
            Column("is_converted"),
            Column("date_ordered"),
        ]

    def _get_contents(self):
        return {sample.id: sample.product_names for sample in self}
