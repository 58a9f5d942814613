# pylint: disable=consider-merging-classes-inherited
# The exceptions of an order are a concept of their own beside its data.
from odoo import api, fields, models

from .sales_assistant_exception import FEATURE, OPEN_STATES


class SaleOrder(models.Model):
    """SA-14: an order shows what was not as agreed."""

    _inherit = "sale.order"

    sales_exception_ids = fields.One2many(
        "sales.assistant.exception",
        "order_id",
        "Exceptions",
        copy=False,
        groups=FEATURE,
    )
    sales_exception_count = fields.Integer(
        "Exceptions Counted", compute="_compute_sales_exception_count", groups=FEATURE
    )
    sales_exception_open_count = fields.Integer(
        "Exceptions Open", compute="_compute_sales_exception_count", groups=FEATURE
    )

    @api.depends("sales_exception_ids.state")
    def _compute_sales_exception_count(self):
        groups = self.env["sales.assistant.exception"]._read_group(
            [("order_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["order_id", "state"],
            ["__count"],
        )
        counts, opened = {}, {}
        for order, state, count in groups:
            counts[order] = counts.get(order, 0) + count
            if state in OPEN_STATES:
                opened[order] = opened.get(order, 0) + count
        for order in self:
            order.sales_exception_count = counts.get(order._origin, 0)
            order.sales_exception_open_count = opened.get(order._origin, 0)

    def action_view_exceptions(self):
        """The exceptions of this order, or the form of its first one."""
        self.ensure_one()
        return self._get_exception_action(
            [("order_id", "=", self.id)], {"default_order_id": self.id}
        )

    def _get_exception_action(self, domain, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_exception_action"
        )
        found = self.env["sales.assistant.exception"].search_count(domain, limit=1)
        if not found:
            action["view_mode"] = "form"
            action["views"] = [[False, "form"]]
        return {**action, "domain": domain, "context": context}
