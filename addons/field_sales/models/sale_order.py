from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column


class SaleOrder(models.Model):
    """An order knows the store it is for, whether the store or its distributor is the
    customer: one history per store."""

    _inherit = "sale.order"

    store_id = fields.Many2one(
        "res.partner",
        compute="_compute_store_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
        domain=[("is_store", "=", True)],
    )
    field_sales_visit_id = fields.Many2one(
        "field.sales.visit",
        "Store Visit",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _has_field_access(self, field, operation):
        """Which visit an order comes from is written by the visit's step only: it
        counts in the salesperson's figures."""
        if (
            operation == "write"
            and not self.env.su
            and field.name == "field_sales_visit_id"
        ):
            return False
        return super()._has_field_access(field, operation)

    def _auto_init(self):
        # An empty column spares the first computation over all orders.
        cr, table = self.env.cr, self._table
        if not column_exists(cr, table, "store_id"):
            create_column(cr, table, "store_id", "int4")
        return super()._auto_init()

    @api.depends("partner_id", "partner_shipping_id")
    def _compute_store_id(self):
        for order in self:
            partners = (order.partner_shipping_id, order.partner_id)
            stores = [partner for partner in partners if partner.is_store]
            order.store_id = stores[0] if stores else False

    def action_view_field_sales_visit(self):
        self.ensure_one()
        return self.field_sales_visit_id._get_form_action()
