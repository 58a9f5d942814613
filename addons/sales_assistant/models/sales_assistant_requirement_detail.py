from odoo import fields, models


class SalesAssistantRequirementDetail(models.Model):
    """One requirement of a process requirement sheet (工艺要求明细, S0 二·3)."""

    _name = "sales.assistant.requirement.detail"
    _inherit = ["sales.document.line.mixin"]
    _description = "Detail of a Process Requirement Sheet"
    _order = "requirement_id, sequence, id"

    _document_field = "requirement_id"

    requirement_id = fields.Many2one(
        "sales.assistant.requirement",
        "Sheet",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="requirement_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    process = fields.Char(help="Operation or part that it concerns.")
    name = fields.Char("Requirement", required=True)
    tolerance = fields.Char()
    check_method = fields.Char("How Checked", help="How it is inspected.")
