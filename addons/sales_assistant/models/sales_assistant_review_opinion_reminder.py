# pylint: disable=consider-merging-classes-inherited
# Reminding is a job of its own beside the opinion.
from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

#: opinions reminded of in one batch
REMINDER_BATCH = 200


class SalesAssistantReviewOpinion(models.Model):
    """SA-11: a department is reminded the working day before its opinion is due, and
    once more when the day has passed; each person gets one message for all."""

    _inherit = "sales.assistant.review.opinion"

    reminder_count = fields.Integer("Reminders", readonly=True)

    @api.model
    def _cron_remind(self):
        """Remind of what is due, batch by batch; running twice reminds once."""
        for company in self.env["res.company"].search([]):
            opinions = self.with_company(company)
            domain = opinions._get_reminder_domain(company)
            total = self.search_count(domain)
            while batch := opinions.search(domain, limit=REMINDER_BATCH):
                opinions._do_remind(batch)
                total -= len(batch)
                self.env["ir.cron"]._commit_progress(len(batch), remaining=total)

    @api.model
    def _get_reminder_domain(self, company):
        today = company._get_sales_today()
        first = Domain("reminder_count", "=", 0) & Domain(
            "date_due", "<=", company._get_sales_day_ahead(1)
        )
        second = Domain("reminder_count", "<", 2) & Domain("date_due", "<", today)
        return (
            Domain("opinion", "=", False)
            & Domain("review_state", "=", "in_review")
            & Domain("company_id", "=", company.id)
            & (first | second)
        )

    @api.model
    def _do_remind(self, opinions):
        """One message per person about these opinions; no commit."""
        by_person = defaultdict(self.browse)
        for opinion in opinions:
            for user in opinion._get_addressees():
                by_person[user] |= opinion
        overdue = opinions.filtered("is_overdue")
        # sudo: that somebody was reminded is noted by the job
        overdue.sudo().write({"reminder_count": 2})
        (opinions - overdue).sudo().write({"reminder_count": 1})  # sudo: see above
        for user, asked in by_person.items():
            asked.with_context(lang=user.lang)._notify_person(user)

    def _notify_person(self, user):
        _ = self.env._
        rows = Markup("").join(
            Markup("<li>%s</li>")
            % _(
                "%(department)s on %(review)s, until %(day)s",
                department=opinion.department_id.display_name,
                review=opinion.review_id.display_name,
                day=format_date(self.env, opinion.date_due),
            )
            for opinion in self.sorted("date_due")
        )
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=_("Opinions asked of you: %(count)s", count=len(self)),
            body=Markup("<p>%s</p><ul>%s</ul>") % (_("Your opinion is awaited:"), rows),
        )
