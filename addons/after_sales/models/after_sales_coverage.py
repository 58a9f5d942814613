from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.coverage import Goodwill, Policy, RunningIn, Term

START_RULES = [("sale", "Date of Sale"), ("production", "Date of Production")]
RUNNING_IN_EFFECTS = [
    ("none", "None"),
    ("shorten", "A shorter warranty is left"),
    ("void", "No warranty is left"),
]


class AfterSalesCoverage(models.Model):
    """A warranty policy (AS-02): so many months or so much usage, whichever comes
    first, for a product, a category or everything, by date of sale.

    Parts may have a term of their own or be excluded; a replaced part keeps what was
    left of the old one and gets at least what the policy says. A missed running-in
    service (走合保养) shortens the warranty or ends it; after its end a station of a
    level may still give goodwill. ``tools/coverage.py`` decides.

    The most specific policy wins: product before category before all, a deeper category
    before a higher one, then the sequence. A warranty of n months includes its last
    day; usage equal to the limit is covered.
    """

    _name = "after.sales.coverage"
    _description = "Coverage Policy"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    product_tmpl_id = fields.Many2one(
        "product.template", "Product", index="btree_not_null", check_company=True
    )
    categ_id = fields.Many2one("product.category", "Category", index="btree_not_null")
    months = fields.Integer(required=True, default=12)
    usage_limit = fields.Integer(help="In the product's unit (km, h). 0: no limit.")
    start_rule = fields.Selection(START_RULES, required=True, default="sale")
    date_from = fields.Date("Sold From")
    date_to = fields.Date("Sold Until")
    covers_labor = fields.Boolean("Labour Covered", default=True)
    covers_parts = fields.Boolean("Parts Covered", default=True)
    part_ids = fields.One2many(
        "after.sales.coverage.part",
        "coverage_id",
        "Parts on Their Own Terms",
        copy=True,
    )
    goodwill_ids = fields.One2many(
        "after.sales.coverage.goodwill", "coverage_id", copy=True
    )
    # replaced parts
    least_months = fields.Integer(
        "Replaced Part: Months",
        help="A part replaced under warranty is covered at least so long from then.",
    )
    least_usage = fields.Integer("Replaced Part: Usage")
    # running-in service
    running_in_effect = fields.Selection(
        RUNNING_IN_EFFECTS, "When Missed", required=True, default="none"
    )
    running_in_days = fields.Integer(
        "Running-in: Days", help="Days after the start until the service. 0: any."
    )
    running_in_usage = fields.Integer(
        "Running-in: Usage", help="Reading until which the service is done. 0: any."
    )
    shortened_months = fields.Integer()
    shortened_usage = fields.Integer()
    lot_count = fields.Integer("Units", compute="_compute_lot_count")
    active = fields.Boolean(default=True)

    _term_valid = models.Constraint(
        "CHECK (months > 0 AND usage_limit >= 0)",
        "A coverage lasts at least a month; its usage limit is not negative.",
    )
    _target_single = models.Constraint(
        "CHECK (product_tmpl_id IS NULL OR categ_id IS NULL)",
        "A coverage is for a product or for a category, not both.",
    )

    _numbers_positive = models.Constraint(
        "CHECK (least_months >= 0 AND least_usage >= 0 AND running_in_days >= 0"
        " AND running_in_usage >= 0 AND shortened_usage >= 0)",
        "Months, days and usage are not negative.",
    )

    @api.constrains(
        "running_in_effect", "running_in_days", "running_in_usage", "shortened_months"
    )
    def _check_running_in(self):
        for coverage in self.filtered(lambda one: one.running_in_effect != "none"):
            if not (coverage.running_in_days or coverage.running_in_usage):
                raise ValidationError(
                    self.env._(
                        "%(name)s: say until which day or reading the running-in "
                        "service is done.",
                        name=coverage.name,
                    )
                )
            if (
                coverage.running_in_effect == "shorten"
                and coverage.shortened_months < 1
            ):
                raise ValidationError(
                    self.env._(
                        "%(name)s: say how many months are left without the running-in "
                        "service.",
                        name=coverage.name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for coverage in self:
            if (
                coverage.date_from
                and coverage.date_to
                and coverage.date_from > coverage.date_to
            ):
                raise ValidationError(
                    self.env._(
                        "Coverage “%(name)s” ends before it begins.", name=coverage.name
                    )
                )

    def _compute_lot_count(self):
        counts = dict(
            self.env["stock.lot"]._read_group(
                [("warranty_coverage_id", "in", self.ids)],
                ["warranty_coverage_id"],
                ["__count"],
            )
        )
        for coverage in self:
            coverage.lot_count = counts.get(coverage, 0)

    @api.model
    def _match(self, lots):
        """The coverage of each sold unit, in one search.

        :param lots: recordset of ``stock.lot``
        :returns: {lot: coverage or empty recordset}
        """
        policies = self.search([], order="sequence, id")
        return {
            lot: min(
                policies.filtered(lambda policy, lot=lot: policy._covers(lot)),
                key=lambda policy: policy._get_distance(),
                default=self.browse(),
            )
            for lot in lots
        }

    def _covers(self, lot):
        """Whether this policy is meant for a sold unit."""
        product = lot.product_id
        if not lot.date_sold or (self.company_id and self.company_id != lot.company_id):
            return False
        if self.date_from and lot.date_sold < self.date_from:
            return False
        if self.date_to and lot.date_sold > self.date_to:
            return False
        if self.product_tmpl_id:
            return self.product_tmpl_id == product.product_tmpl_id
        if self.categ_id:
            path = product.categ_id.parent_path or ""
            return str(self.categ_id.id) in path.split("/")
        return product.tracking == "serial"

    def _get_distance(self):
        """How far the policy is from a single product: the nearest wins."""
        if self.product_tmpl_id:
            return (0, 0, self.sequence, self.id)
        if self.categ_id:
            depth = (self.categ_id.parent_path or "").count("/")
            return (1, -depth, self.sequence, self.id)
        return (2, 0, self.sequence, self.id)

    def _get_start(self, lot):
        """First covered day of a unit; without the date asked for, its day of sale."""
        if self.start_rule == "production":
            return lot.date_production or lot.date_sold
        rule = (lot.company_id or self.env.company).after_sales_start_rule
        days = {"invoice": lot.date_invoiced, "registration": lot.date_registered}
        return days.get(rule) or lot.date_sold

    def _get_policy(self, parts, level):
        """The policy as ``tools.coverage`` reads it.

        :param product.product parts: whose terms are asked for
        :param str level: of the station that repairs
        :rtype: Policy
        """
        self.ensure_one()
        rows = {part.id: self.part_ids._find(part) for part in parts}
        goodwill = self.goodwill_ids.filtered(lambda row: row.level == level)
        return Policy(
            Term(self.months, self.usage_limit),
            parts={
                part_id: row._get_term()
                for part_id, row in rows.items()
                if row and not row.is_excluded
            },
            excluded=frozenset(id_ for id_, row in rows.items() if row.is_excluded),
            running_in=self._get_running_in(),
            least=Term(self.least_months, self.least_usage),
            goodwill=Goodwill(goodwill.months, goodwill.usage, goodwill.percent),
        )

    def _get_running_in(self):
        if self.running_in_effect == "none":
            return None
        shortened = None
        if self.running_in_effect == "shorten":
            shortened = Term(self.shortened_months, self.shortened_usage)
        return RunningIn(self.running_in_days, self.running_in_usage, shortened)

    def action_apply(self):
        """Give sold units the coverage that is valid for them now. What a claim was
        judged by stays with the claim."""
        self.check_access("write")
        lots = self.env["stock.lot"].search([("date_sold", "!=", False)])
        # sudo: the warranty of a unit is closed, it follows from the policies
        lots.sudo()._compute_warranty()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The warranty of %(count)s sold units was set.", count=len(lots)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_lots(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.stock_lot_action_sold"
        )
        return dict(
            action, domain=[("warranty_coverage_id", "in", self.ids)], context={}
        )

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Coverage Policies"),
                "template": "/after_sales/static/xls/after_sales_coverage.xlsx",
            }
        ]
