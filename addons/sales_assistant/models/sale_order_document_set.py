# pylint: disable=consider-merging-classes-inherited
# Own file: the document sets of an order are one concept.
from odoo import fields, models
from odoo.exceptions import UserError

from .sales_assistant_document_set import DOCUMENT_SET


class SaleOrder(models.Model):
    """SA-17a: an order has the sets that go with its terms, once of each kind; further
    ones, for partial deliveries, by hand."""

    _inherit = "sale.order"

    sales_document_set_ids = fields.One2many(
        "sales.assistant.document.set",
        "order_id",
        "Document Sets",
        copy=False,
        groups=DOCUMENT_SET,
    )
    sales_document_set_count = fields.Integer(
        compute="_compute_sales_document_set_count",
        groups=DOCUMENT_SET,
    )

    def _compute_sales_document_set_count(self):
        counts = dict(
            self.env["sales.assistant.document.set"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.sales_document_set_count = counts.get(order._origin, 0)

    def _action_confirm(self):
        result = super()._action_confirm()
        if self.env["res.groups"]._is_feature_enabled(DOCUMENT_SET):
            # sudo: whoever confirms, the sets belong to the people of the order
            orders_sudo = self.sudo()
            orders_sudo.filtered(
                "company_id.sales_assistant_sets_enabled"
            )._create_document_sets()
        return result

    def action_create_document_sets(self):
        """SA-17a: the sets that fit these orders and are not there yet."""
        self.check_access("read")
        sets = self._create_document_sets()
        if not sets:
            raise UserError(
                self.env._("These orders have all the document sets that fit them.")
            )
        return self.action_view_document_sets()

    def _create_document_sets(self):
        templates = self.env["sales.assistant.document.template"]._get_for_orders(self)
        sets = self.env["sales.assistant.document.set"]
        taken = {
            (order.id, kind)
            for order, kind in sets._read_group(
                [("order_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["order_id", "kind"],
            )
        }
        return sets.create(
            [
                order._prepare_document_set_values(template)
                for order in self
                for template in templates[order.id]
                if (order.id, template.kind) not in taken
            ]
        )

    def _prepare_document_set_values(self, template):
        # sudo: the delivery belongs to the order
        pickings_sudo = self.sudo().picking_ids.filtered(
            lambda one: one.picking_type_code == "outgoing" and one.state != "cancel"
        )
        return {
            "order_id": self.id,
            "template_id": template.id,
            "picking_id": pickings_sudo[:1].id,
        }

    def _action_cancel(self):
        result = super()._action_cancel()
        # sudo: what goes with the order, whoever cancels it
        self.sudo().sales_document_set_ids._cancel_with_order()
        return result

    def action_view_document_sets(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_document_set_action"
        )
        return {
            **action,
            "domain": [("order_id", "in", self.ids)],
            "context": {"default_order_id": self[:1].id} if len(self) == 1 else {},
        }
