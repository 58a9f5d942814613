# pylint: disable=consider-merging-classes-inherited
# Own file: goodwill told apart from warranty, one concept.
from odoo import fields, models


class AfterSalesSettlement(models.Model):
    """How much of a settlement is goodwill (AS-12): paid with the rest, and shown."""

    _inherit = "after.sales.settlement"

    amount_goodwill = fields.Monetary(
        "Of Which Goodwill",
        compute="_compute_amount_goodwill",
        help="Contained in the amounts above, not added to them.",
    )

    def _compute_amount_goodwill(self):
        # sudo: who reads the statement reads what of it is goodwill
        groups = (
            self.env["after.sales.claim"]
            .sudo()
            ._read_group(
                [("settlement_id", "in", self.ids)],
                ["settlement_id"],
                ["approved_goodwill:sum"],
            )
        )
        amounts = {settlement.id: amount for settlement, amount in groups}
        for settlement in self:
            settlement.amount_goodwill = amounts.get(settlement.id, 0)
