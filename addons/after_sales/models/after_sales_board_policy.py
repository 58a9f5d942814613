# pylint: disable=consider-merging-classes-inherited
# Own file: what is decided by policy and what waits for an appraiser, one concept.
from datetime import timedelta

from odoo import api, models
from odoo.tools import format_date

from .after_sales_board import AUDITOR, CLAIM_ACTION
from .after_sales_claim import REVIEWED

APPRAISAL_ACTION = "after_sales.after_sales_appraisal_action"
POLICY_ACTION = "after_sales.after_sales_claim_action_policy"
MANAGER = "after_sales.group_after_sales_manager"
#: days that the figures look back
DAYS = 30


class AfterSalesBoard(models.AbstractModel):
    """The audit sample and the appraisals for the auditor; for the manager the share
    decided without a person, and how often a person decided otherwise (AS-08)."""

    _inherit = "after.sales.board"

    @api.model
    def _get_lane_domains(self):
        company = ("company_id", "in", self.env.companies.ids)
        since = self.env.company._get_sales_today() - timedelta(days=DAYS)
        recent = [company, ("date_submitted", ">=", since)]
        return {
            **super()._get_lane_domains(),
            "sample": [
                company,
                ("state", "in", tuple(REVIEWED)),
                ("policy_result", "=", "sample"),
            ],
            "appraisal": [company, ("state", "=", "asked")],
            "policy": [*recent, ("policy_result", "!=", False)],
            "by_itself": [*recent, ("policy_result", "in", ("approved", "returned"))],
            "overturned": [
                *recent,
                ("policy_result", "!=", False),
                ("is_overturned", "=", True),
            ],
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        return [
            *super()._get_lanes(),
            {
                "key": "sample",
                "title": _("Audit Sample"),
                "icon": "fa-search",
                "model": "after.sales.claim",
                "domain": domains["sample"],
                "order": "date_due, id",
                "action": CLAIM_ACTION,
                "fields": [
                    "name",
                    "station_id",
                    "lot_id",
                    "date_due",
                    "company_id",
                    "amount_claimed",
                    "currency_id",
                ],
                "row": self._get_claim_row,
                "groups": AUDITOR,
                "empty": _("No claim of the sample waits."),
            },
            {
                "key": "appraisal",
                "title": _("With an Appraiser"),
                "icon": "fa-user-secret",
                "model": "after.sales.appraisal",
                "domain": domains["appraisal"],
                "order": "date_due, id",
                "action": APPRAISAL_ACTION,
                "fields": [
                    "name",
                    "claim_id",
                    "partner_id",
                    "date_due",
                    "company_id",
                    "state",
                ],
                "row": self._get_appraisal_row,
                "groups": AUDITOR,
                "empty": _("No claim waits for an appraiser."),
            },
        ]

    @api.model
    def _get_appraisal_row(self, appraisal):
        due = format_date(self.env, appraisal.date_due)
        today = appraisal.company_id._get_sales_today()
        is_late = appraisal.date_due and appraisal.date_due < today
        if not appraisal.date_due:
            reason = self.env._("No date agreed")
        elif is_late:
            reason = self.env._("Overdue since %(date)s", date=due)
        else:
            reason = self.env._("Due %(date)s", date=due)
        return {
            "title": appraisal.claim_id.name,
            "subtitle": f"{appraisal.name} · {appraisal.partner_id.display_name}",
            "reason": reason,
            "level": "danger" if is_late else "muted",
        }

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group(MANAGER):
            return figures
        domains = self._get_lane_domains()
        claims = self.env["after.sales.claim"]
        cases = claims.search_count(domains["policy"])
        decided = claims.search_count(domains["by_itself"])
        overturned = claims.search_count(domains["overturned"])
        share = f"{100 * decided / cases:.0f} % (n={cases})" if cases else "–"
        _ = self.env._
        return [
            *figures,
            self._figure("by_itself", _("Decided by Itself"), share, POLICY_ACTION),
            self._figure(
                "overturned",
                _("Overturned by a Person"),
                overturned,
                POLICY_ACTION,
                "danger" if overturned else "body",
            ),
        ]
