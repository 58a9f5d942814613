from odoo import models


class AccountMove(models.Model):
    """SA-10: posted and paid invoices complete milestones; taking one back reopens."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._update_sales_milestones()
        return posted

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._update_sales_milestones()
        return result

    def button_draft(self):
        orders = self._get_followed_orders()
        result = super().button_draft()
        orders._update_milestones()
        return result

    def _get_followed_orders(self):
        """Orders of these customer invoices, in sudo."""
        invoices = self.filtered(lambda move: move.move_type.startswith("out_"))
        # sudo: accountants need no right on orders
        return invoices.sudo().line_ids.sale_line_ids.order_id

    def _update_sales_milestones(self):
        self._get_followed_orders()._update_milestones()
