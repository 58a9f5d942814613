# pylint: disable=consider-merging-classes-inherited
# Own file: the columns of the register.
from odoo import api, models

from odoo.addons.sales_base.tools.sheet import Column


class AfterSalesClaim(models.Model):
    """The claims register as a sheet (F-09), a row per claim."""

    _inherit = "after.sales.claim"

    @api.model
    def _get_sheet_title(self):
        return self.env._("Claims Register")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("station_id.code", label=self.env._("Station Code")),
            Column("station_id.name", label=self.env._("Station")),
            Column("region_id"),
            Column("lot_id.name", label=self.env._("Serial Number")),
            Column("product_id.product_tmpl_id.name", label=self.env._("Product")),
            Column("lot_id.date_sold"),
            Column("date_repair"),
            Column("usage"),
            Column("fault_id.code", label=self.env._("Fault Code")),
            Column("fault_id.name", label=self.env._("Fault")),
            Column("state"),
            Column("date_submitted"),
            Column("date_approved"),
            Column("amount_claimed", total=True),
            Column("amount_approved", total=True),
            Column("settlement_id.name", label=self.env._("Settlement")),
        ]
