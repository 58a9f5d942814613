from odoo import fields, models


class AfterSalesClaimAppraise(models.TransientModel):
    """Asks a third party about a claim (AS-08)."""

    _name = "after.sales.claim.appraise"
    _description = "Ask for an Appraisal"

    claim_id = fields.Many2one("after.sales.claim", required=True)
    partner_id = fields.Many2one("res.partner", "Appraiser", required=True)
    question = fields.Text(required=True)
    date_due = fields.Date("Answer Due")

    def action_apply(self):
        self.ensure_one()
        self.claim_id._check_can("appraise")
        self.claim_id._do_appraise(self.partner_id, self.question, self.date_due)
        return {"type": "ir.actions.act_window_close"}
