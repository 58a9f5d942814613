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
    "margin": _lt(
        "The margin of %(margin_percent)s %% is not under %(limit_percent)s %%."
    ),
    "overdue": _lt(
        "Overdue receivables of %(overdue_amount)s are within %(limit_amount)s."
    ),
    "low_grade": _lt("The customer's grade %(grade)s is better than %(limit_grade)s."),
    "requirement": _lt("Nothing deviates from the standard."),
    "oral": _lt("The contract is in writing."),
}
UNKNOWN = {
    "margin": _lt("The margin is not known: the products have no cost."),
    "low_grade": _lt("No grade to compare: customer %(grade)s, rule %(limit_grade)s."),
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
    "margin": _lt("The margin of %(margin_percent)s %% is under %(limit_percent)s %%."),
    "overdue": _lt(
        "Receivables of %(overdue_amount)s are overdue, the oldest since "
        "%(since_date)s; %(limit_amount)s are tolerated."
    ),
    "low_grade": _lt(
        "The customer's grade is %(grade)s; orders are special from %(limit_grade)s "
        "down."
    ),
    "requirement": _lt("Special requirement: %(requirement)s"),
    "oral": _lt("The contract was agreed by word of mouth only."),
}
#: a fact without which a rule cannot tell anything
NEEDED = {"margin": ("margin_percent",), "low_grade": ("grade", "limit_grade")}


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
            for verdict, sentences in (
                ("pass", PASSED),
                ("fail", FAILED),
                ("unknown", UNKNOWN),
            )
            for key, sentence in sentences.items()
        }

    def _get_cause(self):
        facts = self.facts or {}
        if any(facts.get(name) is False for name in NEEDED.get(self.key, ())):
            return "unknown"
        return super()._get_cause()
