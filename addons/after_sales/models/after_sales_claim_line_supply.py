# pylint: disable=consider-merging-classes-inherited
# Own file: where a part came from is one concept.
from odoo import api, fields, models


class AfterSalesClaimLine(models.Model):
    """Where a part came from: by its own lot where that is known, else from the
    catalogue (AS-09)."""

    _inherit = "after.sales.claim.line"

    part_lot_id = fields.Many2one(
        "stock.lot",
        "Lot of the Part",
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
        check_company=True,
        ondelete="restrict",
        help="Serial or lot number of the part that failed, where it is known.",
    )
    old_part_ids = fields.One2many(
        "after.sales.old.part", "claim_line_id", "Replaced Parts", copy=False
    )

    @api.onchange("product_id", "line_type")
    def _onchange_product_id(self):
        if self.part_lot_id.product_id != self.product_id:
            self.part_lot_id = False
        return super()._onchange_product_id()

    @api.constrains("part_lot_id", "product_id")
    def _check_part_lot(self):
        self.env["stock.lot"]._check_part_lots(self)

    def _get_old_part_suppliers(self):
        """The lot of the part knows best; where not even the catalogue names somebody,
        the unit's own lot may."""
        suppliers = super()._get_old_part_suppliers()
        # sudo: the approval does not need rights on stock or purchase
        lines_sudo = self.sudo()
        by_lot = (
            lines_sudo.part_lot_id | lines_sudo.claim_id.lot_id
        )._get_lot_suppliers()
        for line in lines_sudo:
            partner = by_lot.get(line.part_lot_id.id)
            if not partner and not suppliers[line.id]:
                partner = by_lot.get(line.claim_id.lot_id.id)
            if partner:
                suppliers[line.id] = partner.commercial_partner_id
        return suppliers
