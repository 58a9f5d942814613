# pylint: disable=consider-merging-classes-inherited
# Own file: what the window shows while the customer is on the phone.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from .sales_assistant_contact import LOGGED_FIELDS

CALLERS, DEALINGS = 8, 5


class SalesAssistantContact(models.Model):
    """SA-03: a call is logged in two clicks while on the phone: the caller is found by
    number or name, his last dealings stand beside. All with the user's own rights."""

    _inherit = "sales.assistant.contact"

    @api.model
    @api.readonly
    def find_callers(self, text):
        """Customers whose number ends like ``text``, or whose name holds it.

        :param str text: as typed or read off the telephone
        :returns: list of ``{"id", "name", "company", "phone", "city"}``, best first
        """
        text = str(text or "").strip()
        partners = self.env["res.partner"]
        found = partners._search_by_phone(text, limit=CALLERS)
        is_number = bool(found) or not any(letter.isalpha() for letter in text)
        if len(text) > 1 and not is_number:
            found = partners.search(
                Domain("display_name", "ilike", text)
                & Domain("company_id", "in", [*self.env.companies.ids, False]),
                limit=CALLERS,
                order="customer_rank desc, complete_name, id",
            )
        return [
            {
                "id": partner.id,
                "name": partner.name or partner.display_name,
                "company": partner.parent_id.name or "",
                "phone": partner.phone or "",
                "city": partner.city or "",
            }
            for partner in found
        ]

    @api.model
    @api.readonly
    def get_dealings(self, partner_id):
        """The last dealings with a customer, newest first in each kind.

        :param int partner_id: the caller; his whole company counts
        :returns: list of ``{"key", "title", "rows"}``, rows as
            ``{"model", "id", "title", "subtitle", "day", "level"}``
        """
        partner = self.env["res.partner"].browse(int(partner_id)).exists()
        partner.check_access("read")
        customer = partner.commercial_partner_id
        return [
            {
                "key": key,
                "title": title,
                "rows": [
                    {"model": one._name, "id": one.id, **row(one)}
                    for one in self.env[model].search(
                        domain, order=order, limit=DEALINGS
                    )
                ],
            }
            for key, title, model, domain, order, row in self._get_dealing_kinds(
                customer
            )
        ]

    @api.model
    def _get_dealing_kinds(self, customer):
        """Hook: kinds of dealings as (key, title, model, domain, order, row)."""
        _ = self.env._
        same = Domain("commercial_partner_id", "=", customer.id)
        of_customer = Domain("partner_id", "child_of", customer.ids)
        sold = Domain("state", "=", "sale")
        offered = Domain("state", "in", ("draft", "sent"))
        by_date = "date_order desc, id desc"
        row = self._get_order_dealing
        return [
            ("orders", _("Orders"), "sale.order", of_customer & sold, by_date, row),
            (
                "quotations",
                _("Quotations"),
                "sale.order",
                of_customer & offered,
                by_date,
                row,
            ),
            (
                "complaints",
                _("Complaints"),
                "sales.complaint",
                same,
                "received_at desc, id desc",
                self._get_complaint_dealing,
            ),
            (
                "contacts",
                _("Contacts"),
                "sales.assistant.contact",
                same,
                "contact_at desc, id desc",
                self._get_contact_dealing,
            ),
        ]

    @api.model
    def _get_order_dealing(self, order):
        amount = format_amount(self.env, order.amount_total, order.currency_id)
        return {
            "title": order.name,
            "subtitle": " · ".join(filter(None, (amount, order.client_order_ref))),
            "day": self._format_dealing_day(order.date_order),
            "level": "muted",
        }

    @api.model
    def _get_complaint_dealing(self, complaint):
        is_open = complaint.state in ("new", "accepted")
        return {
            "title": complaint.name,
            "subtitle": complaint.subject,
            "day": self._format_dealing_day(complaint.received_at),
            "level": "danger" if is_open else "muted",
        }

    @api.model
    def _get_contact_dealing(self, contact):
        return {
            "title": contact.name,
            "subtitle": contact._get_title(),
            "day": self._format_dealing_day(contact.contact_at),
            "level": "warning" if contact.state == "open" else "muted",
        }

    @api.model
    def _format_dealing_day(self, moment):
        return format_date(self.env, self.env.company._get_sales_day(moment))

    @api.model
    def log_contact(self, vals, is_answered=False):
        """Take a contact down from anywhere.

        :param dict vals: of ``LOGGED_FIELDS``; everything else is left out
        :param bool is_answered: the caller had his answer on the phone
        :returns: ``{"id", "name"}`` of the contact
        """
        contact = self.create(
            {key: value for key, value in vals.items() if key in LOGGED_FIELDS}
        )
        if is_answered and contact.state == "open":
            contact.action_answer()
        return {"id": contact.id, "name": contact.name}
