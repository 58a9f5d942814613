from odoo import fields, models


class StockPicking(models.Model):
    """The delivery of an own shipment of urgent parts (AS-11): done, the shipment is on
    its way to the station."""

    _inherit = "stock.picking"

    after_sales_transfer_ids = fields.One2many(
        "after.sales.transfer",
        "picking_id",
        "Urgent Parts",
        groups="after_sales.group_after_sales_user",
    )

    def _action_done(self):
        result = super()._action_done()
        done = self.filtered(lambda picking: picking.state == "done")
        # sudo: a warehouse worker ships without rights on after-sales
        done.sudo().after_sales_transfer_ids._follow_delivery()
        return result
