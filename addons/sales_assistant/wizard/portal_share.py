from odoo import models


class PortalShare(models.TransientModel):
    """SA-13: the link of an unchecked quotation is not shared."""

    _inherit = "portal.share"

    def action_send_mail(self):
        if self.res_model == "sale.order":
            self.env["sale.order"].browse(self.res_id)._check_sending()
        return super().action_send_mail()
