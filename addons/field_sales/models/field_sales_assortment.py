from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FieldSalesAssortment(models.Model):
    """Which SKUs a store must list (FS-03), with facings, safety stock and price.

    A line holds for a grade, a channel, a chain or a mix of them; per SKU the most
    particular line wins. A line that is not listed takes a SKU out where a wider line
    lists it.
    """

    _name = "field.sales.assortment"
    _description = "Assortment Line"
    _order = "sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        check_company=True,
        index=True,
        domain=[("sale_ok", "=", True)],
    )
    grade_id = fields.Many2one(
        "sales.grade",
        domain=[("kind", "=", "store")],
        index="btree_not_null",
        ondelete="cascade",
    )
    channel_id = fields.Many2one(
        "field.sales.channel", index="btree_not_null", ondelete="cascade"
    )
    chain_id = fields.Many2one(
        "res.partner",
        domain=[("is_company", "=", True), ("is_store", "=", False)],
        index="btree_not_null",
        ondelete="cascade",
    )
    is_listed = fields.Boolean("Listed", default=True)
    is_promoted = fields.Boolean(
        "Recommended", help="Recommended, new or promoted: best place, at least 3."
    )
    target_facings = fields.Integer(default=1)
    safety_stock = fields.Float(digits="Product Unit")
    price = fields.Monetary("Shelf Price")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _scope_uniq = models.UniqueIndex(
        "(product_id, COALESCE(grade_id, 0), COALESCE(channel_id, 0), "
        "COALESCE(chain_id, 0), COALESCE(company_id, 0)) WHERE active",
        "This product is already in the assortment of the same grade, channel and "
        "chain.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for line in self:
            company = line.company_id or self.env.company
            line.currency_id = company.currency_id

    @api.constrains("target_facings", "safety_stock", "price", "is_promoted")
    def _check_figures(self):
        for line in self:
            if min(line.target_facings, line.safety_stock, line.price) < 0:
                raise ValidationError(
                    self.env._(
                        "Assortment of “%(product)s”: facings, safety stock and price "
                        "cannot be negative.",
                        product=line.product_id.display_name,
                    )
                )
            if line.is_promoted and line.target_facings < 3:
                raise ValidationError(
                    self.env._(
                        "“%(product)s” is recommended: it needs at least 3 facings.",
                        product=line.product_id.display_name,
                    )
                )

    @api.constrains("grade_id")
    def _check_grade(self):
        if any(line.grade_id and line.grade_id.kind != "store" for line in self):
            raise ValidationError(self.env._("An assortment is for grades of stores."))

    @api.model
    def _get_listed(self, stores, company):
        """The SKUs each store must list.

        :param res.partner stores: stores
        :param res.company company: whose assortment and grades count
        :returns: {store id: assortment lines in their order}
        :rtype: dict
        """
        lines = self.search([("company_id", "in", [company.id, False])])
        ranked = sorted(lines, key=lambda line: line._get_rank())
        cache, listed = {}, {}
        for store in stores.with_company(company):
            key = (store.chain_id, store.field_sales_channel_id, store.sales_grade_id)
            if key not in cache:
                cache[key] = self._pick(ranked, *key)
            listed[store.id] = cache[key]
        return listed

    @api.model
    def _pick(self, ranked, chain, channel, grade):
        by_product = {}
        for line in ranked:  # from the widest on: a more particular one replaces it
            if (
                line.chain_id in (chain, chain.browse())
                and line.channel_id in (channel, channel.browse())
                and line.grade_id in (grade, grade.browse())
            ):
                by_product[line.product_id] = line
        kept = [line.id for line in by_product.values() if line.is_listed]
        return self.browse(kept).sorted(lambda line: (line.sequence, line.id))

    def _get_rank(self):
        criteria = (self.chain_id, self.channel_id, self.grade_id)
        return (*map(bool, criteria), bool(self.company_id), -self.sequence, -self.id)

    @api.model
    def get_import_templates(self):
        """F-10: assortments come in by a template."""
        return [
            {
                "label": self.env._("Import Template for Assortments"),
                "template": "/field_sales/static/xls/assortments.xlsx",
            }
        ]
