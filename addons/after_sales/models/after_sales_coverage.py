from odoo import api, fields, models
from odoo.exceptions import ValidationError

START_RULES = [("sale", "Date of Sale"), ("production", "Date of Production")]


class AfterSalesCoverage(models.Model):
    """A warranty policy (AS-02): so many months or so much usage, whichever comes
    first, for a product, a category or everything, by date of sale.

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
        if self.start_rule == "production" and lot.date_production:
            return lot.date_production
        return lot.date_sold

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
