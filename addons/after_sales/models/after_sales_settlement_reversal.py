# pylint: disable=consider-merging-classes-inherited
# Own file: taking back what was posted is one concept.
from odoo import fields, models


class AfterSalesSettlement(models.Model):
    """Reversal of a posted settlement (AS-12): its bill is reversed, its claims are
    approved again and wait for the next settlement, its charges are open again. The
    statement as it was posted stays attached."""

    _inherit = "after.sales.settlement"

    reversal_id = fields.Many2one(
        "account.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    reversed_at = fields.Datetime(readonly=True, copy=False)

    def action_reverse(self):
        return dict(self._ask_reason("reverse"), name=self.env._("Reverse Settlement"))

    def _do_reverse(self, reason, note):
        for settlement in self:
            settlement._keep_statement()
            settlement._write_guarded(
                {
                    "reversal_id": settlement._reverse_bill(reason).id,
                    "reversed_at": fields.Datetime.now(),
                }
            )
        # sudo: the step has asked person and state; the fields of a claim are closed
        self.claim_ids.sudo().with_context(mail_notrack=True).write(
            {"state": "approved", "settled_at": False}
        )
        self._release_rows()
        self._take_step("reverse", cancel_reason_id=reason.id, reason_note=note)

    def _keep_statement(self):
        """Attach the rows as they were posted: they leave with the reversal."""
        # sudo: the statement is whole, whoever reverses
        lines_sudo = self.env["after.sales.settlement.line"].sudo()
        attachment_sudo = lines_sudo._create_sheet_attachment(
            [("settlement_id", "=", self.id)],
            period=(self.date_from, self.date_to),
            record=self,
        )
        # sudo: a note of the system beside the file
        self.sudo().message_post(
            body=self.env._("The statement as it was posted."),
            attachment_ids=attachment_sudo.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _reverse_bill(self, reason):
        """Reverse the bill, unless accounting has done so already: a draft is
        cancelled; what is paid stays paid, and the station owes the reversal."""
        # sudo: a manager of after-sales reverses without rights on accounting
        move_sudo = self.move_id.sudo()
        if move_sudo.state == "draft":
            move_sudo.button_cancel()
        if move_sudo.state != "posted" or move_sudo.payment_state == "reversed":
            return move_sudo.browse()
        is_unpaid = move_sudo.payment_state == "not_paid"
        reversal_sudo = move_sudo._reverse_moves(
            [
                {
                    "invoice_date": self.company_id._get_sales_today(),
                    "date": self.company_id._get_sales_today(),
                    "ref": f"{self.name}: {reason.name}",
                }
            ],
            cancel=is_unpaid,
        )
        if not is_unpaid:
            reversal_sudo.action_post()
        return reversal_sudo
