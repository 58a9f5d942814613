# pylint: disable=consider-merging-classes-inherited
# Own file: greetings are prepared ahead; the letter itself knows nothing of runs.
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError

#: a run of at most so many customers is done at once
AT_ONCE = 200
KIND = "assistant_greeting"
LETTER = "sales_assistant.group_sales_assistant_letter"


class SalesAssistantLetter(models.Model):
    _inherit = "sales.assistant.letter"

    @api.model
    def _prepare_greeting_values(self, partner, day, holiday, run):
        """Values of one greeting draft (hook).

        :param partner: customer
        :param date day: day of the holiday
        :param holiday: the holiday
        :param run: the run that prepares it
        """
        company = run.company_id
        # by the cached id: ``env.ref`` asks the database for each customer
        template_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "sales_assistant.mail_template_letter_greeting", raise_if_not_found=True
        )
        return {
            "partner_id": partner.id,
            "user_id": (partner.user_id or partner.assistant_id or run.user_id).id,
            "template_id": template_id,
            "holiday_id": holiday.id,
            "date_holiday": day,
            "date_due": day
            - timedelta(days=company.sales_assistant_greeting_send_days),
            "company_id": company.id,
            "both_languages": company.sales_assistant_greeting_both,
            "attachment_ids": [
                (6, 0, company.sales_assistant_greeting_attachment_ids.ids)
            ],
        }

    @api.model
    def _start_greetings(self, company):
        """Prepare the greetings of one company; nothing where no holiday is near.

        :returns: the run, or an empty set
        """
        runs = self.env["sales.run"].with_company(company)
        days = runs._get_greeting_days(company)
        if not days:
            return runs
        count = self.env["res.partner"].search_count(
            runs._get_greeting_domain(company, days), limit=AT_ONCE + 1
        )
        if not count:
            return runs
        return runs._start(KIND, at_once=count <= AT_ONCE)

    def action_prepare_greetings(self):
        """Prepare now what the daily job would prepare; opens the drafts.

        :raises AccessError: only a manager does this
        """
        if not self.env.user.has_group("sales_assistant.group_sales_assistant_manager"):
            raise AccessError(self.env._("Only a manager prepares all greetings."))
        self._start_greetings(self.env.company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_letter_action_greeting"
        )

    @api.model
    def _cron_prepare_greetings(self):
        """Every day, for every company that wants greetings prepared."""
        if not self.env["res.groups"]._is_feature_enabled(LETTER):
            return
        companies = self.env["res.company"].search(
            [("sales_assistant_greeting_enabled", "=", True)]
        )
        busy = self.env["sales.run"].search(
            [("kind", "=", KIND), ("state", "in", ("queued", "running"))]
        )
        for company in companies - busy.company_id:
            self.with_company(company)._start_greetings(company)
