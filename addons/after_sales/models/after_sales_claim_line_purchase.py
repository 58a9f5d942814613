# pylint: disable=consider-merging-classes-inherited
# Own file: that what the maker agreed to is what is bought, one concept.
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from .after_sales_claim_portal import EDITABLE
from .after_sales_claim_purchase import BOUND
from .after_sales_claim_purchase_agreed import plain

#: what the maker looks at of a line; the price is judged with the invoice
LINE_FIELDS = frozenset(
    {"claim_id", "line_type", "product_id", "name", "quantity", "price_unit"}
)


class AfterSalesClaimLine(models.Model):
    """Purchase lines wait unchanged while they are asked for. Once granted, less may be
    bought, at another price; not something else, and no more (AS-06)."""

    _inherit = "after.sales.claim.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_agreed({})
        return lines

    def write(self, vals):
        if not LINE_FIELDS & set(vals):
            return super().write(vals)
        before = self._get_agreed()
        result = super().write(vals)
        self._check_agreed(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        asked = self._get_agreed()
        self._refuse_asked(
            [line for line in asked if line.claim_id.purchase_request == "asked"]
        )

    def _get_agreed(self):
        """What the maker sees of the purchase lines among these that are asked for or
        granted.

        :returns: {line: {"claim", "request", "what", "quantity", "price"}}
        """
        purchases = self.filtered(lambda line: line.line_type == "purchase")
        # of a request that is made at this moment, the second one starts again
        purchases.claim_id.filtered(
            lambda claim: claim.kind == "purchase" and claim.state in EDITABLE
        ).lock_for_update()
        return {
            line: {
                "claim": line.claim_id,
                "request": line.claim_id.purchase_request,
                "what": (line.product_id, plain(line.name)),
                "quantity": line.quantity,
                "price": line.price_unit,
            }
            for line in purchases
            if line.claim_id.purchase_request in BOUND
        }

    def _check_agreed(self, before):
        """:param dict before: ``_get_agreed`` of these lines before the change
        :raises UserError: naming the lines
        """
        after = self._get_agreed()
        changed = [line for line in self if before.get(line) != after.get(line)]
        self._refuse_asked(
            [
                line
                for line in changed
                if any(
                    seen[line]["request"] == "asked"
                    for seen in (before, after)
                    if line in seen
                )
            ]
        )
        more = [
            line
            for line in changed
            if line in after and not self._is_within(before.get(line), after[line])
        ]
        if more:
            raise UserError(
                self.env._(
                    "The maker has not granted this: %(lines)s. Buy what was granted, "
                    "or withdraw the request and ask again.",
                    lines=", ".join(line.display_name for line in more),
                )
            )

    @api.model
    def _is_within(self, granted, bought):
        """Whether what a line says is covered by what it said before."""
        return (
            bool(granted)
            and granted["claim"] == bought["claim"]
            and granted["what"] == bought["what"]
            and float_compare(bought["quantity"], granted["quantity"], 6) <= 0
        )

    @api.model
    def _refuse_asked(self, lines):
        if lines:
            raise UserError(
                self.env._(
                    "The maker is looking at this request: %(lines)s. Wait for the "
                    "answer, or withdraw the request.",
                    lines=", ".join(line.display_name for line in lines),
                )
            )
