from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column

from .after_sales_charge import CHARGE_KINDS

LINE_KINDS = [
    ("claim", "Claim"),
    ("residual", "Residual Value"),
    *CHARGE_KINDS,
]
#: ids of the rows that are not claims lie above all ids of claims
CHARGE_OFFSET, PART_OFFSET = 1_000_000_000, 1_500_000_000


class AfterSalesSettlementLine(models.Model):
    """A row of a settlement's statement (AS-12, F-09): a claim, a part that the station
    keeps, or a charge. The amounts of the rows add up to the settlement's total."""

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
            "approved_goodwill",
            "amount_approved",
        ],
        "after.sales.charge": [
            "settlement_id",
            "station_id",
            "kind",
            "date",
            "claim_id",
            "currency_id",
            "company_id",
            "amount",
        ],
        "after.sales.old.part": [
            "residual_settlement_id",
            "residual_amount",
            "station_id",
            "claim_id",
            "currency_id",
            "company_id",
        ],
    }

    settlement_id = fields.Many2one("after.sales.settlement", readonly=True)
    kind = fields.Selection(LINE_KINDS, readonly=True)
    claim_id = fields.Many2one("after.sales.claim", readonly=True)
    charge_id = fields.Many2one("after.sales.charge", readonly=True)
    old_part_id = fields.Many2one(
        "after.sales.old.part", "Replaced Part", readonly=True
    )
    description = fields.Char("What For", compute="_compute_description")
    objection_id = fields.Many2one(
        "after.sales.settlement.objection", compute="_compute_objection_id"
    )
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
    approved_goodwill = fields.Monetary("Of Which Goodwill", readonly=True)
    amount = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT claim.id, claim.id AS claim_id, NULL::integer AS charge_id,
                   NULL::integer AS old_part_id, 'claim' AS kind, claim.settlement_id,
                   claim.company_id, claim.station_id, claim.lot_id, claim.product_id,
                   claim.date_repair, claim.date_approved, claim.currency_id,
                   claim.amount_claimed, claim.approved_labor, claim.approved_part,
                   claim.approved_travel, claim.approved_purchase,
                   claim.approved_other, claim.approved_goodwill,
                   claim.amount_approved AS amount
              FROM after_sales_claim claim
             WHERE claim.settlement_id IS NOT NULL
            UNION ALL
            SELECT charge.id + %(charge_offset)s, charge.claim_id, charge.id,
                   NULL, charge.kind, charge.settlement_id,
                   charge.company_id, charge.station_id, NULL, NULL,
                   charge.date, NULL, charge.currency_id,
                   NULL, NULL, NULL, NULL, NULL, NULL, NULL, charge.amount
              FROM after_sales_charge charge
             WHERE charge.settlement_id IS NOT NULL
            UNION ALL
            SELECT part.id + %(part_offset)s, part.claim_id, NULL,
                   part.id, 'residual', part.residual_settlement_id,
                   part.company_id, part.station_id, claim.lot_id, claim.product_id,
                   claim.date_repair, NULL, part.currency_id,
                   NULL, NULL, NULL, NULL, NULL, NULL, NULL, -part.residual_amount
              FROM after_sales_old_part part
              JOIN after_sales_claim claim ON claim.id = part.claim_id
             WHERE part.residual_settlement_id IS NOT NULL
            """,
            charge_offset=CHARGE_OFFSET,
            part_offset=PART_OFFSET,
        )

    @api.depends("kind", "charge_id", "old_part_id", "product_id")
    def _compute_description(self):
        # sudo: who reads the statement reads what its rows are for
        for line, line_sudo in zip(self, self.sudo(), strict=True):
            if line_sudo.charge_id:
                line.description = line_sudo.charge_id._get_text()
            elif line_sudo.old_part_id:
                part_sudo = line_sudo.old_part_id
                line.description = f"{part_sudo.name} · {part_sudo.product_id.name}"
            else:
                line.description = line_sudo.product_id.name

    @api.depends("settlement_id.objection_ids.state")
    def _compute_objection_id(self):
        """The objection to a row that stands, open or answered."""
        # sudo: who reads the row reads what was objected to it
        objections_sudo = (
            self.env["after.sales.settlement.objection"]
            .sudo()
            .search(
                [
                    ("settlement_id", "in", self.settlement_id.ids),
                    ("line_ref", "in", self.ids),
                    ("kind", "=", "objection"),
                    ("state", "!=", "withdrawn"),
                ]
            )
        )
        by_row = {(one.settlement_id.id, one.line_ref): one for one in objections_sudo}
        for line in self:
            line.objection_id = by_row.get((line.settlement_id.id, line.id))

    def _get_descriptions(self):
        return {line.id: line.description for line in self}

    @api.model
    def _get_sheet_title(self):
        return self.env._("Settlement Statement")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("settlement_id.name", label=_("Settlement")),
            Column("station_id.name", label=_("Station")),
            Column("kind", label=_("Kind")),
            Column("claim_id.name", label=_("Claim")),
            Column("lot_id.name", label=_("Serial Number")),
            Column("description", label=_("What For"), getter="_get_descriptions"),
            Column("date_repair"),
            Column("date_approved"),
            Column("amount_claimed", total=True),
            Column("approved_labor", total=True),
            Column("approved_part", total=True),
            Column("approved_travel", total=True),
            Column("approved_purchase", total=True),
            Column("approved_other", total=True),
            Column("amount", total=True),
            Column("approved_goodwill", total=True),
        ]
