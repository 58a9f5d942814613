from odoo import api, fields, models


class SalesAssistantDocumentSetLine(models.Model):
    """SA-17a: goods of a set as invoice and packing list show them: taken from the
    delivery, completed by hand where cartons and weights are not known."""

    _name = "sales.assistant.document.set.line"
    _inherit = ["sales.document.line.mixin"]
    _description = "Goods of a Document Set"
    _order = "document_set_id, sequence, id"

    _document_field = "document_set_id"

    document_set_id = fields.Many2one(
        "sales.assistant.document.set", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="document_set_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="document_set_id.currency_id")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", index="btree_not_null")
    name = fields.Char("Description", required=True)
    quantity = fields.Float(digits="Product Unit", required=True, default=1)
    uom_id = fields.Many2one("uom.uom", "Unit", required=True)
    price_unit = fields.Float("Unit Price", digits="Product Price")
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)
    carton_count = fields.Integer("Cartons")
    carton_numbers = fields.Char(help="As marked, such as 1-20.")
    net_weight = fields.Float("Net Weight (kg)", digits="Stock Weight")
    gross_weight = fields.Float("Gross Weight (kg)", digits="Stock Weight")
    volume = fields.Float("Volume (m³)", digits="Volume")

    _numbers_sane = models.Constraint(
        "CHECK(quantity >= 0 AND carton_count >= 0 AND net_weight >= 0 "
        "AND volume >= 0 AND gross_weight >= net_weight)",
        "Quantities are not negative, and no gross weight is below its net weight.",
    )

    @api.depends("quantity", "price_unit", "document_set_id.currency_id")
    def _compute_amount(self):
        for line in self:
            currency = line.document_set_id.currency_id
            amount = line.quantity * line.price_unit
            line.amount = currency.round(amount) if currency else amount

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.document_set_id._note_preparer()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.document_set_id._note_preparer()
        return result
