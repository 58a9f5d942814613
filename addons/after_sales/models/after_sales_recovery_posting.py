# pylint: disable=consider-merging-classes-inherited
# Own file: what a recovery becomes in accounting is one concept.
from odoo import api, models


class AfterSalesRecovery(models.Model):
    """The vendor credit note of a recovery, and its offset against bills (AS-13)."""

    _inherit = "after.sales.recovery"

    def _do_post(self):
        """One credit note per recovery. Lines in dispute leave it and wait for their
        decision; where nothing is left there is no credit note. The rest follows the
        credit note, see ``_follow_move``."""
        # sudo: a clerk recovers without rights on accounting; the step has asked him
        own_sudo = self.sudo()
        own_sudo.line_ids.filtered(lambda line: line.state == "disputed")._release()
        charged = own_sudo.filtered(lambda recovery: recovery._get_moved_amounts())
        moves = own_sudo.env["account.move"].create(
            [recovery._prepare_move_values() for recovery in charged]
        )
        for recovery, move in zip(charged, moves, strict=True):
            recovery._write_guarded({"move_id": move.id})
        own_sudo._take_step("post")
        (own_sudo - charged)._mark_recovered()
        at_once = charged.filtered(
            lambda recovery: not recovery.company_id.after_sales_recovery_draft
        )
        at_once.move_id.action_post()
        at_once.filtered("company_id.after_sales_recovery_offset")._do_offset()

    @api.model
    def _get_move_text(self, kind, month):
        return self.env._(
            "%(kind)s, recovery of warranty cost %(month)s", kind=kind, month=month
        )

    def _do_offset(self):
        """Set the credit note off against the supplier's oldest open bills, of the same
        account and currency, as far as it goes: Odoo's reconciliation."""
        # sudo: a clerk sets off without rights on accounting; the step has asked him
        for recovery in self.sudo():
            own = recovery.move_id.line_ids.filtered(
                lambda line: (
                    line.account_id.account_type == "liability_payable"
                    and not line.reconciled
                )
            )
            for line in recovery._get_open_bill_lines(own):
                # one by one: Odoo would begin with the largest of one day
                (own + line).reconcile()

    def _get_open_bill_lines(self, own):
        """Payable lines of the supplier's bills, oldest first, as many as ``own`` can
        cover."""
        found = own.search(
            [
                ("partner_id", "=", self.partner_id.commercial_partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("account_id", "in", own.account_id.ids),
                ("currency_id", "=", self.currency_id.id),
                ("move_id.move_type", "=", "in_invoice"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual_currency", "<", 0),
            ],
            order="date_maturity, date, id",
        )
        left = sum(own.mapped("amount_residual_currency"))
        bills = found.browse()
        for line in found:
            if self.currency_id.compare_amounts(left, 0) <= 0:
                break
            bills += line
            left += line.amount_residual_currency
        return bills
