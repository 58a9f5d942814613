# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import models


class StockPicking(models.Model):
    """SA-15: a sample is sent when its transfer is validated, from the desk or in the
    warehouse; neither before our own check."""

    _inherit = "stock.picking"

    def _action_done(self):
        # sudo: stock users read no samples
        samples_sudo = (
            self.env["sales.assistant.sample"]
            .sudo()
            .search([("picking_id", "in", self.ids), ("state", "=", "approved")])
        )
        if samples_sudo:
            samples_sudo._check_may_leave()
        result = super()._action_done()
        samples_sudo.filtered(
            lambda sample: sample.picking_id.state == "done"
        )._mark_sent()
        return result
