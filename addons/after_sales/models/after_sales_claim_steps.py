# pylint: disable=consider-merging-classes-inherited
# Own file: the steps of a claim's life, one table and what each does.
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .after_sales_claim import REVIEWED
from .after_sales_claim_kind import WITHOUT_FAULT, WITHOUT_LINES

USER = "after_sales.group_after_sales_user"
AUDITOR = "after_sales.group_after_sales_auditor"


class AfterSalesClaim(models.Model):
    """The steps of a claim (AS-07, AS-08): the station submits and cancels, auditors
    review, approve, return and reject; a settlement settles what it posts."""

    _inherit = "after.sales.claim"

    _steps = {
        "submit": Step({"draft", "returned"}, "submitted", f"{USER},base.group_portal"),
        "review": Step({"submitted"}, "in_review", AUDITOR),
        "appraise": Step(REVIEWED, "in_review", AUDITOR),
        "approve": Step(REVIEWED, "approved", AUDITOR),
        "return": Step(REVIEWED, "returned", AUDITOR, "write", "after_sales_return"),
        "reject": Step(REVIEWED, "rejected", AUDITOR, "write", "after_sales_reject"),
        "cancel": Step(
            {"draft", "submitted", "returned"},
            "cancelled",
            f"{USER},base.group_portal",
            "write",
            "after_sales_cancel",
        ),
        "reopen": Step(
            {"approved"}, "in_review", AUDITOR, "write", "after_sales_reopen"
        ),
        # an outside purchase is asked for while the claim is a draft
        "ask": Step({"draft"}, "draft", f"{USER},base.group_portal"),
        "withdraw": Step({"draft", "returned"}, None, f"{USER},base.group_portal"),
        "grant": Step({"draft"}, "draft", AUDITOR),
        "refuse": Step({"draft"}, "draft", AUDITOR, "write", "after_sales_reject"),
    }
    _station_verbs = ("submit", "cancel", "ask", "withdraw")

    can_submit = fields.Boolean(compute="_compute_can")
    can_review = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    @api.depends("state", "amount_claimed_company", "purchase_request")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    def _is_step_person(self, step):
        """A portal user takes the station's steps, on claims of his own stations."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step not in [self._steps[verb] for verb in self._station_verbs]:
            return False
        # sudo: which stations are his does not depend on what he may read
        stations_sudo = self.env["after.sales.station"].sudo()
        domain = stations_sudo._get_portal_domain(self.env.user)
        own = stations_sudo.search([("id", "in", self.station_id.ids), *domain])
        return self.station_id <= own

    def _get_cannot_submit(self):
        """What a claim lacks to be submitted; the switch of its kind."""
        _ = self.env._
        resubmit_keys = self.env["after.sales.claim.kind"]._get_resubmit_keys()
        reasons = {}
        for claim in self:
            lines = claim.line_ids
            if claim.state == "returned" and claim.kind not in resubmit_keys:
                text = _("claims of this kind are not submitted again.")
            elif not lines and claim.kind not in WITHOUT_LINES:
                text = _("add at least one line.")
            elif not claim.fault_id and claim.kind not in WITHOUT_FAULT:
                text = _("choose the fault.")
            elif claim.usage_unit and not claim.usage:
                text = _("enter the usage at repair.")
            elif not claim.lot_id.date_sold:
                text = _("this serial number has not been sold yet.")
            else:
                text = claim._get_kind_lack()
            reasons[claim.id] = text
        return reasons

    def _get_cannot_return(self):
        resubmit_keys = self.env["after.sales.claim.kind"]._get_resubmit_keys()
        return {
            claim.id: claim.kind not in resubmit_keys
            and self.env._(
                "claims of this kind are not returned; approve or reject it."
            )
            for claim in self
        }

    def _get_cannot_approve(self):
        """Over the manager's amount only a manager approves."""
        is_manager = self.env.uid == SUPERUSER_ID or self.env.user.has_group(
            "after_sales.group_after_sales_manager"
        )
        reasons = {}
        for claim in self:
            limit = claim.company_id.after_sales_manager_amount
            over = limit and claim.amount_claimed_company > limit
            reasons[claim.id] = (
                over
                and not is_manager
                and self.env._("over this amount only a manager approves.")
            )
        return reasons

    def action_submit(self):
        self._check_can("submit")
        self._do_submit()

    def action_review(self):
        self._check_can("review")
        self._take_step("review", **self._get_person_values())
        self._move_clocks()

    def action_approve(self):
        self._check_can("approve")
        self._do_approve()

    def action_return(self):
        return dict(self._ask_reason("return"), name=self.env._("Return to Station"))

    def action_reject(self):
        return dict(self._ask_reason("reject"), name=self.env._("Reject Claim"))

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Claim"))

    def action_recheck(self):
        """Run the rules again, after master data was put right."""
        self.check_access("write")
        if not self._is_step_person(self._steps["approve"]):
            self._check_can("approve")
        self.filtered(lambda claim: claim.state in REVIEWED)._adjudicate()

    def _take_units(self):
        """Of two transactions that judge claims of one unit, the second starts again
        and sees the first one's: a lock alone would leave it with the old picture."""
        self.env.cr.execute(
            "UPDATE stock_lot SET write_date = write_date WHERE id = ANY(%s)",
            (self.lot_id.ids,),
        )

    def _do_submit(self):
        """Fix currency and rate, keep the submission, run the rules."""
        self._take_units()
        now = fields.Datetime.now()
        self.line_ids._reset_decisions()
        for company, claims in self.grouped("company_id").items():
            today = company._get_sales_day(now)
            vals = {
                "date_submitted": today,
                "date_due": today + timedelta(days=company.after_sales_review_days),
                "cancel_reason_id": False,
                "reason_note": False,
            }
            for currency, priced in claims.grouped("currency_id").items():
                rate = currency._get_conversion_rate(
                    currency, company.currency_id, company, today
                )
                priced._take_step("submit", currency_rate=rate, **vals)
        # sudo: the first submission and the count are closed fields
        claims_sudo = self.sudo()
        claims_sudo.filtered(lambda claim: not claim.submitted_at).submitted_at = now
        # sudo: submissions and readings belong to the system, portal users submit too
        submissions_sudo = self.env["after.sales.claim.submission"].sudo()
        for submission in submissions_sudo._take(claims_sudo):
            submission.claim_id.revision = submission.revision
        claims_sudo._record_usage()
        self._move_clocks(now)
        self._adjudicate()
        self._judge_others_again()

    def _judge_others_again(self):
        """Others of the unit that wait were judged without what is submitted now: with
        what a correction brings, or with a claim of the same second."""
        # sudo: whose claims the others are is no matter for the rules
        others_sudo = self.sudo().search(
            [
                ("lot_id", "in", self.lot_id.ids),
                ("state", "in", tuple(REVIEWED)),
                ("id", "not in", self.ids),
            ]
        )
        if others_sudo:
            others_sudo._adjudicate()

    def _record_usage(self):
        """What the meter showed at the repair is a reading of the unit."""
        readings = self.env["after.sales.usage.reading"]
        readings.search([("claim_id", "in", self.ids)]).unlink()
        readings.create(
            [
                {
                    "lot_id": claim.lot_id.id,
                    "claim_id": claim.id,
                    "date": claim.date_repair,
                    "value": claim.usage,
                }
                for claim in self
                if claim.usage
            ]
        )

    def _do_approve(self, day=None):
        """Undecided lines are approved as claimed.

        :param date day: for histories that are taken over; default: today
        """
        self.line_ids._approve_undecided()
        self.line_ids._check_decisions()
        for claim in self:
            if claim.line_ids and not any(
                line.decision != "rejected" for line in claim.line_ids
            ):
                raise UserError(
                    self.env._(
                        "%(claim)s: all lines are rejected. Reject the claim instead.",
                        claim=claim.name,
                    )
                )
        self._take_decision("approve")
        for company, claims in self.grouped("company_id").items():
            claims._write_guarded({"date_approved": day or company._get_sales_today()})

    def _do_return(self, reason, note):
        now = fields.Datetime.now()
        for company, claims in self.grouped("company_id").items():
            days = timedelta(days=company.after_sales_resubmit_days)
            claims._take_step(
                "return",
                cancel_reason_id=reason.id,
                reason_note=note,
                date_due=company._get_sales_day(now) + days,
                **self._get_person_values(),
            )
        self._move_clocks(now)

    def _do_reject(self, reason, note):
        self.line_ids._reject_all(reason)
        self._take_decision("reject", cancel_reason_id=reason.id, reason_note=note)

    def _do_cancel(self, reason, note):
        self._take_step(
            "cancel", cancel_reason_id=reason.id, reason_note=note, date_due=False
        )
        self._move_clocks()

    def _take_decision(self, verb, **vals):
        self._take_step(
            verb,
            decided_at=fields.Datetime.now(),
            date_due=False,
            **self._get_person_values(),
            **vals,
        )
        self._move_clocks()

    def _get_person_values(self):
        return {"auditor_id": self.env.uid}
