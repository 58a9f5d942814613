from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantCallbackSnooze(models.TransientModel):
    """SA-04: callbacks go to another day, with the reason."""

    _name = "sales.assistant.callback.snooze"
    _description = "Snooze Callbacks"

    callback_ids = fields.Many2many(
        "sales.assistant.callback", string="Callbacks", required=True
    )
    date_due = fields.Date(
        "New Day",
        required=True,
        default=lambda self: self.env.company._get_sales_day_ahead(1),
    )
    reason_id = fields.Many2one(
        "sales.reason",
        required=True,
        domain=[("usage", "=", "sales_assistant_callback_snooze")],
    )
    note = fields.Text()

    def action_apply(self):
        self.ensure_one()
        if self.reason_id.usage != "sales_assistant_callback_snooze":
            raise UserError(self.env._("This reason is not meant for this step."))
        if self.reason_id.is_note_required and not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "The reason “%(reason)s” needs a note.", reason=self.reason_id.name
                )
            )
        if self.date_due <= self.env.company._get_sales_today():
            raise UserError(self.env._("Snooze until a later day than today."))
        self.callback_ids._check_can("snooze")
        self.callback_ids._do_snooze(self.date_due, self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}
