# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class SalesRun(models.Model):
    """SA-08: greetings of the coming holidays, customer by customer.

    A customer gets a draft for every holiday of his country that is near, once: what is
    there, sent or cancelled, is not made again. A stopped run goes on after the last
    customer it took.
    """

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[("assistant_greeting", "Holiday Greetings")],
        ondelete={"assistant_greeting": "cascade"},
    )

    @api.model
    def _get_greeting_days(self, company):
        """Days near enough for their greetings to be prepared, with the holiday."""
        today = company._get_sales_today()
        last = today + timedelta(days=company.sales_assistant_greeting_days)
        days = self.env["sales.assistant.holiday"]._get_days_between(
            today, last, company
        )
        return [(day, holiday) for day, holiday in days if holiday.country_ids]

    @api.model
    def _get_greeting_domain(self, company, days):
        """Customers of the countries in which one of ``days`` is kept."""
        countries = self.env["res.country"].union(
            *(holiday.country_ids for _day, holiday in days)
        )
        return (
            Domain("parent_id", "=", False)
            & Domain("customer_rank", ">", 0)
            & Domain("country_id", "in", countries.ids)
            & Domain("sales_no_greeting", "=", False)
            & Domain("company_id", "in", [False, company.id])
        )

    def _get_pending_assistant_greeting(self, limit):
        days = self._get_greeting_days(self.company_id)
        partners = self.env["res.partner"]
        if not days:
            return partners
        domain = self._get_greeting_domain(self.company_id, days)
        return partners.search(
            domain & Domain("id", ">", self.position), order="id", limit=limit
        )

    def _do_assistant_greeting(self, partners):
        letters = self.env["sales.assistant.letter"]
        days = self._get_greeting_days(self.company_id)
        made = letters.search_fetch(
            Domain("partner_id", "in", partners.ids)
            & Domain("date_holiday", "in", [day for day, _holiday in days])
            & Domain("company_id", "=", self.company_id.id),
            ["partner_id", "holiday_id", "date_holiday"],
        )
        keys = {(one.partner_id, one.holiday_id, one.date_holiday) for one in made}
        unreachable = partners.filtered(lambda partner: not partner.email)
        letters.create(
            [
                letters._prepare_greeting_values(partner, day, holiday, self)
                for partner in partners - unreachable
                for day, holiday in days
                if partner.country_id in holiday.country_ids
                and (partner, holiday, day) not in keys
            ]
        )
        return self._skip(unreachable, self.env._("no e-mail address"))
