from odoo import fields, models


class SalesComplaintPhoto(models.Model):
    """A photo of what is complained about."""

    _name = "sales.complaint.photo"
    _inherit = ["sales.photo.mixin"]
    _description = "Photo of a Complaint"

    _document_field = "complaint_id"

    complaint_id = fields.Many2one(
        "sales.complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )

    _client_key_uniq = models.UniqueIndex(
        "(complaint_id, client_key) WHERE client_key IS NOT NULL",
        "This photo has been received already.",
    )
