# pylint: disable=consider-merging-classes-inherited
# What invoice and packing list say is a concept of its own beside the documents.
import math

from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesAssistantDocumentSet(models.Model):
    """SA-17a: goods, parties and transport of an export set, taken from delivery and
    order: quantities as shipped, prices of the order, weights and volume of the
    products, cartons from packages or the product's largest packaging."""

    _inherit = "sales.assistant.document.set"

    line_ids = fields.One2many(
        "sales.assistant.document.set.line", "document_set_id", "Goods"
    )

    # parties
    consignee_id = fields.Many2one(
        "res.partner",
        compute="_compute_terms",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
    )
    notify_id = fields.Many2one("res.partner", "Notify Party", index="btree_not_null")
    forwarder_id = fields.Many2one("res.partner", index="btree_not_null")

    # terms
    invoice_number = fields.Char(copy=False)
    date_invoice = fields.Date(
        "Invoice Date",
        copy=False,
        default=lambda self: self.env.company._get_sales_today(),
    )
    incoterm_id = fields.Many2one(
        "account.incoterms",
        compute="_compute_terms",
        store=True,
        precompute=True,
        readonly=False,
    )
    incoterm_location = fields.Char(
        compute="_compute_terms", store=True, precompute=True, readonly=False
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        compute="_compute_terms",
        store=True,
        precompute=True,
        readonly=False,
    )
    letter_of_credit = fields.Char("Letter of Credit")

    # transport
    port_loading = fields.Char("Port of Loading")
    port_discharge = fields.Char("Port of Discharge")
    vessel = fields.Char("Vessel or Flight")
    marks = fields.Text("Shipping Marks")

    # totals
    freight_amount = fields.Monetary("Freight", help="Shown apart on the invoice.")
    insurance_amount = fields.Monetary("Insurance")
    amount_total = fields.Monetary(
        "Invoice Total", compute="_compute_amount_total", store=True, precompute=True
    )
    carton_count = fields.Integer("Cartons", compute="_compute_totals")
    net_weight = fields.Float(
        "Net Weight (kg)", compute="_compute_totals", digits="Stock Weight"
    )
    gross_weight = fields.Float(
        "Gross Weight (kg)", compute="_compute_totals", digits="Stock Weight"
    )
    volume = fields.Float("Volume (m³)", compute="_compute_totals", digits="Volume")

    _charges_positive = models.Constraint(
        "CHECK(freight_amount >= 0 AND insurance_amount >= 0)",
        "Freight and insurance cannot be negative.",
    )

    @api.depends("order_id")
    def _compute_terms(self):
        for one in self:
            order = one.order_id
            one.consignee_id = order.partner_shipping_id
            one.incoterm_id = order.incoterm
            one.incoterm_location = order.incoterm_location
            one.payment_term_id = order.payment_term_id

    @api.depends("line_ids.amount", "freight_amount", "insurance_amount")
    def _compute_amount_total(self):
        for one in self:
            one.amount_total = (
                sum(one.line_ids.mapped("amount"))
                + one.freight_amount
                + one.insurance_amount
            )

    @api.depends(
        "line_ids.carton_count",
        "line_ids.net_weight",
        "line_ids.gross_weight",
        "line_ids.volume",
    )
    def _compute_totals(self):
        for one in self:
            for name in ("carton_count", "net_weight", "gross_weight", "volume"):
                one[name] = sum(one.line_ids.mapped(name))

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            vals["invoice_number"] = vals.get("invoice_number") or vals["name"]
        return vals_list

    # -------------------------------------------------------------------- goods

    def action_take_goods(self):
        """The goods of the delivery once more; what was typed is gone."""
        self.check_access("write")
        self._check_not_frozen({"line_ids": True})
        if not all(one._lists_goods() for one in self):
            raise UserError(self.env._("This set lists no goods."))
        self.line_ids.unlink()
        self._take_goods()

    def _take_goods(self):
        # sudo: the desk sees the order, the delivery belongs to it
        moves_sudo = self.picking_id.sudo().move_ids
        moves_sudo = moves_sudo.filtered(lambda move: move.state != "cancel")
        moved = {
            picking_sudo.id: moves
            for picking_sudo, moves in moves_sudo.grouped("picking_id").items()
        }
        ordered = self.order_id.order_line.ids
        self.env["sales.assistant.document.set.line"].create(
            [
                vals
                for one in self
                for vals in one._prepare_goods(
                    moved.get(one.picking_id.id, moves_sudo.browse()),
                    one.order_id._get_term_lines().with_prefetch(ordered),
                )
            ]
        )

    def _prepare_goods(self, moves, lines):
        """:param moves: of the delivery
        :param lines: of the order, which count where no delivery is named"""
        if self.picking_id:
            rows = [self._prepare_moved_goods(move) for move in moves]
        else:
            rows = [self._prepare_ordered_goods(line) for line in lines]
        return self._number_cartons([row for row in rows if row["quantity"]])

    def _prepare_moved_goods(self, move):
        line = move.sale_line_id
        shipped = move.state == "done"
        price = line.product_uom_id._compute_price(
            line.price_reduce_taxexcl, move.product_uom
        )
        quantity = move.quantity if shipped else move.product_uom_qty
        return self._prepare_goods_values(
            move.product_id,
            line.name or move.product_id.display_name,
            quantity,
            move.product_uom,
            price if line else 0,
            len(move.move_line_ids.result_package_id),
        )

    def _prepare_ordered_goods(self, line):
        return self._prepare_goods_values(
            line.product_id,
            line.name,
            line.product_uom_qty,
            line.product_uom_id,
            line.price_reduce_taxexcl,
        )

    def _prepare_goods_values(self, product, name, quantity, uom, price, packages=0):
        pieces = uom._compute_quantity(quantity, product.uom_id) if product else 0
        return {
            "document_set_id": self.id,
            "product_id": product.id,
            "name": name.partition("\n")[0],
            "quantity": quantity,
            "uom_id": uom.id,
            "price_unit": price,
            "carton_count": packages or self._count_cartons(product, pieces),
            "net_weight": product.weight * pieces,
            "gross_weight": product.weight * pieces,
            "volume": product.volume * pieces,
        }

    @api.model
    def _count_cartons(self, product, pieces):
        sizes = [
            uom._compute_quantity(1, product.uom_id, round=False)
            for uom in product.uom_ids
        ]
        largest = max(sizes, default=0)
        return math.ceil(round(pieces / largest, 6)) if largest else 0

    @api.model
    def _number_cartons(self, rows):
        """Cartons are marked through the whole shipment."""
        last = 0
        for row in rows:
            count = row["carton_count"]
            if count:
                first, last = last + 1, last + count
                row["carton_numbers"] = f"{first}-{last}" if count > 1 else str(first)
        return rows
