from odoo import api, fields, models

#: keys of the rules of ``tools/adjudication.py``; others join by ``selection_add``
RULE_KEYS = [
    ("coverage", "Coverage valid at repair date and usage"),
    ("duplicate", "Duplicate of part, unit and period"),
    ("labor_time", "Labour over standard time"),
    ("authority", "Claim over the station's authority"),
    ("evidence", "Evidence missing"),
    ("late", "Late submission"),
    ("usage_backwards", "Usage going backwards"),
]


class AfterSalesRule(models.Model):
    """One rule of adjudication (AS-08): which check, its limit, and how much a breach
    weighs. The check itself is a function in ``tools/adjudication.py``."""

    _name = "after.sales.rule"
    _description = "Adjudication Rule"
    _inherit = ["sales.rule.mixin"]

    key = fields.Selection(RULE_KEYS, "Check", required=True, index=True)
    breach = fields.Selection(
        [("warn", "Warning"), ("fail", "Fail")],
        "A Breach Is A",
        required=True,
        default="fail",
    )

    consequence = fields.Selection(
        [
            ("return", "Returned to the station"),
            ("audit", "An auditor looks"),
            ("note", "Only noted"),
        ],
        "By Policy",
        required=True,
        default="audit",
        help="Where claims are decided by policy: a fail of this rule returns the "
        "claim or asks an auditor; a warning asks an auditor. Only noted: neither.",
    )
    reason_id = fields.Many2one(
        "sales.reason",
        "Reason of the Return",
        domain=[("usage", "=", "after_sales_return")],
        ondelete="restrict",
        help="What the station reads first; the finding stands below it.",
    )

    _limit_positive = models.Constraint(
        'CHECK ("limit" >= 0)', "The limit of a rule cannot be negative."
    )
    _key_uniq = models.UniqueIndex(
        "(key, COALESCE(company_id, 0)) WHERE active",
        "This check is active already; change its rule instead.",
    )

    def _get_return_reason(self):
        """The reason a station is given when this rule returns its claim."""
        return self.reason_id or self.env.ref("after_sales.reason_return_rules")

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Adjudication Rules"),
                "template": "/after_sales/static/xls/after_sales_rule.xlsx",
            }
        ]
