from odoo import api, fields, models


class SalesAssistantMilestoneTemplate(models.Model):
    """SA-10: the milestones an order of one type gets when it is confirmed.

    The first template in sequence that fits the order's company and market is taken.
    """

    _name = "sales.assistant.milestone.template"
    _description = "Milestone Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    market = fields.Selection(
        [
            ("all", "All Orders"),
            ("domestic", "Domestic Orders"),
            ("export", "Export Orders"),
        ],
        required=True,
        default="all",
        help="Export orders are delivered to another country than the company's.",
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
        if self.market == "all":
            return True
        # domestic as well where one of the countries is not known
        here = order.company_id.country_id
        there = order.partner_shipping_id.country_id or here
        return (self.market == "export") == bool(here and here != there)
