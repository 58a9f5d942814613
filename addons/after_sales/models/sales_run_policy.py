# pylint: disable=consider-merging-classes-inherited
# Own file: another job of the same model.
from odoo import fields, models

#: claims decided by one committed batch
BATCH = 500


class SalesRun(models.Model):
    """Decisions by policy as a job (AS-08): it asks for what is still undecided, so it
    can be stopped and started again at any point."""

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[("after_sales_decide", "Decisions by Policy")],
        ondelete={"after_sales_decide": "cascade"},
    )

    def _get_batch_size(self):
        if self.kind == "after_sales_decide":
            return BATCH
        return super()._get_batch_size()

    def _get_pending_after_sales_decide(self, limit):
        claims = self.env["after.sales.claim"]
        domain = claims._get_undecided_domain(self.company_id)
        return claims.search(
            [*domain, ("id", ">", self.position)], order="id", limit=limit
        )

    def _do_after_sales_decide(self, claims):
        free = claims.try_lock_for_update()
        free._decide_by_policy()
        return self._skip(
            claims - free,
            self.env._("Somebody is working on it now. The next run takes it."),
        )
