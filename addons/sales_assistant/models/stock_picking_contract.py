# pylint: disable=consider-merging-classes-inherited
# Own file: the guard belongs to the contract, not to the milestones.
from odoo import models


class StockPicking(models.Model):
    """SA-16: nothing is shipped before what the contract names is handed over."""

    _inherit = "stock.picking"

    def _action_done(self):
        outgoing = self.filtered(lambda one: one.picking_type_code == "outgoing")
        # sudo: stock users read no orders
        outgoing.sudo().sale_id._check_handover(("delivery",))
        return super()._action_done()
