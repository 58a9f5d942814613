from odoo import api, fields, models
from odoo.tools import SQL

from ..models.sales_assistant_milestone import MILESTONE_STATES


class SalesAssistantMilestoneReport(models.Model):
    """SA-10: plan against actual per stage: each milestone against the day of its first
    plan, with the reason of its last move, by template, product category and people.

    The product category is that of the order's largest line.
    """

    _name = "sales.assistant.milestone.report"
    _inherit = ["sales.assistant.step.order.mixin"]
    _description = "Plan and Actual of Milestones"
    _auto = False
    _rec_name = "milestone_id"
    _order = "date_first desc, id desc"

    _depends = {
        "sales.assistant.milestone": [
            "assistant_id",
            "company_id",
            "date_done",
            "date_first",
            "date_planned",
            "name",
            "order_id",
            "partner_id",
            "salesperson_id",
            "sequence",
            "state",
            "team_id",
            "template_line_id",
            "user_id",
        ],
        "sales.assistant.milestone.change": ["milestone_id", "reason_id", "changed_at"],
        "sales.assistant.milestone.template.line": ["template_id"],
        "sale.order.line": ["order_id", "price_subtotal", "product_id"],
        "product.template": ["categ_id"],
    }

    milestone_id = fields.Many2one("sales.assistant.milestone", readonly=True)
    name = fields.Char("Stage", readonly=True, translate=True)
    sequence = fields.Integer(readonly=True, aggregator="min")
    order_id = fields.Many2one("sale.order", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    assistant_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    template_id = fields.Many2one("sales.assistant.milestone.template", readonly=True)
    categ_id = fields.Many2one("product.category", "Product Category", readonly=True)
    reason_id = fields.Many2one("sales.reason", readonly=True)
    state = fields.Selection(MILESTONE_STATES, readonly=True)
    date_first = fields.Date("First Planned", readonly=True)
    date_planned = fields.Date("Planned", readonly=True)
    date_done = fields.Date("Done on", readonly=True)
    delay_days = fields.Integer(
        "Days Late",
        readonly=True,
        aggregator="avg",
        help="Calendar days done after (negative: before) the first planned day.",
    )
    moved_days = fields.Integer(
        "Days Moved",
        readonly=True,
        aggregator="avg",
        help="Calendar days between the first plan and the last.",
    )
    in_time_percent = fields.Float(
        "In Time (%)",
        readonly=True,
        aggregator="avg",
        help="Done on the first planned day or before.",
    )

    @property
    def _table_query(self):
        return SQL(
            "SELECT %s FROM %s WHERE %s", self._select(), self._from(), self._where()
        )

    @api.model
    def _select(self):
        return SQL(
            """
            step.id AS id,
            step.id AS milestone_id,
            step.name,
            step.sequence,
            step.order_id,
            step.partner_id,
            step.user_id,
            step.salesperson_id,
            step.assistant_id,
            step.team_id,
            step.company_id,
            line.template_id,
            main.categ_id,
            change.reason_id,
            step.state,
            step.date_first,
            step.date_planned,
            step.date_done,
            step.date_done - step.date_first AS delay_days,
            step.date_planned - step.date_first AS moved_days,
            CASE WHEN step.date_done IS NULL THEN NULL
                 WHEN step.date_done <= step.date_first THEN 100 ELSE 0
            END AS in_time_percent
            """
        )

    @api.model
    def _from(self):
        return SQL(
            """
            sales_assistant_milestone step
            LEFT JOIN sales_assistant_milestone_template_line line
                ON line.id = step.template_line_id
            LEFT JOIN LATERAL (
                SELECT template.categ_id
                  FROM sale_order_line item
                  JOIN product_product product ON product.id = item.product_id
                  JOIN product_template template
                    ON template.id = product.product_tmpl_id
                 WHERE item.order_id = step.order_id
              ORDER BY item.price_subtotal DESC NULLS LAST, item.id
                 LIMIT 1
            ) main ON TRUE
            LEFT JOIN LATERAL (
                SELECT moved.reason_id
                  FROM sales_assistant_milestone_change moved
                 WHERE moved.milestone_id = step.id
                   AND moved.reason_id IS NOT NULL
              ORDER BY moved.changed_at DESC, moved.id DESC
                 LIMIT 1
            ) change ON TRUE
            """
        )

    @api.model
    def _where(self):
        return SQL("step.state != 'skipped'")
