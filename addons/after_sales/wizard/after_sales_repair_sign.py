from odoo import fields, models


class AfterSalesRepairSign(models.TransientModel):
    """A signature on the screen: consent to the estimate, or pickup (AS-05)."""

    _name = "after.sales.repair.sign"
    _description = "Signature of a Repair"

    repair_id = fields.Many2one("after.sales.repair", required=True)
    verb = fields.Selection(
        [("consent", "Consent"), ("pickup", "Pickup")], "Signed For", required=True
    )
    signed_by = fields.Char(required=True)
    signature = fields.Binary()

    def action_apply(self):
        self.ensure_one()
        self.repair_id._sign(self.verb, self.signed_by, self.signature)
        return {"type": "ir.actions.act_window_close"}
