# pylint: disable=consider-merging-classes-inherited
# Own file: that what the maker agreed to is what is claimed, one concept.
from odoo import models
from odoo.exceptions import UserError

from .after_sales_claim_purchase import BOUND

#: what the maker looks at besides the lines
REQUEST_FIELDS = frozenset({"kind", "station_id", "lot_id", "purchase_reason"})


def plain(text):
    """A text without what a form makes of its white space."""
    return " ".join((text or "").split())


class AfterSalesClaim(models.Model):
    """What a request for an outside purchase says stays as the maker sees it, whoever
    writes, until the station withdraws it (AS-06)."""

    _inherit = "after.sales.claim"

    def write(self, vals):
        bound = self.browse()
        if REQUEST_FIELDS & set(vals):
            bound = self.filtered(lambda claim: claim.purchase_request in BOUND)
        before = {claim: claim._get_request() for claim in bound}
        result = super().write(vals)
        changed = bound.filtered(lambda claim: claim._get_request() != before[claim])
        if changed:
            raise UserError(
                self.env._(
                    "%(claims)s: the purchase was asked for with this unit and reason. "
                    "Withdraw the request to change them.",
                    claims=", ".join(changed.mapped("name")),
                )
            )
        return result

    def _get_request(self):
        return (self.kind, self.station_id, self.lot_id, plain(self.purchase_reason))
