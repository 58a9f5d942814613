# pylint: disable=consider-merging-classes-inherited
# Own file: what a submission keeps of the section of its kind.
from odoo import models

#: fields of the section of each kind
KIND_FIELDS = {
    "rescue": (
        "rescue_place",
        "rescue_distance",
        "rescue_position",
        "departed_at",
        "arrived_at",
        "returned_at",
    ),
    "purchase": (
        "vendor_name",
        "purchase_reason",
        "purchase_request",
        "purchase_granted_amount",
        "invoice_number",
        "date_invoice",
        "invoice_amount",
    ),
    "running_in": ("card_number", "date_card", "has_defect"),
    "major_assembly": (
        "assembly_product_id",
        "assembly_old_serial",
        "assembly_new_serial",
    ),
}


class AfterSalesClaim(models.Model):
    """A submission keeps the section of the claim's kind too (AS-07)."""

    _inherit = "after.sales.claim"

    def _get_snapshot_contents(self):
        contents = super()._get_snapshot_contents()
        for claim in self:
            content = contents[claim.id]
            names = KIND_FIELDS.get(claim.kind, ())
            content["fields"].update(self._get_snapshot_values(claim, names))
            if claim.request_ids:
                content["lines"]["request_ids"] = [
                    {
                        "key": request.id,
                        "shown": request.display_name,
                        "fields": self._get_snapshot_values(
                            request, ["product_id", "quantity"]
                        ),
                    }
                    for request in claim.request_ids
                ]
        return contents
