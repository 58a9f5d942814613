from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.sales_assistant_telling import CHANNELS

#: what moves a date, by the cause of the exception
MOVE_REASONS = {
    "quality": "quality",
    "technical": "quality",
    "delivery": "transport",
    "equipment": "equipment",
    "accident": "equipment",
}


class SalesAssistantExceptionAgree(models.TransientModel):
    """SA-14: asks for the new date, with whom and how it was agreed (与客户沟通,
    协调出货时间, S0 职责三·四)."""

    _name = "sales.assistant.exception.agree"
    _description = "New Date Agreed"

    exception_id = fields.Many2one(
        "sales.assistant.exception", required=True, readonly=True
    )
    commercial_partner_id = fields.Many2one(
        related="exception_id.partner_id.commercial_partner_id"
    )
    date_promised = fields.Date(related="exception_id.date_promised")
    date_agreed = fields.Date(
        "New Date", compute="_compute_date_agreed", store=True, readonly=False
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Agreed with",
        domain="[('id', 'child_of', commercial_partner_id)]",
        help="The customer's person who agreed.",
    )
    channel = fields.Selection(CHANNELS, "How", default="phone")
    reason_id = fields.Many2one(
        "sales.reason",
        "Why the Date Moves",
        compute="_compute_reason_id",
        store=True,
        readonly=False,
        domain=[("usage", "=", "sales_milestone_move")],
    )
    is_told = fields.Boolean(compute="_compute_is_told")
    note = fields.Text("What Was Said")

    @api.depends("exception_id")
    def _compute_date_agreed(self):
        for wizard in self:
            exception = wizard.exception_id
            wizard.date_agreed = exception.date_agreed or exception.date_forecast

    @api.depends("exception_id")
    def _compute_reason_id(self):
        for wizard in self:
            name = MOVE_REASONS.get(wizard.exception_id.cause)
            wizard.reason_id = name and self.env.ref(
                f"sales_assistant.sales_reason_move_{name}", raise_if_not_found=False
            )

    @api.depends("exception_id")
    def _compute_is_told(self):
        for wizard in self:
            # sudo: whether a date was told is no secret
            wizard.is_told = bool(wizard.exception_id.order_id.sudo().sales_told_date)

    def action_apply(self):
        self.ensure_one()
        exception = self.exception_id
        exception._check_can("agree")
        self._check_complete()
        exception._do_agree(
            self.date_agreed, self.contact_id, self.channel, self.note, self.reason_id
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        """:raises UserError: something is missing or cannot be"""
        exception = self.exception_id
        if not self.date_agreed or not self.contact_id or not self.channel:
            raise UserError(
                self.env._("Name the new date, with whom it was agreed, and how.")
            )
        if self.date_agreed < exception.company_id._get_sales_today():
            raise UserError(self.env._("The new date lies in the past."))
        customer = exception.partner_id.commercial_partner_id
        if self.contact_id.commercial_partner_id != customer:
            raise UserError(
                self.env._(
                    "%(contact)s does not belong to %(customer)s.",
                    contact=self.contact_id.name,
                    customer=customer.name,
                )
            )
        reason = self.reason_id
        if self.is_told and not reason:
            raise UserError(
                self.env._("The customer was told the dates: say why they change.")
            )
        if reason and reason.usage != "sales_milestone_move":
            raise UserError(self.env._("This reason is not meant for this step."))
        if reason.is_note_required and not (self.note or "").strip():
            raise UserError(
                self.env._("The reason “%(reason)s” needs a note.", reason=reason.name)
            )
