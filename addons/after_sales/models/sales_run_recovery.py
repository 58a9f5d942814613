# pylint: disable=consider-merging-classes-inherited
# Own file: the jobs between maker and supplier are one concept.
from odoo import fields, models

#: records taken by one committed batch
BATCHES = {"after_sales_responsibility": 500, "after_sales_recovery": 1000}


class SalesRun(models.Model):
    """The supplier's side of a month as jobs (AS-09, AS-13, F-15): asking for approved
    claims, and recovering what was decided. Both walk by id, so they go on where they
    were stopped and nobody is asked or charged twice."""

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[
            ("after_sales_responsibility", "Suppliers Asked"),
            ("after_sales_recovery", "Supplier Recovery"),
        ],
        ondelete=dict.fromkeys(BATCHES, "cascade"),
    )

    def _get_batch_size(self):
        return BATCHES.get(self.kind) or super()._get_batch_size()

    def _get_run_period(self):
        return [
            fields.Date.to_date(self.parameters[key])
            for key in ("date_from", "date_to")
        ]

    def _open_run(self, title, is_done):
        """What a button shows of the run it started."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.run",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new" if is_done else "current",
        }

    # ------------------------------------------------------------ responsibilities

    def _get_pending_after_sales_responsibility(self, limit):
        domain = self.env["after.sales.responsibility"]._get_month_domain(
            self.company_id, *self._get_run_period()
        )
        return self.env["after.sales.claim"].search(
            [("id", ">", self.position), *domain], order="id", limit=limit
        )

    def _do_after_sales_responsibility(self, claims):
        free = claims.try_lock_for_update()
        unknown = self.env["after.sales.responsibility"]._ask_claims(free)
        return [
            *self._skip(claims - free, self._get_busy_text()),
            *self._skip(
                unknown,
                self.env._("No supplier with terms is known for its causal part."),
            ),
        ]

    # ------------------------------------------------------------------ recoveries

    def _get_pending_after_sales_recovery(self, limit):
        date_to = self._get_run_period()[1]
        domain = self.env["after.sales.recovery"]._get_recoverable_domain(
            self.company_id, date_to
        )
        return self.env["after.sales.responsibility"].search(
            [("id", ">", self.position), *domain], order="id", limit=limit
        )

    def _do_after_sales_recovery(self, responsibilities):
        free = responsibilities.try_lock_for_update()
        left_out = self.env["after.sales.recovery"]._recover(
            free, *self._get_run_period()
        )
        return [
            *self._skip(responsibilities - free, self._get_busy_text()),
            *self._skip(
                left_out,
                self.env._("The supplier's recovery of this month was sent already."),
            ),
        ]

    def _get_busy_text(self):
        return self.env._("Somebody is working on it now. The next run takes it.")
