# pylint: disable=consider-merging-classes-inherited
# Own file: where a lot came from is one concept, the sold unit another.
from odoo import api, models
from odoo.exceptions import ValidationError


class StockLot(models.Model):
    """Where a lot came from (AS-09)."""

    _inherit = "stock.lot"

    def _get_lot_suppliers(self):
        """Hook: who delivered these lots, for an app that knows receipts.

        :returns: {lot id: ``res.partner``}
        """
        return {}

    @api.model
    def _check_part_lots(self, lines):
        """The lot of a part is one of that part.

        :param lines: records with ``part_lot_id`` and ``product_id``
        :raises ValidationError: naming both
        """
        for line in lines:
            lot_sudo = line.part_lot_id.sudo()  # sudo: compared, not shown to others
            if lot_sudo and lot_sudo.product_id != line.product_id:
                raise ValidationError(
                    self.env._(
                        "“%(lot)s” is not a lot of %(part)s.",
                        lot=lot_sudo.name,
                        part=line.product_id.display_name or "–",
                    )
                )
