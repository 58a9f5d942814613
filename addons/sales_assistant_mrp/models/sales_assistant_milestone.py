from odoo import api, fields, models
from odoo.tools import format_date

from .sales_assistant_milestone_template_line import PRODUCTION


class SalesAssistantMilestone(models.Model):
    """SA-10: a production milestone is completed by the manufacturing orders of its
    order, all of them; their planned end tells whether its day can be kept
    (掌握生产进度状况, S0 二·4)."""

    _inherit = "sales.assistant.milestone"

    trigger = fields.Selection(
        selection_add=PRODUCTION, ondelete={"production": "set default"}
    )
    production_count = fields.Integer(compute="_compute_production")
    production_text = fields.Text("Manufacturing", compute="_compute_production")

    @api.depends("trigger", "order_id")
    def _compute_production(self):
        """In words: the person who follows the order up may not read productions."""
        for one in self:
            productions_sudo = one._get_productions()
            one.production_count = len(productions_sudo)
            one.production_text = "\n".join(
                one._get_production_text(production) for production in productions_sudo
            )

    def _get_productions(self):
        """Manufacturing orders of a production milestone, in sudo."""
        # sudo: whoever follows the order up sees how far production is
        order_sudo = self.order_id.sudo()
        if self.trigger != "production":
            return order_sudo.mrp_production_ids.browse()
        return order_sudo.mrp_production_ids.sorted("date_start")

    def _get_production_text(self, production):
        states = dict(production._fields["state"]._description_selection(self.env))
        company = self.company_id
        return self.env._(
            "%(name)s · %(state)s · %(product)s: %(begin)s – %(end)s",
            name=production.name,
            state=states.get(production.state, ""),
            product=production.product_id.display_name,
            begin=format_date(self.env, company._get_sales_day(production.date_start)),
            end=format_date(self.env, company._get_sales_day(production.date_finished)),
        )

    def _filter_automatic(self):
        """What is not manufactured for the order, but taken from stock, is ticked."""
        automatic = super()._filter_automatic()
        return automatic.filtered(
            lambda one: one.trigger != "production" or one._get_productions()
        )

    def action_view_productions(self):
        self.ensure_one()
        return self.order_id.action_view_mrp_production()
