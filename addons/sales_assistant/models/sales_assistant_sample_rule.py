from odoo import api, fields, models

from ..tools import sample

CUSTOMERS = [("new", "New"), ("known", "Known")]
MARKETS = [("domestic", "Domestic"), ("export", "Export")]
CHARGES = [("free", "Free of Charge"), ("charged", "Charged")]
COURIER_TERMS = [("prepaid", "Paid by Us"), ("collect", "Paid by the Customer")]
PURPOSES = [
    ("evaluation", "Evaluation for an Order"),
    ("project", "New Development"),
    ("approval", "Approval Before Production"),
    ("show", "Trade Fair or Showroom"),
    ("replacement", "Replacement After a Complaint"),
    ("other", "Other"),
]


class SalesAssistantSampleRule(models.Model):
    """SA-15: whether a sample is charged, how much, and who pays the courier
    (如是新客户，样品是否向客户收费，收多少、快递费是预付还是到付, S0 二·5).

    The first rule that fits counts. A special case, and what no rule fits, goes to the
    manager (特殊情况需由业务经理决定).
    """

    _name = "sales.assistant.sample.rule"
    _description = "Charge Rule for Samples"
    _order = "sequence, id"

    name = fields.Char("Rule", required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    # what it asks for
    customer = fields.Selection(
        CUSTOMERS, help="New: without a confirmed order so far. Empty: both."
    )
    grade_ids = fields.Many2many("sales.grade", string="Grades")
    market = fields.Selection(MARKETS, help="By the customer's country. Empty: both.")
    purpose = fields.Selection(PURPOSES)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    amount_from = fields.Monetary(
        "Value From", help="Value at list prices in the company's currency."
    )

    # what it says
    charge = fields.Selection(CHARGES, required=True, default="free")
    percent = fields.Float("Percent of Price", default=100)
    courier_terms = fields.Selection(
        COURIER_TERMS, "Courier", required=True, default="prepaid"
    )
    is_special = fields.Boolean(
        "Special Case", help="The manager decides; the rule only proposes."
    )

    _percent_range = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 100)",
        "A percentage lies between 0 and 100.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount_from >= 0)", "A value cannot be negative."
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    def _get_conditions(self):
        """The rules as ``tools/sample.py`` reads them.

        :rtype: list of dict
        """
        return [
            {
                "customer": rule.customer or "",
                "grade_ids": rule.grade_ids.ids,
                "market": rule.market or "",
                "purpose": rule.purpose or "",
                "amount_from": rule.amount_from,
            }
            for rule in self
        ]

    @api.model
    def _find_rules(self, facts_by_key):
        """The rule of each sample, with one reading of the rules.

        :param dict facts_by_key: {key: (company, facts)}
        :returns: {key: rule, empty where none fits}
        """
        companies = {company.id for company, _facts in facts_by_key.values()}
        # sudo: whoever asks for a sample comes under all the rules of its company
        rules = self.sudo().search([("company_id", "in", [*companies, False])])
        found = {}
        for key, (company, facts) in facts_by_key.items():
            own = rules.filtered(
                lambda rule, company=company: (
                    rule.company_id in (company, company.browse())
                )
            )
            place = sample.first_fit(own._get_conditions(), facts)
            found[key] = self.browse() if place is None else own[place].sudo(False)
        return found
