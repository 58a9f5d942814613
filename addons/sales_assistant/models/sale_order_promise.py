# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, fields, models


class SaleOrder(models.Model):
    """SA-06: what was promised to the customer about an order."""

    _inherit = "sale.order"

    sales_promise_ids = fields.One2many(
        "sales.assistant.promise",
        "order_id",
        "Promises",
        copy=False,
        groups="sales_assistant.group_sales_assistant_user",
    )
    sales_promise_count = fields.Integer(
        compute="_compute_sales_promise_count",
        groups="sales_assistant.group_sales_assistant_user",
    )

    @api.depends("sales_promise_ids")
    def _compute_sales_promise_count(self):
        counts = dict(
            self.env["sales.assistant.promise"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.sales_promise_count = counts.get(order._origin, 0)

    def action_open_promises(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Promises"),
            "res_model": "sales.assistant.promise",
            "view_mode": "list,form",
            "domain": [("order_id", "=", self.id)],
            "context": {
                "default_order_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_user_id": self.user_id.id,
            },
        }
