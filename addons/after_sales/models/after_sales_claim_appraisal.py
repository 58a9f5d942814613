# pylint: disable=consider-merging-classes-inherited
# Own file: waiting for a third party is one concept.
from odoo import api, fields, models


class AfterSalesClaim(models.Model):
    """A claim that a third party appraises is not decided meanwhile (AS-08)."""

    _inherit = "after.sales.claim"

    appraisal_ids = fields.One2many(
        "after.sales.appraisal",
        "claim_id",
        "Third-Party Appraisals",
        groups="base.group_user",
    )
    appraisal_count = fields.Integer(
        compute="_compute_appraisal_count", groups="base.group_user"
    )
    is_appraised = fields.Boolean(
        "Waits for an Appraisal",
        compute="_compute_is_appraised",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    can_appraise = fields.Boolean(compute="_compute_can")

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"is_appraised"}

    @api.depends("appraisal_ids.state")
    def _compute_is_appraised(self):
        for claim in self:
            claim.is_appraised = "asked" in claim.appraisal_ids.mapped("state")

    def _compute_appraisal_count(self):
        counts = dict(
            self.env["after.sales.appraisal"]._read_group(
                [("claim_id", "in", self.ids)], ["claim_id"], ["__count"]
            )
        )
        for claim in self:
            claim.appraisal_count = counts.get(claim, 0)

    # ---------------------------------------------------------------------- steps

    def _get_cannot_appraise(self):
        return self._refuse_appraised(dict.fromkeys(self.ids, False))

    def _get_cannot_approve(self):
        return self._refuse_appraised(super()._get_cannot_approve())

    def _get_cannot_return(self):
        return self._refuse_appraised(super()._get_cannot_return())

    def _get_cannot_reject(self):
        return self._refuse_appraised(dict.fromkeys(self.ids, False))

    def _refuse_appraised(self, reasons):
        for claim in self.sudo():  # sudo: who may decide is asked elsewhere
            if claim.is_appraised and not reasons[claim.id]:
                reasons[claim.id] = self.env._(
                    "it waits for the answer of the appraiser."
                )
        return reasons

    def action_appraise(self):
        self._check_can("appraise")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for an Appraisal"),
            "res_model": "after.sales.claim.appraise",
            "view_mode": "form",
            "target": "new",
            "context": {"default_claim_id": self[:1].id},
        }

    def _do_appraise(self, partner, question, date_due):
        """Ask a third party about one claim.

        :param res.partner partner: who is asked
        :param str question: what he is asked
        :param date date_due: when he should answer, or False
        :returns: the appraisal
        """
        self.ensure_one()
        self._take_step("appraise", **self._get_person_values())
        # sudo: the step has asked the person; appraisals are made here only
        appraisal_sudo = (
            self.env["after.sales.appraisal"]
            .sudo()
            .create(
                {
                    "claim_id": self.id,
                    "company_id": self.company_id.id,
                    "partner_id": partner.id,
                    "question": question,
                    "date_due": date_due,
                    "asked_at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                }
            )
        )
        self._move_clocks()
        return appraisal_sudo.sudo(False)

    def action_view_appraisals(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_appraisal_action"
        )
        return dict(action, domain=[("claim_id", "in", self.ids)], context={})
