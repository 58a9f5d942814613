import secrets

from odoo import fields, models

from ..tools.three_guarantees import DEFAULTS as GUARANTEE


class ResCompany(models.Model):
    """Thresholds of after-sales, per company (F-06)."""

    _inherit = "res.company"

    after_sales_review_days = fields.Integer(
        "Days to Review a Claim",
        default=5,
        help="The maker decides a submitted claim within so many calendar days.",
    )
    after_sales_resubmit_days = fields.Integer(
        "Days to Correct a Claim",
        default=7,
        help="The station submits a returned claim again within so many calendar days.",
    )
    after_sales_manager_amount = fields.Monetary(
        "Manager Decides From",
        currency_field="currency_id",
        default=0,
        help="Claims over this amount are approved by a manager only. 0: no limit.",
    )
    after_sales_confirm_required = fields.Boolean(
        "Station Confirms the Settlement",
        default=True,
        help="A settlement is posted only after the station has confirmed it.",
    )
    after_sales_bill_draft = fields.Boolean(
        "Leave Bills in Draft",
        help="The vendor bill of a settlement waits for the accountant instead of "
        "being posted at once.",
    )

    after_sales_start_rule = fields.Selection(
        [
            ("delivery", "Delivery"),
            ("invoice", "Invoice"),
            ("registration", "Registration by the owner"),
        ],
        "Warranty Begins With",
        required=True,
        default="delivery",
        help="As long as the invoice or registration is missing, the delivery counts.",
    )

    _after_sales_days_positive = models.Constraint(
        "CHECK (after_sales_review_days >= 0 AND after_sales_resubmit_days >= 0)",
        "Days to review or correct a claim cannot be negative.",
    )

    # ----------------------------------------------------- decisions by policy

    after_sales_policy = fields.Selection(
        [
            ("off", "A person decides every claim"),
            ("submission", "When they are submitted"),
            ("job", "By the nightly job"),
        ],
        "Claims Decide Themselves",
        required=True,
        default="off",
        help="Claims that all rules pass are approved, those with a fail returned or "
        "shown to an auditor, as each rule says.",
    )
    after_sales_policy_amount = fields.Monetary(
        "By Itself Up To",
        currency_field="currency_id",
        help="Claims over this amount are decided by a person. 0: no limit.",
    )
    after_sales_audit_share = fields.Float(
        "Audit Sample (%)",
        default=5.0,
        help="So many of the claims that would be approved go to an auditor all the "
        "same.",
    )
    after_sales_audit_key = fields.Char(
        default=lambda self: secrets.token_hex(8),
        groups="base.group_system",
        copy=False,
        help="The sample is drawn with this key and the number of the claim.",
    )

    _after_sales_policy_limits = models.Constraint(
        "CHECK (after_sales_policy_amount >= 0"
        " AND after_sales_audit_share BETWEEN 0 AND 100)",
        "The amount is not negative, the audit sample lies between 0 and 100 percent.",
    )

    # ------------------------------------------------------------ supplier recovery

    after_sales_recovery_confirm = fields.Boolean(
        "Supplier Confirms the Recovery",
        default=True,
        help="A recovery is posted only after the supplier has confirmed it, or its "
        "silence counts as consent.",
    )
    after_sales_recovery_draft = fields.Boolean(
        "Leave Credit Notes in Draft",
        help="The vendor credit note of a recovery waits for the accountant instead of "
        "being posted at once.",
    )
    after_sales_recovery_offset = fields.Boolean(
        "Set Off at Once",
        help="A posted recovery is set off against the supplier's open bills, the "
        "oldest first. Off: a button does it.",
    )
    after_sales_bar_warn_days = fields.Integer(
        "Warn Days Before the Time Bar",
        default=30,
        help="What is not recovered shows on the board so many days before the day on "
        "which the supplier may refuse it.",
    )

    # ------------------------------------------------- repairs and their counters

    after_sales_satisfaction_target = fields.Integer(
        "Satisfaction Target",
        default=90,
        help="A follow-up call below this score is marked. 0 to 100.",
    )
    after_sales_unhappy_score = fields.Integer(
        "Complaint Below",
        default=60,
        help="A follow-up call below this score opens a complaint. 0: never.",
    )
    after_sales_invoice_draft = fields.Boolean(
        "Leave Repair Invoices in Draft",
        help="The customer's share of a repair in a branch of the company waits for "
        "the accountant instead of being posted at once.",
    )
    after_sales_guarantee_months = fields.Integer(
        "Guarantee Term in Months", default=GUARANTEE["months"]
    )
    after_sales_guarantee_usage = fields.Integer(
        "Guarantee Term in Usage", default=GUARANTEE["usage"]
    )
    after_sales_guarantee_early_days = fields.Integer(
        "Early Fault Within Days", default=GUARANTEE["early_days"]
    )
    after_sales_guarantee_early_usage = fields.Integer(
        "Early Fault Within Usage", default=GUARANTEE["early_usage"]
    )
    after_sales_guarantee_main_repairs = fields.Integer(
        "Repairs of a Main or Safety Fault", default=GUARANTEE["main_repairs"]
    )
    after_sales_guarantee_part_replacements = fields.Integer(
        "Replacements of a Main Part", default=GUARANTEE["part_replacements"]
    )
    after_sales_guarantee_fault_repairs = fields.Integer(
        "Repairs of the Same Fault", default=GUARANTEE["fault_repairs"]
    )
    after_sales_guarantee_repair_days = fields.Integer(
        "Days of Repair in Total", default=GUARANTEE["repair_days"]
    )
    after_sales_guarantee_near_days = fields.Integer(
        "Warn Days Before", default=GUARANTEE["near_days"]
    )

    def _get_guarantee_limits(self):
        """Thresholds of the 三包 counters (B-13), keys of ``DEFAULTS``."""
        # sudo: a portal user's reception counts by the company's thresholds
        company_sudo = self.sudo()
        return {key: company_sudo[f"after_sales_guarantee_{key}"] for key in GUARANTEE}
