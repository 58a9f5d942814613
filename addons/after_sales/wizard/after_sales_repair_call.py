from odoo import fields, models


class AfterSalesRepairCall(models.TransientModel):
    """The follow-up call after a repair: score and what was said (AS-05)."""

    _name = "after.sales.repair.call"
    _description = "Follow-up Call"

    repair_id = fields.Many2one("after.sales.repair", required=True)
    score = fields.Integer(default=100, help="0 to 100.")
    note = fields.Text("Said in the Call")

    def action_apply(self):
        self.ensure_one()
        self.repair_id._rate(self.score, self.note)
        return {"type": "ir.actions.act_window_close"}
