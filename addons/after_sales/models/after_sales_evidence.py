from odoo import fields, models

PHOTO_KINDS = [
    ("damage", "Damage"),
    ("plate", "Serial Number Plate"),
    ("meter", "Meter Reading"),
    ("old_part", "Replaced Part"),
    ("invoice", "Invoice"),
    ("place", "Place of the Breakdown"),
    ("card", "Running-in Card"),
    ("assembly", "Serial Number of the Assembly"),
    ("other", "Other"),
]
#: offered where the kind of claim asks for them
ASKED_ONLY = frozenset({"place", "card", "assembly"})


class AfterSalesEvidence(models.Model):
    """A photo or paper that a kind of claim must bring (AS-06: evidence list)."""

    _name = "after.sales.evidence"
    _description = "Required Evidence"
    _order = "kind_id, sequence, id"
    _rec_name = "photo_kind"

    kind_id = fields.Many2one(
        "after.sales.claim.kind", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    photo_kind = fields.Selection(PHOTO_KINDS, "Shows", required=True)
    amount_from = fields.Float(
        "Claims Over",
        help="Asked for only when the claim is over this amount. 0: always.",
    )
    active = fields.Boolean(default=True)

    _kind_uniq = models.Constraint(
        "UNIQUE (kind_id, photo_kind)", "This evidence is already asked for."
    )
