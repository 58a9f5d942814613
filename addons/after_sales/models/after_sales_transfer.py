from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .after_sales_claim_transfer import MAKER

PEOPLE = "after_sales.group_after_sales_user,base.group_portal"
TRANSFER_STATES = [
    ("draft", "Draft"),
    ("ordered", "To Ship"),
    ("dispatched", "On the Way"),
    ("received", "Arrived"),
    ("cleared", "Cleared"),
    ("declined", "Declined"),
    ("cancelled", "Cancelled"),
]
WAYS = [
    ("own", "Own Shipment"),
    ("supplier", "On Behalf: Supplier"),
    ("station", "On Behalf: Another Station"),
]
BEARERS = [
    ("shipper", "Who Shipped"),
    ("receiver", "Receiving Station"),
    ("maker", "Maker"),
]


class AfterSalesTransfer(models.Model):
    """A shipment of an urgent part transfer 紧急调件 (AS-11).

    Own shipment 应发货 leaves the maker's stock by a delivery of its warehouse; on
    behalf 代发货 a supplier or another station sends the parts straight to the station
    that needs them, and says so in the portal. The receiving station counts what has
    come; who bears a difference is decided, then the costs are cleared between the
    parties.
    """

    _name = "after.sales.transfer"
    _description = "Shipment of Urgent Parts"
    _inherit = ["sales.document.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _closed_fields = frozenset(
        "partner_id receiver_partner_id station_id picking_id ordered_at dispatched_at"
        " received_at cleared_at received_by_id value_amount missing_amount"
        " shipper_amount receiver_amount has_difference".split()
    )
    _frozen_states = frozenset({"cleared", "declined", "cancelled"})

    _steps = {
        "order": Step({"draft"}, "ordered", MAKER),
        "dispatch": Step({"ordered"}, "dispatched", PEOPLE),
        "decline": Step(
            {"ordered"}, "declined", PEOPLE, "write", "after_sales_decline"
        ),
        "receive": Step({"dispatched"}, "received", PEOPLE),
        "clear": Step({"received"}, "cleared", "after_sales.group_after_sales_clerk"),
        "cancel": Step(
            {"draft", "ordered"}, "cancelled", MAKER, "write", "after_sales_cancel"
        ),
    }

    state = fields.Selection(
        TRANSFER_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    claim_id = fields.Many2one(
        "after.sales.claim",
        "Part Transfer",
        required=True,
        index=True,
        check_company=True,
        domain="[('kind', '=', 'part_transfer'), ('state', '=', 'approved')]",
        ondelete="restrict",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    # from
    way = fields.Selection(WAYS, required=True, default="own", tracking=True)
    supplier_id = fields.Many2one(
        "after.sales.supplier",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    from_station_id = fields.Many2one(
        "after.sales.station",
        "Shipping Station",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Ships",
        compute="_compute_partner_id",
        store=True,
        index=True,
    )
    picking_id = fields.Many2one(
        "stock.picking", "Delivery", readonly=True, copy=False, index="btree_not_null"
    )
    # to
    station_id = fields.Many2one(
        related="claim_id.station_id",
        string="Receiving Station",
        store=True,
        index=True,
    )
    receiver_partner_id = fields.Many2one(
        related="station_id.partner_id", string="Receives", store=True, index=True
    )
    # parts
    line_ids = fields.One2many(
        "after.sales.transfer.line", "transfer_id", "Parts Shipped", copy=True
    )
    has_difference = fields.Boolean(compute="_compute_amounts", store=True)
    # way
    carrier = fields.Char(size=80)
    waybill = fields.Char(size=80)
    note = fields.Text("Instruction")
    ordered_at = fields.Datetime("Ordered", readonly=True, copy=False)
    dispatched_at = fields.Datetime("Dispatched", readonly=True, copy=False)
    received_at = fields.Datetime("Arrived On", readonly=True, copy=False)
    received_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    cleared_at = fields.Datetime("Cleared", readonly=True, copy=False)
    # clearing
    freight_amount = fields.Monetary(
        "Freight", help="What the shipper paid for the transport."
    )
    is_charged = fields.Boolean(
        "Receiver Pays for the Parts",
        default=True,
        help="The station is charged for what it received, and claims the parts with "
        "its repair as any others.",
    )
    difference_bearer = fields.Selection(BEARERS, "Difference Borne By", tracking=True)
    value_amount = fields.Monetary(
        "Value Received", compute="_compute_amounts", store=True
    )
    missing_amount = fields.Monetary(
        "Value Missing", compute="_compute_amounts", store=True
    )
    shipper_amount = fields.Monetary(
        "Credit to Who Shipped", compute="_compute_amounts", store=True
    )
    receiver_amount = fields.Monetary(
        "Charge to the Receiver", compute="_compute_amounts", store=True
    )
    # stock
    offer_ids = fields.Many2many(
        "after.sales.station.stock", string="Who Has It", compute="_compute_offer_ids"
    )
    can_order = fields.Boolean(compute="_compute_can")
    can_dispatch = fields.Boolean(compute="_compute_can")
    can_decline = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")
    can_clear = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another shipment has this number."
    )
    _source_named = models.Constraint(
        "CHECK ((way = 'supplier') = (supplier_id IS NOT NULL)"
        " AND (way = 'station') = (from_station_id IS NOT NULL))",
        "A shipment on behalf names the supplier or the station that ships.",
    )
    _freight_positive = models.Constraint(
        "CHECK (freight_amount >= 0)", "Freight is not negative."
    )

    @api.depends("way", "supplier_id", "from_station_id", "company_id")
    def _compute_partner_id(self):
        for transfer in self:
            transfer.partner_id = {
                "supplier": transfer.supplier_id.partner_id,
                "station": transfer.from_station_id.partner_id,
            }.get(transfer.way, transfer.company_id.partner_id)

    @api.depends(
        "way",
        "is_charged",
        "freight_amount",
        "difference_bearer",
        "company_id",
        "line_ids.sent_quantity",
        "line_ids.received_quantity",
        "line_ids.price_unit",
        "state",
    )
    def _compute_amounts(self):
        """What came is paid to who shipped it, with the freight, and charged to who got
        it; what is missing follows the decision."""
        for transfer in self:
            lines = transfer.line_ids
            counted = transfer.state in ("received", "cleared")
            missing = sum(line._get_missing_value() for line in lines) if counted else 0
            value = sum(line._get_received_value() for line in lines)
            bearer = transfer.difference_bearer
            credit = charge = 0.0
            if transfer.way != "own":
                lost = bearer in ("receiver", "maker")
                credit = value + transfer.freight_amount + (missing if lost else 0)
            if transfer.is_charged:
                charge = value
            if bearer == "receiver":
                charge += missing
            transfer.value_amount = value
            transfer.missing_amount = missing
            transfer.shipper_amount = credit if counted else 0
            transfer.receiver_amount = charge if counted else 0
            transfer.has_difference = counted and any(
                line.sent_quantity != line.received_quantity for line in lines
            )

    @api.depends("station_id", "line_ids.product_id", "state")
    def _compute_offer_ids(self):
        """Stations that declared stock of these parts, the nearest first."""
        drafts = self.filtered(lambda transfer: transfer.state == "draft")
        stocks = self.env["after.sales.station.stock"].search(
            [
                ("product_id", "in", drafts.line_ids.product_id.ids),
                ("company_id", "in", drafts.company_id.ids),
                ("quantity", ">", 0),
            ]
        )
        for transfer in self:
            transfer.offer_ids = (
                transfer._get_offers(stocks) if transfer in drafts else False
            )

    def _get_offers(self, stocks):
        return stocks.filtered(
            lambda row: (
                row.product_id in self.line_ids.product_id
                and row.station_id != self.station_id
                and row.company_id == self.company_id
            )
        )._sort_by_distance(self.station_id)

    @api.onchange("way")
    def _onchange_way(self):
        if self.way != "supplier":
            self.supplier_id = False
        if self.way != "station":
            self.from_station_id = False

    @api.constrains("from_station_id", "claim_id")
    def _check_from_station(self):
        for transfer in self:
            if transfer.from_station_id == transfer.station_id:
                raise UserError(
                    self.env._("A station does not ship to itself: choose another.")
                )

    # --------------------------------------------------------------------- source

    def _propose_source(self):
        """Where the parts come from: the maker's stock if it has them all, else the
        nearest station that declared them, else the first supplier of the part."""
        self.ensure_one()
        if self._is_in_stock():
            return
        wanted = self.line_ids.grouped("product_id")
        for station, rows in self.offer_ids.grouped("station_id").items():
            had = {row.product_id: row.quantity for row in rows}
            if all(
                had.get(product, 0) >= sum(lines.mapped("quantity"))
                for product, lines in wanted.items()
            ):
                self._choose_station(station)
                return
        supplier = self._get_supplier()
        if supplier:
            self.write({"way": "supplier", "supplier_id": supplier.id})

    def _is_in_stock(self):
        # sudo: who ships for after-sales need not read the warehouse
        for line in self.sudo().line_ids:
            product = line.product_id.with_company(self.company_id)
            if product.is_storable and product.free_qty < line.quantity:
                return False
        return True

    def _get_supplier(self):
        sellers = self.line_ids.product_id.seller_ids.partner_id.commercial_partner_id
        return self.env["after.sales.supplier"].search(
            [
                ("partner_id", "in", sellers.ids),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )

    def _choose_station(self, station):
        """Ship from this station.

        :raises UserError: the shipment is ordered already
        """
        self.ensure_one()
        self.check_access("write")
        self._lock_for_step()
        if self.state != "draft":
            raise UserError(self.env._("%s is ordered already.", self.name))
        self.write(
            {"way": "station", "from_station_id": station.id, "supplier_id": False}
        )

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.name
