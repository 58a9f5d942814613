# pylint: disable=consider-merging-classes-inherited
# Own file: where a lot came from is one concept, the sold unit another.
from odoo import models


class StockLot(models.Model):
    """Where a lot came from (AS-09)."""

    _inherit = "stock.lot"

    def _get_lot_suppliers(self):
        """Hook: who delivered these lots, for an app that knows receipts.

        :returns: {lot id: ``res.partner``}
        """
        return {}
