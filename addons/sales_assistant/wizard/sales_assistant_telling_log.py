from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.sales_assistant_telling import CHANNELS


class SalesAssistantTellingLog(models.TransientModel):
    """SA-10: notes that the customer was told the date of his order."""

    _name = "sales.assistant.telling.log"
    _description = "Note What the Customer Was Told"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade"
    )
    date_known = fields.Date(related="order_id.sales_told_date", string="Known So Far")
    date_promised = fields.Date(
        related="order_id.sales_promised_date", string="Date Told"
    )
    told_at = fields.Datetime(
        "Told on", required=True, default=lambda self: fields.Datetime.now()
    )
    channel = fields.Selection(CHANNELS, "How", required=True, default="phone")
    contact_id = fields.Many2one(
        "res.partner",
        "To Whom",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
    )
    note = fields.Char()

    @api.depends("order_id")
    def _compute_contact_id(self):
        for wizard in self:
            wizard.contact_id = wizard.order_id.partner_id

    def action_apply(self):
        self.ensure_one()
        self.order_id._check_can_tell()
        if self.told_at > fields.Datetime.now():
            raise UserError(self.env._("What was told lies in the past."))
        last = self.order_id.sales_told_at
        if last and self.told_at < last:
            raise UserError(self.env._("The customer was told again since then."))
        self.order_id._do_tell(
            {
                "told_at": self.told_at,
                "channel": self.channel,
                "contact_id": self.contact_id.id,
                "note": self.note,
            }
        )
        return {"type": "ir.actions.act_window_close"}
