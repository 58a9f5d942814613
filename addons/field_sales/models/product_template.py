from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    """What a visit needs to know of a product: spec, case and shelf life."""

    _inherit = "product.template"

    field_sales_spec = fields.Char("Spec", help="Size and packing, such as 75 g × 24.")
    field_sales_case_uom_id = fields.Many2one(
        "uom.uom",
        "Case",
        domain="[('id', 'in', uom_ids)]",
        help="Packaging in which stores order; empty: the smallest packaging.",
    )
    shelf_life_days = fields.Integer(
        "Shelf Life (Days)", help="From production; 0: does not expire."
    )

    @api.constrains("shelf_life_days")
    def _check_shelf_life_days(self):
        if any(product.shelf_life_days < 0 for product in self):
            raise ValidationError(self.env._("The shelf life cannot be negative."))

    def _get_field_sales_case_quantity(self):
        """Units of the product in a case; 1 where it has no packaging.

        :rtype: float
        """
        self.ensure_one()
        factors = self.field_sales_case_uom_id.mapped("factor") or [
            uom.factor for uom in self.uom_ids if uom.factor > self.uom_id.factor
        ]
        return min(factors) / self.uom_id.factor if factors else 1.0
