# pylint: disable=consider-merging-classes-inherited
# Own file: the steps of a responsibility's life, one table and what each does.
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.sales_base.models.sales_document_mixin import Step

QUALITY = "after_sales.group_after_sales_quality"
ANSWER_VERBS = ("accept", "dispute")
#: silent suppliers answered for by one committed batch
BATCH = 500


class AfterSalesResponsibility(models.Model):
    """The steps of a responsibility (AS-09): asked by the quality engineer, accepted or
    disputed by the supplier, or by its silence, and decided."""

    _inherit = "after.sales.responsibility"

    _steps = {
        "ask": Step({"draft"}, "asked", QUALITY),
        "accept": Step({"asked"}, "accepted", f"{QUALITY},base.group_portal"),
        "dispute": Step(
            {"asked"},
            "disputed",
            f"{QUALITY},base.group_portal",
            "write",
            "after_sales_dispute",
        ),
        "decide": Step({"draft", "asked", "accepted", "disputed"}, "decided", QUALITY),
        "reopen": Step({"asked", "accepted", "disputed"}, "draft", QUALITY),
    }

    can_ask = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_dispute = fields.Boolean(compute="_compute_can")
    can_decide = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    @api.depends("state", "supplier_id", "share_supplier", "decision_note")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    def _is_step_person(self, step):
        """In the portal a contact of the supplier answers, for his own company."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step not in [self._steps[verb] for verb in ANSWER_VERBS]:
            return False
        return self.supplier_id._is_portal_person(("claims", "all"))

    def _get_cannot_ask(self):
        return {
            record.id: not (record.supplier_id and record.share_supplier)
            and self.env._("name a supplier and its share first.")
            for record in self
        }

    def _get_cannot_decide(self):
        """A supplier is heard first; who overrules it says why."""
        _ = self.env._
        reasons = {}
        for record in self:
            text = False
            if record.state == "draft" and record.share_supplier:
                text = _("ask the supplier first.")
            elif record.state == "asked" and not record.is_overdue:
                text = _("the supplier still has time to answer.")
            elif (
                record.state == "disputed"
                and record.share_supplier > record.disputed_share
                and not (record.decision_note or "").strip()
            ):
                text = _("say why the supplier's objection does not count.")
            reasons[record.id] = text
        return reasons

    # -------------------------------------------------------------------- actions

    def action_ask(self):
        self._check_can("ask")
        self._do_ask()

    def action_accept(self):
        self._check_can("accept")
        self._do_answer("accept")

    def action_dispute(self):
        return dict(self._ask_reason("dispute"), name=self.env._("Supplier Disputes"))

    def action_decide(self):
        self._check_can("decide")
        self._do_decide()

    def action_reopen(self):
        """Back to the drawing board: another supplier, other shares; asked again."""
        self._check_can("reopen")
        self._take_step(
            "reopen",
            asked_at=False,
            date_due=False,
            escalated_at=False,
            answered_at=False,
            answered_by_id=False,
            is_silent=False,
            disputed_share=0,
            cancel_reason_id=False,
            reason_note=False,
        )

    # -------------------------------------------------------------------- effects

    def _do_ask(self):
        now = fields.Datetime.now()
        for (company, days, share), records in self.grouped(
            lambda record: (
                record.company_id,
                record.supplier_id.reaction_days,
                record.share_supplier,
            )
        ).items():
            records._take_step(
                "ask",
                asked_at=now,
                asked_share=share,
                date_due=company._get_sales_today() + timedelta(days=days),
            )

    def _do_answer(self, verb, **vals):
        self._take_step(
            verb,
            answered_at=fields.Datetime.now(),
            answered_by_id=self.env.uid,
            **vals,
        )

    def _do_dispute(self, reason, note, share=0.0):
        """:param float share: the share the supplier would bear, in percent"""
        self._do_answer(
            "dispute",
            cancel_reason_id=reason.id,
            reason_note=note,
            disputed_share=share,
        )

    def _do_decide(self):
        """Where no supplier bears anything, nothing is left to recover."""
        now = fields.Datetime.now()
        for (company, is_closed), records in self.grouped(
            lambda record: (record.company_id, not record.recover_total)
        ).items():
            records._take_step(
                "decide",
                decided_at=now,
                date_decided=company._get_sales_today(),
                decided_by_id=self.env.uid,
                is_closed=is_closed,
            )

    # -------------------------------------------------------------------- silence

    @api.model
    def _cron_answer(self):
        """Each day: approved claims get their drafts, silence is answered for."""
        progress = self.env["ir.cron"]._commit_progress
        for company in self.env["res.company"].search([]):
            own = self.with_company(company)
            for work in (own._prepare_next, own._answer_next_silent):
                while work(company):
                    if not progress(remaining=1):
                        return
            self.env["after.sales.recovery"].with_company(company)._confirm_silent(
                company
            )
            progress(remaining=0)

    @api.model
    def _answer_next_silent(self, company):
        """Who did not answer in time: accepted where silence means consent, else
        escalated to whoever decides.

        :returns: how many were dealt with
        """
        silent = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "asked"),
                ("date_due", "<", company._get_sales_today()),
                ("escalated_at", "=", False),
            ],
            order="date_due, id",
            limit=BATCH,
        ).try_lock_for_update()
        consents = silent.filtered("supplier_id.is_silence_consent")
        consents._take_step("accept", answered_at=fields.Datetime.now(), is_silent=True)
        (silent - consents)._write_guarded({"escalated_at": fields.Datetime.now()})
        return len(silent)
