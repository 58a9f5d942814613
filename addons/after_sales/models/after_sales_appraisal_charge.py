# pylint: disable=consider-merging-classes-inherited
# Own file: who bears the cost of an appraisal is one concept.
from odoo import api, fields, models


class AfterSalesAppraisal(models.Model):
    """The cost of an appraisal is the maker's, unless an auditor decides that the
    station bears it: then it is a charge in the station's next settlement."""

    _inherit = "after.sales.appraisal"

    charge_id = fields.Many2one(
        "after.sales.charge",
        "Charged With",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    can_charge = fields.Boolean(compute="_compute_can")

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"charge_id"}

    @api.depends("state", "cost", "charge_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        result = super()._compute_can()
        for appraisal in self:
            appraisal.can_charge = (
                self._is_step_person(self._steps["charge"])
                and appraisal.state == "answered"
                and appraisal.cost > 0
                and not appraisal._is_charged()
            )
        return result

    def _is_charged(self):
        return self.charge_id and self.charge_id.state != "cancelled"

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        if verb == "charge":
            for appraisal in self.filtered(lambda one: not reasons[one.id]):
                if not appraisal.cost:
                    reasons[appraisal.id] = self.env._("it costs nothing.")
                elif appraisal._is_charged():
                    reasons[appraisal.id] = self.env._("its cost is charged already.")
        return reasons

    def action_charge(self):
        """The station bears the cost."""
        self._check_can("charge")
        reason = self.env.ref("after_sales.reason_charge_appraisal")
        today = self.env.company._get_sales_today()
        for appraisal in self:
            company, station = appraisal.company_id, appraisal.station_id
            charge = self.env["after.sales.charge"]._create_open(
                [
                    {
                        "company_id": company.id,
                        "kind": "deduction",
                        "date": today,
                        "station_id": station.id,
                        "value": company.currency_id._convert(
                            appraisal.cost, station.currency_id, company, today
                        ),
                        "reason_id": reason.id,
                        "note": appraisal.name,
                        "claim_id": appraisal.claim_id.id,
                    }
                ]
            )
            appraisal._write_guarded({"charge_id": charge.id})
