# pylint: disable=consider-merging-classes-inherited
# Own file: the guard belongs to the contract, not to the milestones.
from odoo import models


class AccountMove(models.Model):
    """SA-16: nothing is invoiced before what the contract names is handed over."""

    _inherit = "account.move"

    def _post(self, soft=True):
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        invoices._get_followed_orders()._check_handover(("delivery", "invoice"))
        return super()._post(soft)
