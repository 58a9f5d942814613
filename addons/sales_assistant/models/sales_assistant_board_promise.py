# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

FEATURE = "sales_assistant.group_sales_assistant_promise"
#: days ahead that a promise shows on the board
AHEAD = 7


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-06: promises due, promises to check, apologies owed."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        return [*super()._get_lanes(), *self._get_promise_lanes()]

    @api.model
    def _get_promise_lanes(self):
        _ = self.env._
        if not self.env.user.has_group(FEATURE):
            return []
        scope = self._get_scope()
        today = self.env.company._get_sales_today()
        promises = self.env["sales.assistant.promise"]
        lane = {
            "model": "sales.assistant.promise",
            "fields": [
                "name",
                "subject",
                "partner_id",
                "kind",
                "date_due",
                "date_told",
                "date_settled",
                "user_id",
            ],
            "action": "sales_assistant.sales_assistant_promise_action",
            "owner": "user_id",
        }
        keep = {"method": "action_keep", "title": _("Kept"), "icon": "fa-check"}
        tell = {
            "method": "action_tell",
            "title": _("Customer told"),
            "icon": "fa-phone",
        }
        yes = {
            "method": "action_confirm",
            "title": _("It can be kept"),
            "icon": "fa-check",
        }
        no = {"method": "action_refuse", "title": _("It cannot"), "icon": "fa-times"}
        return [
            {
                **lane,
                "key": "promises_due",
                "title": _("Promises due"),
                "icon": "fa-hand-peace-o",
                "domain": scope
                & Domain("state", "=", "open")
                & Domain("date_due", "<=", today + timedelta(days=AHEAD)),
                "order": "date_due, id",
                "row": self._get_promise_due_row,
                "actions": [keep, tell],
            },
            {
                **lane,
                "key": "promises_asked",
                "title": _("Can we promise it?"),
                "icon": "fa-question-circle-o",
                "domain": Domain("company_id", "in", self.env.companies.ids)
                & promises._get_asked_domain(),
                "order": "date_due, id",
                "row": self._get_promise_asked_row,
                "actions": [yes, no],
                "owner": "checker_id",
            },
            {
                **lane,
                "key": "promises_remedy",
                "title": _("Apologies and remedies owed"),
                "icon": "fa-heart-o",
                "domain": scope & Domain("is_remedy_due", "=", True),
                "order": "date_settled, id",
                "row": self._get_promise_remedy_row,
            },
        ]

    @api.model
    def _get_promise_row(self, promise, reason, level):
        return {
            "title": promise.subject,
            "subtitle": promise.partner_id.display_name,
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_promise_due_row(self, promise):
        _ = self.env._
        today = self.env.company._get_sales_today()
        day = format_date(self.env, promise.date_due)
        if promise.date_due < today:
            reason, level = _("Was due on %(day)s", day=day), "danger"
        else:
            reason = _("Due on %(day)s", day=day)
            level = "warning" if promise.date_due == today else "info"
        if promise.date_told:
            reason = _("%(reason)s; the customer has been told", reason=reason)
        return self._get_promise_row(promise, reason, level)

    @api.model
    def _get_promise_asked_row(self, promise):
        reason = self.env._(
            "%(person)s asks: can it be kept by %(day)s?",
            person=promise.user_id.name,
            day=format_date(self.env, promise.date_due),
        )
        return self._get_promise_row(promise, reason, "warning")

    @api.model
    def _get_promise_remedy_row(self, promise):
        reason = self.env._(
            "Broken on %(day)s", day=format_date(self.env, promise.date_settled)
        )
        return self._get_promise_row(promise, reason, "danger")
