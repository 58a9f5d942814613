# pylint: disable=consider-merging-classes-inherited
# What production is told in writing is a concept of its own beside the follow-up.
from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_assistant_order_mixin import REQUIREMENT


class SaleOrder(models.Model):
    """SA-12: process requirement sheets of an order, the production order on paper, and
    notices to the departments (书面传递, S0 二·9、职责三·三)."""

    _inherit = "sale.order"

    sales_requirement_ids = fields.One2many(
        "sales.assistant.requirement",
        "order_id",
        "Process Requirement Sheets",
        copy=False,
        groups=REQUIREMENT,
    )
    sales_requirement_count = fields.Integer(
        compute="_compute_sales_requirement", groups=REQUIREMENT
    )
    sales_requirement_warning = fields.Char(
        compute="_compute_sales_requirement", groups=REQUIREMENT
    )

    @api.depends("sales_requirement_ids.state", "sales_requirement_ids.is_acknowledged")
    def _compute_sales_requirement(self):
        for order in self:
            sheets = order.sales_requirement_ids
            order.sales_requirement_count = len(
                sheets.filtered(lambda one: one.state in ("draft", "issued"))
            )
            order.sales_requirement_warning = sheets._get_warning()

    def action_view_requirements(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_requirement_action"
        )
        return {
            **action,
            "domain": [("order_id", "=", self.id)],
            "context": {
                "default_order_id": self.id,
                "default_line_id": self._get_term_lines()[:1].id,
            },
        }

    def action_notify_departments(self):
        """A notice about this order, such as a change of its contract."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Notice to Departments"),
            "res_model": "sales.notice",
            "view_mode": "form",
            "context": {
                "default_sale_order_id": self.id,
                "default_subject": self.env._(
                    "%(order)s · %(customer)s",
                    order=self.name,
                    customer=self.partner_id.display_name,
                ),
                "default_date_due": self.company_id._get_sales_day_ahead(
                    self.company_id.sales_assistant_requirement_days
                ),
            },
        }

    def action_print_production_order(self):
        """SA-12: the production order (生产任务单) of a confirmed order on paper."""
        if any(order.state != "sale" for order in self):
            raise UserError(
                self.env._("A production order is issued for confirmed orders only.")
            )
        return self.env.ref("sales_assistant.report_production_order").report_action(
            self
        )
