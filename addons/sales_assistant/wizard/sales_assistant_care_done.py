from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantCareDone(models.TransientModel):
    """SA-04: what came of an event of a care plan."""

    _name = "sales.assistant.care.done"
    _description = "Result of a Care Event"

    event_ids = fields.Many2many(
        "sales.assistant.care.event", string="Events", required=True
    )
    result = fields.Text("What Came of It", required=True)

    def action_apply(self):
        """:raises UserError: nothing was written down"""
        self.ensure_one()
        if not self.result.strip():
            raise UserError(self.env._("Write down what came of it."))
        self.event_ids._check_can("done")
        self.event_ids._do_done(self.result)
        return {"type": "ir.actions.act_window_close"}
