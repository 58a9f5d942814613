from odoo import api, fields, models

RULE_KEYS = [
    ("amount", "Amount over"),
    ("discount", "Discount over (%)"),
    ("payment_term", "Payment term over (days)"),
    ("lead_time", "Lead time under (working days)"),
    ("new_customer", "Customer with fewer orders than"),
]


class SalesAssistantReviewRule(models.Model):
    """SA-11: one failed rule makes a quotation special (特殊合同, S0 职责三). The rule
    names the departments whose opinion is then asked for."""

    _name = "sales.assistant.review.rule"
    _inherit = ["sales.rule.mixin"]
    _description = "Contract Review Rule"
    _order = "sequence, id"

    key = fields.Selection(RULE_KEYS, "Special when", required=True, index=True)
    limit = fields.Float(
        help="Amounts are in the company's currency and include taxes. The limit "
        "itself is still normal."
    )
    department_ids = fields.Many2many(
        "sales.department",
        string="Departments Asked",
        help="Each gives its opinion when this rule makes a quotation special.",
    )

    _limit_positive = models.Constraint(
        'CHECK("limit" >= 0)', "A limit cannot be negative."
    )
    _key_uniq = models.UniqueIndex(
        "(key, COALESCE(company_id, 0)) WHERE active",
        "There is an active rule of this kind already.",
    )

    @api.model
    def get_import_templates(self):
        """F-10."""
        return [
            {
                "label": self.env._("Import Template for Review Rules"),
                "template": "/sales_assistant/static/xls/review_rules.xlsx",
            }
        ]
