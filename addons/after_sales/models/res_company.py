from odoo import fields, models


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
