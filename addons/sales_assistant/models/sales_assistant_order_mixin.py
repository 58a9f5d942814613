from odoo import api, fields, models

USER = "sales_assistant.group_sales_assistant_user"
LEAD = "sales_assistant.group_sales_assistant_lead"
MANAGER = "sales_assistant.group_sales_assistant_manager"


class SalesAssistantOrderMixin(models.AbstractModel):
    """A document about an order, in the order's company: it keeps who the order is
    for and who looks after it, for rules, searches and groups. Nobody writes these
    here, they follow the order."""

    _name = "sales.assistant.order.mixin"
    _inherit = ["sales.document.mixin"]
    _description = "Document of an Order"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
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

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }
