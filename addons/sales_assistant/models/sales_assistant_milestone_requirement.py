# pylint: disable=consider-merging-classes-inherited
# What production is told in writing is a concept of its own beside the plan.
from odoo import api, fields, models

from .sales_assistant_order_mixin import REQUIREMENT


class SalesAssistantMilestone(models.Model):
    """SA-12: a milestone shows that its order is made after a revision that a
    department has not acknowledged."""

    _inherit = "sales.assistant.milestone"

    requirement_warning = fields.Char(
        compute="_compute_requirement_warning", groups=REQUIREMENT
    )

    @api.depends("order_id")
    def _compute_requirement_warning(self):
        for one in self:
            # sudo: whoever works on the order must see it
            one.requirement_warning = one.order_id.sudo().sales_requirement_warning
