# pylint: disable=consider-merging-classes-inherited
# Own file: the complaint after a repair is one concept.
from odoo import models


class AfterSalesRepair(models.Model):
    """A repair whose customer is unhappy becomes a complaint (AS-18): below the
    company's score the call opens it by itself, whoever made the call."""

    _name = "after.sales.repair"
    _inherit = ["after.sales.repair", "after.sales.complaint.source.mixin"]

    def _rate(self, score, note):
        result = super()._rate(score, note)
        # sudo: a portal user's call counts by the company's threshold
        if score < self.company_id.sudo().after_sales_unhappy_score:
            self._make_complaint(
                channel="callback",
                subject=self.env._(
                    "%(repair)s: %(score)s points in the call after the repair",
                    repair=self.name,
                    score=score,
                ),
                description=note or self.complaint,
            )
        return result

    def _get_complaining_partner(self):
        return self.customer_id or super()._get_complaining_partner()

    def _prepare_claim_values(self):
        """The claim of a repair belongs to the same complaint."""
        return {
            **super()._prepare_claim_values(),
            "complaint_id": self.complaint_id.id,
        }
