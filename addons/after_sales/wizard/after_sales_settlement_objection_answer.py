from odoo import fields, models

from ..models.after_sales_settlement_objection import OUTCOMES


class AfterSalesSettlementObjectionAnswer(models.TransientModel):
    """The clerk's answer to an objection (AS-12)."""

    _name = "after.sales.settlement.objection.answer"
    _description = "Answer to an Objection"

    objection_id = fields.Many2one("after.sales.settlement.objection", required=True)
    sentence = fields.Char(related="objection_id.sentence")
    amount = fields.Monetary(related="objection_id.amount")
    currency_id = fields.Many2one(related="objection_id.currency_id")
    outcome = fields.Selection(OUTCOMES, required=True, default="kept")
    value = fields.Monetary(
        "Amount to Credit", help="A credit of its own in the station's next settlement."
    )
    answer = fields.Text("Answer to the Station", required=True)

    def action_apply(self):
        self.ensure_one()
        self.objection_id._answer(self.outcome, self.answer, self.value)
        return {"type": "ir.actions.act_window_close"}
