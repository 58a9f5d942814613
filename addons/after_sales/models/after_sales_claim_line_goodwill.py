# pylint: disable=consider-merging-classes-inherited
# Own file: what is paid after the warranty is one concept.
from odoo import fields, models


class AfterSalesClaimLine(models.Model):
    """A line that goodwill pays (AS-02, AS-05): its repair says so, or the warranty of
    its part had ended when the claim was judged."""

    _inherit = "after.sales.claim.line"

    is_after_warranty = fields.Boolean(
        "After the Warranty",
        readonly=True,
        copy=False,
        help="The warranty had ended and the coverage gives goodwill.",
    )

    def _is_paid_by_goodwill(self):
        self.ensure_one()
        return self.is_goodwill or self.is_after_warranty
