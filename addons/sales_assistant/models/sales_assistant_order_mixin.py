from odoo import api, fields, models
from odoo.exceptions import UserError

USER = "sales_assistant.group_sales_assistant_user"
LEAD = "sales_assistant.group_sales_assistant_lead"
MANAGER = "sales_assistant.group_sales_assistant_manager"
#: part that can be switched off
PATTERN = "sales_assistant.group_sales_assistant_pattern"
REQUIREMENT = "sales_assistant.group_sales_assistant_requirement"
MILESTONE = "sales_assistant.group_sales_assistant_milestone"


class SalesAssistantOrderMixin(models.AbstractModel):
    """A document about an order, in the order's company: it keeps who the order is
    for and who looks after it, for rules, searches and groups. Nobody writes these
    here, they follow the order; a check of the company would find the order's own."""

    _name = "sales.assistant.order.mixin"
    _inherit = ["sales.document.mixin", "sales.board.source.mixin"]
    _description = "Document of an Order"

    _board_user_fields = ("order_id.user_id", "assistant_id")

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
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"partner_id", "assistant_id", "team_id"}

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

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        if not self.env.su:  # nobody adds to an order that he does not see
            documents.order_id.check_access("read")
        return documents

    def write(self, vals):
        if "order_id" in vals and not self.env.su:
            self._check_order_stays(vals["order_id"])
        return super().write(vals)

    def _check_order_stays(self, order_id):
        """:raises UserError: a document would go over to another order"""
        moved = self.filtered(lambda document: document.order_id.id != order_id)
        if moved:
            raise UserError(
                self.env._(
                    "These documents stay with their order: %(documents)s.",
                    documents=", ".join(moved.mapped("display_name")),
                )
            )

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }
