from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column

from ..models.after_sales_old_part import PART_STATES


class AfterSalesOldPartLedger(models.Model):
    """The ledger of replaced parts 旧件台账 (AS-10): per station, part, place and month
    opening + in − out = closing.

    It is made from the moves alone. Every move leaves one place and enters another, so
    over all places the closing stock is what was ever tagged. A month without moves has
    its row too, up to the current one.
    """

    _name = "after.sales.old.part.ledger"
    _description = "Ledger of Replaced Parts"
    _inherit = ["sales.sheet.mixin"]
    _auto = False
    _order = "month desc, station_id, product_id, place"
    _rec_name = "product_id"
    _depends = {
        "after.sales.old.part.move": [
            "part_id",
            "station_id",
            "product_id",
            "date",
            "from_state",
            "to_state",
            "quantity",
        ],
        "after.sales.old.part": ["company_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("after.sales.station", readonly=True)
    product_id = fields.Many2one("product.product", "Part", readonly=True)
    place = fields.Selection(PART_STATES, readonly=True)
    month = fields.Date(readonly=True)
    opening = fields.Float(digits="Product Unit", readonly=True)
    quantity_in = fields.Float("In", digits="Product Unit", readonly=True)
    quantity_out = fields.Float("Out", digits="Product Unit", readonly=True)
    closing = fields.Float(digits="Product Unit", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH movement AS (%(movements)s),
            monthly AS (
                SELECT company_id, station_id, product_id, place, month,
                       SUM(quantity_in) AS quantity_in,
                       SUM(quantity_out) AS quantity_out
                  FROM movement
                 GROUP BY company_id, station_id, product_id, place, month
            ),
            span AS (
                SELECT company_id, station_id, product_id, place,
                       generate_series(
                           MIN(month),
                           GREATEST(MAX(month), date_trunc('month', CURRENT_DATE)),
                           '1 month'
                       )::date AS month
                  FROM monthly
                 GROUP BY company_id, station_id, product_id, place
            ),
            ledger AS (
                SELECT span.*,
                       COALESCE(monthly.quantity_in, 0) AS quantity_in,
                       COALESCE(monthly.quantity_out, 0) AS quantity_out,
                       SUM(COALESCE(monthly.quantity_in - monthly.quantity_out, 0))
                           OVER (PARTITION BY span.company_id, span.station_id,
                                              span.product_id, span.place
                                     ORDER BY span.month) AS closing
                  FROM span
                  LEFT JOIN monthly
                         ON (monthly.company_id, monthly.station_id,
                             monthly.product_id, monthly.place, monthly.month)
                          = (span.company_id, span.station_id,
                             span.product_id, span.place, span.month)
            )
            SELECT ROW_NUMBER() OVER (
                       ORDER BY month, company_id, station_id, product_id, place
                   ) AS id,
                   ledger.*, closing - quantity_in + quantity_out AS opening
              FROM ledger
            """,
            movements=self._get_movements(),
        )

    @api.model
    def _get_movements(self):
        """Each move twice: out of the place it leaves, into the one it enters. A link
        that leaves the part where it is moves nothing."""
        columns = SQL(
            "part.company_id, move.station_id, move.product_id,"
            " date_trunc('month', move.date) AS month"
        )
        source = SQL(
            "after_sales_old_part_move move"
            " JOIN after_sales_old_part part ON part.id = move.part_id"
        )
        return SQL(
            """
            SELECT %(columns)s, move.to_state AS place,
                   move.quantity AS quantity_in, 0 AS quantity_out
              FROM %(source)s
             WHERE move.from_state IS DISTINCT FROM move.to_state
             UNION ALL
            SELECT %(columns)s, move.from_state, 0, move.quantity
              FROM %(source)s
             WHERE move.from_state IS NOT NULL
               AND move.from_state != move.to_state
            """,
            columns=columns,
            source=source,
        )

    @api.model
    def _get_sheet_title(self):
        return self.env._("Ledger of Replaced Parts")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("month"),
            Column("station_id.code", label=_("Station Code")),
            Column("station_id.name", label=_("Station")),
            Column("product_id.default_code", label=_("Part Number")),
            Column("product_id.product_tmpl_id.name", label=_("Part")),
            Column("place"),
            Column("opening"),
            Column("quantity_in", total=True),
            Column("quantity_out", total=True),
            Column("closing"),
        ]
