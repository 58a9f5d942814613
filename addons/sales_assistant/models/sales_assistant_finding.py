from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

PASSED = {
    "amount": _lt("The amount of %(order_amount)s is within %(limit_amount)s."),
    "discount": _lt(
        "The discount of %(discount_percent)s %% is within the authority of "
        "%(limit_percent)s %%."
    ),
    "payment_term": _lt(
        "The payment term of %(term_days)s days is within %(limit_days)s days."
    ),
    "lead_time": _lt(
        "The promised date (%(promised_date)s) leaves enough time: %(limit_days)s "
        "working days are usual."
    ),
    "new_customer": _lt(
        "The customer is known: %(previous_orders)s confirmed orders so far."
    ),
}
FAILED = {
    "amount": _lt("The amount of %(order_amount)s is over %(limit_amount)s."),
    "discount": _lt(
        "The discount of %(discount_percent)s %% is over the authority of "
        "%(limit_percent)s %%."
    ),
    "payment_term": _lt(
        "The payment term of %(term_days)s days is over %(limit_days)s days."
    ),
    "lead_time": _lt(
        "The promised date (%(promised_date)s) leaves %(lead_days)s working days; "
        "%(limit_days)s are usual."
    ),
    "new_customer": _lt(
        "The customer is new: %(previous_orders)s confirmed orders so far, known from "
        "%(limit_orders)s."
    ),
}


class SalesAssistantFinding(models.Model):
    """What a rule found on a reviewed quotation, kept with its facts."""

    _name = "sales.assistant.finding"
    _inherit = ["sales.finding.mixin"]
    _description = "Finding of a Contract Review"
    _order = "review_id, id"

    review_id = fields.Many2one(
        "sales.assistant.review",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        "sales.assistant.review.rule", readonly=True, index=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, index=True, precompute=True
    )

    @api.model
    def _get_sentences(self):
        return {
            (key, verdict): sentence
            for verdict, sentences in (("pass", PASSED), ("fail", FAILED))
            for key, sentence in sentences.items()
        }
