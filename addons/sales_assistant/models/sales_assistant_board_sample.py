# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_order_mixin import MANAGER

FEATURE = "sales_assistant.group_sales_assistant_sample"


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-15: samples to decide, to send and to follow up."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        return [*super()._get_lanes(), *self._get_sample_lanes()]

    @api.model
    def _get_sample_lanes(self):
        _ = self.env._
        if not self.env.user.has_group(FEATURE):
            return []
        scope = self._get_scope()
        today = self.env.company._get_sales_today()
        samples = self.env["sales.assistant.sample"]
        lane = {
            "model": "sales.assistant.sample",
            "fields": [
                "name",
                "partner_id",
                "state",
                "date_request",
                "date_wanted",
                "date_sent",
                "date_arrived",
                "date_follow_up",
                "evaluation",
                "is_converted",
                "special_facts",
            ],
            "action": "sales_assistant.sales_assistant_sample_action",
            "owner": "user_id",
        }
        ask = {"method": "action_follow", "title": _("Asked"), "icon": "fa-phone"}
        approve = {
            "method": "action_approve",
            "title": _("Approve"),
            "icon": "fa-gavel",
        }
        return [
            {
                **lane,
                "key": "samples_due",
                "title": _("Samples to follow up"),
                "icon": "fa-flask",
                "domain": scope & samples._get_due_domain(today),
                "order": "date_follow_up, id",
                "row": self._get_sample_due_row,
                "actions": [ask],
            },
            {
                **lane,
                "key": "samples_to_send",
                "title": _("Samples to send"),
                "icon": "fa-paper-plane-o",
                "domain": scope & Domain("state", "=", "approved"),
                "order": "date_wanted, date_request, id",
                "row": self._get_sample_to_send_row,
            },
            {
                **lane,
                "key": "samples_to_approve",
                "title": _("Samples to decide"),
                "icon": "fa-gavel",
                "domain": scope & Domain("state", "=", "to_approve"),
                "order": "date_request, id",
                "row": self._get_sample_to_approve_row,
                "actions": [approve],
                "groups": MANAGER,
            },
        ]

    @api.model
    def _get_sample_row(self, sample, reason, level):
        return {
            "title": sample.name,
            "subtitle": sample.partner_id.display_name,
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_sample_due_row(self, sample):
        _ = self.env._
        today = self.env.company._get_sales_today()
        if sample.state == "sent":
            reason = _(
                "Sent on %(day)s: has it arrived?",
                day=format_date(self.env, sample.date_sent),
            )
        elif sample.evaluation:
            reason = _(
                "With the customer since %(day)s: will he order?",
                day=format_date(self.env, sample.date_arrived),
            )
        else:
            reason = _(
                "With the customer since %(day)s: what does he think of it?",
                day=format_date(self.env, sample.date_arrived),
            )
        late = (today - sample.date_follow_up).days
        return self._get_sample_row(sample, reason, "danger" if late > 7 else "warning")

    @api.model
    def _get_sample_to_send_row(self, sample):
        today = self.env.company._get_sales_today()
        if not sample.date_wanted:
            reason = self.env._(
                "Asked for on %(day)s", day=format_date(self.env, sample.date_request)
            )
            return self._get_sample_row(sample, reason, "info")
        reason = self.env._(
            "Wanted by %(day)s", day=format_date(self.env, sample.date_wanted)
        )
        late = sample.date_wanted < today
        return self._get_sample_row(sample, reason, "danger" if late else "warning")

    @api.model
    def _get_sample_to_approve_row(self, sample):
        return self._get_sample_row(sample, sample.special_reason, "warning")
