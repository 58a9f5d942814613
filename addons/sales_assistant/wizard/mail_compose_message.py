from odoo import models


class MailComposeMessage(models.TransientModel):
    """SA-13: an unchecked quotation is not sent from the composer."""

    _inherit = "mail.compose.message"

    def _action_send_mail_comment(self, res_ids):
        self._check_quotations(res_ids)
        return super()._action_send_mail_comment(res_ids)

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        self._check_quotations(res_ids)
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)

    def _check_quotations(self, res_ids):
        """A message by a template carries the quotation; a plain word does not."""
        if self.model == "sale.order" and self.template_id:
            self.env["sale.order"].browse(res_ids)._check_sending()
