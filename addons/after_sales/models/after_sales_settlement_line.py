from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column


class AfterSalesSettlementLine(models.Model):
    """A claim as a row of its settlement's statement (AS-12, F-09)."""

    _name = "after.sales.settlement.line"
    _description = "Settlement Line"
    _inherit = ["sales.sheet.mixin"]
    _auto = False
    _order = "id"
    _rec_name = "claim_id"
    _depends = {
        "after.sales.claim": [
            "settlement_id",
            "station_id",
            "lot_id",
            "product_id",
            "date_repair",
            "date_approved",
            "currency_id",
            "company_id",
            "amount_claimed",
            "approved_labor",
            "approved_part",
            "approved_travel",
            "approved_purchase",
            "approved_other",
            "amount_approved",
        ]
    }

    settlement_id = fields.Many2one("after.sales.settlement", readonly=True)
    claim_id = fields.Many2one("after.sales.claim", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("after.sales.station", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Serial Number", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    date_repair = fields.Date("Repair Date", readonly=True)
    date_approved = fields.Date("Approval Date", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_claimed = fields.Monetary("Claimed", readonly=True)
    approved_labor = fields.Monetary("Labour", readonly=True)
    approved_part = fields.Monetary("Parts", readonly=True)
    approved_travel = fields.Monetary("Travel", readonly=True)
    approved_purchase = fields.Monetary("Purchases", readonly=True)
    approved_other = fields.Monetary("Other", readonly=True)
    amount_approved = fields.Monetary("Approved", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT claim.id, claim.id AS claim_id, claim.settlement_id,
                   claim.company_id, claim.station_id, claim.lot_id, claim.product_id,
                   claim.date_repair, claim.date_approved, claim.currency_id,
                   claim.amount_claimed, claim.approved_labor, claim.approved_part,
                   claim.approved_travel, claim.approved_purchase,
                   claim.approved_other, claim.amount_approved
              FROM after_sales_claim claim
             WHERE claim.settlement_id IS NOT NULL
            """
        )

    @api.model
    def _get_sheet_title(self):
        return self.env._("Settlement Statement")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("settlement_id.name", label=_("Settlement")),
            Column("station_id.name", label=_("Station")),
            Column("claim_id.name", label=_("Claim")),
            Column("lot_id.name", label=_("Serial Number")),
            Column("product_id.product_tmpl_id.name", label=_("Product")),
            Column("date_repair"),
            Column("date_approved"),
            Column("amount_claimed", total=True),
            Column("approved_labor", total=True),
            Column("approved_part", total=True),
            Column("approved_travel", total=True),
            Column("approved_purchase", total=True),
            Column("approved_other", total=True),
            Column("amount_approved", total=True),
        ]
