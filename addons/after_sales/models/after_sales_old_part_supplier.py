# pylint: disable=consider-merging-classes-inherited
# Own file: whose part it turns out to be is one concept.
from odoo import models

#: where it can still be redirected: with the station or the maker
WITH_US = ("at_station", "in_transit", "received")


class AfterSalesOldPart(models.Model):
    """A lot that is read off the part later says whose it is (AS-09, AS-10)."""

    _inherit = "after.sales.old.part"

    def _follow_supplier(self, partner, lot):
        """The part goes to the supplier of its lot. The chain gets a link that says so,
        and it leaves the parcel to another one; what is on its way to a supplier, or
        gone, stays as it is.

        :param self: parts in sudo
        :param partner: supplier of the lot, commercial ``res.partner``
        :param lot: ``stock.lot`` of the part
        """
        moving = self.filtered(
            lambda part: (
                part.state in WITH_US
                and part.supplier_id != partner
                and not (part.state == "in_transit" and part.disposal == "supplier")
            )
        )
        if not moving:
            return
        moving._lock_for_step()
        moving._get_straight_lines().unlink()
        moving.write({"supplier_id": partner.id})
        note = self.env._(
            "Lot %(lot)s: supplier %(supplier)s", lot=lot.name, supplier=partner.name
        )
        for state, parts in moving.grouped("state").items():
            parts._move(
                state,
                note=note,
                partner_id={part: part.holder_id.id for part in parts},
            )

    def _get_straight_lines(self):
        """Where they are packed for a supplier and not sent yet."""
        return self.env["after.sales.part.shipment.line"].search(
            [
                ("part_id", "in", self.ids),
                ("shipment_id.state", "=", "draft"),
                ("shipment_id.destination", "=", "supplier"),
            ]
        )
