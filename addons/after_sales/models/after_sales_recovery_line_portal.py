# pylint: disable=consider-merging-classes-inherited
# Own file: what comes in from the portal is hostile until proven, one concept.
from odoo import models
from odoo.exceptions import ValidationError

TEXT_MAX = 4000


class AfterSalesRecoveryLine(models.Model):
    """What a supplier's contact may answer to a line (AS-13, AS-20). Runs as the portal
    user on a line he may read."""

    _inherit = "after.sales.recovery.line"

    def _portal_dispute(self, values):
        """
        :param dict values: ``reason_id`` and ``note`` as received
        :raises UserError: what is wrong and what to do
        """
        self.ensure_one()
        responsibilities = self.env["after.sales.responsibility"]
        reason_sudo = responsibilities._portal_pick_reason(values.get("reason_id"))
        note = self.env["after.sales.claim"]._portal_text(values.get("note"), TEXT_MAX)
        if not note:
            raise ValidationError(self.env._("Say why you do not accept it."))
        # sudo: found as the user; the step asks person and state
        self.sudo()._do_with_reason("dispute", reason_sudo, note)
