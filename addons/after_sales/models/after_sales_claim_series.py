# pylint: disable=consider-merging-classes-inherited
# Own file: what a kind of claim means to its life, one concept.
from odoo import models
from odoo.exceptions import UserError


class AfterSalesClaim(models.Model):
    """The six kinds of claims (AS-06): each has its number series, its own section,
    and says what it lacks before it can be submitted."""

    _inherit = "after.sales.claim"

    def write(self, vals):
        """The number tells the kind: another kind is another claim.

        :raises UserError: naming the claims
        """
        if "kind" in vals:
            others = self.filtered(lambda claim: claim.kind != vals["kind"])
            if others:
                raise UserError(
                    self.env._(
                        "The kind of a claim is in its number. Make a new claim "
                        "instead of: %(claims)s.",
                        claims=", ".join(others.mapped("name")),
                    )
                )
        return super().write(vals)

    def _get_kind_lack(self):
        """Hook: what this claim lacks as one of its kind.

        :returns: text, or False
        """
        self.ensure_one()
        return False
