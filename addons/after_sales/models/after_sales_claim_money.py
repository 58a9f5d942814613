# pylint: disable=consider-merging-classes-inherited
# Own file: what a claim costs is one concept, its life another.
from odoo import api, fields, models

LINE_TYPES = ("labor", "part", "travel", "purchase", "other")


class AfterSalesClaim(models.Model):
    """The money of a claim: what is claimed and approved by kind of cost, in the
    station's currency, and the claimed sum in company currency for limits."""

    _inherit = "after.sales.claim"

    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True
    )
    currency_rate = fields.Float(
        "Rate",
        digits=0,
        readonly=True,
        copy=False,
        default=1.0,
        help="One unit of the claim's currency in company currency, when submitted.",
    )
    amount_claimed = fields.Monetary("Claimed", compute="_compute_amounts", store=True)
    amount_claimed_company = fields.Monetary(
        "Claimed in Company Currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
    )
    amount_approved = fields.Monetary(
        "Approved", compute="_compute_amounts", store=True
    )
    approved_labor = fields.Monetary(
        "Approved Labour",
        compute="_compute_amounts",
        store=True,
    )
    approved_part = fields.Monetary(
        "Approved Parts",
        compute="_compute_amounts",
        store=True,
    )
    approved_travel = fields.Monetary(compute="_compute_amounts", store=True)
    approved_purchase = fields.Monetary(
        "Approved Purchases",
        compute="_compute_amounts",
        store=True,
    )
    approved_other = fields.Monetary(compute="_compute_amounts", store=True)
    is_partly_approved = fields.Boolean(
        "In Part", compute="_compute_amounts", store=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )

    @api.depends("station_id")
    def _compute_currency_id(self):
        for claim in self:
            claim.currency_id = (
                claim.station_id.currency_id or claim.company_id.currency_id
            )

    @api.depends("line_ids.amount", "line_ids.approved_amount", "line_ids.line_type")
    def _compute_amounts(self):
        for claim in self:
            approved = dict.fromkeys(LINE_TYPES, 0.0)
            for line in claim.line_ids:
                approved[line.line_type or "other"] += line.approved_amount
            claim.amount_claimed = sum(claim.line_ids.mapped("amount"))
            claim.amount_approved = sum(approved.values())
            for line_type, amount in approved.items():
                claim[f"approved_{line_type}"] = amount
            claim.is_partly_approved = 0 < claim.amount_approved < claim.amount_claimed

    @api.depends("amount_claimed", "currency_rate", "company_id")
    def _compute_amount_company(self):
        for claim in self:
            currency = claim.company_id.currency_id
            amount = claim.amount_claimed * (claim.currency_rate or 1.0)
            claim.amount_claimed_company = currency.round(amount)
