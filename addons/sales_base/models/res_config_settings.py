from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_complaint_office_id = fields.Many2one(
        related="company_id.sales_complaint_office_id", readonly=False
    )
    sales_complaint_manager_id = fields.Many2one(
        related="company_id.sales_complaint_manager_id", readonly=False
    )
    sales_complaint_reopen_days = fields.Integer(
        related="company_id.sales_complaint_reopen_days", readonly=False
    )
    sales_notice_remind_outside = fields.Boolean(
        related="company_id.sales_notice_remind_outside", readonly=False
    )
    sales_snooze_days_max = fields.Integer(
        related="company_id.sales_snooze_days_max", readonly=False
    )
    sales_board_load_limit = fields.Integer(
        related="company_id.sales_board_load_limit", readonly=False
    )
