from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantProposalMeasure(models.TransientModel):
    """SA-07: the figure after a suggestion was carried out, beside the one before."""

    _name = "sales.assistant.proposal.measure"
    _description = "Suggestion: Effect"

    proposal_id = fields.Many2one(
        "sales.complaint.proposal", required=True, readonly=True
    )
    measure = fields.Char(related="proposal_id.measure", related_sudo=False)
    value_before = fields.Float(related="proposal_id.value_before", related_sudo=False)
    value_after = fields.Float("Figure After")
    currency_id = fields.Many2one(related="proposal_id.currency_id")
    saving_amount = fields.Monetary("Saved a Year")
    note = fields.Text("Effect")

    def action_apply(self):
        self.ensure_one()
        proposal = self.proposal_id
        proposal._check_can("measure")
        if self.saving_amount < 0:
            raise UserError(self.env._("A saving is not negative."))
        proposal._do_measure(self.value_after, self.saving_amount, self.note)
        return {"type": "ir.actions.act_window_close"}
