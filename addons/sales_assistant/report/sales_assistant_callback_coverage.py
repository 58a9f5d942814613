from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column


class SalesAssistantCallbackCoverage(models.Model):
    """SA-04: coverage of the callback programmes: one row for each customer of a
    programme's grades. Covered is who was reached within the programme's interval, by a
    callback or by a contact of the log; the row says what is missing with the others.
    By grade and person, and the list of customers not reached."""

    _name = "sales.assistant.callback.coverage"
    _inherit = ["sales.sheet.mixin"]
    _description = "Coverage of Callbacks"
    _auto = False
    _rec_name = "partner_id"
    _order = "is_covered, days_since desc, id"

    _depends = {
        "res.partner": [
            "active",
            "assistant_id",
            "company_id",
            "customer_rank",
            "is_company",
            "parent_id",
            "sales_grade_id",
            "user_id",
        ],
        "sales.assistant.callback": [
            "attempt_count",
            "commercial_partner_id",
            "company_id",
            "date_done",
            "date_due",
            "programme_id",
            "state",
            "user_id",
        ],
        "sales.assistant.contact": [
            "answered_at",
            "cancel_reason_id",
            "commercial_partner_id",
            "company_id",
            "contact_at",
            "state",
        ],
        "sales.assistant.callback.programme": [
            "active",
            "caller",
            "company_id",
            "grade_ids",
            "interval_days",
            "user_id",
        ],
    }

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    grade_id = fields.Many2one("sales.grade", readonly=True)
    programme_id = fields.Many2one("sales.assistant.callback.programme", readonly=True)
    user_id = fields.Many2one("res.users", "Caller", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    interval_days = fields.Integer("Interval", readonly=True, aggregator=None)
    date_last = fields.Date("Last Reached", readonly=True)
    days_since = fields.Integer(readonly=True, aggregator="avg")
    date_due = fields.Date("Next Due", readonly=True)
    attempt_count = fields.Integer("Not Reached", readonly=True)
    customer_count = fields.Integer("Customers", readonly=True)
    covered_count = fields.Integer("Reached in Time", readonly=True)
    missing_count = fields.Integer("Missing", readonly=True)
    is_covered = fields.Boolean("Covered", readonly=True)
    coverage_percent = fields.Float("Coverage (%)", readonly=True, aggregator="avg")
    missing = fields.Selection(
        [
            ("caller", "Nobody Named to Call"),
            ("never", "Never Reached"),
            ("late", "Not Reached in Time"),
        ],
        "What Is Missing",
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            "SELECT *, %s FROM (SELECT %s FROM %s WHERE %s) base",
            self._select_verdict(),
            self._select(),
            self._from(),
            self._where(),
        )

    @api.model
    def _select(self):
        today = self.env.company._get_sales_today()
        return SQL(
            """
            programme.id::bigint * 10000000 + partner.id AS id,
            partner.id AS partner_id,
            grade.sales_grade_id AS grade_id,
            programme.id AS programme_id,
            programme.company_id,
            programme.interval_days,
            COALESCE(planned.user_id, CASE programme.caller
                WHEN 'assistant' THEN COALESCE(partner.assistant_id, partner.user_id)
                WHEN 'salesperson' THEN COALESCE(partner.user_id, partner.assistant_id)
            END, programme.user_id) AS user_id,
            reached.date_last,
            %(today)s::date - reached.date_last AS days_since,
            planned.date_due,
            COALESCE(planned.attempt_count, 0) AS attempt_count,
            1 AS customer_count,
            COALESCE(%(today)s::date - reached.date_last <= programme.interval_days,
                     FALSE) AS is_covered
            """,
            today=today,
        )

    @api.model
    def _select_verdict(self):
        return SQL(
            """
            is_covered::int AS covered_count,
            (NOT is_covered)::int AS missing_count,
            100.0 * is_covered::int AS coverage_percent,
            CASE WHEN is_covered THEN NULL
                 WHEN user_id IS NULL THEN 'caller'
                 WHEN date_last IS NULL THEN 'never'
                 ELSE 'late'
            END AS missing
            """
        )

    @api.model
    def _from(self):
        return SQL(
            """
            sales_assistant_callback_programme programme
            JOIN sales_assistant_callback_programme_grade_rel grade
              ON grade.sales_assistant_callback_programme_id = programme.id
            JOIN res_partner partner
              ON (partner.sales_grade_id ->> programme.company_id::text)::int
                 = grade.sales_grade_id
            LEFT JOIN LATERAL (
                SELECT MAX(day) AS date_last FROM (
                    SELECT MAX(date_done) AS day
                      FROM sales_assistant_callback
                     WHERE commercial_partner_id = partner.id
                       AND company_id = programme.company_id
                       AND state = 'done'
                     UNION ALL
                    SELECT (MAX(GREATEST(contact_at, answered_at))
                            AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                      FROM sales_assistant_contact
                     WHERE commercial_partner_id = partner.id
                       AND company_id = programme.company_id
                       AND state IN ('answered', 'closed')
                       AND cancel_reason_id IS NULL) heard) reached ON TRUE
            LEFT JOIN sales_assistant_callback planned
              ON planned.commercial_partner_id = partner.id
             AND planned.programme_id = programme.id
             AND planned.state = 'open'
            """,
            tz=self.env.company._get_sales_tz().zone,
        )

    @api.model
    def _where(self):
        return SQL(
            """
            programme.active
            AND partner.active
            AND partner.customer_rank > 0
            AND (partner.parent_id IS NULL OR partner.is_company)
            AND COALESCE(partner.company_id, programme.company_id)
                = programme.company_id
            """
        )

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Coverage of Callbacks")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("partner_id.name", label=_("Customer")),
            Column("grade_id.name", label=_("Grade")),
            Column("programme_id.name", label=_("Programme")),
            Column("user_id"),
            Column("interval_days"),
            Column("date_last"),
            Column("days_since"),
            Column("date_due"),
            Column("attempt_count", total=True),
            Column("is_covered"),
            Column("missing"),
            Column("customer_count", total=True),
            Column("covered_count", total=True),
            Column("missing_count", total=True),
        ]
