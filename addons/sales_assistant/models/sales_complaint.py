from odoo import fields, models

from .sales_assistant_contact_link_mixin import DESK


class SalesComplaint(models.Model):
    _name = "sales.complaint"
    _inherit = ["sales.complaint", "sales.assistant.contact.link.mixin"]

    sales_contact_ids = fields.One2many(
        "sales.assistant.contact",
        "complaint_id",
        "Contacts",
        groups=DESK,
    )
