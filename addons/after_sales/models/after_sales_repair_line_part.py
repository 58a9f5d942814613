# pylint: disable=consider-merging-classes-inherited
# Own file: what is known of the single part.
from odoo import api, fields, models


class AfterSalesRepairLine(models.Model):
    """Which part caused the failure, and its own lot (AS-05, AS-09): both go into the
    claim of the repair. What the customer signs does not change by them."""

    _inherit = "after.sales.repair.line"

    part_lot_id = fields.Many2one(
        "stock.lot",
        "Lot of the Part",
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
        check_company=True,
        ondelete="restrict",
        help="Serial or lot number of the part that failed, where it is known.",
    )
    is_causal = fields.Boolean("Causal Part", help="This part caused the failure.")

    @api.onchange("product_id")
    def _onchange_product_id(self):
        if self.part_lot_id.product_id != self.product_id:
            self.part_lot_id = False
        return super()._onchange_product_id()

    @api.constrains("part_lot_id", "product_id")
    def _check_part_lot(self):
        self.env["stock.lot"]._check_part_lots(self)
