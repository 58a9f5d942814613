# pylint: disable=consider-merging-classes-inherited
# Own file: what is counted above the lanes.
from odoo import api, models
from odoo.fields import Domain

from .sales_assistant_order_mixin import MILESTONE


class SalesAssistantBoard(models.AbstractModel):
    """SA-01: the figures of the desk, each opening the list that it counts."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_figures(self):
        _ = self.env._
        domains = self._get_lane_domains()
        orders = self._get_scope()
        running = (
            orders
            & Domain("state", "=", "sale")
            & Domain("sales_milestone_ids.state", "=", "pending")
        )
        in_review = orders & Domain("sales_review_state", "=", "in_review")
        figures = [
            ("open", _("Orders in progress"), "sale.order", running, ""),
            ("in_review", _("Quotations in review"), "sale.order", in_review, ""),
            (
                "accepted",
                _("Accepted, waiting"),
                "sale.order",
                domains["accepted"],
                "danger",
            ),
            (
                "late",
                _("Milestones late"),
                "sales.assistant.milestone",
                domains["late"],
                "danger",
            ),
        ]
        if not self.env.user.has_group(MILESTONE):
            return [
                self._count_figure(*figure)
                for figure in figures
                if figure[0] not in ("open", "late")
            ]
        return [self._count_figure(*figure) for figure in figures] + [
            self._get_in_time_figure(),
            self._get_told_figure(),
        ]

    @api.model
    def _count_figure(self, key, title, model, domain, level):
        """A number of records, and the list of them behind it.

        :param str level: level when there are any; none is good then
        """
        count = self.env[model].search_count(domain)
        return {
            "key": key,
            "title": title,
            "value": str(count),
            "level": level and (level if count else "success"),
            "action": self._get_list_action(title, model, domain),
        }

    @api.model
    def _get_list_action(self, title, model, domain):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [[False, "list"], [False, "form"]],
            "domain": list(domain),
        }

    @api.model
    def _get_in_time_figure(self):
        month = self.env.company._get_sales_today().replace(day=1)
        done = (
            self._get_scope("salesperson_id")
            & Domain("state", "=", "done")
            & Domain("date_done", ">=", month)
        )
        milestones = self.env["sales.assistant.milestone"]
        count = milestones.search_count(done)
        in_time = milestones.search_count(done & Domain("delay_days", "<=", 0))
        rate = round(100 * in_time / count) if count else None
        title = self.env._("In time this month")
        return {
            "key": "in_time",
            "title": title,
            "value": "–" if rate is None else f"{rate} %",
            "level": "success" if (rate or 0) >= 90 else "warning",
            "action": self._get_list_action(title, milestones._name, done),
        }

    @api.model
    def _get_told_figure(self):
        """SA-10: delays of this month that the customer heard of before the date he
        knew."""
        _ = self.env._
        company = self.env.company
        month = company._get_sales_moment(company._get_sales_today().replace(day=1))
        delays = (
            self._get_scope("salesperson_id")
            & Domain("is_delay", "=", True)
            & Domain("told_at", ">=", month)
        )
        tellings = self.env["sales.assistant.telling"]
        count = tellings.search_count(delays)
        in_time = tellings.search_count(delays & Domain("is_in_time", "=", True))
        title = _("Delays told in time this month")
        return {
            "key": "told",
            "title": title,
            "value": _("%(part)s of %(all)s", part=in_time, all=count)
            if count
            else "–",
            "level": "success" if in_time == count else "warning",
            "action": self._get_list_action(title, tellings._name, delays),
        }
