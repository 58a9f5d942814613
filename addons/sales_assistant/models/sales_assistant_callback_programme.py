from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

CALLERS = [
    ("assistant", "Assistant of the Customer"),
    ("salesperson", "Salesperson of the Customer"),
    ("user", "This Person"),
]
#: calendar days read beyond the last possible due day, for long holidays
SPARE_DAYS = 30


class SalesAssistantCallbackProgramme(models.Model):
    """SA-04: who is called how often, by whom and with which questions 重点客户电话回访
    (S0 五; S2 二).

    Customers of the programme's grades are called every ``interval_days``. A customer
    who was never called gets his day from his number, so that a new programme does not
    want everybody on its first day. Any contact with the customer starts the interval
    anew; a callback cancelled by a person skips one interval. What a customer has
    agreed to, and what was snoozed, stays where it is.
    """

    _name = "sales.assistant.callback.programme"
    _description = "Callback Programme"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    grade_ids = fields.Many2many(
        "sales.grade",
        "sales_assistant_callback_programme_grade_rel",
        string="Grades",
        domain=[("kind", "=", "customer")],
        required=True,
        check_company=True,
    )
    interval_days = fields.Integer(
        "Every (Days)", required=True, default=30, help="Calendar days between calls."
    )
    ahead_days = fields.Integer(
        "Planned Ahead (Days)",
        required=True,
        default=14,
        help="Callbacks are created so many days before they are due.",
    )
    date_start = fields.Date(
        "Starts",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    caller = fields.Selection(CALLERS, "Who Calls", required=True, default="assistant")
    user_id = fields.Many2one(
        "res.users",
        "Caller",
        domain=[("share", "=", False)],
        index="btree_not_null",
        help="Calls, or steps in where a customer has neither assistant nor "
        "salesperson.",
    )
    script = fields.Text(translate=True, help="What the caller opens with.")
    question_ids = fields.One2many(
        "sales.assistant.callback.question", "programme_id", "Questions", copy=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _days_positive = models.Constraint(
        "CHECK (interval_days > 0 AND ahead_days >= 0)",
        "The interval has at least one day, and nobody plans a negative number of "
        "days ahead.",
    )

    @api.constrains("caller", "user_id")
    def _check_caller(self):
        if any(one.caller == "user" and not one.user_id for one in self):
            raise ValidationError(self.env._("Name the person who calls."))

    # ----------------------------------------------------------------- who calls

    def _get_caller(self, partner):
        """The person who calls a customer; empty where nobody is named."""
        self.ensure_one()
        people = {
            "assistant": partner.assistant_id or partner.user_id,
            "salesperson": partner.user_id or partner.assistant_id,
            "user": self.user_id,
        }
        return people[self.caller] or self.user_id

    # ------------------------------------------------------------------ planning

    @api.model
    def _get_customer_domain(self, company):
        """Customers whose callbacks a run looks at: of a programme's grade, or with a
        callback that may have to go."""
        programmes = self.search([("company_id", "=", company.id)])
        planned = Domain("state", "=", "open") & Domain("programme_id", "!=", False)
        return self.env["res.partner"]._get_gradable_domain(company) & (
            Domain("sales_grade_id", "in", programmes.grade_ids.ids)
            | Domain(
                "sales_callback_ids",
                "any",
                planned & Domain("company_id", "=", company.id),
            )
        )

    @api.model
    def _start_run(self, company):
        """Queue the planning of a company's callbacks.

        :returns: ``sales.run``
        """
        return (
            self.env["sales.run"]
            .with_company(company)
            ._start("sales_assistant_callback")
        )

    @api.model
    def _cron_plan(self):
        """Each day for each company with a programme, unless a run is waiting."""
        for company in self.search([]).company_id:
            waiting = self.env["sales.run"].search_count(
                [
                    ("kind", "=", "sales_assistant_callback"),
                    ("company_id", "=", company.id),
                    ("state", "in", ("queued", "running")),
                ],
                limit=1,
            )
            if not waiting:
                self._start_run(company)

    @api.model
    def _plan(self, partners, company):
        """Create, move and cancel the callbacks of a batch of customers; done twice,
        the second time changes nothing.

        :param res.partner partners: commercial partners
        :returns: customers nobody is named to call
        """
        programmes = self.search([("company_id", "=", company.id)])
        callbacks = self.env["sales.assistant.callback"].with_company(company)
        partners = partners.with_company(company)
        today = company._get_sales_today()
        days = self._get_plan_days(programmes, company, today)
        opened, taken, skipped = callbacks._get_planned(partners, company)
        contacts = callbacks._get_last_contact_days(partners, company)
        vals_list, nobody, kept = [], self.env["res.partner"], callbacks.browse()
        for partner in partners:
            for programme in programmes.filtered(
                lambda one, grade=partner.sales_grade_id: grade in one.grade_ids
            ):
                key = (partner.id, programme.id)
                last = max(
                    (day for day in (contacts[partner.id], skipped[key]) if day),
                    default=None,
                )
                due = programme._get_due_day(partner, last, days)
                if key in opened:
                    kept |= opened[key]
                    opened[key]._move_by_contact(due, last, today)
                    continue
                due = days(max(due, today))
                caller = programme._get_caller(partner)
                if due > today + timedelta(days=programme.ahead_days):
                    continue
                if not caller:
                    nobody |= partner
                elif due not in taken[key]:
                    vals_list.append(
                        callbacks._prepare_planned_values(
                            partner, programme, caller, due
                        )
                    )
        # sudo: programme and number of a callback are closed to people
        callbacks.sudo().create(vals_list)
        left = callbacks.union(*opened.values()) - kept
        left.filtered(lambda one: not one.is_agreed)._drop_planned()
        return nobody

    def _get_due_day(self, partner, last, days):
        """Day of the next call: an interval after the last contact, for whom there was
        none a day spread over the first interval."""
        if last:
            return days(last + timedelta(days=self.interval_days))
        return days(self.date_start + timedelta(days=partner.id % self.interval_days))

    @api.model
    def _get_plan_days(self, programmes, company, today):
        """A function from a day to the working day on or after it; the calendar is
        read once."""
        longest = max(programmes.mapped("interval_days"), default=0)
        start = min([today, *programmes.mapped("date_start")])
        working_days = company._get_sales_working_days(
            start, today + timedelta(days=longest + SPARE_DAYS)
        )

        def on_or_after(day):
            if day in working_days or not working_days.first <= day:
                return day
            try:
                return working_days.add(day, 1)
            except ValueError:
                return day

        return on_or_after

    def action_plan(self):
        """Plan the callbacks of the current company from the list of programmes."""
        self.check_access("write")
        run = self._start_run(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": run.name,
            "res_model": "sales.run",
            "res_id": run.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
