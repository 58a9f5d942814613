# pylint: disable=consider-merging-classes-inherited
# The way from the shelf to the quotation is a topic of its own.
from odoo import SUPERUSER_ID, Command, fields, models
from odoo.exceptions import UserError


class FieldSalesVisit(models.Model):
    """One tap makes the quotation of what the store orders (FS-12): for the store, or
    for its distributor with the store as delivery address. A second tap opens it."""

    _inherit = "field.sales.visit"

    order_ids = fields.One2many("sale.order", "field_sales_visit_id", "Orders")
    order_count = fields.Integer(compute="_compute_order_count")

    def _compute_order_count(self):
        if not self.env["sale.order"].has_access("read"):
            self.order_count = 0
            return
        counted = dict(
            self.env["sale.order"]._read_group(
                [("field_sales_visit_id", "in", self.ids)],
                ["field_sales_visit_id"],
                ["__count"],
            )
        )
        for visit in self:
            visit.order_count = counted.get(visit, 0)

    def action_order(self):
        """Make the quotation, or open the one that is there."""
        self.ensure_one()
        self._check_can("order")
        # sudo: an order that the salesperson may not see any more still counts
        orders_sudo = self.sudo().order_ids.filtered(
            lambda order: order.state != "cancel"
        )
        order = orders_sudo[:1].sudo(self.env.su)
        if not order:
            order = self.env["sale.order"].create(self._prepare_order_values())
            order.sudo().field_sales_visit_id = self  # sudo: a closed field
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _prepare_order_values(self):
        """Values of the quotation.

        :raises UserError: nothing is ordered
        """
        lines = self.line_ids.filtered("order_quantity")
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing is ordered in %(visit)s: enter “Order now” at a product.",
                    visit=self.display_name,
                )
            )
        store = self.store_id
        values = {
            "partner_id": (store.distributor_id or store).id,
            "partner_shipping_id": store.id,
            "store_id": store.id,
            "company_id": self.company_id.id,
            "origin": self.name,
            "order_line": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_uom_qty": line.order_quantity,
                        "product_uom_id": line.product_id.uom_id.id,
                    }
                )
                for line in lines
            ],
        }
        if self.env.uid != SUPERUSER_ID:
            values["user_id"] = self.env.uid
        else:
            values["user_id"] = self.user_id.id
        return values

    def action_view_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale.action_quotations_with_onboarding"
        )
        action["domain"] = [("field_sales_visit_id", "=", self.id)]
        action["context"] = {}
        return action
