# pylint: disable=consider-merging-classes-inherited
# Own file: the way back from a claim to its repair, one concept.
from odoo import api, fields, models


class AfterSalesClaim(models.Model):
    """The repair a claim was made from (AS-05)."""

    _inherit = "after.sales.claim"

    repair_id = fields.Many2one(
        "after.sales.repair",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    _repair_uniq = models.UniqueIndex(
        "(repair_id) WHERE repair_id IS NOT NULL AND state <> 'cancelled'",
        "There is a claim of this repair already.",
    )

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"repair_id"}

    def action_view_repair(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.repair",
            "res_id": self.repair_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
