from odoo import api, fields, models


class AfterSalesResponsibility(models.Model):
    """The purchase order behind a responsibility (AS-09): the one by which the part
    came, or the unit where the unit itself was bought."""

    _inherit = "after.sales.responsibility"

    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        "Purchase Order Line",
        compute="_compute_purchase_line_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
    )
    purchase_order_id = fields.Many2one(
        related="purchase_line_id.order_id",
        string="Purchase Order",
        store=True,
        index="btree_not_null",
    )

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"purchase_line_id", "purchase_order_id"}

    @api.depends("part_lot_id", "lot_id", "partner_id")
    def _compute_purchase_line_id(self):
        """Only an order of the supplier that is named: who bears it may have been
        decided otherwise."""
        lines = (self.part_lot_id | self.lot_id)._get_lot_purchase_lines()
        for record in self:
            found = (
                lines.get(lot.id)
                for lot in (record.part_lot_id, record.lot_id)
                if lot.id in lines
            )
            line = next(found, self.env["purchase.order.line"])
            # sudo: as the line
            vendor_sudo = line.sudo().order_id.partner_id.commercial_partner_id
            named = record.partner_id.commercial_partner_id
            record.purchase_line_id = line if vendor_sudo == named else False

    def action_view_purchase_order(self):
        self.ensure_one()
        return self._view_record(self.purchase_order_id)
