# pylint: disable=consider-merging-classes-inherited
# Own file: the contacts an order comes from.
from odoo import fields, models

from .sales_assistant_contact_link_mixin import DESK


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "sales.assistant.contact.link.mixin"]

    sales_contact_ids = fields.One2many(
        "sales.assistant.contact",
        "order_id",
        "Contacts",
        groups=DESK,
    )
