from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.coverage import Term


class AfterSalesCoveragePart(models.Model):
    """A part, or a category of parts, with a term of its own under a policy (AS-02):
    a wear part with less, an engine with more, or none at all."""

    _name = "after.sales.coverage.part"
    _description = "Part Under a Coverage"
    _order = "sequence, id"

    coverage_id = fields.Many2one(
        "after.sales.coverage", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        "Part",
        index="btree_not_null",
        domain=[("is_spare_part", "=", True)],
    )
    categ_id = fields.Many2one("product.category", "Category", index="btree_not_null")
    is_excluded = fields.Boolean("Never Covered")
    months = fields.Integer()
    usage_limit = fields.Integer(help="In the unit's usage (km, h). 0: no limit.")

    _target_single = models.Constraint(
        "CHECK ((product_id IS NULL) != (categ_id IS NULL))",
        "Choose a part or a category of parts.",
    )
    _product_uniq = models.Constraint(
        "UNIQUE (coverage_id, product_id)", "This part stands in the policy already."
    )
    _categ_uniq = models.Constraint(
        "UNIQUE (coverage_id, categ_id)", "This category stands in the policy already."
    )
    _term_positive = models.Constraint(
        "CHECK (usage_limit >= 0)", "A usage limit is not negative."
    )

    @api.constrains("coverage_id", "months", "is_excluded")
    def _check_months(self):
        for part in self:
            if not part.is_excluded and part.months <= 0:
                raise ValidationError(
                    self.env._(
                        "%(part)s: give the months, or mark the part as never covered.",
                        part=(part.product_id or part.categ_id).display_name,
                    )
                )

    def _find(self, product):
        """The row that is nearest to a part: the part itself, then its own category,
        then those above.

        :param product.product product: a spare part
        :returns: one row, or none
        """
        own = self.filtered(lambda row: row.product_id == product)
        if own:
            return own[:1]
        path = [
            int(id_) for id_ in (product.categ_id.parent_path or "").split("/")[:-1]
        ]
        rows = self.filtered(lambda row: row.categ_id.id in path)
        return rows.sorted(lambda row: -path.index(row.categ_id.id))[:1]

    def _get_term(self):
        self.ensure_one()
        return Term(self.months, self.usage_limit)
