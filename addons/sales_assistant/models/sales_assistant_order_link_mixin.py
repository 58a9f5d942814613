from odoo import api, fields, models


class SalesAssistantOrderLinkMixin(models.AbstractModel):
    """What is kept of an order: who it is for and who looks after it, for rules,
    searches and groups. Nobody writes these here, they follow the order."""

    _name = "sales.assistant.order.link.mixin"
    _description = "Kept of an Order"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, default=None
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Customer",
    )
    assistant_id = fields.Many2one(
        related="order_id.assistant_id",
        store=True,
        precompute=True,
        index=True,
        string="Assistant",
    )
    team_id = fields.Many2one(
        related="order_id.team_id",
        store=True,
        precompute=True,
        index=True,
        string="Sales Team",
    )

    @api.model
    def _add_precomputed_values(self, vals_list):
        """Read what is kept of the order once per order. Odoo would compute it field
        by field for each document, which takes longer than to insert them."""
        kept = {  # links all of them
            fname: field.related.removeprefix("order_id.")
            for fname, field in self._fields.items()
            if field.precompute and (field.related or "").startswith("order_id.")
        }
        # sudo: as every related field
        orders_sudo = self.env["sale.order"].sudo()
        orders_sudo = orders_sudo.browse({vals.get("order_id") for vals in vals_list})
        values = {
            order_sudo.id: {
                fname: order_sudo.mapped(path).id for fname, path in kept.items()
            }
            for order_sudo in orders_sudo.filtered("id")
        }
        for vals in vals_list:
            vals.update(values.get(vals.get("order_id"), {}))
        return super()._add_precomputed_values(vals_list)
