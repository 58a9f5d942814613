# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import Command, api, models
from odoo.exceptions import UserError


class SalesAssistantSample(models.Model):
    """SA-15: a sample and the orders that came of it (追踪业务促使客户及早下订单,
    S0 二·6), linked both ways."""

    _inherit = "sales.assistant.sample"

    @api.depends("order_ids")
    def _compute_order_count(self):
        counts = dict(
            self.env["sale.order"]._read_group(
                [("sales_sample_id", "in", self.ids)], ["sales_sample_id"], ["__count"]
            )
        )
        for sample in self:
            sample.order_count = counts.get(sample._origin, 0)

    @api.depends("order_ids.state", "order_ids.date_order", "date_sent", "company_id")
    def _compute_is_converted(self):
        for sample in self:
            ordered = sample.order_ids.filtered(lambda order: order.state == "sale")
            sample.is_converted = bool(ordered)
            sample.date_ordered = ordered and sample.company_id._get_sales_day(
                min(ordered.mapped("date_order"))
            )
            sample.days_to_order = (
                sample.date_ordered
                and sample.date_sent
                and max(0, (sample.date_ordered - sample.date_sent).days)
            )

    def action_create_quotation(self):
        """A quotation for what the customer has seen."""
        self.ensure_one()
        if self.state not in ("sent", "arrived", "closed"):
            raise UserError(
                self.env._("A sample that was not sent yet leads to no quotation.")
            )
        order = self.env["sale.order"].create(self._prepare_quotation_values())
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": order.id,
            "view_mode": "form",
        }

    def _prepare_quotation_values(self):
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "team_id": self.team_id.id,
            "assistant_id": self.assistant_id.id,
            "opportunity_id": self.opportunity_id.id,
            "origin": self.name,
            "sales_sample_id": self.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "product_uom_qty": line.quantity,
                    }
                )
                for line in self.line_ids
            ],
        }

    def action_new_round(self):
        """A new sample with the changes the customer wants."""
        self.ensure_one()
        if self.state != "closed" or self.outcome not in ("changes", "rejected"):
            raise UserError(
                self.env._("A new sample follows one that was rejected or to change.")
            )
        sample = self.copy()
        sample._write_guarded({"previous_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": sample.id,
            "view_mode": "form",
        }

    def action_open_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders"),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("sales_sample_id", "=", self.id)],
            "context": {
                "default_sales_sample_id": self.id,
                "default_partner_id": self.partner_id.id,
            },
        }
