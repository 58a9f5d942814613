from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_document_template import SET_KINDS
from .sales_assistant_order_mixin import LEAD, USER

#: the part of the desk that can be switched off
DOCUMENT_SET = "sales_assistant.group_sales_assistant_document_set"
SET_STATES = [
    ("draft", "Collecting"),
    ("ready", "Complete"),
    ("presented", "Handed In"),
    ("settled", "Settled"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("draft", "ready")
#: kinds that list the goods of a delivery
GOODS_KINDS = ("export",)


class SalesAssistantDocumentSet(models.Model):
    """SA-17a: the documents that go with an order or one of its deliveries (整套单据,
    S2 外贸 8、9; 内勤 11): each with owner, due day, file and check.

    A set is complete when all required documents are there; only a complete one, and
    where the company asks for it a checked one (SA-13), is handed in (交单): to the
    bank, the customer, the forwarder, or to finance for the tax refund (退税核销,
    S2 外贸 11). What is refused comes back and is counted.
    """

    _name = "sales.assistant.document.set"
    _inherit = [
        "sales.assistant.order.mixin",
        "sales.sheet.mixin",
    ]
    _description = "Document Set"
    _order = "date_next, id desc"

    _steps = {
        "complete": Step({"draft"}, "ready", USER),
        "reopen": Step({"ready"}, "draft", USER),
        "present": Step({"ready"}, "presented", USER),
        "refuse": Step(
            {"presented"}, "draft", USER, "write", "sales_document_set_refuse"
        ),
        "settle": Step({"presented"}, "settled", USER),
        "cancel": Step(
            {"draft", "ready", "presented"},
            "cancelled",
            LEAD,
            "write",
            "sales_paper_cancel",
        ),
    }
    _frozen_states = frozenset({"ready", "presented", "settled", "cancelled"})
    _board_user_fields = ("order_id.user_id", "assistant_id", "item_ids.user_id")
    _closed_fields = frozenset(
        {
            "date_presented",
            "date_settled",
            "presented_by_id",
            "presented_to",
            "presentation_ref",
            "receiver",
            "refusal_count",
            "settled_amount",
        }
    )

    state = fields.Selection(
        SET_STATES,
        required=True,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    template_id = fields.Many2one(
        "sales.assistant.document.template",
        required=True,
        index=True,
        ondelete="restrict",
    )
    kind = fields.Selection(
        SET_KINDS,
        compute="_compute_kind",
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
    picking_id = fields.Many2one(
        "stock.picking",
        "Delivery Order",
        index="btree_not_null",
        domain="[('sale_id', '=', order_id), ('picking_type_code', '=', 'outgoing')]",
    )
    note = fields.Text()

    # documents
    item_ids = fields.One2many(
        "sales.assistant.document.set.item", "document_set_id", "Documents"
    )
    item_count = fields.Integer("Documents Needed", compute="_compute_progress")
    item_done_count = fields.Integer("Documents There", compute="_compute_progress")
    progress = fields.Float("Complete (%)", compute="_compute_progress")

    # days
    date_shipment = fields.Date(
        "Shipment",
        compute="_compute_date_shipment",
        store=True,
        precompute=True,
        readonly=False,
        help="Of the delivery, else the promised date of the order.",
    )
    date_expiry = fields.Date(
        "Letter of Credit Expires", help="Nothing is handed in after this day."
    )
    date_deadline = fields.Date(
        "Hand in until",
        compute="_compute_date_deadline",
        store=True,
        precompute=True,
        readonly=False,
        tracking=True,
    )
    date_next = fields.Date(
        "Next Due", compute="_compute_date_next", store=True, index="btree_not_null"
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )

    # handed in
    presented_to = fields.Selection(
        [
            ("bank", "Bank"),
            ("customer", "Customer"),
            ("forwarder", "Forwarder"),
            ("finance", "Finance"),
            ("authority", "Authority"),
        ],
        "Handed in to",
        readonly=True,
        copy=False,
    )
    receiver = fields.Char("Received by", readonly=True, copy=False)
    presentation_ref = fields.Char(
        "Waybill or Receipt Number", readonly=True, copy=False
    )
    date_presented = fields.Date("Handed in on", readonly=True, copy=False)
    presented_by_id = fields.Many2one(
        "res.users", "Handed in by", readonly=True, copy=False, index="btree_not_null"
    )
    refusal_count = fields.Integer("Times Refused", readonly=True, copy=False)
    date_settled = fields.Date("Settled on", readonly=True, copy=False)
    settled_amount = fields.Monetary(
        "Amount Received",
        readonly=True,
        copy=False,
        help="What the bank or the customer paid, or the tax refunded.",
    )
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True, index=False
    )

    can_complete = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")
    can_present = fields.Boolean(compute="_compute_can_steps")
    can_refuse = fields.Boolean(compute="_compute_can_steps")
    can_settle = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    # ----------------------------------------------------------------- computes

    @api.depends("name", "template_id.name")
    def _compute_display_name(self):
        for one in self:
            parts = (one.name, one.template_id.name)
            one.display_name = " · ".join(part for part in parts if part)

    @api.depends("template_id")
    def _compute_kind(self):
        for one in self:
            one.kind = one.template_id.kind

    @api.depends("item_ids.state", "item_ids.is_required")
    def _compute_progress(self):
        for one in self:
            needed = one.item_ids.filtered(
                lambda item: item.is_required and item.state != "skipped"
            )
            done = needed.filtered(lambda item: item.state != "open")
            one.item_count = len(needed)
            one.item_done_count = len(done)
            one.progress = 100 * len(done) / len(needed) if needed else 0

    @api.depends(
        "kind",
        "picking_id.date_done",
        "picking_id.scheduled_date",
        "order_id.sales_promised_date",
    )
    def _compute_date_shipment(self):
        for one in self:
            # sudo: the day of a delivery is no secret to who has the order
            picking_sudo = one.picking_id.sudo()
            moment = picking_sudo.date_done or picking_sudo.scheduled_date
            company = one.company_id or one.order_id.company_id
            if one.kind == "tender":
                one.date_shipment = False
            elif moment:
                one.date_shipment = company._get_sales_day(moment)
            else:
                one.date_shipment = one.order_id.sales_promised_date

    @api.depends("template_id", "date_shipment", "date_expiry")
    def _compute_date_deadline(self):
        for one in self:
            days = (one.template_id._get_deadline(one.date_shipment), one.date_expiry)
            one.date_deadline = min(filter(None, days), default=False)

    @api.depends("state", "date_deadline", "item_ids.state", "item_ids.date_due")
    def _compute_date_next(self):
        for one in self:
            days = [one.date_deadline] if one.state in OPEN_STATES else []
            if one.state == "draft":
                waiting = one.item_ids.filtered(lambda item: item.state == "open")
                days += waiting.mapped("date_due")
            one.date_next = min(filter(None, days), default=False)

    @api.depends("date_next", "company_id")
    def _compute_is_late(self):
        for one in self:
            today = one.company_id._get_sales_today()
            one.is_late = bool(one.date_next and one.date_next < today)

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("date_next", "<", self.env.company._get_sales_today())
        return late if True in value else ~late

    @api.depends("state", "item_ids.state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # --------------------------------------------------------------------- create

    @api.model_create_multi
    def create(self, vals_list):
        """The documents come from the template, the goods from the delivery."""
        sets = super().create(vals_list)
        bare = sets.browse(
            one.id
            for one, vals in zip(sets, vals_list, strict=True)
            if not vals.get("item_ids")
        )
        bare._create_items()
        sets.filtered(lambda one: one._lists_goods() and not one.line_ids)._take_goods()
        return sets

    def _create_items(self):
        self.env["sales.assistant.document.set.item"].create(
            [
                one._prepare_item_values(line)
                for one in self
                for line in one.template_id.line_ids
            ]
        )

    def _prepare_item_values(self, line):
        people = {"assistant": self.assistant_id, "salesperson": self.user_id}
        owner = people[line.responsible] or self.user_id or self.assistant_id
        lang = self.company_id.partner_id.lang
        return {
            "document_set_id": self.id,
            "sequence": line.sequence,
            "name": line.with_context(lang=lang).name,
            "kind": line.kind,
            "is_required": line.is_required,
            "offset_days": line.offset_days,
            "user_id": (owner or self.env.user).id,
            "originals": line.originals,
            "copies": line.copies,
        }

    def _lists_goods(self):
        return self.kind in GOODS_KINDS

    # ----------------------------------------------------------------------- lists

    @api.model
    def _get_due_domain(self):
        """Sets of which something is due within the days of the settings."""
        days = self.env.company.sales_assistant_document_set_days
        today = self.env.company._get_sales_today()
        return Domain("state", "in", OPEN_STATES) & Domain(
            "date_next", "<=", fields.Date.add(today, days=days)
        )

    @api.model
    def _get_sheet_title(self):
        return self.env._("Document Sets")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("template_id"),
            Column("order_id", label=self.env._("Order")),
            Column("partner_id"),
            Column("date_shipment"),
            Column("date_deadline"),
            Column("state"),
            Column("presented_to"),
            Column("date_presented"),
            Column("refusal_count", total=True),
            Column("date_settled"),
            Column("settled_amount", total=True),
            Column("assistant_id"),
        ]
