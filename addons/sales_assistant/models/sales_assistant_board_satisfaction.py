# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of one part.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_campaign import SATISFACTION


class SalesAssistantBoard(models.AbstractModel):
    """The lane of improvement actions that must end (SA-01, SA-05)."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        actions = self.env["sales.assistant.improvement"]
        open_ones = Domain("state", "=", "open") & Domain(
            "company_id", "in", self.env.companies.ids
        )
        return {
            **super()._get_lane_domains(),
            "improvements": open_ones & actions._get_own_domain(),
            "improvements_team": open_ones,
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        lane = {
            "key": "improvements",
            "title": _("Improvements to end"),
            "icon": "fa-line-chart",
            "model": "sales.assistant.improvement",
            "domain": domains["improvements"],
            "order": "date_due, id",
            "fields": ["subject", "partner_id", "date_due", "measure"],
            "row": self._get_improvement_row,
            "action": "sales_assistant.sales_assistant_improvement_action",
            "groups": SATISFACTION,
            "owner": "user_id",
            "team_domain": domains["improvements_team"],
        }
        return [*super()._get_lanes(), lane]

    @api.model
    def _get_improvement_row(self, action):
        _ = self.env._
        day = format_date(self.env, action.date_due)
        if action.is_overdue:
            today = action.company_id._get_sales_today()
            reason = _(
                "%(days)s days overdue, due on %(day)s",
                days=(today - action.date_due).days,
                day=day,
            )
        elif not action.measure:
            reason = _("No measure yet, due on %(day)s", day=day)
        else:
            reason = _("Due on %(day)s", day=day)
        level = "warning" if not action.measure else "info"
        return {
            "title": action.partner_id.display_name or action.name,
            "subtitle": action.subject,
            "reason": reason,
            "level": "danger" if action.is_overdue else level,
            "actions": [
                {"method": "action_close", "title": _("Close"), "icon": "fa-check"}
            ]
            if action.measure
            else [],
        }
