from odoo import fields, models


class StockMove(models.Model):
    """A delivered serial number becomes a sold unit, a returned one stops being one
    (AS-01): set from the transfer, for the whole batch. A move of an own shipment of
    urgent parts knows its line (AS-11)."""

    _inherit = "stock.move"

    after_sales_transfer_line_id = fields.Many2one(
        "after.sales.transfer.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        done = moves.filtered(lambda move: move.state == "done")
        done._update_sold_units()
        return moves

    def _update_sold_units(self):
        """Write sale and return of serial numbers, one write per day and customer."""
        lines = self.move_line_ids.filtered(
            lambda line: line.lot_id and line.product_id.tracking == "serial"
        )
        to_customer = lines.filtered(
            lambda line: (
                line.location_dest_id.usage == "customer"
                and line.location_id.usage != "customer"
            )
        )
        from_customer = lines.filtered(
            lambda line: (
                line.location_id.usage == "customer"
                and line.location_dest_id.usage != "customer"
            )
        )
        # sudo: who moves stock records the sale, whatever he may write on the unit
        from_customer.lot_id.sudo().write(
            {
                "date_sold": False,
                "date_invoiced": False,
                "date_registered": False,
                "sold_partner_id": False,
                "sold_station_id": False,
            }
        )
        stations = to_customer._get_selling_stations()
        for key, sold in to_customer.grouped(StockMove._get_sale_key).items():
            day, partner = key
            # sudo: see above
            sold.lot_id.sudo().write(
                {
                    "date_sold": day,
                    "sold_partner_id": partner.id,
                    "sold_station_id": stations.get(
                        (partner.commercial_partner_id, sold.company_id[:1])
                    ),
                }
            )

        # paid before it was shipped: the invoice is there already
        # sudo: a warehouse worker does not read invoices
        to_customer.move_id.sale_line_id.sudo().invoice_lines.move_id._date_sold_units()

    @staticmethod
    def _get_sale_key(line):
        """Business day and customer of a delivered line."""
        move = line.move_id
        day = move.company_id._get_sales_day(move.date)
        order = move.sale_line_id.order_id
        return day, order.partner_id or move.picking_id.partner_id
