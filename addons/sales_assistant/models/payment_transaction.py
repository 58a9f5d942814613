from odoo import models
from odoo.tools import str2bool


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """An order that waits for its review is not confirmed: its customer hears that
        the payment arrived, as for every order that is not confirmed by it."""
        orders = super()._check_amount_and_confirm_order()
        return orders.filtered(lambda order: order.state == "sale")

    def _invoice_late_confirmation(self):
        """What automatic invoicing would have done at the payment, had the order not
        waited for its review."""
        parameters_sudo = self.env["ir.config_parameter"].sudo()  # sudo: as sale does
        if not str2bool(parameters_sudo.get_param("sale.automatic_invoice")):
            return
        paid = self.filtered(
            lambda tx: (
                tx.state == "done"
                and tx.operation != "validation"
                and not tx.invoice_ids
            )
        )
        paid._invoice_sale_orders()
        for transaction in paid:
            invoices = transaction.invoice_ids.filtered(
                lambda inv: inv.state == "draft"
            )
            invoices.action_post()
            transaction._reconcile_late_invoices(invoices)

    def _reconcile_late_invoices(self, invoices):
        """Match the payment booked before with the invoices that came after it."""
        payment_lines = self.payment_id.move_id.line_ids
        lines = (payment_lines + invoices.line_ids).filtered(
            lambda line: (
                line.account_id == self.payment_id.destination_account_id
                and not line.reconciled
            )
        )
        if lines.move_id & invoices and lines.move_id - invoices:
            lines.reconcile()
