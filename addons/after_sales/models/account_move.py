from odoo import models


class AccountMove(models.Model):
    """A posted customer invoice dates the units on it, for companies whose warranty
    begins with the invoice (AS-02)."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._date_sold_units()
        return posted

    def _date_sold_units(self):
        """The first invoice counts; what was returned is no sold unit any more."""
        invoices = self.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        for day, moves in invoices.grouped("invoice_date").items():
            lines = moves.invoice_line_ids.sale_line_ids
            lots = lines.move_ids.move_line_ids.lot_id
            # sudo: an accountant dates units he may not write
            lots.sudo().filtered(
                lambda lot: lot.date_sold and not lot.date_invoiced
            ).date_invoiced = day
