from odoo import fields, models


class SalesAssistantNeedCategory(models.Model):
    """What kind of thing customers wish for."""

    _name = "sales.assistant.need.category"
    _description = "Category of Customer Needs"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)
