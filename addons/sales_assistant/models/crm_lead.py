from odoo import fields, models

from .sales_assistant_contact_link_mixin import DESK


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "sales.assistant.contact.link.mixin"]

    sales_contact_ids = fields.One2many(
        "sales.assistant.contact",
        "lead_id",
        "Contacts",
        groups=DESK,
    )
