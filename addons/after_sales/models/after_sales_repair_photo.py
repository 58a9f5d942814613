from odoo import api, fields, models

from .after_sales_evidence import PHOTO_KINDS


class AfterSalesRepairPhoto(models.Model):
    """What was photographed of a unit during its repair (AS-05)."""

    _name = "after.sales.repair.photo"
    _description = "Repair Photo"
    _inherit = ["sales.photo.mixin"]
    _document_field = "repair_id"

    repair_id = fields.Many2one(
        "after.sales.repair",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    kind = fields.Selection(
        PHOTO_KINDS, "Shows", required=True, readonly=True, default="damage"
    )
    is_image = fields.Boolean(compute="_compute_is_image")

    _client_key_uniq = models.UniqueIndex(
        "(repair_id, client_key) WHERE client_key IS NOT NULL",
        "This photo has been received already.",
    )

    @api.depends("mimetype")
    def _compute_is_image(self):
        for photo in self:
            photo.is_image = (photo.mimetype or "").startswith("image/")
