from odoo import fields, models


class SalesNoticeRespond(models.TransientModel):
    """Asks for the text of a reply to a notice."""

    _name = "sales.notice.respond"
    _description = "Reply to a Notice"

    notice_id = fields.Many2one("sales.notice", required=True)
    text = fields.Text(required=True)

    def action_apply(self):
        self.ensure_one()
        self.notice_id._check_can("reply")
        self.notice_id._do_reply(self.text)
        return {"type": "ir.actions.act_window_close"}
