from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: what of a shipment counts as shipped, by its state
COUNTED_BY_STATE = {
    "draft": "quantity",
    "ordered": "quantity",
    "dispatched": "sent_quantity",
    "received": "received_quantity",
    "cleared": "received_quantity",
}


class AfterSalesTransferLine(models.Model):
    """A part in a shipment of urgent parts (AS-11): ordered, sent, received."""

    _name = "after.sales.transfer.line"
    _description = "Part in a Shipment of Urgent Parts"
    _inherit = ["sales.document.line.mixin"]
    _order = "transfer_id, id"
    _rec_name = "product_id"
    _check_company_auto = True
    _document_field = "transfer_id"
    _closed_fields = frozenset(
        {"sent_quantity", "received_quantity", "counted_quantity"}
    )

    transfer_id = fields.Many2one(
        "after.sales.transfer",
        required=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    company_id = fields.Many2one(related="transfer_id.company_id")
    currency_id = fields.Many2one(related="transfer_id.currency_id")
    state = fields.Selection(related="transfer_id.state", string="Shipment State")
    request_id = fields.Many2one(
        "after.sales.claim.request",
        "Asked For",
        index="btree_not_null",
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product",
        "Part",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    quantity = fields.Float("Ordered", required=True, default=1, digits="Product Unit")
    sent_quantity = fields.Float("Sent", copy=False, digits="Product Unit")
    received_quantity = fields.Float("Arrived", copy=False, digits="Product Unit")
    counted_quantity = fields.Float(
        compute="_compute_counted_quantity", store=True, digits="Product Unit"
    )
    difference = fields.Float(compute="_compute_difference", digits="Product Unit")
    price_unit = fields.Monetary(
        "Clearing Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Char("Remark", size=200)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0 AND sent_quantity >= 0 AND received_quantity >= 0"
        " AND price_unit >= 0)",
        "Quantities and prices of a shipment are not negative, and something is"
        " ordered.",
    )

    @api.depends("quantity", "sent_quantity", "received_quantity", "transfer_id.state")
    def _compute_counted_quantity(self):
        for line in self:
            fname = COUNTED_BY_STATE.get(line.transfer_id.state)
            line.counted_quantity = line[fname] if fname else 0

    @api.depends("sent_quantity", "received_quantity")
    def _compute_difference(self):
        for line in self:
            line.difference = line.received_quantity - line.sent_quantity

    @api.depends("product_id")
    def _compute_price_unit(self):
        for line in self:
            company = line.transfer_id.company_id or self.env.company
            product = line.product_id.with_company(company)
            line.price_unit = product.standard_price or product.list_price

    @api.constrains("request_id", "product_id", "quantity")
    def _check_request(self):
        """Only what was granted is shipped.

        :raises ValidationError: naming the part
        """
        for line in self.filtered("request_id"):
            request = line.request_id
            if (
                line.product_id != request.product_id
                or request.claim_id != line.transfer_id.claim_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(part)s was not asked for in %(claim)s.",
                        part=line.product_id.display_name,
                        claim=line.transfer_id.claim_id.name,
                    )
                )
            shipped = sum(request.transfer_line_ids.mapped("counted_quantity"))
            if shipped > request.granted_quantity:
                raise ValidationError(
                    self.env._(
                        "%(part)s: more would be shipped than was granted.",
                        part=line.product_id.display_name,
                    )
                )

    def _check_document_open(self, names):
        """Parts change while the shipment is a draft, prices and remarks until it is
        cleared.

        :raises UserError: naming the shipments
        """
        names = set(names) - {"price_unit", "note"}
        ordered = self.transfer_id.filtered(lambda record: record.state != "draft")
        if names and ordered:
            raise UserError(
                self.env._(
                    "The parts of an ordered shipment are not changed: %(shipments)s.",
                    shipments=", ".join(ordered.mapped("name")),
                )
            )
        return super()._check_document_open({"transfer_id"})

    def _get_received_value(self):
        amount = self.received_quantity * self.price_unit
        return self.currency_id.round(amount)

    def _get_missing_value(self):
        missing = max(0, self.sent_quantity - self.received_quantity)
        return self.currency_id.round(missing * self.price_unit)
