from odoo import fields, models

#: claims taken by one committed batch of the settlement
BATCH = 2000


class SalesRun(models.Model):
    """The monthly settlement as a job (AS-12, F-15): it walks through the approved
    claims by id, so it goes on where it was stopped and pays nobody twice."""

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[("after_sales_settlement", "Settlement of Claims")],
        ondelete={"after_sales_settlement": "cascade"},
    )

    def _get_batch_size(self):
        if self.kind == "after_sales_settlement":
            return BATCH
        return super()._get_batch_size()

    def _get_pending_after_sales_settlement(self, limit):
        domain = self.env["after.sales.settlement"]._get_settleable_domain(
            self.company_id, fields.Date.to_date(self.parameters["date_to"])
        )
        return self.env["after.sales.claim"].search(
            [*domain, ("id", ">", self.position)], order="id", limit=limit
        )

    def _do_after_sales_settlement(self, claims):
        free = claims.try_lock_for_update()
        left_out = self.env["after.sales.settlement"]._settle(
            free,
            fields.Date.to_date(self.parameters["date_from"]),
            fields.Date.to_date(self.parameters["date_to"]),
        )
        return [
            *self._skip(
                claims - free,
                self.env._("Somebody is working on it now. The next run takes it."),
            ),
            *self._skip(
                left_out,
                self.env._("The station's settlement of this month was sent already."),
            ),
        ]
