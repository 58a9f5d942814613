# pylint: disable=consider-merging-classes-inherited
# Own file: the lanes of contacts; the board's own are those of orders.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from .sales_assistant_order_mixin import LEAD, MANAGER

CONTACT = "sales_assistant.group_sales_assistant_contact"


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-03: contacts that wait for an answer, and visitors who come."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_contact_scope(self):
        """Contacts the current user answers; a lead sees his teams', a manager the
        company's."""
        user = self.env.user
        scope = Domain("company_id", "in", self.env.companies.ids)
        if user.has_group(MANAGER):
            return scope
        own = self.env["sales.assistant.contact"]._get_mine_domain()
        if user.has_group(LEAD):
            own |= Domain("team_id.user_id", "=", user.id)
        return scope & own

    @api.model
    def _get_lane_domains(self):
        contacts = self.env["sales.assistant.contact"]
        scope = self._get_contact_scope()
        return {
            **super()._get_lane_domains(),
            "contacts": scope & contacts._get_unanswered_domain(),
            "visits": scope & contacts._get_coming_visits_domain(),
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        lane = {
            "model": "sales.assistant.contact",
            "fields": [
                "name",
                "subject",
                "partner_id",
                "contact_at",
                "due_at",
                "room",
                "host_id",
                "programme",
            ],
            "action": "sales_assistant.sales_assistant_contact_action",
            "groups": CONTACT,
            "owner": "user_id",
        }
        answer = {
            "method": "action_answer",
            "title": _("Answered"),
            "icon": "fa-check",
        }
        drop = {
            "method": "action_drop",
            "title": _("Close without Answer"),
            "icon": "fa-ban",
        }
        contacts = {
            **lane,
            "key": "contacts",
            "title": _("Contacts to answer"),
            "icon": "fa-phone",
            "order": "due_at, id",
            "row": self._get_contact_row,
            "actions": [answer, drop],
        }
        visits = {
            **lane,
            "key": "visits",
            "title": _("Visitors expected"),
            "icon": "fa-users",
            "order": "contact_at, id",
            "row": self._get_visit_row,
        }
        return [contacts, *super()._get_lanes(), visits]

    @api.model
    def _get_contact_row(self, contact):
        due = contact.due_at
        moment = due and format_datetime(self.env, due, dt_format="short")
        if not due:
            reason, level = self.env._("waits for an answer"), "info"
        elif contact.is_overdue:
            reason = self.env._("answer was due at %(moment)s", moment=moment)
            level = "danger"
        else:
            reason = self.env._("answer until %(moment)s", moment=moment)
            level = "warning"
        return {
            "title": contact._get_who(),
            "subtitle": contact._get_title(),
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_visit_row(self, contact):
        _ = self.env._
        lacks = [
            word
            for word, value in (
                (_("no host"), contact.host_id),
                (_("no room"), contact.room),
                (_("no programme"), contact.programme),
            )
            if not value
        ]
        moment = format_datetime(self.env, contact.contact_at, dt_format="short")
        return {
            "title": contact._get_who(),
            "subtitle": contact._get_title(),
            "reason": " · ".join([moment, *lacks]),
            "level": "warning" if lacks else "info",
        }
