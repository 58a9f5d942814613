from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column

from ..models.sales_assistant_customer_property import PROPERTY_KINDS

SPANS = [("month", "Month"), ("quarter", "Quarter")]


class SalesAssistantPropertyLedger(models.Model):
    """SA-17c: the ledger of customer property per month and quarter: one row for each
    thing and period in which it was with us, opening + received − returned − written
    off + differences found = closing (F-13). Months and quarters are never added."""

    _name = "sales.assistant.property.ledger"
    _inherit = ["sales.sheet.mixin"]
    _description = "Ledger of Customer Property"
    _auto = False
    _rec_name = "property_id"
    _order = "date_from desc, partner_id, property_id"

    _depends = {
        "sales.assistant.customer.property": [
            "assistant_id",
            "commercial_partner_id",
            "company_id",
            "keeper_id",
            "kind",
            "reference",
            "team_id",
            "uom_id",
            "user_id",
        ],
        "sales.assistant.property.move": ["date", "kind", "property_id", "quantity"],
    }

    property_id = fields.Many2one("sales.assistant.customer.property", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    kind = fields.Selection(PROPERTY_KINDS, "Kind of Property", readonly=True)
    reference = fields.Char("Customer's Mark", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    assistant_id = fields.Many2one("res.users", readonly=True)
    keeper_id = fields.Many2one("res.users", "Kept by", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    span = fields.Selection(SPANS, "Period", readonly=True)
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("To", readonly=True)
    opening = fields.Float(digits="Product Unit", readonly=True)
    received = fields.Float(digits="Product Unit", readonly=True)
    returned = fields.Float(digits="Product Unit", readonly=True)
    written_off = fields.Float("Written off", digits="Product Unit", readonly=True)
    corrected = fields.Float(
        "Found at Counts",
        digits="Product Unit",
        readonly=True,
        help="More or less than the books, as agreed with the customer.",
    )
    closing = fields.Float(digits="Product Unit", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT one.id::bigint * 100000
                       + (EXTRACT(YEAR FROM part.first) * 12
                          + EXTRACT(MONTH FROM part.first))::int * 2
                       + CASE part.span WHEN 'month' THEN 0 ELSE 1 END AS id,
                   one.id AS property_id,
                   one.commercial_partner_id AS partner_id,
                   one.kind,
                   one.reference,
                   one.uom_id,
                   one.user_id,
                   one.assistant_id,
                   one.keeper_id,
                   one.team_id,
                   one.company_id,
                   part.span,
                   part.first AS date_from,
                   part.last AS date_to,
                   amount.opening,
                   amount.received,
                   amount.returned,
                   amount.written_off,
                   amount.corrected,
                   amount.closing
              FROM sales_assistant_customer_property one
              JOIN (%(parts)s) part ON part.property_id = one.id
              JOIN LATERAL (%(amounts)s) amount ON TRUE
             WHERE amount.opening <> 0 OR amount.movements > 0
            """,
            parts=self._get_parts(),
            amounts=self._get_amounts(),
        )

    @api.model
    def _get_parts(self):
        """Months and quarters from a thing's first movement until today."""
        return SQL(
            """
            SELECT begun.property_id,
                   span.name AS span,
                   start::date AS first,
                   (start + span.length - INTERVAL '1 day')::date AS last
              FROM (
                    SELECT property_id, MIN(date) AS day
                      FROM sales_assistant_property_move
                  GROUP BY property_id
                   ) begun
        CROSS JOIN (VALUES ('month', INTERVAL '1 month'),
                           ('quarter', INTERVAL '3 months')) AS span(name, length)
        CROSS JOIN LATERAL generate_series(
                       DATE_TRUNC(span.name, begun.day::timestamp),
                       DATE_TRUNC(span.name, %(today)s::timestamp),
                       span.length
                   ) AS start
            """,
            today=self.env.company._get_sales_today(),
        )

    @api.model
    def _get_amounts(self):
        return SQL(
            """
            SELECT COALESCE(SUM(quantity) FILTER (WHERE date < part.first), 0)
                       AS opening,
                   COALESCE(SUM(quantity) FILTER (
                       WHERE date >= part.first AND kind = 'receive'), 0) AS received,
                   -COALESCE(SUM(quantity) FILTER (
                       WHERE date >= part.first AND kind = 'return'), 0) AS returned,
                   -COALESCE(SUM(quantity) FILTER (
                       WHERE date >= part.first AND kind = 'write_off'), 0)
                       AS written_off,
                   COALESCE(SUM(quantity) FILTER (
                       WHERE date >= part.first AND kind = 'count'), 0) AS corrected,
                   COALESCE(SUM(quantity), 0) AS closing,
                   COUNT(*) FILTER (WHERE date >= part.first) AS movements
              FROM sales_assistant_property_move move
             WHERE move.property_id = one.id
               AND move.date <= part.last
            """
        )

    # --------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Ledger of Customer Property")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("span"),
            Column("date_from"),
            Column("date_to"),
            Column("partner_id"),
            Column("kind"),
            Column("property_id.name"),
            Column("property_id.subject"),
            Column("reference"),
            Column("opening"),
            Column("received"),
            Column("returned"),
            Column("written_off"),
            Column("corrected"),
            Column("closing"),
            Column("uom_id"),
        ]
