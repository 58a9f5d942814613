from odoo import fields, models

USAGE_UNITS = [("km", "km"), ("h", "h")]


class ProductTemplate(models.Model):
    """Products that are sold as units with a warranty; spare parts (AS-01, AS-04)."""

    _inherit = "product.template"

    usage_unit = fields.Selection(
        USAGE_UNITS,
        help="What the meter of a sold unit counts. Empty: the unit has no meter.",
    )
    is_spare_part = fields.Boolean(
        "Spare Part", help="Stations may claim this product as a part."
    )
    is_main_part = fields.Boolean(
        "Main Part",
        help="Counted when it is replaced again on the same unit (three guarantees).",
    )
    claim_price_limit = fields.Float(
        "Price Limit in Claims",
        digits="Product Price",
        help="The most that is paid for one of this part. 0: its cost counts.",
    )
    claim_quantity_limit = fields.Float(
        "Pieces per Repair",
        digits="Product Unit",
        help="More than one repair takes is questioned. 0: any number.",
    )
