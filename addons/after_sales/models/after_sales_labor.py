from odoo import api, fields, models


class AfterSalesLabor(models.Model):
    """A labour operation and its standard time, for one product or for all (AS-04).

    The same operation code may have a time of its own for a product; it wins over the
    general one.
    """

    _name = "after.sales.labor"
    _description = "Labour Operation"
    _order = "code, product_tmpl_id, id"
    _rec_names_search = ["code", "name"]
    _check_company_auto = True

    code = fields.Char(required=True, index="trigram")
    name = fields.Char(required=True, translate=True)
    product_tmpl_id = fields.Many2one(
        "product.template",
        "Product",
        index="btree_not_null",
        check_company=True,
        help="Empty: for all products.",
    )
    standard_hours = fields.Float(required=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(product_tmpl_id, 0), COALESCE(company_id, 0))",
        "This operation has a standard time for the product already.",
    )
    _hours_positive = models.Constraint(
        "CHECK (standard_hours > 0)", "A standard time is more than zero."
    )

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for labor in self:
            labor.display_name = " ".join(filter(None, (labor.code, labor.name)))

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Labour Times"),
                "template": "/after_sales/static/xls/after_sales_labor.xlsx",
            }
        ]
