from odoo import api, models

#: written fields that tell something new about an order's production
NEWS = frozenset({"state", "date_start", "date_finished", "reference_ids"})


class MrpProduction(models.Model):
    """SA-10: what happens to a manufacturing order shows on the milestones of the order
    it is for, without anybody's report."""

    _inherit = "mrp.production"

    @api.model_create_multi
    def create(self, vals_list):
        productions = super().create(vals_list)
        productions._update_sales_milestones()
        return productions

    def write(self, vals):
        result = super().write(vals)
        if NEWS & vals.keys():
            self._update_sales_milestones()
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self._update_sales_milestones()
        return result

    def _update_sales_milestones(self):
        # sudo: who manufactures reads no orders
        productions_sudo = self.sudo()
        orders_sudo = productions_sudo.reference_ids.sale_ids
        orders_sudo |= productions_sudo.sale_line_id.order_id
        if orders_sudo:
            orders_sudo.invalidate_recordset(["mrp_production_ids"])
            orders_sudo._update_milestones()
