from odoo import fields, models
from odoo.exceptions import UserError

from ..models.sales_assistant_sample import OUTCOMES


class SalesAssistantSampleClose(models.TransientModel):
    """SA-15: the outcome of a sample; anything but an acceptance needs its reason."""

    _name = "sales.assistant.sample.close"
    _description = "Sample: Outcome"

    sample_id = fields.Many2one("sales.assistant.sample", required=True, readonly=True)
    outcome = fields.Selection(OUTCOMES, required=True)
    reason_id = fields.Many2one(
        "sales.reason", domain=[("usage", "=", "sales_sample_outcome")]
    )
    note = fields.Text()

    def action_apply(self):
        self.ensure_one()
        sample, reason = self.sample_id, self.reason_id
        sample._check_can("close")
        if self.outcome in ("changes", "rejected") and not reason:
            raise UserError(self.env._("Say why: the reasons are counted."))
        if reason and reason.usage != "sales_sample_outcome":
            raise UserError(self.env._("This reason is not meant for this step."))
        if reason.is_note_required and not (self.note or "").strip():
            raise UserError(
                self.env._("The reason “%(reason)s” needs a note.", reason=reason.name)
            )
        sample._do_close(self.outcome, reason, self.note)
        return {"type": "ir.actions.act_window_close"}
