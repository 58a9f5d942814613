from odoo import api, fields, models

RULE_KEYS = [
    ("amount", "Amount over"),
    ("discount", "Discount over (%)"),
    ("payment_term", "Payment term over (days)"),
    ("lead_time", "Lead time under (working days)"),
    ("new_customer", "Customer with fewer orders than"),
    ("margin", "Margin under (%)"),
    ("overdue", "Overdue receivables over"),
    ("low_grade", "Customer's grade or worse"),
    ("requirement", "Special requirement"),
    ("oral", "Oral contract"),
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
    grade_id = fields.Many2one(
        "sales.grade",
        "From Grade Down",
        domain=[("kind", "=", "customer")],
        index="btree_not_null",
        help="Customers of this grade or a worse one make a quotation special.",
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

    def _get_check_limit(self):
        """What the rule compares with, as its function in ``tools.review`` takes it."""
        self.ensure_one()
        if self.key != "low_grade":
            return self.limit
        grade = self.grade_id
        return [grade.sequence, grade.name] if grade else None

    def action_preview(self):
        """How many of the last orders this rule would catch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": "sales.assistant.review.rule.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_rule_id": self.id,
                "default_limit": self.limit,
                "default_grade_id": self.grade_id.id,
            },
        }

    @api.model
    def get_import_templates(self):
        """F-10."""
        return [
            {
                "label": self.env._("Import Template for Review Rules"),
                "template": "/sales_assistant/static/xls/review_rules.xlsx",
            }
        ]
