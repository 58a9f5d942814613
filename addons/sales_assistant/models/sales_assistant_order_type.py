from odoo import fields, models


class SalesAssistantOrderType(models.Model):
    """SA-10: what kind of order it is (standard, repeat, processing, sample …): it says
    which milestones the order takes."""

    _name = "sales.assistant.order.type"
    _description = "Order Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)
