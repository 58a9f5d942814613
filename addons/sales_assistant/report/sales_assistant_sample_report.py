from odoo import api, fields, models
from odoo.tools import SQL

from ..models.sales_assistant_sample import OUTCOMES
from ..models.sales_assistant_sample_rule import CHARGES, PURPOSES


class SalesAssistantSampleReport(models.Model):
    """SA-15: what samples cost and what comes of them: one row per product of a sample
    that was sent.

    Ordered: an order that names the sample holds the product. The rate is the share of
    the rows that were ordered, the days run from the sending to that order; rows
    without an order do not count in them. The courier's charge is shared out evenly.
    """

    _name = "sales.assistant.sample.report"
    _description = "Sample Analysis"
    _auto = False
    _rec_name = "sample_id"
    _order = "date_sent desc, id desc"

    _depends = {
        "sales.assistant.sample": [
            "assistant_id",
            "charge",
            "commercial_partner_id",
            "company_id",
            "cost_product",
            "cost_total",
            "date_sent",
            "outcome",
            "purpose",
            "state",
            "team_id",
            "user_id",
        ],
        "sales.assistant.sample.line": ["cost_amount", "product_id", "quantity"],
        "sale.order": ["date_order", "sales_sample_id", "state"],
        "sale.order.line": ["order_id", "product_id", "price_subtotal"],
    }

    sample_id = fields.Many2one("sales.assistant.sample", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Product Category", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    assistant_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    purpose = fields.Selection(PURPOSES, readonly=True)
    charge = fields.Selection(CHARGES, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    date_sent = fields.Date("Sent on", readonly=True)
    quantity = fields.Float(readonly=True)
    cost = fields.Monetary(readonly=True)
    sample_count = fields.Integer(
        "Products Shown", readonly=True, help="One for each product of each sample."
    )
    ordered_count = fields.Integer("Products Ordered", readonly=True)
    conversion_rate = fields.Float(
        "Became an Order (%)", readonly=True, aggregator="avg"
    )
    days_to_order = fields.Integer("Days to Order", readonly=True, aggregator="avg")
    ordered_amount = fields.Monetary("Ordered", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            "SELECT %s FROM %s WHERE %s", self._select(), self._from(), self._where()
        )

    @api.model
    def _select(self):
        return SQL(
            """
            line.id AS id,
            sample.id AS sample_id,
            sample.commercial_partner_id AS partner_id,
            partner.country_id,
            line.product_id,
            template.categ_id,
            sample.user_id,
            sample.assistant_id,
            sample.team_id,
            sample.company_id,
            company.currency_id,
            sample.purpose,
            sample.charge,
            sample.outcome,
            sample.date_sent,
            line.quantity,
            line.cost_amount
                + (sample.cost_total - sample.cost_product) / counted.lines AS cost,
            1 AS sample_count,
            CASE WHEN ordered.day IS NULL THEN 0 ELSE 1 END AS ordered_count,
            CASE WHEN ordered.day IS NULL THEN 0 ELSE 100 END AS conversion_rate,
            CASE WHEN ordered.day IS NOT NULL
                THEN GREATEST(0, ordered.day - sample.date_sent) END AS days_to_order,
            ordered.amount AS ordered_amount
            """
        )

    @api.model
    def _from(self):
        return SQL(
            """
            sales_assistant_sample_line line
            JOIN sales_assistant_sample sample ON sample.id = line.sample_id
            JOIN res_partner partner ON partner.id = sample.commercial_partner_id
            JOIN res_company company ON company.id = sample.company_id
            LEFT JOIN resource_calendar calendar
                ON calendar.id = company.resource_calendar_id
            JOIN product_product product ON product.id = line.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            JOIN LATERAL (
                SELECT COUNT(*) AS lines
                  FROM sales_assistant_sample_line other
                 WHERE other.sample_id = sample.id
            ) counted ON TRUE
            LEFT JOIN LATERAL (
                SELECT MIN((o.date_order AT TIME ZONE 'UTC'
                            AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date) AS day,
                       SUM(item.price_subtotal
                           / COALESCE(NULLIF(o.currency_rate, 0), 1)) AS amount
                  FROM sale_order o
                  JOIN sale_order_line item ON item.order_id = o.id
                 WHERE o.sales_sample_id = sample.id
                   AND o.state = 'sale'
                   AND item.product_id = line.product_id
            ) ordered ON TRUE
            """
        )

    @api.model
    def _where(self):
        return SQL("sample.state IN ('sent', 'arrived', 'closed')")
