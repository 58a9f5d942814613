# pylint: disable=consider-merging-classes-inherited
# Own file: what part transfers mean to a settlement.
from odoo import api, models


class AfterSalesSettlement(models.Model):
    """A part transfer claims no money; its costs are cleared by themselves (AS-11)."""

    _inherit = "after.sales.settlement"

    @api.model
    def _get_settleable_domain(self, company, date_to):
        domain = super()._get_settleable_domain(company, date_to)
        return [*domain, ("kind", "!=", "part_transfer")]
