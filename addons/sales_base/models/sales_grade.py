from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import grade as grading

MANAGER = "sales_base.group_sales_base_manager"


class SalesGrade(models.Model):
    """A customer's grade: computed every month where the company wants it, else set by
    hand.

    Source: S2, 客户分类、分级、动态管理.
    """

    _name = "sales.grade"
    _description = "Grade"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("customer", "Customer")], required=True, default="customer", index=True
    )
    sequence = fields.Integer(default=10, help="The best grade has the lowest number.")
    color = fields.Integer()
    description = fields.Text(translate=True)
    min_points = fields.Float(
        "From Points",
        compute="_compute_min_points",
        inverse="_inverse_min_points",
        digits=(5, 1),
        help="A customer with so many points has this grade; the last grade takes all "
        "that are left. Each company may have its own.",
    )
    standard_points = fields.Float(
        digits=(5, 1), help="Points in companies that have set none of their own."
    )
    company_points = fields.Float(company_dependent=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    _standard_points_range = models.Constraint(
        "CHECK (standard_points >= 0 AND standard_points <= 100)",
        "The points of a grade lie between 0 and 100.",
    )

    @api.depends("standard_points", "company_points")
    @api.depends_context("company")
    def _compute_min_points(self):
        for grade in self:
            grade.min_points = grade.company_points or grade.standard_points

    def _inverse_min_points(self):
        for grade in self:
            if grade.id and grade.standard_points:
                grade.company_points = grade.min_points
            else:
                grade.standard_points = grade.min_points

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Grades"),
                "template": "/sales_base/static/xls/grades.xlsx",
            }
        ]

    @api.model
    def _get_cutoffs(self, company):
        """The customer grades a company gives, best first; its own replace the shared
        ones.

        :param res.company company: one company
        :returns: [(least points, grade)]
        """
        grades = self.with_company(company).search(
            [("kind", "=", "customer"), ("company_id", "in", [company.id, False])]
        )
        own = grades.filtered("company_id") or grades
        return [
            (grade.min_points, grade)
            for grade in own.sorted(lambda one: (-one.min_points, one.sequence))
        ]

    @api.model
    def _get_scale(self, company):
        """How ``company`` judges.

        :rtype: tools.grade.Scale
        """
        return grading.Scale(
            company.sales_grade_turnover_weight,
            company.sales_grade_payment_weight,
            company.sales_grade_growth_weight,
            company.sales_grade_turnover_full,
            company.sales_grade_late_zero,
            company.sales_grade_growth_zero,
            company.sales_grade_growth_full,
        )

    def action_compute(self):
        """Grade the customers of the current company anew, from the catalogue's list.

        :raises AccessError: only managers start it
        """
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers have customers graded anew."))
        run = self.env["sales.grade.score"]._start_run(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": run.name,
            "res_model": "sales.run",
            "res_id": run.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
