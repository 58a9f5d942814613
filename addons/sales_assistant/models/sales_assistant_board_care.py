# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of one part.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_board_callback import CALLBACK

#: days before an event of a care plan in which the board shows it
AHEAD_DAYS = 7


class SalesAssistantBoard(models.AbstractModel):
    """The lane of care events that are near or overdue (SA-01, SA-04); calls stand in
    the lane of callbacks."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        own = self.env["sales.assistant.care.event"]._get_own_domain()
        return {**super()._get_lane_domains(), "care": own & self._get_care_domain()}

    @api.model
    def _get_care_domain(self):
        """Events that come soon, whoever looks after them."""
        today = self.env.company._get_sales_today()
        return (
            Domain("state", "=", "pending")
            & Domain("callback_id", "=", False)
            & Domain("plan_id.state", "=", "running")
            & Domain("date_planned", "<=", today + timedelta(days=AHEAD_DAYS))
            & Domain("company_id", "in", self.env.companies.ids)
        )

    @api.model
    def _get_lanes(self):
        _ = self.env._
        lane = {
            "key": "care",
            "title": _("Care of key customers"),
            "icon": "fa-heart-o",
            "model": "sales.assistant.care.event",
            "order": "date_planned, id",
            "fields": ["name", "kind", "partner_id", "date_planned"],
            "row": self._get_care_row,
            "actions": [
                {"method": "action_done", "title": _("Done"), "icon": "fa-check"},
            ],
            "action": "sales_assistant.sales_assistant_care_event_action",
            "groups": CALLBACK,
            "owner": "user_id",
            "team_domain": self._get_care_domain(),
        }
        return [*super()._get_lanes(), lane]

    @api.model
    def _get_care_row(self, event):
        day = format_date(self.env, event.date_planned)
        if event.is_overdue:
            today = event.company_id._get_sales_today()
            reason = self.env._(
                "%(days)s days late, planned for %(day)s",
                days=(today - event.date_planned).days,
                day=day,
            )
        else:
            reason = self.env._("Planned for %(day)s", day=day)
        labels = dict(event._fields["kind"]._description_selection(self.env))
        return {
            "title": event.partner_id.display_name,
            "subtitle": f"{labels[event.kind]} · {event.name}",
            "reason": reason,
            "level": "danger" if event.is_overdue else "info",
        }
