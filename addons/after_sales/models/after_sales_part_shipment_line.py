from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .after_sales_old_part import CONDITIONS, MAKER

RESULTS = [
    ("accepted", "Accepted"),
    ("refused", "Refused"),
    ("missing", "Missing"),
]
INSPECTION_FIELDS = frozenset({"result", "condition", "note"})


class AfterSalesPartShipmentLine(models.Model):
    """A part in a shipment, and what the inspection at the receipt found (AS-10).

    The station packs while the shipment is with it; the maker inspects what was sent.
    """

    _name = "after.sales.part.shipment.line"
    _description = "Part in a Shipment"
    _inherit = ["sales.document.line.mixin"]
    _order = "shipment_id, id"
    _document_field = "shipment_id"

    shipment_id = fields.Many2one(
        "after.sales.part.shipment",
        required=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    part_id = fields.Many2one(
        "after.sales.old.part",
        "Replaced Part",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="shipment_id.company_id")
    state = fields.Selection(related="shipment_id.state", string="Shipment State")
    product_id = fields.Many2one(related="part_id.product_id")
    quantity = fields.Float(related="part_id.quantity")
    claim_id = fields.Many2one(related="part_id.claim_id")
    result = fields.Selection(RESULTS)
    condition = fields.Selection(CONDITIONS, required=True, default="unchecked")
    note = fields.Char("Remark", size=200)

    _part_uniq = models.UniqueIndex(
        "(shipment_id, part_id)", "This part is in the shipment already."
    )

    @api.depends("part_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.part_id.name

    @api.constrains("part_id", "shipment_id")
    def _check_part(self):
        """A part travels in one parcel, its station's, to where its policy sends it.

        :raises ValidationError: naming the part and why
        """
        _ = self.env._
        packed = dict(
            self._read_group(
                [
                    ("part_id", "in", self.part_id.ids),
                    ("shipment_id.state", "=", "draft"),
                ],
                ["part_id"],
                ["__count"],
            )
        )
        for line in self.sudo():  # sudo: checked whoever packs
            part, shipment = line.part_id, line.shipment_id
            to_supplier = part.disposal == "supplier"
            if part.state != "at_station":
                text = _("%s is not at the station any more.", part.name)
            elif packed.get(line.part_id.with_env(self.env), 0) > 1:
                text = _("%s is packed already.", part.name)
            elif part.station_id != shipment.station_id:
                text = _("%s is at another station.", part.name)
            elif part.disposal not in ("return", "supplier"):
                text = _("%s is not to be sent back.", part.name)
            elif to_supplier != (shipment.destination == "supplier") or (
                to_supplier and part.supplier_id != shipment.supplier_id
            ):
                text = _("%s goes to another place: use another shipment.", part.name)
            else:
                continue
            raise ValidationError(text)

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and field.name in INSPECTION_FIELDS
            and not self.env.su
            and not self.env.user.has_groups(MAKER)
        ):
            return False
        return super()._has_field_access(field, operation)

    def _prepare_create_values(self, vals_list):
        """A new line is not inspected, whatever a stored default says."""
        vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su:
            for vals in vals_list:
                vals.update(result=False, condition="unchecked", note=False)
        return vals_list

    def _check_document_open(self, names):
        """Parts change while the shipment is packed, findings while it is received.

        :raises UserError: naming the shipments
        """
        names = set(names)
        wanted = "sent" if names and names <= INSPECTION_FIELDS else "draft"
        closed = self.shipment_id.filtered(lambda record: record.state != wanted)
        if closed:
            raise UserError(
                self.env._(
                    "Parts are packed before a shipment is sent and inspected "
                    "afterwards: %(shipments)s.",
                    shipments=", ".join(closed.mapped("name")),
                )
            )
        return super()._check_document_open(names - INSPECTION_FIELDS - {"shipment_id"})

    @api.onchange("result")
    def _onchange_result(self):
        if self.result == "accepted" and self.condition == "unchecked":
            self.condition = "good"
