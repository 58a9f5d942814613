from odoo import api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.sales_base.tools.sheet import Column

STATUS = [("late", "Late"), ("at_risk", "At Risk"), ("on_time", "On Time")]


class SalesAssistantFollowup(models.Model):
    """SA-10: the orders under way, one row each: what comes next, until when, and
    whether the promise can be kept. It is the daily follow-up list (每天进行订单跟进,
    掌握生产进度状况, S0 二·4) and, by promised date, the order schedule (排单计划, S0
    职责三·三)."""

    _name = "sales.assistant.followup"
    _inherit = ["sales.sheet.mixin"]
    _description = "Order Follow-up List"
    _auto = False
    _rec_name = "order_id"
    _order = "date_next, id"

    _depends = {
        "sale.order": [
            "assistant_id",
            "company_id",
            "name",
            "partner_id",
            "client_order_ref",
            "sales_order_type_id",
            "sales_promised_date",
            "sales_told_date",
            "state",
            "team_id",
            "user_id",
        ],
        "sales.assistant.milestone": [
            "date_latest",
            "date_planned",
            "name",
            "order_id",
            "sequence",
            "state",
            "user_id",
        ],
    }

    order_id = fields.Many2one("sale.order", readonly=True)
    client_order_ref = fields.Char("Customer Reference", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    assistant_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    type_id = fields.Many2one("sales.assistant.order.type", "Order Type", readonly=True)
    date_promised = fields.Date("Promised Date", readonly=True)
    date_told = fields.Date(readonly=True)
    next_name = fields.Char("Next Step", readonly=True, translate=True)
    next_user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    date_next = fields.Date("Due", readonly=True)
    open_count = fields.Integer("Open Milestones", readonly=True)
    late_count = fields.Integer("Late Milestones", readonly=True)
    status = fields.Selection(STATUS, readonly=True)
    timeline = fields.Json(related="order_id.sales_timeline")
    date_forecast = fields.Date(related="order_id.sales_forecast_date")

    @property
    def _table_query(self):
        company = self.env.company
        today, soon = company._get_sales_today(), company._get_sales_risk_day()
        return SQL(
            """
            SELECT o.id AS id,
                   o.id AS order_id,
                   o.client_order_ref,
                   o.partner_id,
                   o.user_id,
                   o.assistant_id,
                   o.team_id,
                   o.company_id,
                   o.sales_order_type_id AS type_id,
                   o.sales_promised_date AS date_promised,
                   o.sales_told_date AS date_told,
                   next.name AS next_name,
                   next.user_id AS next_user_id,
                   next.date_planned AS date_next,
                   step.open_count,
                   step.late_count,
                   CASE WHEN step.late_count > 0 THEN 'late'
                        WHEN step.risk_count > 0 OR soon.id IS NOT NULL THEN 'at_risk'
                        ELSE 'on_time'
                   END AS status
              FROM (
                    SELECT order_id,
                           count(*) AS open_count,
                           count(*) FILTER (WHERE date_planned < %(today)s)
                               AS late_count,
                           count(*) FILTER (WHERE date_latest < %(today)s)
                               AS risk_count,
                           min(sequence) AS sequence
                      FROM sales_assistant_milestone
                     WHERE state = 'pending'
                  GROUP BY order_id
                   ) step
              JOIN sale_order o ON o.id = step.order_id AND o.state = 'sale'
              JOIN LATERAL (
                    SELECT name, user_id, date_planned
                      FROM sales_assistant_milestone
                     WHERE order_id = o.id AND state = 'pending'
                  ORDER BY sequence, date_planned, id
                     LIMIT 1
                   ) next ON TRUE
         LEFT JOIN LATERAL (
                    SELECT id
                      FROM sales_assistant_milestone
                     WHERE order_id = o.id AND state = 'pending'
                       AND sequence > step.sequence AND date_planned <= %(soon)s
                     LIMIT 1
                   ) soon ON TRUE
            """,
            today=today,
            soon=soon,
        )

    # ------------------------------------------------------------------ actions

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    def action_tell_customer(self):
        return self.order_id.action_tell_customer()

    def action_print(self):
        """The selected orders on paper, all of the user's otherwise."""
        rows = self or self.search([])
        return self.env.ref("sales_assistant.report_followup").report_action(rows.ids)

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Order Follow-up")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("order_id", label=_("Order")),
            Column("client_order_ref"),
            Column("partner_id"),
            Column("user_id.partner_id.name", label=_("Salesperson")),
            Column("assistant_id.partner_id.name", label=_("Assistant")),
            Column("date_promised"),
            Column("date_told"),
            Column(
                "forecast",
                label=_("Ready by Forecast"),
                kind="date",
                getter="_get_sheet_forecast",
            ),
            Column("status"),
            Column("next_name"),
            Column("date_next"),
            Column("next_user_id.partner_id.name", label=_("Responsible")),
            Column("open_count"),
            Column("late_count"),
            Column("plan", label=_("Milestones"), getter="_get_sheet_plan", width=60),
        ]

    def _get_sheet_forecast(self):
        return {row.id: row.date_forecast or None for row in self}

    def _get_sheet_plan(self):
        """The timeline in words: done steps with a tick."""
        return {
            row.id: " → ".join(
                "{mark}{name} {day}".format(
                    mark="✓ " if step["state"] == "done" else "",
                    name=step["name"],
                    day=format_date(self.env, step["date"]),
                )
                for step in row.timeline or ()
            )
            for row in self
        }
