from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_grade_id = fields.Many2one(
        "sales.grade",
        "Grade",
        company_dependent=True,
        copy=False,
        tracking=True,
        help="The grade of this partner in the current company.",
    )
    sales_grade_kind = fields.Char(compute="_compute_sales_grade_kind")

    def _compute_sales_grade_kind(self):
        self.sales_grade_kind = self._get_sales_grade_kind()

    @api.model
    def _get_sales_grade_kind(self):
        """Hook: the kind of grade a partner has; field sales grades stores."""
        return "customer"
