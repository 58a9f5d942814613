from odoo import fields, models


class SalesAssistantCallbackAnswer(models.Model):
    """What the customer answered to a question of the programme."""

    _name = "sales.assistant.callback.answer"
    _description = "Answer in a Callback"
    _order = "id"

    callback_id = fields.Many2one(
        "sales.assistant.callback", required=True, index=True, ondelete="cascade"
    )
    question = fields.Char(required=True)
    answer = fields.Text(required=True)
