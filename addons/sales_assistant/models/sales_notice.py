from odoo import fields, models


class SalesNotice(models.Model):
    """SA-12: a notice may be about an order (合同更改等信息的传递, S0 二·9)."""

    _inherit = "sales.notice"

    sale_order_id = fields.Many2one(
        "sale.order",
        "Order",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
        groups="sales_team.group_sale_salesman",
    )
