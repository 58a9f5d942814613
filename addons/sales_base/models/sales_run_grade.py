# pylint: disable=consider-merging-classes-inherited
# Own file: another job of the same model.
from odoo import fields, models
from odoo.fields import Domain

#: customers graded by one committed batch
BATCH = 1000


class SalesRun(models.Model):
    """The monthly grading as a job (F-20, F-15): it walks through the customers by id,
    so it goes on where it was stopped; a month computed twice has the same rows."""

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[("sales_grade", "Customer Grades")],
        ondelete={"sales_grade": "cascade"},
    )

    def _get_batch_size(self):
        if self.kind == "sales_grade":
            return BATCH
        return super()._get_batch_size()

    def _get_pending_sales_grade(self, limit):
        partners = self.env["res.partner"]
        return partners.search(
            partners._get_gradable_domain(self.company_id)
            & Domain("id", ">", self.position),
            order="id",
            limit=limit,
        )

    def _do_sales_grade(self, partners):
        free = partners.try_lock_for_update(allow_referencing=True)
        idle = self.env["sales.grade.score"]._compute_scores(
            free, self.company_id, fields.Date.to_date(self.parameters["month"])
        )
        return [
            *self._skip(
                partners - free,
                self.env._("Somebody is working on it now. The next run takes it."),
            ),
            *self._skip(idle, self.env._("Nothing was sold, and it has no grade yet.")),
        ]
