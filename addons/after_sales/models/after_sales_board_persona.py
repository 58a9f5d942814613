# pylint: disable=consider-merging-classes-inherited
# Own file: who sees what first on the board is one concept.
from datetime import timedelta

from odoo import api, models
from odoo.tools import format_amount

from odoo.addons.sales_base.tools import period

from .after_sales_claim import REVIEWED
from .after_sales_claim_steps import AUDITOR
from .after_sales_statement_mixin import CLERK

QUALITY = "after_sales.group_after_sales_quality"
MANAGER = "after_sales.group_after_sales_manager"
WORKBENCH = "after_sales.after_sales_workbench_action"
ANALYSIS = "after_sales.after_sales_claim_action_analysis"
#: lanes whose claims an auditor opens in the workbench
REVIEW_LANES = {"flagged", "review", "large"}
#: lanes of claims and customers: not for those who only settle or study
CLAIM_LANES = {"review", "returned", "to_call"}
#: {group: lanes in the order in which these people work}; the first group that fits
#: counts, lanes that are not named follow
FIRST_LANES = {
    MANAGER: ["large"],
    AUDITOR: ["flagged", "review", "returned"],
    CLERK: ["objections", "confirm", "post", "part_receive", "part_overdue"],
    QUALITY: ["complaints", "proposals", "callbacks", "part_receive", "part_overdue"],
}
#: {figure: groups that look at it}; others are for everybody
FIGURE_GROUPS = {
    "overdue": AUDITOR,
    "share": AUDITOR,
    "unsettled": CLERK,
    "amount": CLERK,
}


class AfterSalesBoard(models.AbstractModel):
    """Each group finds its own work first, and opens it where it is done."""

    _inherit = "after.sales.board"

    @api.model
    def _get_first_lanes(self):
        for group, keys in FIRST_LANES.items():
            if self.env.user.has_group(group):
                return keys
        return []

    @api.model
    def _get_lane_domains(self):
        company = self.env.company
        return {
            **super()._get_lane_domains(),
            "large": [
                ("company_id", "=", company.id),
                ("state", "in", tuple(REVIEWED)),
                ("amount_claimed_company", ">", company.after_sales_manager_amount),
            ],
        }

    @api.model
    def _get_shown_lanes(self):
        lanes = super()._get_shown_lanes()
        user = self.env.user
        is_auditor = user.has_group(AUDITOR)
        if not is_auditor and user.has_groups(f"{CLERK},{QUALITY}"):
            lanes = [lane for lane in lanes if lane["key"] not in CLAIM_LANES]
        if user.has_group(MANAGER) and self.env.company.after_sales_manager_amount:
            review = next(lane for lane in lanes if lane["key"] == "review")
            lanes.append(self._get_large_lane(review))
        if is_auditor:
            for lane in lanes:
                if lane["key"] in REVIEW_LANES:
                    lane["row_action"] = WORKBENCH
        places = {key: place for place, key in enumerate(self._get_first_lanes())}
        return sorted(lanes, key=lambda lane: places.get(lane["key"], len(places)))

    @api.model
    def _get_large_lane(self, review):
        """Claims that only a manager may approve."""
        return {
            **review,
            "key": "large",
            "title": self.env._("For the Manager to Decide"),
            "icon": "fa-balance-scale",
            "domain": self._get_lane_domains()["large"],
            "empty": self.env._("No claim is over your auditors' amount."),
        }

    @api.model
    def _get_shown_figures(self):
        figures = super()._get_shown_figures()
        user = self.env.user
        if not user.has_group(AUDITOR) and user.has_groups(f"{CLERK},{QUALITY}"):
            figures = [row for row in figures if row["key"] != "waiting"]
        figures = [
            row
            for row in figures
            if row["key"] not in FIGURE_GROUPS
            or user.has_group(FIGURE_GROUPS[row["key"]])
        ]
        if user.has_group(MANAGER):
            figures += self._get_manager_figures()
        elif user.has_group(QUALITY):
            figures += self._get_quality_figures()
        return figures

    @api.model
    def _get_manager_figures(self):
        """Money and pace of this month beside the month before."""
        _ = self.env._
        today = self.env.company._get_sales_today()
        month = today.replace(day=1)
        before = period.add_months(month, -1)
        claims = self.env["after.sales.claim"]
        rows = claims._read_group(
            [
                ("company_id", "in", self.env.companies.ids),
                ("date_approved", ">=", before),
                ("date_approved", "<=", today),
            ],
            ["date_approved:month"],
            ["amount_approved:sum_currency", "our_hours:avg", "__count"],
        )
        by_month = {first: row for first, *row in rows}
        money, hours, count = by_month.get(month, (0.0, 0.0, 0))
        last = by_month.get(before, (0.0, 0.0, 0))[0]
        currency = self.env.company.currency_id
        return [
            self._figure(
                "money",
                _("Approved This Month"),
                format_amount(self.env, money or 0.0, currency),
                ANALYSIS,
            ),
            self._figure(
                "money_before",
                _("Approved the Month Before"),
                format_amount(self.env, last or 0.0, currency),
                ANALYSIS,
            ),
            self._figure(
                "pace",
                _("Days With Us, on Average"),
                f"{(hours or 0.0) / 24:.1f} (n = {count})" if count else "–",
                ANALYSIS,
            ),
        ]

    @api.model
    def _get_quality_figures(self):
        """What broke in the last thirty days, and what broke most often."""
        _ = self.env._
        today = self.env.company._get_sales_today()
        rows = self.env["after.sales.claim"]._read_group(
            [
                ("company_id", "in", self.env.companies.ids),
                ("state", "not in", ("draft", "cancelled")),
                ("date_repair", ">", today - timedelta(days=30)),
            ],
            ["fault_id"],
            ["__count"],
            order="__count desc",
        )
        total = sum(count for _fault, count in rows)
        fault, most = rows[0] if rows else (self.env["after.sales.fault"], 0)
        return [
            self._figure("claims_30", _("Claims of 30 Days"), total, ANALYSIS),
            self._figure(
                "top_fault",
                _("Most Frequent Fault of 30 Days"),
                f"{fault.code} × {most}" if fault else "–",
                ANALYSIS,
            ),
        ]
