from odoo import fields, models

TRIGGERS = [
    ("hand", "By Hand"),
    ("delivery", "Delivery Validated"),
    ("invoice", "Invoice Posted"),
    ("payment", "Payment Received"),
]


class SalesAssistantMilestoneTemplateLine(models.Model):
    """One milestone of a template, placed in working days from the promised date."""

    _name = "sales.assistant.milestone.template.line"
    _description = "Milestone of a Template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "sales.assistant.milestone.template",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Milestone", required=True, translate=True)
    trigger = fields.Selection(TRIGGERS, "Done by", required=True, default="hand")
    offset_days = fields.Integer(
        "Working Days",
        help="Before (negative) or after the promised date.",
    )
    duration_days = fields.Integer(
        "Takes (Working Days)",
        help="Working days that the step takes once the step before it is done. What "
        "is still to do until the promised date tells whether it can be kept.",
    )
    is_public = fields.Boolean(
        "Shown to Customer",
        default=True,
        help="The customer sees this milestone on the portal.",
    )
    is_production = fields.Boolean(
        "Produced",
        help="Once this step is done, the order counts as produced.",
    )
    responsible = fields.Selection(
        [("assistant", "Assistant"), ("salesperson", "Salesperson")],
        required=True,
        default="assistant",
    )

    _offset_sane = models.Constraint(
        "CHECK(offset_days BETWEEN -365 AND 365)",
        "A milestone lies within a year of the promised date.",
    )
    _duration_sane = models.Constraint(
        "CHECK(duration_days BETWEEN 0 AND 365)",
        "A step takes between 0 and 365 working days.",
    )
