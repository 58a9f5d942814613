from odoo import fields, models

from ..models.sales_assistant_review_opinion import OPINIONS


class SalesAssistantOpinionAnswer(models.TransientModel):
    """Asks for a department's opinion on a special order."""

    _name = "sales.assistant.opinion.answer"
    _description = "Opinion of a Department: Answer"

    opinion_id = fields.Many2one(
        "sales.assistant.review.opinion", "Asked", required=True, readonly=True
    )
    review_id = fields.Many2one(related="opinion_id.review_id", related_sudo=False)
    terms_html = fields.Html(related="review_id.terms_html", related_sudo=False)
    changes_html = fields.Html(related="review_id.changes_html", related_sudo=False)
    opinion = fields.Selection(OPINIONS, required=True, default="agree")
    note = fields.Text("Conditions or Objections")

    def action_apply(self):
        self.ensure_one()
        self.opinion_id._check_can_answer()
        self.opinion_id._do_answer(self.opinion, self.note)
        return {"type": "ir.actions.act_window_close"}
