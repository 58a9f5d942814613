# pylint: disable=consider-merging-classes-inherited
# Own file: what a submission keeps.
from odoo import api, models


class AfterSalesClaim(models.Model):
    """What each submission keeps of a claim, to be compared with the next (AS-07)."""

    _inherit = "after.sales.claim"

    @api.model
    def _get_snapshot_spec(self):
        return {
            "fields": [
                "lot_id",
                "date_repair",
                "usage",
                "fault_id",
                "customer_name",
                "customer_phone",
                "complaint",
                "cause",
                "correction",
                "amount_claimed",
            ],
            "lines": {
                "line_ids": [
                    "line_type",
                    "fault_id",
                    "product_id",
                    "part_lot_id",
                    "is_causal",
                    "labor_id",
                    "name",
                    "quantity",
                    "price_unit",
                    "amount",
                ]
            },
        }

    def _get_snapshot_photos(self):
        photos = {}
        for photo in self.photo_ids:
            photos.setdefault(photo.claim_id.id, []).append(
                {"hash": photo.sha256, "name": photo.name}
            )
        return photos
