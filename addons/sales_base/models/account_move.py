from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    # what was sold to a batch of customers in a time (F-20)
    _sales_grade_idx = models.Index(
        "(commercial_partner_id, invoice_date)"
        " WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_refund')"
    )
