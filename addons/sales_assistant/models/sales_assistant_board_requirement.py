# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of one part.
from odoo import api, models

from .sales_assistant_order_mixin import REQUIREMENT


class SalesAssistantBoard(models.AbstractModel):
    """The lane of process requirement sheets in force that a department has not yet
    acknowledged (SA-01, SA-12)."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        waiting = self.env["sales.assistant.requirement"]._get_waiting_domain()
        return {
            **super()._get_lane_domains(),
            "requirements": self._get_scope("salesperson_id") & waiting,
        }

    @api.model
    def _get_lanes(self):
        lane = {
            "key": "requirements",
            "title": self.env._("Requirements not acknowledged"),
            "icon": "fa-list-alt",
            "model": "sales.assistant.requirement",
            "order": "issued_at, id",
            "fields": ["name", "revision", "order_id", "product_id", "notice_id"],
            "row": self._get_requirement_row,
            "action": "sales_assistant.sales_assistant_requirement_action",
            "groups": REQUIREMENT,
            "owner": "assistant_id",
        }
        return [*super()._get_lanes(), lane]

    @api.model
    def _get_requirement_row(self, sheet):
        # sudo: the day of a notice is no secret to who issued it
        due = sheet.sudo().notice_id.date_due
        is_late = due and due < self.env.company._get_sales_today()
        return {
            "title": sheet.display_name,
            "subtitle": f"{sheet.order_id.name} · {sheet.product_id.display_name}",
            "reason": self.env._(
                "Not yet acknowledged by %(departments)s",
                departments=sheet.missing_text,
            ),
            "level": "danger" if is_late else "warning",
        }
