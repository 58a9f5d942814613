# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, models
from odoo.tools import format_date

FEATURE = "sales_assistant.group_sales_assistant_suggestion"


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-07: suggestions to carry out and to measure."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        return [*super()._get_lanes(), *self._get_suggestion_lanes()]

    @api.model
    def _get_suggestion_lanes(self):
        _ = self.env._
        if not self.env.user.has_group(FEATURE):
            return []
        today = self.env.company._get_sales_today()
        proposals = self.env["sales.complaint.proposal"]
        lane = {
            "model": "sales.complaint.proposal",
            "fields": ["name", "subject", "date_planned", "date_measure", "measure"],
            "action": "sales_base.sales_complaint_proposal_action",
        }
        done = {"method": "action_done", "title": _("Carried out"), "icon": "fa-check"}
        measure = {
            "method": "action_measure",
            "title": _("Measured"),
            "icon": "fa-bar-chart",
        }
        return [
            {
                **lane,
                "key": "suggestions_to_do",
                "title": _("Suggestions to carry out"),
                "icon": "fa-lightbulb-o",
                "domain": proposals._get_to_do_domain(),
                "order": "date_planned, id",
                "row": self._get_suggestion_to_do_row,
                "actions": [done],
            },
            {
                **lane,
                "key": "suggestions_to_measure",
                "title": _("Effects to measure"),
                "icon": "fa-bar-chart",
                "domain": proposals._get_to_measure_domain(today),
                "order": "date_measure, id",
                "row": self._get_suggestion_to_measure_row,
                "actions": [measure],
            },
        ]

    @api.model
    def _get_suggestion_to_do_row(self, proposal):
        today = self.env.company._get_sales_today()
        late = proposal.date_planned and proposal.date_planned < today
        return {
            "title": proposal.subject,
            "subtitle": proposal.name,
            "reason": self.env._(
                "Carry out until %(day)s",
                day=format_date(self.env, proposal.date_planned),
            ),
            "level": "danger" if late else "info",
        }

    @api.model
    def _get_suggestion_to_measure_row(self, proposal):
        return {
            "title": proposal.subject,
            "subtitle": proposal.name,
            "reason": self.env._(
                "%(measure)s: how much is it now?", measure=proposal.measure or "–"
            ),
            "level": "warning",
        }
