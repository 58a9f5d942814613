from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column

from ..models.sales_assistant_exception import FEATURE as EXCEPTION


class SalesAssistantPerformanceReport(models.Model):
    """SA-16: the contract performance sheet (合同履行一览表, S2 内勤 8): one row per
    confirmed order, in the company's currency at the rates of order and invoices.

    Produced: the order, once its milestone of production is done, else what of it was
    delivered. Delivered: each line's total in the share that was delivered. Invoiced:
    the order's lines on posted invoices less credit notes. Collected and overdue: the
    same in the share of each invoice that is paid, or open past its due date.
    """

    _name = "sales.assistant.performance.report"
    _inherit = ["sales.sheet.mixin"]
    _description = "Contract Performance Sheet"
    _auto = False
    _rec_name = "order_id"
    _order = "date_order desc, id desc"

    _depends = {
        "sale.order": [
            "amount_total",
            "assistant_id",
            "company_id",
            "currency_rate",
            "date_order",
            "delivery_status",
            "name",
            "partner_id",
            "sales_contract_id",
            "sales_promised_date",
            "state",
            "team_id",
            "user_id",
        ],
        "sale.order.line": ["price_total", "product_uom_qty", "qty_delivered"],
        "account.move": ["state", "move_type", "invoice_currency_rate"],
        "account.move.line": [
            "amount_residual",
            "balance",
            "date_maturity",
            "display_type",
            "price_total",
            "sale_line_ids",
        ],
        "sales.assistant.exception": ["order_id", "state"],
        "sales.assistant.milestone": [
            "date_planned",
            "is_production",
            "order_id",
            "state",
        ],
    }

    order_id = fields.Many2one("sale.order", readonly=True)
    contract_id = fields.Many2one("sales.assistant.contract", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", "Commercial Customer", readonly=True
    )
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    assistant_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date_order = fields.Datetime("Ordered at", readonly=True)
    date_ordered = fields.Date("Order Date", readonly=True)
    date_promised = fields.Date("Promised Date", readonly=True)
    delivery_status = fields.Selection(
        [
            ("pending", "Not Delivered"),
            ("started", "Started"),
            ("partial", "Partially Delivered"),
            ("full", "Fully Delivered"),
        ],
        readonly=True,
    )
    ordered_amount = fields.Monetary("Ordered", readonly=True)
    produced_amount = fields.Monetary("Produced", readonly=True)
    delivered_amount = fields.Monetary("Delivered", readonly=True)
    invoiced_amount = fields.Monetary("Invoiced", readonly=True)
    collected_amount = fields.Monetary("Collected", readonly=True)
    overdue_amount = fields.Monetary("Overdue", readonly=True)
    milestone_count = fields.Integer("Milestones", readonly=True)
    milestone_late_count = fields.Integer("Milestones Late", readonly=True)
    exception_count = fields.Integer("Exceptions", readonly=True, groups=EXCEPTION)

    @property
    def _table_query(self):
        return SQL(
            "SELECT %s FROM %s WHERE %s", self._select(), self._from(), self._where()
        )

    @api.model
    def _select(self):
        return SQL(
            """
            o.id AS id,
            o.id AS order_id,
            o.sales_contract_id AS contract_id,
            o.partner_id,
            partner.commercial_partner_id,
            o.user_id,
            o.assistant_id,
            o.team_id,
            o.company_id,
            company.currency_id,
            o.date_order,
            (o.date_order AT TIME ZONE 'UTC'
                AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date AS date_ordered,
            o.sales_promised_date AS date_promised,
            o.delivery_status,
            o.amount_total / o.rate AS ordered_amount,
            CASE WHEN step.is_produced
                 THEN GREATEST(o.amount_total, COALESCE(delivered.amount, 0))
                 ELSE COALESCE(delivered.amount, 0)
             END / o.rate AS produced_amount,
            COALESCE(delivered.amount, 0) / o.rate AS delivered_amount,
            COALESCE(invoiced.amount, 0) AS invoiced_amount,
            COALESCE(invoiced.collected, 0) AS collected_amount,
            COALESCE(invoiced.overdue, 0) AS overdue_amount,
            COALESCE(step.total, 0) AS milestone_count,
            COALESCE(step.late, 0) AS milestone_late_count,
            exception.total AS exception_count
            """
        )

    @api.model
    def _from(self):
        today = self.env.company._get_sales_today()
        return SQL(
            """
            (SELECT *, COALESCE(NULLIF(currency_rate, 0), 1) AS rate FROM sale_order) o
            JOIN res_partner partner ON partner.id = o.partner_id
            JOIN res_company company ON company.id = o.company_id
            LEFT JOIN resource_calendar calendar
                ON calendar.id = company.resource_calendar_id
            LEFT JOIN LATERAL %(delivered)s delivered ON TRUE
            LEFT JOIN LATERAL %(invoiced)s invoiced ON TRUE
            LEFT JOIN LATERAL %(step)s step ON TRUE
            LEFT JOIN LATERAL %(exception)s exception ON TRUE
            """,
            delivered=self._get_delivered_query(),
            invoiced=self._get_invoiced_query(today),
            step=self._get_milestone_query(today),
            exception=self._get_exception_query(),
        )

    @api.model
    def _where(self):
        return SQL("o.state = 'sale'")

    @api.model
    def _get_delivered_query(self):
        return SQL(
            """(
                SELECT SUM(line.price_total * line.qty_delivered
                           / NULLIF(line.product_uom_qty, 0)) AS amount
                  FROM sale_order_line line
                 WHERE line.order_id = o.id
                   AND line.display_type IS NULL
            )"""
        )

    @api.model
    def _get_invoiced_query(self, today):
        """Invoice lines of an order, with the paid and the overdue share of their
        invoice from its receivable lines."""
        return SQL(
            """(
                SELECT SUM(part.amount) AS amount,
                       SUM(part.amount * COALESCE(1 - due.open / due.total, 0))
                           AS collected,
                       SUM(part.amount * COALESCE(due.overdue / due.total, 0))
                           AS overdue
                  FROM (
                        SELECT move.id,
                               SUM(CASE move.move_type
                                       WHEN 'out_refund' THEN -1 ELSE 1 END
                                   * bill.price_total
                                   / COALESCE(NULLIF(move.invoice_currency_rate, 0), 1))
                                   AS amount
                          FROM sale_order_line line
                          JOIN sale_order_line_invoice_rel rel
                               ON rel.order_line_id = line.id
                          JOIN account_move_line bill ON bill.id = rel.invoice_line_id
                          JOIN account_move move ON move.id = bill.move_id
                         WHERE line.order_id = o.id
                           AND move.state = 'posted'
                           AND move.move_type IN ('out_invoice', 'out_refund')
                         GROUP BY move.id
                       ) part
             LEFT JOIN LATERAL (
                        SELECT NULLIF(SUM(item.balance), 0) AS total,
                               SUM(item.amount_residual) AS open,
                               COALESCE(SUM(item.amount_residual)
                                   FILTER (WHERE item.date_maturity < %(today)s), 0)
                                   AS overdue
                          FROM account_move_line item
                         WHERE item.move_id = part.id
                           AND item.display_type = 'payment_term'
                       ) due ON TRUE
            )""",
            today=today,
        )

    @api.model
    def _get_milestone_query(self, today):
        return SQL(
            """(
                SELECT COUNT(*) FILTER (WHERE state <> 'skipped') AS total,
                       COUNT(*) FILTER (
                           WHERE state = 'pending' AND date_planned < %(today)s
                       ) AS late,
                       BOOL_AND(state = 'done') FILTER (
                           WHERE is_production AND state <> 'skipped') AS is_produced
                  FROM sales_assistant_milestone
                 WHERE order_id = o.id
            )""",
            today=today,
        )

    @api.model
    def _get_exception_query(self):
        return SQL(
            """(
                SELECT COUNT(*) AS total
                  FROM sales_assistant_exception
                 WHERE order_id = o.id
                   AND state <> 'cancelled'
            )"""
        )

    @api.model
    def _get_sheet_title(self):
        return self.env._("Contract Performance Sheet")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("order_id", label=self.env._("Order")),
            Column(
                "contract_id.name",
                label=self.env._("Contract"),
                groups="sales_assistant.group_sales_assistant_contract",
            ),
            Column("partner_id"),
            Column("user_id"),
            Column("assistant_id"),
            Column("date_ordered"),
            Column("date_promised"),
            Column("ordered_amount", total=True),
            Column("produced_amount", total=True),
            Column("delivered_amount", total=True),
            Column("invoiced_amount", total=True),
            Column("collected_amount", total=True),
            Column("overdue_amount", total=True),
            Column("milestone_late_count", total=True),
            Column("exception_count", total=True, groups=EXCEPTION),
        ]

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }
