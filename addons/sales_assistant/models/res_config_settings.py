# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    group_sales_assistant_contact = fields.Boolean(
        "Contact Log",
        implied_group="sales_assistant.group_sales_assistant_contact",
        group="sales_assistant.group_sales_assistant_user",
    )
    sales_assistant_contact_manager_id = fields.Many2one(
        related="company_id.sales_assistant_contact_manager_id", readonly=False
    )
    sales_assistant_review_enabled = fields.Boolean(
        related="company_id.sales_assistant_review_enabled", readonly=False
    )
    sales_assistant_opinion_days = fields.Integer(
        related="company_id.sales_assistant_opinion_days", readonly=False
    )
    group_sales_assistant_milestone = fields.Boolean(
        "Order Follow-up",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_milestone",
    )
    sales_assistant_milestone_enabled = fields.Boolean(
        related="company_id.sales_assistant_milestone_enabled", readonly=False
    )
    sales_assistant_risk_days = fields.Integer(
        related="company_id.sales_assistant_risk_days", readonly=False
    )
    group_sales_assistant_pattern = fields.Boolean(
        "Usual Pattern",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_pattern",
    )
    sales_assistant_pattern_enabled = fields.Boolean(
        related="company_id.sales_assistant_pattern_enabled", readonly=False
    )
    sales_assistant_pattern_share = fields.Float(
        related="company_id.sales_assistant_pattern_share", readonly=False
    )
    sales_assistant_pattern_orders = fields.Integer(
        related="company_id.sales_assistant_pattern_orders", readonly=False
    )
    group_sales_assistant_document = fields.Boolean(
        "Controlled Documents",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_document",
    )
    group_sales_assistant_contract = fields.Boolean(
        "Contract Register",
        group="sales_assistant.group_sales_assistant_user",
        implied_group="sales_assistant.group_sales_assistant_contract",
    )
    sales_assistant_contract_days = fields.Integer(
        related="company_id.sales_assistant_contract_days", readonly=False
    )
    sales_assistant_handover_enabled = fields.Boolean(
        related="company_id.sales_assistant_handover_enabled", readonly=False
    )
