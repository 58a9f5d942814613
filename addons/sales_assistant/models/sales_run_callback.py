# pylint: disable=consider-merging-classes-inherited
# Own file: another job of the same model.
from odoo import fields, models
from odoo.fields import Domain

#: customers whose callbacks are planned by one committed batch
BATCH = 500


class SalesRun(models.Model):
    """Planning callbacks as a job (SA-04, F-15): it walks through the customers by id;
    what is planned already is left as it is."""

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[("sales_assistant_callback", "Callbacks")],
        ondelete={"sales_assistant_callback": "cascade"},
    )

    def _get_batch_size(self):
        if self.kind == "sales_assistant_callback":
            return BATCH
        return super()._get_batch_size()

    def _get_pending_sales_assistant_callback(self, limit):
        programmes = self.env["sales.assistant.callback.programme"]
        return self.env["res.partner"].search(
            programmes._get_customer_domain(self.company_id)
            & Domain("id", ">", self.position),
            order="id",
            limit=limit,
        )

    def _do_sales_assistant_callback(self, partners):
        free = partners.try_lock_for_update(allow_referencing=True)
        nobody = self.env["sales.assistant.callback.programme"]._plan(
            free, self.company_id
        )
        return [
            *self._skip(
                partners - free,
                self.env._("Somebody is working on it now. The next run takes it."),
            ),
            *self._skip(nobody, self.env._("Nobody is named to call this customer.")),
        ]
