# pylint: disable=consider-merging-classes-inherited
# Own file: what a supplier says of parts sent straight to it is one concept.
from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .after_sales_old_part import CONDITIONS
from .after_sales_part_shipment_line import RESULTS

NOTE_MAX = 200


class AfterSalesPartShipment(models.Model):
    """A shipment straight to a supplier is received by the supplier's contact in the
    portal, part by part (AS-10, AS-20); the maker sees it all."""

    _inherit = "after.sales.part.shipment"

    def _is_step_person(self, step):
        is_portal = self.env.uid != SUPERUSER_ID and self.env.user._is_portal()
        if is_portal and step is self._steps["receive"]:
            return self._is_sent_to_user()
        return super()._is_step_person(step)

    def _is_sent_to_user(self):
        """Whether all of these go to the company of the current portal user."""
        contact = self.env.user.partner_id
        if not contact._get_after_sales_role("after.sales.supplier"):
            return False
        own = [("id", "child_of", self.env.user.commercial_partner_id.id)]
        # sudo: which partners are his does not depend on what he may read
        partners_sudo = self.env["res.partner"].sudo().search(own)
        return all(
            shipment.destination == "supplier" and shipment.supplier_id in partners_sudo
            for shipment in self.sudo()  # sudo: as above
        )

    def _portal_receive(self, part, values):
        """The supplier's finding on one part; the last one receives the shipment.

        :param part: ``after.sales.old.part`` of this shipment, found as the user
        :param dict values: ``result``, ``condition`` and ``note`` as received
        :raises UserError: what is wrong and what to do
        """
        self.ensure_one()
        result, condition = self._portal_finding(values)
        note = self.env["after.sales.claim"]._portal_text(values.get("note"), NOTE_MAX)
        # sudo: the part was found as the user; person and state are asked here
        shipment_sudo = self.sudo()
        if not shipment_sudo._is_step_person(self._steps["receive"]):
            raise AccessError(self.env._("This shipment is not for you."))
        shipment_sudo._lock_for_step()
        line = shipment_sudo.line_ids.filtered(lambda row: row.part_id == part)
        if shipment_sudo.state != "sent" or not line:
            raise UserError(self.env._("%s is closed.", shipment_sudo.name))
        line.write({"result": result, "condition": condition, "note": note})
        if all(shipment_sudo.line_ids.mapped("result")):
            shipment_sudo.action_receive()

    def _portal_finding(self, values):
        result = str(values.get("result") or "")
        condition = str(values.get("condition") or "")
        if result == "missing":
            condition = "unchecked"
        elif condition == "unchecked":
            condition = ""
        if result not in dict(RESULTS) or condition not in dict(CONDITIONS):
            raise ValidationError(
                self.env._("Say whether it arrived, and in which condition.")
            )
        return result, condition
