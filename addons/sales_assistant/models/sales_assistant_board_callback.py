# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of one part.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

CALLBACK = "sales_assistant.group_sales_assistant_callback"


class SalesAssistantBoard(models.AbstractModel):
    """The lane of callbacks due (SA-01, SA-04): logged, done or snoozed from there."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        mine = self.env["sales.assistant.callback"]._get_mine_domain()
        return {
            **super()._get_lane_domains(),
            "callbacks_due": mine & self._get_callback_domain(),
        }

    @api.model
    def _get_callback_domain(self):
        """Calls due, whoever makes them."""
        return (
            Domain("state", "=", "open")
            & Domain("date_due", "<=", self.env.company._get_sales_today())
            & Domain("company_id", "in", self.env.companies.ids)
        )

    @api.model
    def _get_lanes(self):
        _ = self.env._
        lane = {
            "key": "callbacks_due",
            "title": _("Callbacks due"),
            "icon": "fa-phone-square",
            "model": "sales.assistant.callback",
            "order": "date_due, id",
            "fields": ["name", "partner_id", "date_due", "programme_id", "subject"],
            "row": self._get_callback_row,
            "actions": [
                {"method": "action_log", "title": _("Log Call"), "icon": "fa-phone"},
                {
                    "method": "action_reached",
                    "title": _("Reached, Nothing New"),
                    "icon": "fa-check",
                },
                {
                    "method": "action_snooze",
                    "title": _("Snooze"),
                    "icon": "fa-bell-slash-o",
                },
            ],
            "action": "sales_assistant.sales_assistant_callback_action",
            "groups": CALLBACK,
            "owner": "user_id",
            "team_domain": self._get_callback_domain(),
            # a callback is moved, for everybody, by its own step
            "snooze": False,
        }
        return [lane, *super()._get_lanes()]

    @api.model
    def _get_callback_row(self, callback):
        day = format_date(self.env, callback.date_due)
        if callback.is_overdue:
            today = self.env.company._get_sales_today()
            reason = self.env._(
                "%(days)s days late, due on %(day)s",
                days=(today - callback.date_due).days,
                day=day,
            )
        else:
            reason = self.env._("Due on %(day)s", day=day)
        if callback.attempt_count:
            reason = self.env._(
                "%(reason)s · not reached %(count)s times",
                reason=reason,
                count=callback.attempt_count,
            )
        about = callback.subject or callback.programme_id.name or callback.name
        return {
            "title": callback.partner_id.display_name,
            "subtitle": " · ".join(filter(None, (about, callback.phone))),
            "reason": reason,
            "level": "danger" if callback.is_overdue else "warning",
        }
