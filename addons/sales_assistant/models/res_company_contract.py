# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_assistant_contract_days = fields.Integer(
        "Remind of Contracts",
        default=60,
        help="Days before the end of a contract on which it is on the board.",
    )
    sales_assistant_handover_enabled = fields.Boolean(
        "Handover before Shipment and Invoice",
        help="Deliveries and invoices of a contract wait for its handover list.",
    )
