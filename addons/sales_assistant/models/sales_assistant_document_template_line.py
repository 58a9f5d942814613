from odoo import fields, models

DOCUMENT_KINDS = [
    ("invoice", "Commercial Invoice"),
    ("packing", "Packing List"),
    ("transport", "Bill of Lading"),
    ("origin", "Certificate of Origin"),
    ("insurance", "Insurance Policy"),
    ("customs", "Customs Declaration"),
    ("inspection", "Inspection Certificate"),
    ("quality", "Quality Report"),
    ("conformity", "Certificate of Conformity"),
    ("tender", "Tender Document"),
    ("handover", "Handover Record"),
    ("purchase", "Purchase VAT Invoice"),
    ("proceeds", "Proof of Receipt of Payment"),
    ("other", "Other Document"),
]
#: printed from the goods of the set
PRINTED_KINDS = ("invoice", "packing")


class SalesAssistantDocumentTemplateLine(models.Model):
    """One document of a template."""

    _name = "sales.assistant.document.template.line"
    _description = "Document of a Template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "sales.assistant.document.template",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Document", required=True, translate=True)
    kind = fields.Selection(DOCUMENT_KINDS, required=True, default="other")
    is_required = fields.Boolean("Required", default=True)
    offset_days = fields.Integer(
        "Due (Days)",
        help="Before (negative) or after the shipment; of a tender, before its last "
        "day.",
    )
    responsible = fields.Selection(
        [("assistant", "Assistant"), ("salesperson", "Salesperson")],
        required=True,
        default="assistant",
    )
    originals = fields.Integer(default=1)
    copies = fields.Integer()

    _numbers_sane = models.Constraint(
        "CHECK(originals >= 0 AND copies >= 0 AND offset_days BETWEEN -365 AND 730)",
        "Originals and copies cannot be negative.",
    )
