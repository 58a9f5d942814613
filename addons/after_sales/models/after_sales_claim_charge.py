# pylint: disable=consider-merging-classes-inherited
# Own file: charging a station for a claim is one concept.
from odoo import models


class AfterSalesClaim(models.Model):
    """A deduction, penalty or credit that arises from a claim (AS-12)."""

    _inherit = "after.sales.claim"

    def action_charge(self):
        """A charge of the claim's station, to be filled in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Charge"),
            "res_model": "after.sales.charge",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_company_id": self.company_id.id,
                "default_station_id": self.station_id.id,
                "default_claim_id": self.id,
            },
        }
