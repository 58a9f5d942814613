from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .after_sales_repair import PAYERS

REPAIR_LINE_TYPES = [("labor", "Labour"), ("part", "Part"), ("other", "Other")]


class AfterSalesRepairLine(models.Model):
    """Labour 派工, a part 派料 or another cost of a repair, and who pays it (AS-05)."""

    _name = "after.sales.repair.line"
    _description = "Repair Line"
    _inherit = ["sales.document.line.mixin"]
    _order = "repair_id, sequence, id"
    _check_company_auto = True
    _document_field = "repair_id"
    _closed_fields = frozenset({"amount"})

    repair_id = fields.Many2one(
        "after.sales.repair",
        required=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    company_id = fields.Many2one(related="repair_id.company_id")
    currency_id = fields.Many2one(related="repair_id.currency_id")
    sequence = fields.Integer(default=10)
    line_type = fields.Selection(
        REPAIR_LINE_TYPES, "Type", required=True, default="part"
    )
    product_id = fields.Many2one(
        "product.product",
        "Part",
        index="btree_not_null",
        domain=[("is_spare_part", "=", True)],
        check_company=True,
        ondelete="restrict",
    )
    labor_id = fields.Many2one(
        "after.sales.labor",
        "Operation",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    name = fields.Char("Description", size=200)
    quantity = fields.Float(
        "Quantity / Hours", default=1, required=True, digits="Product Unit"
    )
    price_unit = fields.Monetary("Unit Price", required=True, default=0)
    amount = fields.Monetary(compute="_compute_amount", store=True)
    payer = fields.Selection(PAYERS, "Who Pays", required=True, default="customer")

    _priced_positive = models.Constraint(
        "CHECK (quantity > 0 AND price_unit >= 0)",
        "A line is for more than zero, at a price that is not negative.",
    )

    @api.depends("name", "product_id", "labor_id", "line_type")
    def _compute_display_name(self):
        types = dict(self._fields["line_type"]._description_selection(self.env))
        for line in self:
            line.display_name = (
                line.name
                or line.product_id.display_name
                or line.labor_id.display_name
                or types.get(line.line_type)
            )

    @api.depends("quantity", "price_unit", "repair_id.currency_id")
    def _compute_amount(self):
        for line in self:
            amount = line.quantity * line.price_unit
            currency = line.repair_id.currency_id
            line.amount = currency.round(amount) if currency else amount

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.line_type == "part" and self.product_id and not self.price_unit:
            self.price_unit = self.product_id.list_price

    @api.onchange("labor_id", "line_type")
    def _onchange_labor_id(self):
        if self.labor_id:
            self.line_type = "labor"
            self.quantity = self.labor_id.standard_hours
        if self.line_type == "labor" and not self.price_unit:
            self.price_unit = self.repair_id.station_id.labor_rate

    @api.constrains("line_type", "product_id", "labor_id", "name")
    def _check_subject(self):
        for line in self:
            if line.line_type == "part" and not line.product_id:
                raise ValidationError(self.env._("A part line names its part."))
            if line.line_type != "part" and not (line.labor_id or line.name):
                raise ValidationError(
                    self.env._("A line of labour or other cost says what it is for.")
                )
