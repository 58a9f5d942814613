# pylint: disable=consider-merging-classes-inherited
# Own file: what comes in from the portal is hostile until proven, one concept.
import math

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

TEXT_MAX = 4000
FILES_MAX = 5


class AfterSalesResponsibility(models.Model):
    """What a supplier's contact may answer (AS-09, AS-20).

    These methods run as the portal user on a record he may read; they take only what is
    named here and write in sudo once all of it is proven.
    """

    _inherit = "after.sales.responsibility"

    def _portal_accept(self):
        # sudo: found as the user; the step asks person and state
        self.sudo().action_accept()

    def _portal_dispute(self, values, files):
        """Dispute with reason and proof.

        :param dict values: ``reason_id``, ``note`` and ``share`` as received
        :param list files: ``(file name, bytes)`` as received
        :raises UserError: what is wrong and what to do; nothing is kept then
        """
        self.ensure_one()
        reason_sudo = self._portal_pick_reason(values.get("reason_id"))
        note = self.env["after.sales.claim"]._portal_text(values.get("note"), TEXT_MAX)
        if not note:
            raise ValidationError(self.env._("Say why you do not accept it."))
        if len(files) > FILES_MAX:
            raise UserError(self.env._("At most %s files, please.", FILES_MAX))
        share = self._portal_share(values.get("share"))
        # sudo: found as the user; the step asks person and state
        record_sudo = self.sudo()
        record_sudo._check_can("dispute")
        for name, content in files:
            record_sudo.proof_ids._add_photo(record_sudo, name, content)
        record_sudo._do_dispute(reason_sudo, note, share)

    @api.model
    def _portal_get_reasons(self, usage):
        """What may be chosen from, in sudo."""
        # sudo: the reasons are offered to whoever may answer
        return self.env["sales.reason"].sudo().search([("usage", "=", usage)])

    @api.model
    def _portal_pick_reason(self, value, usage="after_sales_dispute"):
        found = self._portal_get_reasons(usage).filtered(
            lambda reason: str(reason.id) == str(value or "")
        )
        if not found:
            raise ValidationError(self.env._("Choose the reason from the list."))
        return found

    def _portal_share(self, value):
        """The share offered: less than what is asked."""
        try:
            share = float(str(value or "0").strip().replace(",", ".")[:12])
        except ValueError:
            share = math.nan
        if not 0 <= share < self.share_supplier:
            raise ValidationError(
                self.env._(
                    "The share you offer lies between 0 and less than %(share)s %%.",
                    share=f"{self.share_supplier:g}",
                )
            )
        return share
