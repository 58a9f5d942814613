from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantControlledDocumentSign(models.TransientModel):
    """SA-17b: who receives numbered blanks signs for them."""

    _name = "sales.assistant.controlled.document.sign"
    _description = "Signature for Controlled Documents"

    move_ids = fields.Many2many(
        "sales.assistant.controlled.document.move",
        "sales_assistant_document_sign_move_rel",
        string="Movements",
        required=True,
    )
    signed_by = fields.Char(required=True, default=lambda self: self.env.user.name)
    signature = fields.Binary()

    def action_apply(self):
        self.ensure_one()
        if not self.signature:
            raise UserError(self.env._("Sign in the box first."))
        self.move_ids._do_sign(self.signed_by, self.signature)
        return {"type": "ir.actions.act_window_close"}
