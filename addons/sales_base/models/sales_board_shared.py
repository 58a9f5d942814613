# pylint: disable=consider-merging-classes-inherited
# Own file: lanes of the shared documents; the board itself knows no document.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from .sales_complaint import OPEN_STATES


class SalesBoard(models.AbstractModel):
    """Lanes that every app's board may show: complaints, proposals, notices."""

    _inherit = "sales.board"

    @api.model
    def _get_shared_lanes(self):
        """Complaints to answer and to call back, proposals to one's department, notices
        to read; see ``_get_lanes``."""
        _ = self.env._
        complaint = {
            "model": "sales.complaint",
            "order": "deadline_at, id",
            "fields": ["name", "subject", "partner_id", "deadline_at", "state"],
            "row": self._get_complaint_row,
            "action": "sales_base.sales_complaint_action",
        }
        call = {"method": "action_close", "title": _("Call Back"), "icon": "fa-phone"}
        read = {
            "method": "action_read",
            "title": _("I Have Read It"),
            "icon": "fa-check",
        }
        complaints = self.env["sales.complaint"]
        acting = self.env.user._get_sales_acting_ids()
        return [
            {
                **complaint,
                "key": "complaints",
                "title": _("Complaints to answer"),
                "icon": "fa-bullhorn",
                "domain": complaints._get_mine_domain(),
                "owner": "user_id",
                "team_domain": Domain("state", "in", OPEN_STATES),
            },
            {
                **complaint,
                "key": "callbacks",
                "title": _("Complaints to call back"),
                "icon": "fa-phone",
                "domain": Domain("state", "=", "answered")
                & Domain("user_id", "in", acting),
                "order": "answered_at, id",
                "fields": ["name", "subject", "partner_id", "answered_at", "state"],
                "actions": [call],
                "owner": "user_id",
                "team_domain": Domain("state", "=", "answered"),
            },
            {
                "key": "proposals",
                "title": _("Proposals to my department"),
                "icon": "fa-lightbulb-o",
                "model": "sales.complaint.proposal",
                "domain": self.env["sales.complaint.proposal"]._get_mine_domain(),
                "order": "date_due, id",
                "fields": ["name", "subject", "date_due", "is_overdue"],
                "row": self._get_proposal_row,
                "action": "sales_base.sales_complaint_proposal_action",
            },
            {
                "key": "notices",
                "title": _("Notices to read"),
                "icon": "fa-newspaper-o",
                "model": "sales.notice",
                "domain": Domain("is_unread", "=", True),
                "order": "date_due, id",
                "fields": ["subject", "kind", "date_due", "user_id"],
                "row": self._get_notice_row,
                "actions": [read],
                "action": "sales_base.sales_notice_action",
            },
        ]

    @api.model
    def _get_complaint_row(self, complaint):
        _ = self.env._
        if complaint.state == "answered":
            moment = format_datetime(self.env, complaint.answered_at, dt_format="short")
            reason = _("answered on %(moment)s", moment=moment)
            level = "info"
        else:
            moment = format_datetime(self.env, complaint.deadline_at, dt_format="short")
            level = "danger" if complaint.is_overdue else "warning"
            if complaint.state == "new":
                reason = _("respond until %(moment)s", moment=moment)
            else:
                reason = _("answer until %(moment)s", moment=moment)
        return {
            "title": complaint.subject,
            "subtitle": complaint.partner_id.display_name,
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_proposal_row(self, proposal):
        day = format_date(self.env, proposal.date_due)
        return {
            "title": proposal.subject,
            "subtitle": proposal.name,
            "reason": self.env._("answer until %(moment)s", moment=day),
            "level": "danger" if proposal.is_overdue else "info",
        }

    @api.model
    def _get_notice_row(self, notice):
        day = format_date(self.env, notice.date_due) if notice.date_due else "–"
        today = self.env.company._get_sales_today()
        late = notice.date_due and notice.date_due < today
        return {
            "title": notice.subject,
            "subtitle": notice.user_id.name,
            "reason": self.env._("read until %(day)s", day=day),
            "level": "danger" if late else "info",
        }
