# pylint: disable=consider-merging-classes-inherited
# Own file: what an approval did beyond the claim is undone in one place.
from odoo import models

#: shipments in these states move no part
NOT_SHIPPED = {"draft", "cancelled", "declined"}


class AfterSalesClaim(models.Model):
    """What the approval of a claim did to its unit and beyond is undone when it is
    reopened (AS-06, AS-08); what others already act on stands in the way."""

    _inherit = "after.sales.claim"

    def _get_cannot_reopen(self):
        reasons = super()._get_cannot_reopen()
        # sudo: whoever reviews need not read shipments and responsibilities
        for claim in self.sudo().filtered(lambda one: not reasons[one.id]):
            under_way = claim.transfer_ids.filtered(
                lambda transfer: (
                    transfer.state not in ("draft", "cancelled", "declined")
                )
            )
            if under_way:
                reasons[claim.id] = self.env._("its parts are being shipped.")
            elif claim.responsibility_ids.filtered(lambda row: row.state != "draft"):
                reasons[claim.id] = self.env._("its supplier has been asked already.")
        return reasons

    def _do_reopen(self, reason, note):
        # sudo: the step has asked the person; registers and drafts are the system's
        claims_sudo = self.sudo()
        claims_sudo.responsibility_ids.unlink()
        claims_sudo.transfer_ids.filtered(
            lambda transfer: transfer.state == "draft"
        ).unlink()
        swaps_sudo = claims_sudo.filtered(lambda claim: claim.kind == "major_assembly")
        swaps_sudo.env["after.sales.assembly"]._take_back(swaps_sudo)
        result = super()._do_reopen(reason, note)
        claims_sudo.filtered(
            lambda claim: claim.kind == "running_in"
        )._forget_running_in()
        return result

    def _forget_running_in(self):
        """The service these claims recorded on their units is the earliest of those
        that are still approved, or none."""
        cards = self.search(
            [
                ("lot_id", "in", self.lot_id.ids),
                ("kind", "=", "running_in"),
                ("state", "in", ("approved", "settled")),
            ],
            order="date_repair desc, id desc",
        )
        left = {card.lot_id: card for card in cards}
        for claim in self:
            lot = claim.lot_id
            if lot.running_in_date == claim.date_repair:
                card = left.get(lot, self.browse())
                lot.write(
                    {
                        "running_in_date": card.date_repair,
                        "running_in_usage": card.usage,
                    }
                )
