from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from odoo.addons.sales_base.tools.period import last_day_of_term

from ..tools.coverage import Unit

#: who works with the stock alone reads none of our documents
USER = "after_sales.group_after_sales_user"
#: stored and computed columns: made beforehand, so that installing on a million serial
#: numbers computes nothing
PREPARED_COLUMNS = {
    "warranty_coverage_id": "int4",
    "date_warranty_start": "date",
    "date_warranty_end": "date",
    "warranty_usage_limit": "int4",
    "usage_reading": "int4",
    "date_usage": "date",
}


class StockLot(models.Model):
    """The sold unit (AS-01): a serial number that knows when, to whom and by which
    station it was sold, how long its warranty lasts and what its meter showed.

    A delivery fills the sale by itself, see ``stock.move``; units sold before come by
    import.
    """

    _inherit = "stock.lot"

    # sale
    date_sold = fields.Date(index="btree_not_null", tracking=True)
    sold_partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", tracking=True
    )
    sold_station_id = fields.Many2one(
        "after.sales.station",
        "Selling Station",
        index="btree_not_null",
        tracking=True,
    )
    date_invoiced = fields.Date(
        "Invoiced", help="First day on which the unit stood on a customer invoice."
    )
    date_registered = fields.Date(
        "Registered", tracking=True, help="Day on which its owner registered the unit."
    )
    # running-in service
    running_in_date = fields.Date("Running-in Service", tracking=True)
    running_in_usage = fields.Integer("Usage at Running-in Service")
    # production
    production_batch = fields.Char(index="btree_not_null")
    date_production = fields.Date("Production Date")
    # usage
    usage_unit = fields.Selection(related="product_id.usage_unit")
    reading_ids = fields.One2many(
        "after.sales.usage.reading", "lot_id", "Readings", groups=USER
    )
    usage_reading = fields.Integer(
        "Usage",
        compute="_compute_usage",
        inverse="_inverse_usage_reading",
        store=True,
        help="Last reading of the meter.",
    )
    date_usage = fields.Date("Usage On", compute="_compute_usage", store=True)
    # warranty
    warranty_coverage_id = fields.Many2one(
        "after.sales.coverage",
        "Coverage",
        compute="_compute_warranty",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    date_warranty_start = fields.Date(
        "Warranty Start", compute="_compute_warranty", store=True
    )
    date_warranty_end = fields.Date(
        "Warranty End", compute="_compute_warranty", store=True, index="btree_not_null"
    )
    warranty_usage_limit = fields.Integer(
        "Warranty Usage", compute="_compute_warranty", store=True
    )
    is_under_warranty = fields.Boolean(
        "Under Warranty",
        compute="_compute_is_under_warranty",
        search="_search_is_under_warranty",
    )
    # claims
    after_sales_claim_ids = fields.One2many(
        "after.sales.claim", "lot_id", "Claims", groups=USER
    )
    after_sales_claim_count = fields.Integer(
        "Claim Count", compute="_compute_after_sales_claim_count", groups=USER
    )
    assembly_ids = fields.One2many(
        "after.sales.assembly", "lot_id", "Assemblies", groups=USER
    )

    def _auto_init(self):
        for name, column_type in PREPARED_COLUMNS.items():
            if not column_exists(self.env.cr, "stock_lot", name):
                create_column(self.env.cr, "stock_lot", name, column_type)
        return super()._auto_init()

    # ------------------------------------------------------------------- computes

    @api.depends("reading_ids.value", "reading_ids.date")
    def _compute_usage(self):
        for lot in self:
            last = lot.reading_ids.sorted("date desc, id desc")[:1]
            lot.usage_reading = last.value
            lot.date_usage = last.date

    def _inverse_usage_reading(self):
        """A reading typed or imported on the unit is kept with its day."""
        self.env["after.sales.usage.reading"].create(
            [
                {
                    "lot_id": lot.id,
                    "value": lot.usage_reading,
                    "date": fields.Date.context_today(lot),
                }
                for lot in self
                if lot.usage_reading
            ]
        )

    @api.depends(
        "product_id",
        "date_sold",
        "date_production",
        "date_invoiced",
        "date_registered",
        "company_id",
    )
    def _compute_warranty(self):
        sold = self.filtered("date_sold")
        # sudo: a warehouse user who delivers need not read the policies
        matches = self.env["after.sales.coverage"].sudo()._match(sold)
        for lot in self:
            policy = matches.get(lot)
            lot.warranty_coverage_id = policy
            if not policy:
                lot.date_warranty_start = lot.date_warranty_end = False
                lot.warranty_usage_limit = 0
                continue
            start = policy._get_start(lot)
            lot.date_warranty_start = start
            lot.date_warranty_end = last_day_of_term(start, policy.months)
            lot.warranty_usage_limit = policy.usage_limit

    @api.depends("date_warranty_end", "usage_reading", "warranty_usage_limit")
    def _compute_is_under_warranty(self):
        today = self.env.company._get_sales_today()
        for lot in self:
            limit = lot.warranty_usage_limit
            lot.is_under_warranty = bool(
                lot.date_warranty_end
                and lot.date_warranty_end >= today
                and (not limit or lot.usage_reading <= limit)
            )

    def _search_is_under_warranty(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return [
            ("date_warranty_end", ">=", today),
            "|",
            ("warranty_usage_limit", "in", (0, False)),
            ("id", "in", self._get_within_usage_query()),
        ]

    def _get_within_usage_query(self):
        """Units whose meter is within the limit of their warranty."""
        self.flush_model(["usage_reading", "warranty_usage_limit"])
        query = self.sudo()._search([])  # sudo: the outer search applies the rules
        query.add_where(
            "COALESCE(stock_lot.usage_reading, 0) <= stock_lot.warranty_usage_limit"
        )
        return query

    def _compute_after_sales_claim_count(self):
        counts = dict(
            self.env["after.sales.claim"]._read_group(
                [("lot_id", "in", self.ids)], ["lot_id"], ["__count"]
            )
        )
        for lot in self:
            lot.after_sales_claim_count = counts.get(lot, 0)

    @api.constrains("sold_station_id", "company_id")
    def _check_sold_station(self):
        """A unit without a company may be sold by any station, one with a company by a
        station of that company."""
        for lot in self:
            station = lot.sold_station_id
            if station and lot.company_id and station.company_id != lot.company_id:
                raise ValidationError(
                    self.env._(
                        "Station %(station)s belongs to another company than unit "
                        "%(unit)s.",
                        station=station.display_name,
                        unit=lot.name,
                    )
                )

    def _mail_get_partner_fields(self, introspect_fields=False):
        """The chatter of a unit knows its customer. Odoo looks him up in stock moves,
        which after-sales people do not read."""
        if self.env["stock.move"].has_access("read"):
            return super()._mail_get_partner_fields(introspect_fields)
        return ["sold_partner_id"]

    # ------------------------------------------------------------------- coverage

    def _get_units(self):
        """The life of each unit as ``tools.coverage`` asks, in one query.

        :returns: {lot id: Unit}; replaced parts are those of approved claims
        """
        replaced = self._get_replaced_parts()
        return {
            lot.id: Unit(
                lot.date_warranty_start or None,
                (lot.running_in_date, lot.running_in_usage)
                if lot.running_in_date
                else None,
                replaced.get(lot.id, {}),
            )
            for lot in self
        }

    def _get_replaced_parts(self):
        """Last replacement of each part under warranty.

        :returns: {lot id: {product id: (day, reading)}}
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (claim.lot_id, line.product_id)
                       claim.lot_id, line.product_id, claim.date_repair, claim.usage
                  FROM after_sales_claim claim
                  JOIN after_sales_claim_line line ON line.claim_id = claim.id
                 WHERE claim.lot_id IN %s AND claim.state IN ('approved', 'settled')
                   AND line.product_id IS NOT NULL AND line.decision != 'rejected'
                 ORDER BY claim.lot_id, line.product_id, claim.date_repair DESC
                """,
                tuple(self.ids) or (0,),
            )
        )
        replaced = {}
        for lot_id, product_id, day, usage in rows:
            replaced.setdefault(lot_id, {})[product_id] = (day, usage or 0)
        return replaced

    # -------------------------------------------------------------------- actions

    def action_view_after_sales_claims(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_claim_action_all"
        )
        return dict(
            action,
            domain=[("lot_id", "in", self.ids)],
            context={"default_lot_id": self[:1].id},
        )

    # ------------------------------------------------------------------- business

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Sold Units"),
                "template": "/after_sales/static/xls/stock_lot.xlsx",
            }
        ]
