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
    _inherit = ["field.sales.scope.mixin"]
    _rec_name = "product_id"

    product_id = fields.Many2one(
        "product.product",
        required=True,
        check_company=True,
        index=True,
        domain=[("sale_ok", "=", True)],
    )
    is_listed = fields.Boolean("Listed", default=True)
    is_promoted = fields.Boolean(
        "Recommended", help="Recommended, new or promoted: best place, at least 3."
    )
    target_facings = fields.Integer(default=1)
    safety_stock = fields.Float(digits="Product Unit")
    price = fields.Monetary("Shelf Price")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    company_id = fields.Many2one(default=lambda self: self.env.company)

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

    @api.model
    def _get_listed(self, stores, company):
        """The SKUs each store must list.

        :param res.partner stores: stores
        :param res.company company: whose assortment and grades count
        :returns: {store id: assortment lines in their order}
        :rtype: dict
        """
        applying = self._get_applying(stores, company)
        picked = {lines: lines._pick() for lines in set(applying.values())}
        return {id_: picked[lines] for id_, lines in applying.items()}

    def _pick(self):
        """Of lines from the most particular on, the first of each SKU decides."""
        by_product = {}
        for line in self:
            by_product.setdefault(line.product_id, line)
        kept = [line.id for line in by_product.values() if line.is_listed]
        return self.browse(kept).sorted(lambda line: (line.sequence, line.id))

    @api.model
    def get_import_templates(self):
        """F-10: assortments come in by a template."""
        return [
            {
                "label": self.env._("Import Template for Assortments"),
                "template": "/field_sales/static/xls/assortments.xlsx",
            }
        ]
