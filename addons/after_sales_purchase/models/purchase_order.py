from odoo import fields, models


class PurchaseOrder(models.Model):
    """What was claimed of the parts of an order (AS-09)."""

    _inherit = "purchase.order"

    after_sales_responsibility_ids = fields.One2many(
        "after.sales.responsibility",
        "purchase_order_id",
        "Responsibilities",
        groups="after_sales.group_after_sales_user",
    )
    after_sales_responsibility_count = fields.Integer(
        "Responsibilities Counted",
        compute="_compute_after_sales_responsibility_count",
        groups="after_sales.group_after_sales_user",
    )

    def _compute_after_sales_responsibility_count(self):
        counts = dict(
            self.env["after.sales.responsibility"]._read_group(
                [("purchase_order_id", "in", self.ids)],
                ["purchase_order_id"],
                ["__count"],
            )
        )
        for order in self:
            order.after_sales_responsibility_count = counts.get(order, 0)

    def action_view_after_sales_responsibilities(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_responsibility_action"
        )
        return dict(action, domain=[("purchase_order_id", "in", self.ids)], context={})
