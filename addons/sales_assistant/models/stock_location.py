from odoo import fields, models


class StockLocation(models.Model):
    """SA-15: the sample room 样品间 is a real location: what lies there is counted,
    moved and reserved as all stock, but is not for sale."""

    _inherit = "stock.location"

    is_sales_sample_room = fields.Boolean(
        "Sample Room", help="Samples for customers are sent from here."
    )
    _sales_sample_room_idx = models.Index("(company_id) WHERE is_sales_sample_room")
