from odoo import api, fields, models
from odoo.exceptions import UserError

VERBS = [
    ("refuse", "Cannot Be Kept"),
    ("tell", "Customer Told"),
    ("keep", "Kept"),
    ("break", "Broken"),
    ("renegotiate", "Renegotiated"),
]


class SalesAssistantPromiseSettle(models.TransientModel):
    """SA-06: asks for what a step of a promise needs: day, words, reason."""

    _name = "sales.assistant.promise.settle"
    _description = "Promise: Settle"

    promise_id = fields.Many2one(
        "sales.assistant.promise", required=True, readonly=True
    )
    verb = fields.Selection(VERBS, required=True, readonly=True)
    day = fields.Date(
        compute="_compute_day",
        store=True,
        readonly=False,
        help="The day it was kept, the customer was told, or it is moved to.",
    )
    reason_id = fields.Many2one(
        "sales.reason", domain=[("usage", "=", "sales_promise_broken")]
    )
    note = fields.Text()

    @api.depends("promise_id", "verb")
    def _compute_day(self):
        for wizard in self:
            company = wizard.promise_id.company_id or self.env.company
            asks_today = wizard.verb in ("tell", "keep")
            wizard.day = (
                company._get_sales_today()
                if asks_today
                else wizard.verb == "break" and wizard.promise_id.date_told
            )

    def action_apply(self):
        self.ensure_one()
        self.promise_id._check_can(self.verb)
        result = getattr(self, f"_apply_{self.verb}")()
        return result or {"type": "ir.actions.act_window_close"}

    def _get_note(self, message):
        note = (self.note or "").strip()
        if not note:
            raise UserError(message)
        return note

    def _check_past(self):
        today = self.promise_id.company_id._get_sales_today()
        if not self.day or self.day > today:
            raise UserError(self.env._("Name a day that is not in the future."))

    def _apply_refuse(self):
        note = self._get_note(self.env._("Say why, and what could be kept."))
        self.promise_id._do_answer("refuse", False, note)

    def _apply_tell(self):
        self._check_past()
        self.promise_id._do_tell(self.day, self.note)

    def _apply_keep(self):
        self._check_past()
        promise = self.promise_id
        if self.day > promise.date_due:
            raise UserError(
                self.env._("Kept after its day, a promise is broken: say so instead.")
            )
        promise._do_keep(self.day, self.note)

    def _apply_break(self):
        if self.reason_id.usage != "sales_promise_broken":
            raise UserError(self.env._("Say why: the reasons are counted."))
        if self.reason_id.is_note_required:
            self._get_note(
                self.env._(
                    "The reason “%(reason)s” needs a note.", reason=self.reason_id.name
                )
            )
        if self.day:
            self._check_past()
        self.promise_id._do_break(self.reason_id, self.note, self.day)

    def _apply_renegotiate(self):
        note = self._get_note(self.env._("Say who of the customer agreed, and how."))
        promise = self.promise_id
        if not self.day or self.day <= promise.date_due:
            raise UserError(self.env._("Name the new day, after the one promised."))
        new = promise._do_renegotiate(self.day, note)
        return {
            "type": "ir.actions.act_window",
            "res_model": new._name,
            "res_id": new.id,
            "view_mode": "form",
        }
