# pylint: disable=consider-merging-classes-inherited
# Own file: what replaced parts do to a settlement is one concept.
from odoo import models
from odoo.tools import SQL


class AfterSalesSettlement(models.Model):
    """Replaced parts in the settlement (AS-10, AS-12): a claim whose part is overdue is
    left out until it is sent; the residual value of kept parts is deducted."""

    _inherit = "after.sales.settlement"

    def _take_residuals(self):
        """Deduct the residual value of what the stations keep, once, in the currency of
        the claim: when the claim is settled, or with the next settlement after."""
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE after_sales_old_part part
                   SET residual_settlement_id = settlement.id
                  FROM after_sales_settlement settlement, after_sales_claim claim
                 WHERE settlement.id IN %(ids)s AND settlement.state = 'draft'
                   AND part.station_id = settlement.station_id
                   AND part.currency_id = settlement.currency_id
                   AND part.residual_amount > 0
                   AND part.residual_settlement_id IS NULL
                   AND claim.id = part.claim_id
                   AND claim.settlement_id IS NOT NULL
                """,
                ids=tuple(self.ids),
            )
        )
        self.env["after.sales.old.part"].invalidate_model(["residual_settlement_id"])

    def _release_residuals(self):
        """A cancelled settlement deducts nothing."""
        # sudo: the step has asked person and state; the link is a closed field
        parts_sudo = self.env["after.sales.old.part"].sudo()
        parts_sudo.search([("residual_settlement_id", "in", self.ids)]).write(
            {"residual_settlement_id": False}
        )
