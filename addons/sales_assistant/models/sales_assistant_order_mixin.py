from odoo import api, models
from odoo.exceptions import UserError

USER = "sales_assistant.group_sales_assistant_user"
LEAD = "sales_assistant.group_sales_assistant_lead"
MANAGER = "sales_assistant.group_sales_assistant_manager"
#: part that can be switched off
PATTERN = "sales_assistant.group_sales_assistant_pattern"
REQUIREMENT = "sales_assistant.group_sales_assistant_requirement"
MILESTONE = "sales_assistant.group_sales_assistant_milestone"
PROPERTY = "sales_assistant.group_sales_assistant_property"


class SalesAssistantOrderMixin(models.AbstractModel):
    """A document about an order, in the order's company; a check of the company would
    find the order's own."""

    _name = "sales.assistant.order.mixin"
    _inherit = [
        "sales.assistant.order.link.mixin",
        "sales.document.mixin",
        "sales.board.source.mixin",
    ]
    _description = "Document of an Order"

    _board_user_fields = ("order_id.user_id", "assistant_id")

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"partner_id", "assistant_id", "team_id"}

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
