from odoo import api, models

from ..tools.terms import LINE_TERMS


class SaleOrderLine(models.Model):
    """SA-11: a changed term of a reviewed order asks for a new review."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        with lines.order_id._watch_terms({"order_line"}):
            return lines

    def write(self, vals):
        touched = set() if vals.keys().isdisjoint(LINE_TERMS) else {"order_line"}
        with self.order_id._watch_terms(touched):
            return super().write(vals)

    def unlink(self):
        with self.order_id._watch_terms({"order_line"}):
            return super().unlink()
