from odoo import fields, models

#: salespeople planned in one committed batch
PLAN_BATCH = 50


class SalesRun(models.Model):
    """The planning of a week for many salespeople (FS-06, F-15)."""

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[("field_sales_plan", "Visit planning")],
        ondelete={"field_sales_plan": "cascade"},
    )

    def _get_batch_size(self):
        if self.kind == "field_sales_plan":
            return PLAN_BATCH
        return super()._get_batch_size()

    def _get_pending_field_sales_plan(self, limit):
        """Salespeople with stores who have no plan for the week yet."""
        monday = fields.Date.to_date(self.parameters["date_start"])
        planned = self.env["field.sales.plan"].search(
            [("date_start", "=", monday), ("company_id", "=", self.company_id.id)]
        )
        stores = self.env["res.partner"]._read_group(
            [
                ("is_store", "=", True),
                ("user_id", "!=", False),
                ("user_id.company_ids", "in", self.company_id.id),
                ("company_id", "in", [self.company_id.id, False]),
            ],
            ["user_id"],
        )
        users = {user.id for (user,) in stores} - set(planned.user_id.ids)
        only = self.parameters.get("user_ids")
        if only is not None:
            users &= set(only)
        left = sorted(id_ for id_ in users if id_ > self.position)
        return self.env["res.users"].browse(left[:limit])

    def _do_field_sales_plan(self, users):
        """Draft the week's plans of a batch of salespeople."""
        monday = fields.Date.to_date(self.parameters["date_start"])
        plans = self.env["field.sales.plan"]._generate(users, monday, self.company_id)
        empty = plans.filtered(lambda plan: not plan.visit_ids)
        skipped = self._skip(
            empty.user_id, self.env._("no visit is due on a working day of the week")
        )
        empty.unlink()
        return skipped
