# pylint: disable=consider-merging-classes-inherited
# Own file: that a recovery follows its credit note is one concept.
from odoo import models


class AccountMove(models.Model):
    """A supplier's recovery lives by its credit note (AS-13): what accounting posts,
    takes back to draft, cancels, deletes or reverses shows on the recovery."""

    _inherit = "account.move"

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            (self | self.reversed_entry_id)._get_recoveries()._follow_move()
        return result

    def unlink(self):
        recoveries_sudo = self._get_recoveries()
        result = super().unlink()
        recoveries_sudo._follow_move()
        return result

    def _get_recoveries(self):
        """Recoveries in sudo that these moves carry."""
        # sudo: accounting needs no right on recoveries
        recoveries_sudo = self.env["after.sales.recovery"].sudo()
        return recoveries_sudo.search(
            [("move_id", "in", self.ids), ("state", "!=", "cancelled")]
        )

    def _is_taken_back(self):
        """Whether reversals that are posted come to the whole amount."""
        self.ensure_one()
        reversals = self.reversal_move_ids.filtered(lambda move: move.state == "posted")
        total = sum(reversals.mapped("amount_total"))
        return (
            bool(reversals)
            and self.currency_id.compare_amounts(total, self.amount_total) >= 0
        )
