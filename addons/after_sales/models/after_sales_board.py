from odoo import api, models
from odoo.tools import format_amount, format_date

from .after_sales_claim import REVIEWED

CLAIM_ACTION = "after_sales.after_sales_claim_action_all"
REVIEW_ACTION = "after_sales.after_sales_claim_action"
ANALYSIS_ACTION = "after_sales.after_sales_claim_action_analysis"
SETTLEMENT_ACTION = "after_sales.after_sales_settlement_action"
CLERK = "after_sales.group_after_sales_clerk"
AUDITOR = "after_sales.group_after_sales_auditor"


class AfterSalesBoard(models.AbstractModel):
    """The board after-sales opens on: claims waiting for review, those the rules warn
    of, those too long with the station, settlements to go on with."""

    _name = "after.sales.board"
    _description = "After-Sales Board"
    _inherit = ["sales.board"]

    @api.model
    def _get_lane_domains(self):
        """One domain per lane and figure, shared by count, rows and list."""
        today = self.env.company._get_sales_today()
        company = ("company_id", "in", self.env.companies.ids)
        return {
            "review": [company, ("state", "in", tuple(REVIEWED))],
            "flagged": [
                company,
                ("state", "in", tuple(REVIEWED)),
                ("verdict", "in", ("warn", "fail")),
            ],
            "returned": [
                company,
                ("state", "=", "returned"),
                ("date_due", "<", today),
            ],
            "confirm": [company, ("state", "in", ("draft", "sent"))],
            "post": [company, ("state", "=", "confirmed")],
            "overdue": [
                company,
                ("state", "in", tuple(REVIEWED)),
                ("date_due", "<", today),
            ],
            "unsettled": [
                company,
                ("state", "=", "approved"),
                ("settlement_id", "=", False),
            ],
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        claim = {
            "model": "after.sales.claim",
            "order": "date_due, id",
            "action": CLAIM_ACTION,
            "fields": [
                "name",
                "station_id",
                "lot_id",
                "date_due",
                "verdict",
                "company_id",
                "amount_claimed",
                "currency_id",
                "state",
                "cancel_reason_id",
            ],
        }
        settlement = {
            "model": "after.sales.settlement",
            "order": "date_from, id",
            "action": SETTLEMENT_ACTION,
            "fields": [
                "name",
                "station_id",
                "date_from",
                "amount_total",
                "currency_id",
                "state",
                "sent_at",
            ],
            "row": self._get_settlement_row,
            "groups": CLERK,
        }
        return [
            {
                **claim,
                "key": "flagged",
                "title": _("Warnings and Fails"),
                "icon": "fa-exclamation-triangle",
                "domain": domains["flagged"],
                "order": "verdict, date_due, id",
                "row": self._get_flagged_row,
                "groups": AUDITOR,
                "empty": _("The rules found nothing."),
            },
            {
                **claim,
                "key": "review",
                "title": _("Waiting for Review"),
                "icon": "fa-gavel",
                "domain": domains["review"],
                "row": self._get_claim_row,
                "empty": _("Every claim is decided."),
            },
            {
                **claim,
                "key": "returned",
                "title": _("Too Long With the Station"),
                "icon": "fa-reply",
                "domain": domains["returned"],
                "row": self._get_returned_row,
                "empty": _("All stations answer in time."),
            },
            {
                **settlement,
                "key": "confirm",
                "title": _("Settlements to Send or Confirm"),
                "icon": "fa-paper-plane",
                "domain": domains["confirm"],
            },
            {
                **settlement,
                "key": "post",
                "title": _("Settlements to Post"),
                "icon": "fa-money",
                "domain": domains["post"],
                "actions": [
                    {"method": "action_post", "title": _("Post"), "icon": "fa-check"}
                ],
            },
            *self._get_shared_lanes(),
        ]

    @api.model
    def _get_claim_row(self, claim):
        today = claim.company_id._get_sales_today()
        days = (claim.date_due - today).days if claim.date_due else 0
        due = format_date(self.env, claim.date_due)
        if days < 0:
            reason = self.env._("Overdue since %(date)s", date=due)
        elif days == 0:
            reason = self.env._("Due today")
        else:
            reason = self.env._("Due %(date)s", date=due)
        level = "danger" if days < 0 else "warning" if days == 0 else "muted"
        return {
            "title": claim.name,
            "subtitle": f"{claim.lot_id.name} · {claim.station_id.display_name}",
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_flagged_row(self, claim):
        """The worst finding in words."""
        findings = claim.finding_ids.filtered(lambda row: row.verdict == claim.verdict)
        return {
            **self._get_claim_row(claim),
            "reason": findings[:1].sentence or "",
            "level": "danger" if claim.verdict == "fail" else "warning",
        }

    @api.model
    def _get_returned_row(self, claim):
        row = self._get_claim_row(claim)
        if claim.cancel_reason_id:
            row["reason"] = f"{row['reason']} · {claim.cancel_reason_id.name}"
        return row

    @api.model
    def _get_settlement_row(self, settlement):
        amount = format_amount(
            self.env, settlement.amount_total, settlement.currency_id
        )
        month = format_date(self.env, settlement.date_from, date_format="MM/yyyy")
        states = dict(settlement._fields["state"]._description_selection(self.env))
        return {
            "title": settlement.name,
            "subtitle": settlement.station_id.display_name,
            "reason": f"{month} · {amount} · {states[settlement.state]}",
            "level": "warning" if settlement.state == "confirmed" else "muted",
        }

    @api.model
    def _get_figures(self):
        domains = self._get_lane_domains()
        claims = self.env["after.sales.claim"]
        _ = self.env._
        waiting = claims.search_count(domains["review"])
        overdue = claims.search_count(domains["overdue"])
        ((count, amount),) = claims._read_group(
            domains["unsettled"], [], ["__count", "amount_approved:sum_currency"]
        )
        month = self.env.company._get_sales_today().replace(day=1)
        ((approved, claimed),) = claims._read_group(
            [
                ("company_id", "in", self.env.companies.ids),
                ("date_approved", ">=", month),
            ],
            [],
            ["amount_approved:sum", "amount_claimed:sum"],
        )
        share = f"{100 * (approved or 0) / claimed:.0f} %" if claimed else "–"
        currency = self.env.company.currency_id
        return [
            self._figure("waiting", _("Waiting for Review"), waiting, REVIEW_ACTION),
            self._figure(
                "overdue",
                _("Overdue Reviews"),
                overdue,
                REVIEW_ACTION,
                "danger" if overdue else "body",
            ),
            self._figure("unsettled", _("Approved, Not Settled"), count, CLAIM_ACTION),
            self._figure(
                "amount",
                _("Amount to Settle"),
                format_amount(self.env, amount or 0.0, currency),
                SETTLEMENT_ACTION,
            ),
            self._figure(
                "share", _("Approved of Claimed This Month"), share, ANALYSIS_ACTION
            ),
        ]

    @api.model
    def _figure(self, key, title, value, action, level="body"):
        return {
            "key": key,
            "title": title,
            "value": str(value),
            "level": level,
            "action": action,
        }
