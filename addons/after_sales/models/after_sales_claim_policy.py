# pylint: disable=consider-merging-classes-inherited
# Own file: what is decided without a person, and how that is measured.
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..tools.adjudication_policy import (
    APPROVED,
    RETURNED,
    RULES,
    SAMPLE,
    decide,
    is_drawn,
)
from .after_sales_claim_kind import WITHOUT_LINES

POLICY_RESULTS = [
    (APPROVED, "Approved by itself"),
    (RETURNED, "Returned by itself"),
    (SAMPLE, "Audit sample"),
    ("amount", "Over the amount"),
    (RULES, "Rules ask for a look"),
]
#: the policy returns a claim so often; then a person looks
RETURNS_MAX = 2
#: so many claims are decided while the user waits, more by the job
AT_ONCE_MAX = 200
AUDITOR = "after_sales.group_after_sales_auditor"


class AfterSalesClaim(models.Model):
    """Decisions by policy (AS-08).

    A submitted claim that all rules pass and that is not over the company's amount is
    approved by itself; a fail returns it to the station or asks an auditor, as the rule
    says. A share of those that would be approved goes to an auditor all the same: what
    he decides otherwise measures the rules.
    """

    _inherit = "after.sales.claim"

    policy_result = fields.Selection(
        POLICY_RESULTS,
        "By Policy",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="What the policy made of the last submission.",
    )
    auto_return_count = fields.Integer(
        "Returned by Itself",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    is_overturned = fields.Boolean(
        "Overturned",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="A person decided otherwise than the policy did, or, in the audit sample, "
        "would have done.",
    )

    _undecided_idx = models.Index(
        "(company_id, id) WHERE state = 'submitted' AND policy_result IS NULL"
    )

    @api.model
    def _get_closed_fields(self):
        own = {"policy_result", "auto_return_count", "is_overturned"}
        return super()._get_closed_fields() | own

    # ------------------------------------------------------------------- deciding

    def _do_submit(self):
        result = super()._do_submit()
        # sudo: a new submission is decided anew, whoever submits
        self.sudo().policy_result = False
        at_once = self.filtered(
            lambda claim: claim.company_id.after_sales_policy == "submission"
        )
        at_once._decide_by_policy()
        return result

    def _decide_by_policy(self):
        """Decide submitted claims as the policy says, once for each submission. The
        decision is the system's: no auditor is named."""
        claims = self.with_user(SUPERUSER_ID).filtered(
            lambda claim: claim.state == "submitted" and not claim.policy_result
        )
        if not claims:
            return
        claims._take_units()
        results = claims._get_policy_results()
        for result, decided in claims.grouped(lambda one: results[one.id]).items():
            decided._write_guarded({"policy_result": result})
        approved = claims.filtered(lambda one: one.policy_result == APPROVED)
        if approved:
            approved._check_can("approve")
            approved._do_approve()
        returned = claims.filtered(lambda one: one.policy_result == RETURNED)
        reasons = returned._get_return_reasons()
        for reason, own in returned.grouped(lambda one: reasons[one.id]).items():
            own._check_can("return")
            own._do_return(reason, False)
        for count, own in returned.grouped("auto_return_count").items():
            own._write_guarded({"auto_return_count": count + 1})

    def _get_policy_results(self):
        """:returns: {claim id: key of ``policy_result``}"""
        resubmit_keys = self.env["after.sales.claim.kind"]._get_resubmit_keys()
        cannot = self._get_cannot_reasons("approve")
        results = {}
        for company, claims in self.grouped("company_id").items():
            key, percent = (
                company.after_sales_audit_key,
                company.after_sales_audit_share,
            )
            for claim in claims:
                result = decide(
                    [
                        (finding.verdict, finding.rule_id.consequence or "audit")
                        for finding in claim.finding_ids
                    ],
                    claim._is_over_policy_amount(),
                    is_drawn(key, claim.name, percent),
                    claim.kind in resubmit_keys
                    and claim.auto_return_count < RETURNS_MAX,
                )
                # where parts come from is a person's decision, whatever they cost
                is_for_person = claim.kind in WITHOUT_LINES or cannot[claim.id]
                blocked = result in (APPROVED, SAMPLE) and is_for_person
                results[claim.id] = RULES if blocked else result
        return results

    def _is_over_policy_amount(self):
        """Over what is approved without a person, or what only a manager approves."""
        company = self.company_id
        limits = (
            company.after_sales_policy_amount,
            company.after_sales_manager_amount,
        )
        return any(limit and self.amount_claimed_company > limit for limit in limits)

    def _get_return_reasons(self):
        """The reason of the first rule that returns each claim.

        :returns: {claim id: ``sales.reason``}
        """
        reasons = {}
        for claim in self:
            returning = claim.finding_ids.filtered(
                lambda finding: (
                    finding.verdict == "fail"
                    and finding.rule_id.consequence == "return"
                )
            )
            reasons[claim.id] = returning[:1].rule_id._get_return_reason()
        return reasons

    def _get_person_values(self):
        if self.env.uid == SUPERUSER_ID:
            return {"auditor_id": False}
        return super()._get_person_values()

    # ------------------------------------------------------------------ measuring

    def _take_decision(self, verb, **vals):
        result = super()._take_decision(verb, **vals)
        self._mark_overturned(verb)
        return result

    def _do_return(self, reason, note):
        result = super()._do_return(reason, note)
        self._mark_overturned("return")
        return result

    def _mark_overturned(self, verb):
        """A person cut, returned or rejected what the policy approved or would have
        approved; or approved what it had returned, though the rule still fails."""
        if self.env.uid == SUPERUSER_ID:
            return
        # sudo: how the policy is measured is nobody's field
        overturned_sudo = self.sudo().filtered(lambda claim: claim._is_otherwise(verb))
        overturned_sudo.write({"is_overturned": True})

    def _is_otherwise(self, verb):
        if self.policy_result in (APPROVED, SAMPLE):
            return verb != "approve" or self.is_partly_approved
        return bool(
            verb == "approve" and self.auto_return_count and self.verdict == "fail"
        )

    # ------------------------------------------------------------------------ job

    @api.model
    def _get_undecided_domain(self, company):
        return [
            ("company_id", "=", company.id),
            ("state", "=", "submitted"),
            ("policy_result", "=", False),
        ]

    @api.model
    def action_run_policy(self):
        """Decide what waits, now or by the job when it is much.

        :raises UserError: the company decides nothing by policy
        """
        if not self.env.user.has_group(AUDITOR):
            self.browse().check_access("write")
            raise UserError(self.env._("Auditors decide claims."))
        company = self.env.company
        if company.after_sales_policy == "off":
            raise UserError(
                self.env._("In the settings, no claims are decided by policy.")
            )
        waiting = self.search_count(
            self._get_undecided_domain(company), limit=AT_ONCE_MAX + 1
        )
        at_once = waiting <= AT_ONCE_MAX
        run = self.env["sales.run"]._start("after_sales_decide", at_once=at_once)
        if at_once:
            text = self.env._(
                "%(count)s claims were looked at by the policy.", count=run.done_count
            )
        else:
            text = self.env._("The policy is looking at the claims in the background.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_decide(self):
        """Start a run for each company that decides by the job and has claims waiting.

        A run that is still at work goes on instead of a second one.
        """
        runs = self.env["sales.run"]
        companies = self.env["res.company"].search([("after_sales_policy", "=", "job")])
        for company in companies:
            own = runs.with_company(company)
            busy = own.search_count(
                [
                    ("kind", "=", "after_sales_decide"),
                    ("company_id", "=", company.id),
                    ("state", "in", ("queued", "running")),
                ],
                limit=1,
            )
            if not busy and self.search_count(
                self._get_undecided_domain(company), limit=1
            ):
                own._start("after_sales_decide")
