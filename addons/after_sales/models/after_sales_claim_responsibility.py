# pylint: disable=consider-merging-classes-inherited
# Own file: who bears a claim's cost is one concept, the claim's life another.
from odoo import api, fields, models

from ..tools.responsibility import split_amount

PART_TYPES = ("part", "purchase")


class AfterSalesClaim(models.Model):
    """Who bears the cost of a claim: its causal parts and what each caused (AS-09)."""

    _inherit = "after.sales.claim"

    responsibility_ids = fields.One2many(
        "after.sales.responsibility", "claim_id", "Responsibilities", copy=False
    )
    responsibility_count = fields.Integer(compute="_compute_responsibility_count")

    @api.depends("responsibility_ids")
    def _compute_responsibility_count(self):
        counts = dict(
            self.env["after.sales.responsibility"]._read_group(
                [("claim_id", "in", self.ids)], ["claim_id"], ["__count"]
            )
        )
        for claim in self:
            claim.responsibility_count = counts.get(claim, 0)

    def _get_causal_lines(self):
        """Approved part lines that caused the failure: those marked, else the dearest.

        :returns: ``after.sales.claim.line``, empty where nothing was replaced
        """
        self.ensure_one()
        parts = self.line_ids.filtered(
            lambda line: (
                line.line_type in PART_TYPES
                and line.product_id
                and line.approved_amount
            )
        )
        return parts.filtered("is_causal") or parts.sorted("approved_amount")[-1:]

    def _get_caused_costs(self, lines):
        """Approved cost of the claim by causal line, in company currency.

        Each causal part bears its own price; what else was approved is divided by these
        prices.

        :param lines: as ``_get_causal_lines`` gives them
        :returns: list of dicts ``cost_part``, ``cost_labor``, ``cost_other``; one entry
            for the whole claim where no part is causal
        """
        self.ensure_one()
        currency = self.company_id.currency_id

        def convert(amount):
            return currency.round(amount * (self.currency_rate or 1.0))

        own = [convert(line.approved_amount) for line in lines]
        parts = convert(self.approved_part + self.approved_purchase)
        weights = own or [1]
        rounding = currency.rounding
        rest = split_amount(parts - sum(own), weights, rounding)
        labor = split_amount(convert(self.approved_labor), weights, rounding)
        other = split_amount(
            convert(self.approved_travel + self.approved_other), weights, rounding
        )
        return [
            {
                "cost_part": currency.round((own[place] if own else 0) + rest[place]),
                "cost_labor": labor[place],
                "cost_other": other[place],
            }
            for place in range(len(weights))
        ]

    def action_view_responsibilities(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_responsibility_action"
        )
        return dict(action, domain=[("claim_id", "in", self.ids)], context={})
