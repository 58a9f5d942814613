from odoo import fields, models
from odoo.exceptions import UserError


class SalesStepReason(models.TransientModel):
    """Asks for the reason of a step (return, reject, cancel) and takes it."""

    _name = "sales.step.reason"
    _description = "Reason of a Step"

    res_model = fields.Char("Document Model", required=True)
    res_ids = fields.Json("Documents", required=True)
    verb = fields.Char(required=True)
    usage = fields.Char(required=True)
    reason_id = fields.Many2one(
        "sales.reason", required=True, domain="[('usage', '=', usage)]"
    )
    note = fields.Text()

    def action_apply(self):
        self.ensure_one()
        documents = self._get_documents()
        step = documents._steps[self.verb]
        if self.reason_id.usage != step.reason_usage:
            raise UserError(self.env._("This reason is not meant for this step."))
        if self.reason_id.is_note_required and not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "The reason “%(reason)s” needs a note.", reason=self.reason_id.name
                )
            )
        documents._do_with_reason(self.verb, self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _get_documents(self):
        """The documents named by the client, once model and step are proven to be what
        this wizard is for."""
        model = self.env.get(self.res_model)
        steps = getattr(model, "_steps", {}) if model is not None else {}
        if self.verb not in steps or not steps[self.verb].reason_usage:
            raise UserError(self.env._("There is no such step."))
        ids = self.res_ids if isinstance(self.res_ids, list) else []
        return model.browse(int(id_) for id_ in ids).exists()
