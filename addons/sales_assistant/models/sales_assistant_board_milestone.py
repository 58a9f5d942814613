# pylint: disable=consider-merging-classes-inherited
# Own file: the lanes of one part.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_order_mixin import MILESTONE


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-10: milestones late, at risk and due, dates that the customer does not
    know yet, and orders without a plan."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        today = self.env.company._get_sales_today()
        orders = self._get_scope()
        milestones = self._get_scope("salesperson_id")
        return {
            **super()._get_lane_domains(),
            "late": milestones & Domain("is_late", "=", True),
            "at_risk": milestones & Domain("is_at_risk", "=", True),
            "week": milestones
            & Domain("state", "=", "pending")
            & Domain("date_planned", ">=", today)
            & Domain("date_planned", "<=", today + timedelta(days=6)),
            "telling": orders & Domain("is_sales_telling_due", "=", True),
            "unplanned": orders
            & Domain("state", "=", "sale")
            & Domain("sales_milestone_ids", "=", False)
            & Domain("invoice_status", "!=", "invoiced"),
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        lanes = super()._get_lanes()
        place = [lane["key"] for lane in lanes].index("in_review")
        lanes.insert(place + 1, self._get_unplanned_lane())
        lanes[place:place] = [
            self._get_telling_lane(),
            self._get_milestone_lane("late", _("Milestones late"), "fa-clock-o"),
            self._get_milestone_lane(
                "at_risk", _("Milestones at risk"), "fa-exclamation-triangle"
            ),
            self._get_milestone_lane(
                "week", _("Due within 7 days"), "fa-calendar-check-o"
            ),
        ]
        return lanes

    @api.model
    def _get_telling_lane(self):
        tell = {
            "method": "action_tell_customer",
            "title": self.env._("Customer told"),
            "icon": "fa-comment-o",
        }
        return {
            "key": "telling",
            "title": self.env._("Moved dates to tell the customer"),
            "icon": "fa-bullhorn",
            "model": "sale.order",
            "order": "sales_told_date, id",
            "fields": ["name", "partner_id", "sales_told_date", "sales_promised_date"],
            "row": self._get_telling_row,
            "actions": [tell],
            "groups": MILESTONE,
            "owner": "assistant_id",
        }

    @api.model
    def _get_unplanned_lane(self):
        plan = {
            "method": "action_create_milestones",
            "title": self.env._("Plan"),
            "icon": "fa-calendar-plus-o",
        }
        return {
            "key": "unplanned",
            "title": self.env._("Orders without milestones"),
            "icon": "fa-calendar-times-o",
            "model": "sale.order",
            "order": "date_order desc, id desc",
            "fields": ["name", "partner_id", "date_order"],
            "row": self._get_unplanned_row,
            "actions": [plan],
            "groups": MILESTONE,
            "owner": "assistant_id",
        }

    @api.model
    def _get_milestone_lane(self, key, title, icon):
        done = {
            "method": "action_done",
            "title": self.env._("Done"),
            "icon": "fa-check",
        }
        return {
            "key": key,
            "title": title,
            "icon": icon,
            "model": "sales.assistant.milestone",
            "order": "date_planned, sequence, id",
            "fields": ["name", "order_id", "partner_id", "date_planned", "trigger"],
            "row": {
                "late": self._get_late_row,
                "at_risk": self._get_risk_row,
                "week": self._get_due_row,
            }[key],
            "actions": [done],
            "action": "sales_assistant.sales_assistant_milestone_action",
            "groups": MILESTONE,
            "owner": "assistant_id",
        }

    @api.model
    def _get_unplanned_row(self, order):
        return {
            "title": order.name,
            "subtitle": order.partner_id.display_name,
            "reason": self.env._(
                "Ordered on %(day)s", day=self._format_moment(order.date_order)
            ),
            "level": "muted",
        }

    @api.model
    def _get_telling_row(self, order):
        known, promised = order.sales_told_date, order.sales_promised_date
        if known != promised:
            reason = self.env._(
                "Knows %(known)s, promised is now %(promised)s",
                known=format_date(self.env, known),
                promised=format_date(self.env, promised),
            )
        else:
            reason = self.env._(
                "A step before %(known)s has moved", known=format_date(self.env, known)
            )
        today = self.env.company._get_sales_today()
        return {
            "title": order.name,
            "subtitle": order.partner_id.display_name,
            "reason": reason,
            "level": "danger" if known < today else "warning",
        }

    @api.model
    def _get_milestone_row(self, milestone, reason, level):
        move = {
            "method": "action_move",
            "title": self.env._("Move"),
            "icon": "fa-calendar",
        }
        return {
            **({"actions": [move]} if milestone._filter_automatic() else {}),
            "title": milestone.order_id.name,
            "subtitle": f"{milestone.name} · {milestone.partner_id.display_name}",
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_late_row(self, milestone):
        days = (self.env.company._get_sales_today() - milestone.date_planned).days
        reason = self.env._(
            "%(days)s days late, planned for %(day)s",
            days=days,
            day=format_date(self.env, milestone.date_planned),
        )
        return self._get_milestone_row(milestone, reason, "danger")

    @api.model
    def _get_risk_row(self, milestone):
        day = format_date(self.env, milestone.date_planned)
        today = self.env.company._get_sales_today()
        if milestone.date_latest and milestone.date_latest < today:
            reason = self.env._(
                "Due on %(day)s, what is still to do takes longer", day=day
            )
        else:
            reason = self.env._("Due on %(day)s, an earlier step is not done", day=day)
        return self._get_milestone_row(milestone, reason, "warning")

    @api.model
    def _get_due_row(self, milestone):
        reason = self.env._(
            "Due on %(day)s", day=format_date(self.env, milestone.date_planned)
        )
        return self._get_milestone_row(milestone, reason, "info")
