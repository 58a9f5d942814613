from datetime import date, timedelta
from math import exp

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import pattern
from .sales_assistant_board_callback import CALLBACK

#: customers a batch of the nightly run takes
BATCH = 500
#: an interval this rare is overdue: one in twenty on the late side
OVERDUE_SHARE = 0.1
#: a missing order is asked for at least so many days after it was found missing
CALL_DAYS = 30
#: written by hand; everything else follows from orders and checks
OPEN_FIELDS = frozenset({"date_snoozed", "snooze_reason"})


class SalesAssistantPattern(models.Model):
    """SA-09: the rhythm of a customer: how often he orders, when the next order is
    expected, and from which day on it is missing. Looked at every night; a customer
    who is overdue against his own rhythm stands on the board until he orders, or until
    somebody who knows why puts him off.
    """

    _name = "sales.assistant.pattern"
    _description = "Customer Rhythm"
    _inherit = ["sales.board.source.mixin"]
    _board_user_fields = ("user_id", "assistant_id")
    _order = "date_overdue, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        related="partner_id.user_id", store=True, index=True, string="Salesperson"
    )
    assistant_id = fields.Many2one(
        related="partner_id.assistant_id", store=True, index=True, string="Assistant"
    )
    order_count = fields.Integer("Orders", readonly=True)
    date_last = fields.Date("Last Order", readonly=True)
    usual_days = fields.Float("Usual Interval (days)", readonly=True, digits=(16, 1))
    date_expected = fields.Date("Next Order Expected", readonly=True)
    date_overdue = fields.Date(
        "Missing from",
        readonly=True,
        index=True,
        help="Nine of ten orders of this customer came before this day.",
    )
    is_told = fields.Boolean(
        readonly=True, help="The missing order was handed over to the callbacks."
    )
    callback_id = fields.Many2one(
        "sales.assistant.callback",
        readonly=True,
        index="btree_not_null",
        help="The call that asks why no order has come.",
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    date_snoozed = fields.Date("Put off until")
    snooze_reason = fields.Char("Put off because")

    # what checks have shown
    false_alarm_count = fields.Integer("False Alarms", compute="_compute_counts")
    surprise_count = fields.Integer("Confirmed Surprises", compute="_compute_counts")
    error_count = fields.Integer("Errors Found", compute="_compute_counts")
    sensitivity = fields.Integer(
        "Sensitivity (%)",
        compute="_compute_counts",
        help="Lowered by false alarms, raised again by errors found.",
    )

    _customer_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id)", "This customer has a rhythm already."
    )
    _snooze_reason_given = models.Constraint(
        "CHECK(date_snoozed IS NULL OR COALESCE(snooze_reason, '') <> '')",
        "Say why the customer is put off.",
    )

    # ---------------------------------------------------------------- computes

    @api.depends("date_overdue", "date_snoozed")
    def _compute_is_overdue(self):
        for rhythm in self:
            today = rhythm.company_id._get_sales_today()
            rhythm.is_overdue = bool(
                rhythm.date_overdue
                and rhythm.date_overdue <= today
                and not (rhythm.date_snoozed and rhythm.date_snoozed > today)
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return (
            Domain("date_overdue", "!=", False)
            & Domain("date_overdue", "<=", today)
            & (Domain("date_snoozed", "=", False) | Domain("date_snoozed", "<=", today))
        )

    def _compute_counts(self):
        model = self.env["sales.assistant.pattern.finding"]
        for company, rhythms in self.grouped("company_id").items():
            lessons = model._get_lessons(rhythms.partner_id, company)
            for rhythm in rhythms:
                counts = lessons.get_counts(rhythm.partner_id.id)
                rhythm.false_alarm_count = counts["usual"]
                rhythm.surprise_count = counts["confirmed"]
                rhythm.error_count = counts["error"]
                rhythm.sensitivity = round(
                    100 * lessons.get_sensitivity(rhythm.partner_id.id)
                )

    # ------------------------------------------------------------------ closed

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and field.name not in OPEN_FIELDS:
            return False
        return super()._has_field_access(field, operation)

    # --------------------------------------------------------------------- job

    @api.model
    def _cron_find_overdue(self):
        """Look at every customer's rhythm, a batch after the other."""
        for company in self.env["res.company"].search([]):
            position = 0
            while position is not None:
                position = self._refresh_batch(company, position)
                self.env["ir.cron"]._commit_progress(BATCH)
        return True

    @api.model
    def _refresh_batch(self, company, position, size=BATCH):
        """Refresh the rhythms of the customers after ``position``.

        :returns: the last customer's id, None when there were no more
        """
        # sudo: a job over all customers
        partners_sudo = self.env["res.partner"].sudo().with_context(active_test=False)
        customers_sudo = partners_sudo.search(
            Domain("id", ">", position)
            & (Domain("parent_id", "=", False) | Domain("is_company", "=", True)),
            order="id",
            limit=size,
        )
        if not customers_sudo:
            return None
        self.sudo()._refresh(customers_sudo, company)  # sudo: fields closed
        return customers_sudo[-1].id

    @api.model
    def _refresh(self, customers, company):
        """Write the rhythms of these customers where they changed; hand over those
        that have become overdue."""
        values = {
            customer: vals
            for customer, days in self._get_order_days(customers, company).items()
            if (vals := self._prepare_rhythm(days, company))
        }
        known = {
            rhythm.partner_id.id: rhythm
            for rhythm in self.search(
                [
                    ("partner_id", "in", customers.ids),
                    ("company_id", "=", company.id),
                ]
            )
        }
        self.create(
            [
                {"partner_id": customer, "company_id": company.id, **vals}
                for customer, vals in values.items()
                if customer not in known
            ]
        )
        for customer, vals in values.items():
            rhythm = known.get(customer)
            if not rhythm:
                continue
            if rhythm.date_last != vals["date_last"]:
                vals = {**vals, "is_told": False, "date_snoozed": False}
                rhythm._end_callbacks()
            changed = {k: v for k, v in vals.items() if rhythm[k] != v}
            if changed:
                rhythm.write(changed)
        today = company._get_sales_today()
        missing = self.search(
            [
                ("partner_id", "in", customers.ids),
                ("company_id", "=", company.id),
                ("date_overdue", "<=", today),
                ("is_told", "=", False),
            ]
        )
        missing._hand_over()
        missing.is_told = True

    def _hand_over(self):
        """A missing order becomes a callback of today (SA-04), once; to whoever looks
        after the customer. Customers lost long ago are listed, not called: a first
        night would ask for hundreds of calls."""
        if not self.env["res.groups"]._is_feature_enabled(CALLBACK):
            return
        asked = self.filtered(
            lambda one: (one.assistant_id or one.user_id) and not one._is_lost()
        )
        callbacks = self.env["sales.assistant.callback"].create(
            [rhythm._prepare_callback_values() for rhythm in asked]
        )
        for rhythm, callback in zip(asked, callbacks, strict=True):
            rhythm.callback_id = callback

    def _is_lost(self):
        """Whether the order has been missing for longer than orders lie apart."""
        missing = self.company_id._get_sales_today() - self.date_overdue
        return missing.days > max(self.usual_days, CALL_DAYS)

    def _prepare_callback_values(self):
        today = self.company_id._get_sales_today()
        caller = self.assistant_id or self.user_id
        _ = self.with_context(lang=caller.lang or self.env.lang).env._
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "user_id": caller.id,
            "date_due": today,
            "subject": _(
                "No order for %(days)s days, usually every %(usual)s days",
                days=(today - self.date_last).days,
                usual=round(self.usual_days),
            ),
        }

    def _end_callbacks(self):
        """The order has come: nobody has to ask for it any more."""
        self.callback_id.filtered(lambda one: one.state == "open")._drop_planned()
        self.callback_id = False

    @api.model
    def _get_order_days(self, customers, company):
        """:returns: {customer id: sorted days of the newest orders}"""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id,
                       array_agg(
                           DISTINCT (o.date_order AT TIME ZONE 'UTC'
                                     AT TIME ZONE %(tz)s)::date
                       )
                  FROM res_partner p
                  JOIN sale_order o ON o.partner_id = p.id
                 WHERE p.commercial_partner_id = ANY(%(customers)s)
                   AND o.company_id = %(company)s
                   AND o.state = 'sale'
              GROUP BY p.commercial_partner_id
                """,
                tz=str(company._get_sales_tz()),
                customers=customers.ids,
                company=company.id,
            )
        )
        return {
            customer: sorted(days)[-pattern.ORDERS_MOST :] for customer, days in rows
        }

    @api.model
    def _prepare_rhythm(self, days, company):
        """The rhythm of some days of orders, or None where they are too few."""
        if len(days) < max(company.sales_assistant_pattern_orders, 2):
            return None
        history = [pattern.Past(0, day.toordinal(), False, []) for day in days]
        expected = pattern.expect_gap(pattern.get_gaps(history), history[-1].day)
        if not expected:
            return None
        _low, high = expected.get_limits(OVERDUE_SHARE)
        last = days[-1]
        return {
            "order_count": len(days),
            "date_last": last,
            "usual_days": round(exp(expected.centre), 1),
            "date_expected": self._add_days(last, exp(expected.centre)),
            "date_overdue": self._add_days(last, exp(high) + 1),
        }

    @api.model
    def _add_days(self, day, days):
        """:returns: the day, or False for what lies too far ahead to mean anything"""
        days = round(days)
        if days > 3 * 366 or day.year > date.max.year - 5:
            return False
        return day + timedelta(days=days)

    @api.model
    def _take_orders(self, orders):
        """Confirmed orders end the waiting for them, before the night."""
        # sudo: whoever confirms, the rhythm's fields are closed
        customers_sudo = orders.sudo().partner_id.commercial_partner_id
        rhythms_sudo = self.sudo().search(  # sudo: see above
            [
                ("partner_id", "in", customers_sudo.ids),
                ("company_id", "in", orders.company_id.ids),
                ("date_overdue", "!=", False),
            ]
        )
        rhythms_sudo.write({"date_overdue": False, "is_told": False})
        rhythms_sudo._end_callbacks()

    # ----------------------------------------------------------------- actions

    def action_view_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders"),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [
                ("partner_id", "child_of", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sale"),
            ],
        }

    def action_view_checks(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pattern Checks"),
            "res_model": "sales.assistant.pattern.finding",
            "view_mode": "list,form",
            "domain": [
                ("commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
        }
