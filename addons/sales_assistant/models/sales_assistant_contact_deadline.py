# pylint: disable=consider-merging-classes-inherited
# Two models and one concept: until when a contact is answered.
from odoo import api, fields, models
from odoo.fields import Domain

from .sales_assistant_contact import CONTACT_CHANNELS, CONTACT_WISHES

ESCALATED_AT_ONCE = 100


class SalesAssistantContactDeadline(models.Model):
    """SA-03: working hours in which a contact is answered, by its channel, its wish or
    both. Where several match, the strictest counts."""

    _name = "sales.assistant.contact.deadline"
    _description = "Deadline of Contacts"
    _order = "hours, id"

    channel = fields.Selection(
        CONTACT_CHANNELS, help="Empty: contacts of every channel."
    )
    wish = fields.Selection(CONTACT_WISHES, help="Empty: contacts of every wish.")
    hours = fields.Float("Working Hours", required=True, help="Until the first answer.")
    company_id = fields.Many2one("res.company", index=True)
    active = fields.Boolean(default=True)

    _hours_positive = models.Constraint(
        "CHECK(hours >= 0)", "Working hours cannot be negative."
    )

    @api.depends("channel", "wish", "hours")
    def _compute_display_name(self):
        for one in self:
            words = [
                dict(one._fields[fname]._description_selection(self.env)).get(
                    one[fname]
                )
                for fname in ("channel", "wish")
            ]
            one.display_name = " · ".join(word for word in words if word) or (
                self.env._("All Contacts")
            )

    @api.model
    def _get_hours(self, companies):
        """The hours of every channel and wish, read once.

        :param companies: res.company
        :returns: function of a company, channel and wish: working hours, or None where
            nothing matches
        """
        # sudo: deadlines hold for whoever takes a call down
        rules = self.sudo().search([("company_id", "in", [*companies.ids, False])])

        def hours(company, channel, wish):
            return min(
                (
                    rule.hours
                    for rule in rules
                    if rule.company_id.id in (company.id, False)
                    and rule.channel in (channel, False)
                    and rule.wish in (wish, False)
                ),
                default=None,
            )

        return hours


class SalesAssistantContact(models.Model):
    """Deadline of a contact in working hours of its company, and what happens when it
    passes (SA-03)."""

    _inherit = "sales.assistant.contact"

    agreed_at = fields.Datetime(
        "Agreed with the Customer",
        tracking=True,
        help="When the customer himself wants to be answered; counts instead of the "
        "working hours.",
    )
    due_at = fields.Datetime(
        "Answer Until", compute="_compute_due_at", store=True, precompute=True
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    told_due_at = fields.Datetime(readonly=True, copy=False)
    is_told = fields.Boolean(
        "Superior Told", compute="_compute_is_told", store=True, precompute=True
    )

    @api.depends("contact_at", "agreed_at", "channel", "wish", "company_id")
    def _compute_due_at(self):
        companies = self.company_id or self.env.company
        get_hours = self.env["sales.assistant.contact.deadline"]._get_hours(companies)
        for company, contacts in self.grouped("company_id").items():
            company = company or self.env.company
            wanted, planned = [], []
            for one in contacts:
                hours = get_hours(company, one.channel, one.wish)
                if one.agreed_at or hours is None or not one.contact_at:
                    one.due_at = one.agreed_at
                else:
                    planned.append(one)
                    wanted.append((one.contact_at, hours))
            moments = company._plan_sales_hours(wanted)
            for one, moment in zip(planned, moments, strict=True):
                one.due_at = moment

    @api.depends("state", "due_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for one in self:
            one.is_overdue = bool(
                one.state == "open" and one.due_at and one.due_at < now
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & Domain(
            "due_at", "<", fields.Datetime.now()
        )

    @api.depends("due_at", "told_due_at")
    def _compute_is_told(self):
        for one in self:
            one.is_told = bool(one.told_due_at and one.told_due_at == one.due_at)

    # ---------------------------------------------------------------- escalation

    @api.model
    def _get_escalation_domain(self):
        """Overdue contacts whose present deadline nobody was told of."""
        return Domain("is_overdue", "=", True) & Domain("is_told", "=", False)

    @api.model
    def _cron_escalate_contacts(self):
        """Tell superiors of deadlines that have passed, each once."""
        cron = self.env["ir.cron"]
        domain = self._get_escalation_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        while contacts := self.search(
            domain, limit=ESCALATED_AT_ONCE, order="due_at, id"
        ):
            contacts._do_escalate()
            if not cron._commit_progress(len(contacts)):
                return

    def _do_escalate(self):
        for contact in self:
            contact._write_guarded({"told_due_at": contact.due_at})
            for user in contact._get_escalation_users():
                contact.activity_schedule(
                    "sales_assistant.mail_act_contact_late",
                    date_deadline=contact.company_id._get_sales_today(),
                    summary=f"{contact._get_who()}: {contact._get_title()}",
                    user_id=user.id,
                )

    def _get_escalation_users(self):
        """Hook: superiors told of a passed deadline, as far as they see the contact.

        :returns: res.users
        """
        users = self.team_id.user_id
        users |= self.company_id.sales_assistant_contact_manager_id
        users = (users - self.user_id) or users or self.user_id
        return users.filtered(lambda user: self.with_user(user).has_access("read"))
