# pylint: disable=consider-merging-classes-inherited
# Own file: what a contact means for the customer's callbacks.
from odoo import api, models
from odoo.fields import Domain


class SalesAssistantContact(models.Model):
    """SA-03, SA-04: a contact that took place starts the interval of the customer's
    callbacks anew."""

    _inherit = "sales.assistant.contact"

    @api.model
    def _get_care_domain(self):
        """Contacts in which the customer was heard: answered, or made by us; not those
        that were dropped or still wait."""
        return Domain("state", "in", ("answered", "closed")) & Domain(
            "cancel_reason_id", "=", False
        )

    def _do_answer(self):
        result = super()._do_answer()
        self._reschedule_callbacks()
        return result

    def _close_outgoing(self):
        result = super()._close_outgoing()
        self.filtered_domain(self._get_care_domain())._reschedule_callbacks()
        return result

    def _reschedule_callbacks(self):
        callbacks = self.env["sales.assistant.callback"]
        for company, contacts in self.grouped("company_id").items():
            if partners := contacts.commercial_partner_id:
                callbacks._reschedule_after_contact(partners, company)
