# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models

from .sales_assistant_exception import FEATURE


class StockPicking(models.Model):
    """SA-14: a delivery shows what was not as agreed."""

    _inherit = "stock.picking"

    sales_exception_ids = fields.One2many(
        "sales.assistant.exception", "picking_id", "Exceptions", groups=FEATURE
    )
    sales_exception_count = fields.Integer(
        "Exceptions Counted", compute="_compute_sales_exception_count", groups=FEATURE
    )

    def _compute_sales_exception_count(self):
        counts = dict(
            self.env["sales.assistant.exception"]._read_group(
                [("picking_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["picking_id"],
                ["__count"],
            )
        )
        for picking in self:
            picking.sales_exception_count = counts.get(picking._origin, 0)

    def action_view_exceptions(self):
        """The exceptions of this delivery, or the form of its first one."""
        self.ensure_one()
        return self.sale_id._get_exception_action(
            [("picking_id", "=", self.id)],
            {"default_order_id": self.sale_id.id, "default_picking_id": self.id},
        )
