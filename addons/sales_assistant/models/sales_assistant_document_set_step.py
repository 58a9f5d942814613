# pylint: disable=consider-merging-classes-inherited
# The life of a set is a concept of its own beside its data.
from odoo import models

from .sales_assistant_document_set import OPEN_STATES


class SalesAssistantDocumentSet(models.Model):
    """SA-17a: completeness, handing in (交单), refusal, settlement."""

    _inherit = "sales.assistant.document.set"

    def _get_complete_obstacle(self):
        _ = self.env._
        items = self.item_ids
        if not items:
            return _("it lists no document.")
        missing = items.filtered(lambda one: one.is_required and one.state == "open")
        return missing and _(
            "these documents are missing: %(documents)s.",
            documents=", ".join(missing.mapped("name")),
        )

    def action_complete(self):
        self._check_can("complete")
        self._take_step("complete", cancel_reason_id=False, reason_note=False)

    def action_reopen(self):
        """Back to collecting: a document is exchanged."""
        self._check_can("reopen")
        self._withdraw_open_checks()
        self._take_step("reopen")

    def _get_present_obstacle(self):
        return self._get_check_gap("document_set")

    def action_present(self):
        return self._ask("present", self.env._("Hand In"))

    def _do_present(self, presented_to, receiver, reference):
        """:param str presented_to: key of the field"""
        self._check_can("present")
        for company, sets in self.grouped("company_id").items():
            sets._take_step(
                "present",
                presented_to=presented_to,
                receiver=receiver,
                presentation_ref=reference,
                presented_by_id=self.env.uid,
                date_presented=company._get_sales_today(),
            )

    def action_refuse(self):
        """The bank finds discrepancies, finance misses a paper: it comes back."""
        return self._ask_reason("refuse")

    def _do_refuse(self, reason, note):
        for one in self:
            one._take_step(
                "refuse",
                cancel_reason_id=reason.id,
                reason_note=note,
                refusal_count=one.refusal_count + 1,
            )

    def action_settle(self):
        return self._ask("settle", self.env._("Settled"))

    def _do_settle(self, amount):
        """:param float amount: what was received, in the currency of the order"""
        self._check_can("settle")
        for company, sets in self.grouped("company_id").items():
            sets._take_step(
                "settle",
                settled_amount=amount,
                date_settled=company._get_sales_today(),
            )

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._withdraw_open_checks()
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def _cancel_with_order(self):
        """What was not handed in goes with its order."""
        waiting = self.filtered(lambda one: one.state in OPEN_STATES)
        waiting._withdraw_open_checks()
        waiting._take_step("cancel", reason_note=self.env._("The order was cancelled."))

    def _ask(self, verb, title):
        """The wizard that collects what the step keeps."""
        self._check_can(verb)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.assistant.document.set.hand.in",
            "view_mode": "form",
            "target": "new",
            "context": {"default_set_ids": self.ids, "default_verb": verb},
        }
