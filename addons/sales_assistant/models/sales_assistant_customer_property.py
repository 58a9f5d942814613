from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import USER

PROPERTY_STATES = [
    ("draft", "Not Yet Received"),
    ("held", "With Us"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
PROPERTY_KINDS = [
    ("tooling", "Tooling"),
    ("drawing", "Drawing"),
    ("sample", "Customer's Sample"),
    ("packaging", "Packaging"),
    ("material", "Material"),
    ("other", "Other"),
]
CONDITIONS = [
    ("new", "As New"),
    ("good", "Good"),
    ("worn", "Worn"),
    ("damaged", "Damaged"),
]
#: what the ledger is kept by; fixed once something was received
LEDGER_FIELDS = frozenset({"partner_id", "company_id", "uom_id"})


class SalesAssistantCustomerProperty(models.Model):
    """SA-17c: what belongs to a customer and is with us 客户财产 (客户财产管理, S4;
    妥善保管客户的资料或样品, S2 外贸 10): tooling, drawings, samples, packaging.

    Received, put elsewhere, given back and written off by steps, each of which adds a
    row to its ledger: what we have is what was received less what went (F-13). Nothing
    is written off without telling the customer.
    """

    _name = "sales.assistant.customer.property"
    _inherit = ["sales.assistant.customer.mixin", "sales.sheet.mixin"]
    _description = "Customer Property"
    _order = "partner_id, kind, id"
    _check_company_auto = True

    _board_user_fields = ("user_id", "assistant_id", "keeper_id")
    _steps = {
        "receive": Step({"draft", "held", "closed"}, "held", USER),
        "relocate": Step({"held"}, "held", USER),
        "return": Step({"held"}, None, USER),
        "write_off": Step({"held"}, None, USER),
        "cancel": Step({"draft"}, "cancelled", USER, "write", "sales_property_cancel"),
    }
    _frozen_states = frozenset({"closed", "cancelled"})
    _open_when_frozen = frozenset({"user_id", "assistant_id", "team_id"})
    _closed_fields = frozenset(
        {
            "condition",
            "date_counted",
            "keeper_id",
            "move_ids",
            "place",
        }
    )

    state = fields.Selection(
        PROPERTY_STATES,
        required=True,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    subject = fields.Char("What It Is", required=True, tracking=True)
    kind = fields.Selection(PROPERTY_KINDS, required=True, default="tooling")
    reference = fields.Char(
        "Customer's Mark",
        index="btree_not_null",
        tracking=True,
        help="Tool or drawing number as the customer writes it.",
    )
    revision = fields.Char(tracking=True, help="Of a drawing.")
    product_id = fields.Many2one(
        "product.product",
        "Used for",
        index="btree_not_null",
        check_company=True,
        help="The product that is made or packed with it.",
    )
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id)]",
    )
    note = fields.Text(help="How it is to be kept, used and returned.")
    date_return_due = fields.Date("Return by", tracking=True)

    # where it is
    place = fields.Char(readonly=True, copy=False, tracking=True)
    keeper_id = fields.Many2one(
        "res.users",
        "Kept by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
    )
    condition = fields.Selection(CONDITIONS, readonly=True, copy=False, tracking=True)
    date_counted = fields.Date(
        "Counted on",
        readonly=True,
        copy=False,
        help="Day of the last count that was agreed with the customer.",
    )

    # money
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    value = fields.Monetary("Value of One", help="As the customer has declared it.")

    # ledger
    uom_id = fields.Many2one(
        "uom.uom",
        "Unit",
        required=True,
        default=lambda self: self.env.ref("uom.product_uom_unit"),
    )
    move_ids = fields.One2many(
        "sales.assistant.property.move", "property_id", "Ledger", readonly=True
    )
    quantity_received = fields.Float(
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    quantity_returned = fields.Float(
        "Quantity Given Back",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    quantity_written_off = fields.Float(
        "Written off", digits="Product Unit", compute="_compute_quantities", store=True
    )
    quantity_held = fields.Float(
        "With Us",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
        help="Received less returned and written off, and what counts have shown.",
    )
    is_return_due = fields.Boolean(
        "To Be Returned", compute="_compute_is_return_due", search="_search_is_due"
    )
    can_receive = fields.Boolean(compute="_compute_can_steps")
    can_relocate = fields.Boolean(compute="_compute_can_steps")
    can_return = fields.Boolean(compute="_compute_can_steps")
    can_write_off = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _return_due_idx = models.Index("(date_return_due, id) WHERE state = 'held'")

    # ---------------------------------------------------------------- computes

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "subject", "reference")
    def _compute_display_name(self):
        for one in self:
            names = [one.name, one.subject, one.reference]
            one.display_name = " · ".join(name for name in names if name)

    @api.depends("move_ids.quantity", "move_ids.kind")
    def _compute_quantities(self):
        for one in self:
            sums = dict.fromkeys(("receive", "return", "write_off"), 0)
            for kind, moves in one.move_ids.grouped("kind").items():
                sums[kind] = sum(moves.mapped("quantity"))
            one.quantity_received = sums["receive"]
            one.quantity_returned = -sums["return"]
            one.quantity_written_off = -sums["write_off"]
            one.quantity_held = sum(sums.values())

    @api.depends("state", "date_return_due")
    def _compute_is_return_due(self):
        days = {company: company._get_sales_today() for company in self.company_id}
        for one in self:
            due, today = one.date_return_due, days.get(one.company_id)
            one.is_return_due = one.state == "held" and bool(due) and due <= today

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_due_domain(self.env.company._get_sales_today())

    # ------------------------------------------------------------------- search

    @api.model
    def _get_due_domain(self, day):
        """What is to be returned until ``day``."""
        return Domain("state", "=", "held") & Domain("date_return_due", "<=", day)

    @api.model
    def _get_own_domain(self):
        acting = self.env.user._get_sales_acting_ids()
        return super()._get_own_domain() | Domain("keeper_id", "in", acting)

    # -------------------------------------------------------------------- frozen

    def _check_not_frozen(self, vals):
        """Whose it is, and in which unit it is counted, stays as it was received."""
        result = super()._check_not_frozen(vals)
        moved = self.filtered(
            lambda one: (
                one.move_ids
                and any(
                    name in vals and one[name].id != vals[name]
                    for name in LEDGER_FIELDS
                )
            )
        )
        if moved:
            raise UserError(
                self.env._(
                    "Owner, company and unit stay as they were received: "
                    "%(documents)s.",
                    documents=", ".join(moved.mapped("display_name")),
                )
            )
        return result

    # --------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Customer Property")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("commercial_partner_id", label=self.env._("Customer")),
            Column("kind"),
            Column("subject"),
            Column("reference"),
            Column("revision"),
            Column("place"),
            Column("condition"),
            Column("quantity_received"),
            Column("quantity_returned"),
            Column("quantity_written_off"),
            Column("quantity_held"),
            Column("uom_id"),
            Column("date_return_due"),
            Column("date_counted"),
            Column("state"),
        ]
