from odoo import api, fields, models


class SalesAssistantMilestoneTemplate(models.Model):
    """SA-10: the milestones an order of one type gets when it is confirmed.

    The first template in sequence that fits the order is taken: its company, market,
    type, destination and the routes of its lines; what a template leaves empty fits
    every order.
    """

    _name = "sales.assistant.milestone.template"
    _inherit = ["sales.assistant.market.mixin"]
    _description = "Milestone Template"
    _check_company_auto = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    type_ids = fields.Many2many(
        "sales.assistant.order.type",
        relation="sales_assistant_template_order_type_rel",
        string="Order Types",
        help="Empty: orders of every type.",
    )
    route_ids = fields.Many2many(
        "stock.route",
        relation="sales_assistant_template_route_rel",
        string="Routes",
        domain=[("sale_selectable", "=", True)],
        help="One of the order's lines takes one of these routes. Empty: any route.",
    )
    country_group_ids = fields.Many2many(
        "res.country.group",
        relation="sales_assistant_template_country_group_rel",
        string="Destinations",
        help="The order is delivered to a country of these groups. Empty: anywhere.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Calendar",
        check_company=True,
        help="Working days in which the plan is counted, such as the factory's. Empty: "
        "the company's.",
    )
    line_ids = fields.One2many(
        "sales.assistant.milestone.template.line", "template_id", copy=True
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.model
    def _get_for_orders(self, orders):
        """The template of each order.

        :returns: {order id: template or empty}
        """
        templates = self.search([])
        return {
            order.id: templates.filtered(
                lambda template, order=order: template._fits(order)
            )[:1]
            for order in orders
        }

    def _fits(self, order):
        if self.company_id and self.company_id != order.company_id:
            return False
        return bool(
            self._fits_market(order)
            and (not self.type_ids or order.sales_order_type_id in self.type_ids)
            and (not self.route_ids or self.route_ids & order.order_line.route_ids)
            and (
                not self.country_group_ids
                or order.partner_shipping_id.country_id
                in self.country_group_ids.country_ids
            )
        )
