# pylint: disable=consider-merging-classes-inherited
# Own file: the complaint behind a claim is one concept.
from odoo import models


class AfterSalesClaim(models.Model):
    """A claim knows the complaint it came from or led to (AS-18)."""

    _name = "after.sales.claim"
    _inherit = ["after.sales.claim", "after.sales.complaint.source.mixin"]

    _open_when_frozen = frozenset({"line_ids", "audit_note", "complaint_id"})
