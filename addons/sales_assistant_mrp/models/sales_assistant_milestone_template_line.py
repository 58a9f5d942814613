from odoo import fields, models

PRODUCTION = [("production", "Manufacturing Orders Done")]


class SalesAssistantMilestoneTemplateLine(models.Model):
    _inherit = "sales.assistant.milestone.template.line"

    trigger = fields.Selection(
        selection_add=PRODUCTION, ondelete={"production": "set default"}
    )
