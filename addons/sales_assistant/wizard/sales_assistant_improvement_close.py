from odoo import fields, models
from odoo.exceptions import UserError

from ..models.sales_assistant_improvement import EFFECTS


class SalesAssistantImprovementClose(models.TransientModel):
    """SA-05: how an improvement action ended."""

    _name = "sales.assistant.improvement.close"
    _description = "End of an Improvement Action"

    improvement_ids = fields.Many2many(
        "sales.assistant.improvement",
        "sales_assistant_improvement_close_rel",
        string="Improvement Actions",
        required=True,
    )
    result = fields.Text("What Came of It", required=True)
    effect = fields.Selection(EFFECTS, required=True)

    def action_apply(self):
        """:raises UserError: nothing was written down"""
        self.ensure_one()
        if not self.result.strip():
            raise UserError(self.env._("Write down what came of it."))
        self.improvement_ids._check_can("close")
        self.improvement_ids._do_close(self.result, self.effect)
        return {"type": "ir.actions.act_window_close"}
