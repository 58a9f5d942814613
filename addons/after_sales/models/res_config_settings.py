from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    after_sales_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Thresholds"
    )
    after_sales_review_days = fields.Integer(
        related="company_id.after_sales_review_days", readonly=False
    )
    after_sales_start_rule = fields.Selection(
        related="company_id.after_sales_start_rule", readonly=False, required=True
    )
    after_sales_resubmit_days = fields.Integer(
        related="company_id.after_sales_resubmit_days", readonly=False
    )
    after_sales_manager_amount = fields.Monetary(
        related="company_id.after_sales_manager_amount",
        currency_field="after_sales_currency_id",
        readonly=False,
    )
    after_sales_policy = fields.Selection(
        related="company_id.after_sales_policy", readonly=False, required=True
    )
    after_sales_policy_amount = fields.Monetary(
        related="company_id.after_sales_policy_amount",
        currency_field="after_sales_currency_id",
        readonly=False,
    )
    after_sales_audit_share = fields.Float(
        related="company_id.after_sales_audit_share", readonly=False
    )
    after_sales_confirm_required = fields.Boolean(
        related="company_id.after_sales_confirm_required", readonly=False
    )
    after_sales_bill_draft = fields.Boolean(
        related="company_id.after_sales_bill_draft", readonly=False
    )
    after_sales_satisfaction_target = fields.Integer(
        related="company_id.after_sales_satisfaction_target", readonly=False
    )
    after_sales_unhappy_score = fields.Integer(
        related="company_id.after_sales_unhappy_score", readonly=False
    )
    after_sales_invoice_draft = fields.Boolean(
        related="company_id.after_sales_invoice_draft", readonly=False
    )
    after_sales_guarantee_months = fields.Integer(
        related="company_id.after_sales_guarantee_months", readonly=False
    )
    after_sales_guarantee_usage = fields.Integer(
        related="company_id.after_sales_guarantee_usage", readonly=False
    )
    after_sales_guarantee_early_days = fields.Integer(
        related="company_id.after_sales_guarantee_early_days", readonly=False
    )
    after_sales_guarantee_early_usage = fields.Integer(
        related="company_id.after_sales_guarantee_early_usage", readonly=False
    )
    after_sales_guarantee_main_repairs = fields.Integer(
        related="company_id.after_sales_guarantee_main_repairs", readonly=False
    )
    after_sales_guarantee_part_replacements = fields.Integer(
        related="company_id.after_sales_guarantee_part_replacements", readonly=False
    )
    after_sales_guarantee_fault_repairs = fields.Integer(
        related="company_id.after_sales_guarantee_fault_repairs", readonly=False
    )
    after_sales_guarantee_repair_days = fields.Integer(
        related="company_id.after_sales_guarantee_repair_days", readonly=False
    )
    after_sales_guarantee_near_days = fields.Integer(
        related="company_id.after_sales_guarantee_near_days", readonly=False
    )
    after_sales_recovery_confirm = fields.Boolean(
        related="company_id.after_sales_recovery_confirm", readonly=False
    )
    after_sales_recovery_draft = fields.Boolean(
        related="company_id.after_sales_recovery_draft", readonly=False
    )
    after_sales_recovery_offset = fields.Boolean(
        related="company_id.after_sales_recovery_offset", readonly=False
    )
    after_sales_bar_warn_days = fields.Integer(
        related="company_id.after_sales_bar_warn_days", readonly=False
    )
