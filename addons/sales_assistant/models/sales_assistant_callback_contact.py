# pylint: disable=consider-merging-classes-inherited
# Own file: what the contact log tells the callbacks.
from odoo import api, models
from odoo.fields import Domain


class SalesAssistantCallback(models.Model):
    """SA-03, SA-04: a contact of the log counts as well as a call."""

    _inherit = "sales.assistant.callback"

    @api.model
    def _get_last_contact_days(self, partners, company):
        """The later day of the last call and the last contact of the log."""
        days = super()._get_last_contact_days(partners, company)
        contacts = self.env["sales.assistant.contact"]
        # sudo: a contact of a colleague counts, too
        groups = contacts.sudo()._read_group(
            Domain("commercial_partner_id", "in", partners.ids)
            & Domain("company_id", "=", company.id)
            & contacts._get_care_domain(),
            ["commercial_partner_id"],
            ["contact_at:max", "answered_at:max"],
        )
        for partner, *moments in groups:
            day = company._get_sales_day(max(filter(None, moments)))
            days[partner.id] = max(filter(None, (days[partner.id], day)))
        return days
