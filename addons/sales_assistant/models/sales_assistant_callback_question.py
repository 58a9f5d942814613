from odoo import fields, models


class SalesAssistantCallbackQuestion(models.Model):
    """A question of a programme, asked in every call."""

    _name = "sales.assistant.callback.question"
    _description = "Callback Question"
    _order = "sequence, id"

    programme_id = fields.Many2one(
        "sales.assistant.callback.programme",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
