# pylint: disable=consider-merging-classes-inherited
# Own file: what comes in from the portal is hostile until proven, one concept.
from odoo import models
from odoo.exceptions import UserError, ValidationError


class AfterSalesTransfer(models.Model):
    """What the people of a station or a supplier may do with a shipment in the portal
    (AS-11, AS-20). The shipment was found with their rights."""

    _inherit = "after.sales.transfer"

    def _portal_dispatch(self, values, quantities):
        """It is on its way.

        :param dict values: texts ``carrier``, ``waybill``, ``freight_amount``
        :param dict quantities: {line id as text: quantity as text}
        """
        self.ensure_one()
        claims = self.env["after.sales.claim"]
        # sudo: found as the user; the step asks person and state
        transfer_sudo = self.sudo()
        transfer_sudo._check_can("dispatch")
        carrier = claims._portal_text(values.get("carrier"), 80)
        waybill = claims._portal_text(values.get("waybill"), 80)
        if not carrier or not waybill:
            raise ValidationError(self.env._("Enter carrier and waybill number."))
        freight = claims._portal_number(
            values.get("freight_amount") or 0, self.env._("Freight")
        )
        transfer_sudo.write(
            {"carrier": carrier, "waybill": waybill, "freight_amount": freight}
        )
        transfer_sudo._do_dispatch(self._portal_quantities(quantities))

    def _portal_receive(self, quantities, notes):
        """It has come.

        :param dict quantities: {line id as text: quantity as text}
        :param dict notes: {line id as text: remark}
        """
        self.ensure_one()
        claims = self.env["after.sales.claim"]
        # sudo: found as the user; the step asks person and state
        transfer_sudo = self.sudo()
        transfer_sudo._check_can("receive")
        for line in transfer_sudo.line_ids:
            line.note = claims._portal_text(notes.get(str(line.id)), 200) or line.note
        transfer_sudo._do_receive(self._portal_quantities(quantities))

    def _portal_quantities(self, quantities):
        """Quantities of this shipment's own lines, each proven.

        :returns: {line id: float}
        """
        claims = self.env["after.sales.claim"]
        proven = {}
        for line in self.sudo().line_ids:  # sudo: lines of a document that was found
            if str(line.id) not in quantities:
                raise UserError(
                    self.env._("The lines are incomplete. Reload the page.")
                )
            text = quantities[str(line.id)]
            proven[line.id] = claims._portal_number(text or 0, self.env._("Quantity"))
        return proven
