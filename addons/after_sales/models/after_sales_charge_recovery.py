# pylint: disable=consider-merging-classes-inherited
# Own file: where a supplier's charge goes is one concept.
from odoo import api, fields, models


class AfterSalesCharge(models.Model):
    """A supplier's charge is taken into its next recovery, once (AS-13)."""

    _inherit = "after.sales.charge"

    recovery_id = fields.Many2one(
        "after.sales.recovery",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _open_supplier_idx = models.Index(
        "(supplier_id, currency_id) WHERE state = 'open' AND supplier_id IS NOT NULL"
    )

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"recovery_id"}

    def action_view_recovery(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.recovery",
            "res_id": self.recovery_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
