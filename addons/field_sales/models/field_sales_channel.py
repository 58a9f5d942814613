from odoo import fields, models


class FieldSalesChannel(models.Model):
    """The kind of outlet: hypermarket, supermarket, convenience store, ..."""

    _name = "field.sales.channel"
    _description = "Store Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
