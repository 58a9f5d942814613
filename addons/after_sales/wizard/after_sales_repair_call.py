from odoo import api, fields, models


class AfterSalesRepairCall(models.TransientModel):
    """The follow-up call after a repair: score and what was said (AS-05)."""

    _name = "after.sales.repair.call"
    _description = "Follow-up Call"

    repair_id = fields.Many2one("after.sales.repair", required=True)
    score = fields.Integer(default=100, help="0 to 100.")
    note = fields.Text("Said in the Call")

    is_unhappy = fields.Boolean(compute="_compute_is_unhappy")

    @api.depends("score", "repair_id")
    def _compute_is_unhappy(self):
        for call in self:
            limit = call.repair_id.company_id.after_sales_unhappy_score
            call.is_unhappy = call.score < limit

    def action_apply(self):
        self.ensure_one()
        self.repair_id._rate(self.score, self.note)
        return {"type": "ir.actions.act_window_close"}
