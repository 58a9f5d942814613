from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_assistant_customer_property import CONDITIONS

MOVE_KINDS = [
    ("receive", "Taken In"),
    ("relocate", "Moved"),
    ("return", "Given Back"),
    ("write_off", "Written off"),
    ("count", "Counted"),
]


class SalesAssistantPropertyMove(models.Model):
    """SA-17c: a row of the ledger of customer property: what came and what went, when,
    through whom, where it lay and in which condition. Steps add rows; nobody changes
    or deletes one (F-13)."""

    _name = "sales.assistant.property.move"
    _description = "Movement of Customer Property"
    _order = "date desc, id desc"
    _rec_name = "property_id"

    property_id = fields.Many2one(
        "sales.assistant.customer.property",
        "Customer Property",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="property_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="property_id.commercial_partner_id",
        store=True,
        index=True,
        string="Customer",
    )
    property_kind = fields.Selection(
        related="property_id.kind", string="Kind of Property"
    )
    uom_id = fields.Many2one(related="property_id.uom_id")
    kind = fields.Selection(
        MOVE_KINDS, "Kind of Movement", required=True, readonly=True
    )
    date = fields.Date(required=True, readonly=True, index=True)
    quantity = fields.Float(
        digits="Product Unit", readonly=True, help="Below zero: what has gone."
    )
    place = fields.Char(readonly=True)
    keeper_id = fields.Many2one("res.users", "Kept by", readonly=True)
    condition = fields.Selection(CONDITIONS, readonly=True)
    reason_id = fields.Many2one("sales.reason", readonly=True)
    note = fields.Char(readonly=True)
    date_told = fields.Date("Customer Told on", readonly=True)
    count_id = fields.Many2one(
        "sales.assistant.property.count",
        "Count Sheet",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    user_id = fields.Many2one("res.users", "Entered by", readonly=True)

    _sign_of_kind = models.Constraint(
        "CHECK(CASE kind WHEN 'receive' THEN quantity > 0 WHEN 'relocate' "
        "THEN quantity = 0 WHEN 'count' THEN TRUE ELSE quantity < 0 END)",
        "What comes counts up, what goes counts down.",
    )

    def write(self, vals):
        if self:
            raise UserError(self.env._("A row of the ledger is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A row of the ledger is never deleted."))
