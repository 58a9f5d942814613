from odoo import models


class MailTemplate(models.Model):
    """SA-13: no template carries an unchecked quotation out of the house."""

    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, **kwargs):
        if self.model == "sale.order":
            self.env["sale.order"].browse(res_ids)._check_sending()
        return super().send_mail_batch(res_ids, *args, **kwargs)
