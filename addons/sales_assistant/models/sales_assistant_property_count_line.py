from odoo import api, fields, models

from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_customer_property import CONDITIONS


class SalesAssistantPropertyCountLine(models.Model):
    """SA-17c: one thing on a count sheet: what the books say, what lies there."""

    _name = "sales.assistant.property.count.line"
    _inherit = ["sales.document.line.mixin", "sales.sheet.mixin"]
    _description = "Line of a Count Sheet"
    _order = "count_id, property_kind, id"
    _rec_name = "property_id"

    _document_field = "count_id"
    _closed_fields = frozenset({"booked_quantity", "property_id"})

    count_id = fields.Many2one(
        "sales.assistant.property.count",
        "Count Sheet",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="count_id.company_id", store=True)
    property_id = fields.Many2one(
        "sales.assistant.customer.property",
        "Customer Property",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    property_kind = fields.Selection(
        related="property_id.kind",
        store=True,
        string="Kind of Property",
    )
    subject = fields.Char(related="property_id.subject")
    reference = fields.Char(related="property_id.reference")
    uom_id = fields.Many2one(related="property_id.uom_id")
    booked_quantity = fields.Float("In the Books", digits="Product Unit", readonly=True)
    counted_quantity = fields.Float("On the Shelf", digits="Product Unit")
    is_counted = fields.Boolean("Done")
    difference = fields.Float(
        digits="Product Unit", compute="_compute_difference", store=True
    )
    place = fields.Char()
    condition = fields.Selection(CONDITIONS)
    note = fields.Char("Explanation")

    _property_uniq = models.UniqueIndex(
        "(count_id, property_id)", "This stands on the sheet already."
    )
    _counted_not_negative = models.Constraint(
        "CHECK(counted_quantity >= 0)", "Nobody counts less than nothing."
    )

    @api.depends("is_counted", "counted_quantity", "booked_quantity")
    def _compute_difference(self):
        for line in self:
            line.difference = (
                line.counted_quantity - line.booked_quantity if line.is_counted else 0
            )

    @api.onchange("counted_quantity")
    def _onchange_counted_quantity(self):
        self.is_counted = True

    @api.onchange("is_counted")
    def _onchange_is_counted(self):
        """A tick says that all of it is there."""
        if self.is_counted and not self.counted_quantity:
            self.counted_quantity = self.booked_quantity

    def _get_different(self):
        return self.filtered(lambda line: not line.uom_id.is_zero(line.difference))

    def _get_outdated(self):
        """Lines whose books have changed since the sheet was filled."""
        # sudo: whoever counts sees the books
        return self.sudo().filtered(
            lambda line: line.uom_id.compare(
                line.booked_quantity,
                line.property_id._get_balance(line.count_id.date_count),
            )
        )

    def _post(self):
        """Take agreed lines over into the ledger; in sudo."""
        self.property_id._lock_for_step()
        for line in self:
            line.property_id._add_move(
                "count",
                line.difference,
                line.count_id.date_count,
                count=line.count_id,
                place=line.place,
                condition=line.condition,
                note=line.note,
            )
            line.property_id._write_guarded({"date_counted": line.count_id.date_count})
        self.property_id._follow_balance()

    # --------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Count Sheet")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("count_id.name", label=self.env._("Count Sheet")),
            Column("count_id.date_count"),
            Column("count_id.commercial_partner_id", label=self.env._("Customer")),
            Column("property_id.name"),
            Column("property_kind"),
            Column("property_id.subject"),
            Column("property_id.reference"),
            Column("place"),
            Column("condition"),
            Column("booked_quantity"),
            Column("counted_quantity"),
            Column("difference"),
            Column("property_id.uom_id"),
            Column("note"),
        ]
