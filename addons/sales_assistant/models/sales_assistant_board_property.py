# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_order_mixin import PROPERTY


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-17c: customer property to return, count sheets to see to."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        return [*super()._get_lanes(), *self._get_property_lanes()]

    @api.model
    def _get_property_lanes(self):
        _ = self.env._
        if not self.env.user.has_group(PROPERTY):
            return []
        company = self.env.company
        today = company._get_sales_today()
        owned = self.env["sales.assistant.customer.property"]
        counts = self.env["sales.assistant.property.count"]
        back = {"method": "action_return", "title": _("Give Back"), "icon": "fa-reply"}
        return [
            {
                "key": "property_due",
                "title": _("Customer property to return"),
                "icon": "fa-cube",
                "model": "sales.assistant.customer.property",
                "fields": ["subject", "partner_id", "date_return_due", "place"],
                "domain": Domain("company_id", "in", self.env.companies.ids)
                & self._get_property_scope()
                & owned._get_due_domain(
                    today + timedelta(days=company.sales_property_return_days)
                ),
                "order": "date_return_due, id",
                "row": self._get_property_due_row,
                "actions": [back],
                "action": "sales_assistant.sales_assistant_customer_property_action",
                "owner": "user_id",
            },
            {
                "key": "property_counts",
                "title": _("Counts of customer property"),
                "icon": "fa-list-ol",
                "model": "sales.assistant.property.count",
                "fields": ["state", "partner_id", "date_count", "date_sent"],
                "domain": self._get_scope()
                & counts._get_waiting_domain(today, company.sales_property_answer_days),
                "order": "date_count, id",
                "row": self._get_property_count_row,
                "action": "sales_assistant.sales_assistant_property_count_action",
                "owner": "assistant_id",
            },
        ]

    @api.model
    def _get_property_scope(self):
        """What is on the board of everybody else, and what one keeps oneself."""
        acting = self.env.user._get_sales_acting_ids()
        return self._get_scope() | Domain("keeper_id", "in", acting)

    @api.model
    def _get_property_due_row(self, one):
        today = self.env.company._get_sales_today()
        day = format_date(self.env, one.date_return_due)
        if one.date_return_due < today:
            reason, level = (
                self.env._("Was to be returned by %(day)s", day=day),
                "danger",
            )
        else:
            reason, level = self.env._("Return by %(day)s", day=day), "warning"
        return {
            "title": one.subject,
            "subtitle": one.partner_id.display_name,
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_property_count_row(self, count):
        _ = self.env._
        reasons = {
            "draft": (
                _("Count on %(day)s", day=format_date(self.env, count.date_count)),
                "info",
            ),
            "counted": (_("Counted: send it to the customer"), "warning"),
            "sent": (
                _(
                    "Sent on %(day)s: no answer",
                    day=format_date(self.env, count.date_sent),
                ),
                "warning",
            ),
            "disputed": (_("The customer disputes it"), "danger"),
        }
        reason, level = reasons[count.state]
        return {
            "title": count.name,
            "subtitle": count.partner_id.display_name,
            "reason": reason,
            "level": level,
        }
