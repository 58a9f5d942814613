from odoo import fields, models


class SalesAssistantMarketMixin(models.AbstractModel):
    """A template for orders of one market."""

    _name = "sales.assistant.market.mixin"
    _description = "Template of a Market"

    market = fields.Selection(
        [
            ("all", "All Orders"),
            ("domestic", "Domestic Orders"),
            ("export", "Export Orders"),
        ],
        required=True,
        default="all",
        help="Export orders are delivered to another country than the company's.",
    )

    def _fits_market(self, order):
        if self.market == "all":
            return True
        # domestic as well where one of the countries is not known
        here = order.company_id.country_id
        there = order.partner_shipping_id.country_id or here
        return (self.market == "export") == bool(here and here != there)
