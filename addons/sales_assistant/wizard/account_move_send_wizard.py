from odoo import api, models


class AccountMoveSendWizard(models.TransientModel):
    """SA-08: an invoice is sent by a composer of its own, which checks the letter as
    the others do."""

    _name = "account.move.send.wizard"
    _inherit = ["account.move.send.wizard", "sales.assistant.letter.composer"]

    @api.depends("subject", "body", "mail_attachments_widget", "sending_methods")
    def _compute_sales_letter_findings(self):
        return super()._compute_sales_letter_findings()

    def _find_in_sales_letter(self):
        is_mailed = "email" in (self.sending_methods or [])
        if not is_mailed or not self.move_id.is_sale_document():
            return []
        names = [
            one.get("name") or ""
            for one in self.mail_attachments_widget or []
            if not one.get("skip")
        ]
        return self._find_in_letter(self.subject, self.body, names)

    def _get_sales_letter_records(self):
        return self.move_id

    def action_send_and_print(self, allow_fallback_pdf=False):
        self._check_sales_letter()
        return super().action_send_and_print(allow_fallback_pdf=allow_fallback_pdf)
