# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_exception import FEATURE, OPEN_STATES


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-14: exceptions that are not over, worst first."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        lanes = super()._get_lanes()
        keys = [lane["key"] for lane in lanes]
        lanes.insert(keys.index("late"), self._get_exception_lane())
        return lanes

    @api.model
    def _get_exception_lane(self):
        return {
            "key": "exceptions",
            "title": self.env._("Exceptions open"),
            "icon": "fa-bolt",
            "model": "sales.assistant.exception",
            "domain": self._get_scope() & Domain("state", "in", OPEN_STATES),
            "order": "state desc, delay_days desc, date_found, id",
            "fields": [
                "subject",
                "cause",
                "state",
                "order_id",
                "partner_id",
                "date_found",
                "date_agreed",
                "delay_days",
            ],
            "row": self._get_exception_row,
            "action": "sales_assistant.sales_assistant_exception_action",
            "owner": "assistant_id",
            "groups": FEATURE,
        }

    @api.model
    def _get_exception_row(self, exception):
        _ = self.env._
        causes = dict(exception._fields["cause"]._description_selection(self.env))
        if exception.date_agreed:
            reason = _(
                "%(cause)s: delivery on %(day)s agreed, not closed yet",
                cause=causes.get(exception.cause),
                day=format_date(self.env, exception.date_agreed),
            )
        elif exception.delay_days > 0:
            reason = _(
                "%(cause)s: %(days)s days later, not agreed with the customer",
                cause=causes.get(exception.cause),
                days=exception.delay_days,
            )
        else:
            reason = _(
                "%(cause)s: open since %(day)s",
                cause=causes.get(exception.cause),
                day=format_date(self.env, exception.date_found),
            )
        unsettled = exception.delay_days > 0 and not exception.date_agreed
        agree = {
            "method": "action_agree",
            "title": _("Date Agreed"),
            "icon": "fa-handshake-o",
        }
        close = {"method": "action_close", "title": _("Close"), "icon": "fa-check"}
        return {
            "title": f"{exception.order_id.name} · {exception.subject}",
            "subtitle": exception.partner_id.display_name,
            "reason": reason,
            "level": "danger" if unsettled else "warning",
            "actions": [agree] if unsettled else [close],
        }
