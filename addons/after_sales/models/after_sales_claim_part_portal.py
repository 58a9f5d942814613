# pylint: disable=consider-merging-classes-inherited
# Own file: what a station says of a single part, one concept of claims and repairs.
from odoo import api, models
from odoo.exceptions import ValidationError

LOT_MAX = 100
PART_TYPES = ("part", "purchase")


class AfterSalesClaim(models.Model):
    """The part that caused the failure and its own lot, as they come in from the
    portal (AS-06, AS-09): the lot leads to the supplier."""

    _inherit = "after.sales.claim"

    @api.model
    def _portal_prepare_part(self, received, product, company):
        """Values of a line that tell about its part.

        :param dict received: texts ``line_type``, ``part_lot``, ``is_causal``
        :param product: the part of the line, or None
        :param res.company company: of the document
        """
        is_part = received.get("line_type") in PART_TYPES
        lot = self.env["stock.lot"]
        if is_part and product:
            lot = self._portal_find_part_lot(received.get("part_lot"), product, company)
        return {
            "part_lot_id": lot.id,
            "is_causal": is_part and received.get("is_causal") == "1",
        }

    @api.model
    def _portal_find_part_lot(self, text, product, company):
        """The lot of this part with exactly this number.

        A number that belongs to another part and one that nobody knows look the same,
        and the first that does not fit ends the search: who tries numbers through
        learns one thing a call, and calls are counted.

        :returns: ``stock.lot`` in sudo; empty if nothing was entered
        :raises ValidationError: no such lot
        """
        number = self._portal_text(text, LOT_MAX)
        # sudo: the number stands on the part before him; the exact one is the key
        lots_sudo = self.env["stock.lot"].sudo()
        if not number:
            return lots_sudo
        lot_sudo = lots_sudo.search(
            [
                ("name", "=", number),
                ("product_id", "=", product.id),
                ("company_id", "in", [company.id, False]),
            ],
            limit=1,
        )
        if not lot_sudo:
            raise ValidationError(
                self.env._(
                    "%(part)s: the lot or serial number “%(number)s” is not known for "
                    "this part. Check the label, or leave it empty and write the "
                    "number under “Cause Found”.",
                    part=product.display_name,
                    number=number,
                )
            )
        return lot_sudo
