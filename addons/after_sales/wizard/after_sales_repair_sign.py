from odoo import fields, models


class AfterSalesRepairSign(models.TransientModel):
    """A signature on the screen: consent to the estimate, or pickup (AS-05)."""

    _name = "after.sales.repair.sign"
    _description = "Signature of a Repair"

    repair_id = fields.Many2one("after.sales.repair", required=True)
    verb = fields.Selection(
        [("consent", "Consent"), ("pickup", "Pickup")], "Signed For", required=True
    )
    seen = fields.Char(required=True, help="Hash of what is shown for the signature.")
    line_ids = fields.One2many(related="repair_id.line_ids")
    currency_id = fields.Many2one(related="repair_id.currency_id")
    amount_customer = fields.Monetary(
        related="repair_id.amount_customer", string="Customer Pays"
    )
    signed_by = fields.Char(required=True)
    signature = fields.Binary()

    def action_apply(self):
        self.ensure_one()
        self.repair_id._sign(self.verb, self.signed_by, self.signature, self.seen)
        return {"type": "ir.actions.act_window_close"}
