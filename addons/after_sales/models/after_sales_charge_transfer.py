# pylint: disable=consider-merging-classes-inherited
# Own file: the shipment that a charge arises from.
from odoo import api, fields, models


class AfterSalesCharge(models.Model):
    """A charge may arise from the clearing of a shipment of urgent parts (AS-11)."""

    _inherit = "after.sales.charge"

    transfer_id = fields.Many2one(
        "after.sales.transfer",
        "Shipment of Urgent Parts",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"transfer_id"}
