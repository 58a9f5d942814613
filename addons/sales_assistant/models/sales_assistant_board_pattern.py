# pylint: disable=consider-merging-classes-inherited
# Own file: the lane of one part.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_order_mixin import LEAD, MANAGER, PATTERN


class SalesAssistantBoard(models.AbstractModel):
    """SA-09: customers who are overdue against their own rhythm."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lane_domains(self):
        domains = super()._get_lane_domains()
        domains["missing_orders"] = self._get_rhythm_scope() & Domain(
            "is_overdue", "=", True
        )
        return domains

    @api.model
    def _get_rhythm_scope(self):
        """As the record rules: his own customers, his teams', the company's."""
        user = self.env.user
        scope = Domain("company_id", "in", self.env.companies.ids)
        if user.has_group(MANAGER):
            return scope
        own = Domain.OR(
            Domain(fname, "in", user._get_sales_acting_ids())
            for fname in ("user_id", "assistant_id")
        )
        if user.has_group(LEAD):
            own |= Domain("user_id.crm_team_ids.user_id", "=", user.id)
        return scope & own

    @api.model
    def _get_lanes(self):
        lanes = super()._get_lanes()
        lanes.append(
            {
                "key": "missing_orders",
                "title": self.env._("Customers overdue against their rhythm"),
                "icon": "fa-heartbeat",
                "model": "sales.assistant.pattern",
                "order": "date_overdue, id",
                "fields": ["partner_id", "date_last", "date_overdue", "usual_days"],
                "row": self._get_rhythm_row,
                "action": "sales_assistant.sales_assistant_pattern_action",
                "groups": PATTERN,
            }
        )
        return lanes

    @api.model
    def _get_rhythm_row(self, rhythm):
        days = (self.env.company._get_sales_today() - rhythm.date_last).days
        late = (self.env.company._get_sales_today() - rhythm.date_overdue).days
        return {
            "title": rhythm.partner_id.display_name,
            "subtitle": self.env._(
                "Last order on %(day)s", day=format_date(self.env, rhythm.date_last)
            ),
            "reason": self.env._(
                "No order for %(days)s days, usually every %(usual)s days",
                days=days,
                usual=round(rhythm.usual_days),
            ),
            "level": "danger" if late > rhythm.usual_days else "warning",
        }
