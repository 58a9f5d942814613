from odoo import models


class StockLot(models.Model):
    """A lot knows from which purchase order it came (AS-09)."""

    _inherit = "stock.lot"

    def _get_lot_suppliers(self):
        """The vendor of the order, before what another app knows of the lot."""
        suppliers = super()._get_lot_suppliers()
        for lot_id, line in self._get_lot_purchase_lines().items():
            suppliers[lot_id] = line.order_id.partner_id
        return suppliers

    def _get_lot_purchase_lines(self):
        """Order lines by which these lots came in, asked once for all: of several
        receipts the last one counts.

        :returns: {lot id: ``purchase.order.line`` in sudo}
        """
        # sudo: who answers for a part does not depend on rights on stock or purchase
        moves_sudo = (
            self.env["stock.move.line"]
            .sudo()
            .search(
                [
                    ("lot_id", "in", self.ids),
                    ("state", "=", "done"),
                    ("move_id.purchase_line_id", "!=", False),
                    ("location_id.usage", "in", ("supplier", "transit")),
                ],
                order="date, id",
            )
        )
        return {move.lot_id.id: move.move_id.purchase_line_id for move in moves_sudo}
