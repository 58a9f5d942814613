from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantDocumentSetHandIn(models.TransientModel):
    """SA-17a: to whom a set is handed in (交单), or what came of it."""

    _name = "sales.assistant.document.set.hand.in"
    _description = "Hand in a Document Set"

    set_ids = fields.Many2many(
        "sales.assistant.document.set",
        "sales_assistant_set_hand_in_rel",
        string="Document Sets",
        required=True,
    )
    verb = fields.Selection(
        [("present", "Hand In"), ("settle", "Settled")],
        required=True,
        default="present",
    )
    presented_to = fields.Selection(
        selection=lambda self: self._selection_presented_to(),
        string="Handed in to",
        default=lambda self: self._default_presented_to(),
    )
    receiver = fields.Char("Received by")
    reference = fields.Char("Waybill or Receipt Number")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self._get_default_sets().currency_id[:1]
    )
    amount = fields.Monetary(
        "Amount Received", default=lambda self: self._default_amount()
    )

    def _get_default_sets(self):
        ids = self.env.context.get("default_set_ids") or []
        sets = self.env["sales.assistant.document.set"]
        return sets.browse(one for one in ids if isinstance(one, int)).exists()

    def _selection_presented_to(self):
        sets = self.env["sales.assistant.document.set"]
        return sets._fields["presented_to"]._description_selection(self.env)

    def _default_presented_to(self):
        sets = self._get_default_sets()
        if sets and all(one.kind == "refund" for one in sets):
            return "finance"
        credit = sets and all(one.letter_of_credit for one in sets)
        return "bank" if credit else "customer"

    def _default_amount(self):
        sets = self._get_default_sets()
        goods = len(sets) == 1 and sets._lists_goods()
        return sets.amount_total if goods else 0

    def action_apply(self):
        self.ensure_one()
        if self.verb == "settle":
            if self.amount < 0:
                raise UserError(self.env._("An amount received is not negative."))
            self.set_ids._do_settle(self.amount)
        else:
            if not self.presented_to:
                raise UserError(self.env._("Say to whom the set is handed in."))
            self.set_ids._do_present(self.presented_to, self.receiver, self.reference)
        return {"type": "ir.actions.act_window_close"}
