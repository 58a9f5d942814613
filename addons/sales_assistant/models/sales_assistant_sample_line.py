from odoo import api, fields, models


class SalesAssistantSampleLine(models.Model):
    """SA-15: one product of a sample, with what it would cost the customer and what it
    costs us; our cost is fixed when it leaves."""

    _name = "sales.assistant.sample.line"
    _inherit = ["sales.document.line.mixin"]
    _description = "Sample Line"
    _order = "sample_id, sequence, id"
    _check_company_auto = True

    _document_field = "sample_id"
    _closed_fields = frozenset({"cost_unit"})

    sample_id = fields.Many2one(
        "sales.assistant.sample", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        related="sample_id.company_id", store=True, index=True, precompute=True
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('type', '=', 'consu')]",
    )
    specification = fields.Char(help="Finish, size, marking, test report wanted.")
    quantity = fields.Float(required=True, default=1, digits="Product Unit")
    uom_id = fields.Many2one(related="product_id.uom_id")
    currency_id = fields.Many2one(related="sample_id.currency_id")
    price_unit = fields.Float(
        "Unit Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        precompute=True,
        digits="Product Price",
    )
    amount = fields.Monetary("Goods Value", compute="_compute_amount", store=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    cost_unit = fields.Float("Unit Cost", readonly=True, digits="Product Price")
    cost_amount = fields.Monetary(
        "Product Cost",
        compute="_compute_cost_amount",
        store=True,
        currency_field="company_currency_id",
    )
    available_quantity = fields.Float(
        "In the Sample Room",
        compute="_compute_available_quantity",
        digits="Product Unit",
        help="Free in the sample room, with what this sample has reserved.",
    )
    is_short = fields.Boolean(compute="_compute_available_quantity")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity of a sample is positive."
    )

    @api.depends("product_id", "quantity", "sample_id.currency_id")
    def _compute_price_unit(self):
        for line in self:
            sample = line.sample_id
            # sudo: a price list is read for the price only
            partner_sudo = sample.partner_id.sudo().with_company(sample.company_id)
            line.price_unit = (
                line.product_id
                and partner_sudo.property_product_pricelist._get_product_price(
                    line.product_id.with_company(sample.company_id),
                    line.quantity or 1,
                    currency=sample.currency_id,
                )
            )

    @api.depends("price_unit", "quantity", "currency_id")
    def _compute_amount(self):
        for line in self:
            amount = line.price_unit * line.quantity
            line.amount = line.currency_id.round(amount) if line.currency_id else amount

    @api.depends("cost_unit", "quantity")
    def _compute_cost_amount(self):
        for line in self:
            amount = line.cost_unit * line.quantity
            currency = line.company_currency_id
            line.cost_amount = currency.round(amount) if currency else amount

    @api.depends("product_id", "quantity", "sample_id.state", "sample_id.picking_id")
    def _compute_available_quantity(self):
        # sudo: what lies in the sample room is no secret to who sends samples
        lines_sudo = self.sudo()
        free = {}
        for company in lines_sudo.company_id:
            room = company._get_sales_sample_room()
            quants_sudo = self.env["stock.quant"].sudo()  # sudo: see above
            groups = quants_sudo._read_group(
                [
                    ("location_id", "child_of", room.ids),
                    ("product_id", "in", lines_sudo.product_id.ids),
                ],
                ["product_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
            for product, quantity, reserved in groups:
                free[company.id, product.id] = quantity - reserved
        for line, line_sudo in zip(self, lines_sudo, strict=True):
            product = line_sudo.product_id
            moves = line_sudo.sample_id.picking_id.move_ids.filtered(
                lambda move, product=product: (
                    move.product_id == product and move.state not in ("done", "cancel")
                )
            )
            available = free.get((line_sudo.company_id.id, product.id), 0)
            line.available_quantity = available + sum(moves.mapped("quantity"))
            line.is_short = (
                product.is_storable
                and line.sample_id.state in ("draft", "to_approve", "approved")
                and line.available_quantity < line.quantity
            )

    def _fix_costs(self):
        """What the products cost on the day they leave."""
        # sudo: what a product costs is asked of the catalogue; the field is closed
        for line_sudo in self.sudo():
            product = line_sudo.product_id.with_company(line_sudo.company_id)
            line_sudo.cost_unit = product.standard_price
