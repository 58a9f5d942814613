import json
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import fact
from ..tools import grade as grading
from ..tools import period as periods
from ..tools.sheet import Column


class SalesGradeScore(models.Model):
    """F-20: what a customer's grade was computed from, one row a customer and month.

    Judged are the months before: untaxed turnover of posted invoices less credit notes,
    days paid late (weighted by amount; what was still open counts until the last day),
    and growth against as many months before them. The figures of a month are the same
    on whatever day it is computed. Facts are stored, the sentence is made when read.

    Source: S2, 客户分类、分级、动态管理.
    """

    _name = "sales.grade.score"
    _inherit = ["sales.sheet.mixin"]
    _description = "Computed Grade"
    _order = "month desc, points desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    month = fields.Date(
        required=True, readonly=True, help="The month for which the grade counts."
    )
    grade_id = fields.Many2one(
        "sales.grade", required=True, readonly=True, index=True, ondelete="restrict"
    )
    points = fields.Float(readonly=True, digits=(5, 1), aggregator="avg")
    facts = fields.Json(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    turnover_amount = fields.Monetary("Turnover", readonly=True)
    days_late = fields.Float("Days Paid Late", readonly=True, aggregator="avg")
    growth_percent = fields.Float("Growth (%)", readonly=True, aggregator="avg")
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    sentence = fields.Char("Reason", compute="_compute_sentence")

    _month_uniq = models.UniqueIndex(
        "(partner_id, company_id, month)", "A customer is graded once a month."
    )

    # ---------------------------------------------------------------- sentence

    @api.depends("facts", "grade_id")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for score in self:
            score.sentence = self.env._(
                "%(grade)s: %(points)s points: %(parts)s",
                grade=score.grade_id.name,
                points=fact.worded(self.env, {"points": score.points})["points"],
                parts=self.env._(", ").join(score._get_parts()),
            )

    def _get_parts(self):
        """The three parts in the reader's words, each with its points."""
        _ = self.env._
        facts = self.facts or {}
        words = fact.worded(self.env, facts)
        turnover = _(
            "turnover %(amount)s (%(points)s)",
            amount=words.get("turnover_amount"),
            points=words.get("turnover_points"),
        )
        days = facts.get("days_late")
        points = words.get("payment_points")
        if days is None:
            payment = _("nothing was due yet (%(points)s)", points=points)
        elif days < 0.05:
            payment = _("pays in time (%(points)s)", points=points)
        else:
            payment = _(
                "pays %(days)s days late (%(points)s)",
                days=words["days_late"],
                points=points,
            )
        points = words.get("growth_points")
        if facts.get("growth_percent") is None:
            growth = _("nothing was sold the year before (%(points)s)", points=points)
        else:
            growth = _(
                "growth %(percent)s %% (%(points)s)",
                percent=words["growth_percent"],
                points=points,
            )
        return [turnover, payment, growth]

    # -------------------------------------------------------------------- runs

    @api.model
    def _start_run(self, company, day=None):
        """Queue the grading of a company's customers for the month of ``day`` (today).

        :returns: ``sales.run``
        """
        month = (day or company._get_sales_today()).replace(day=1)
        return (
            self.env["sales.run"]
            .with_company(company)
            ._start("sales_grade", {"month": month.isoformat()})
        )

    @api.model
    def _cron_compute(self):
        """Once a month for each company that wants its customers graded: the first day
        on which the job comes by starts the run."""
        companies = self.env["res.company"].search([("sales_grade_enabled", "=", True)])
        for company in companies:
            month = company._get_sales_today().replace(day=1)
            if not self._has_run(company, month):
                self._start_run(company)

    @api.model
    def _has_run(self, company, month):
        runs = self.env["sales.run"].search(
            [("kind", "=", "sales_grade"), ("company_id", "=", company.id)]
        )
        return any(run.parameters.get("month") == month.isoformat() for run in runs)

    @api.model
    def _compute_scores(self, partners, company, month):
        """Grade a batch of customers; the number of statements does not depend on it.

        :param res.partner partners: commercial partners
        :param date month: first day of the month for which the grades count
        :returns: customers that were left out: nothing sold and no grade yet
        """
        facts = self._get_facts(partners, company, month)
        partners = partners.with_company(company)
        idle = partners.filtered(
            lambda one: not one.sales_grade_id and not facts[one.id]["is_known"]
        )
        cutoffs = self.env["sales.grade"]._get_cutoffs(company)
        judged = partners - idle
        if not cutoffs or not judged:
            return idle
        grades = {
            one: grading.place(facts[one.id]["points"], cutoffs) for one in judged
        }
        self._store(judged, company, month, facts, grades)
        overrides = self.env["sales.grade.override"]._get_running(judged, company)
        judged._set_sales_grades(
            {one: grade for one, grade in grades.items() if one not in overrides},
            "computed",
        )
        return idle

    @api.model
    def _get_facts(self, partners, company, month):
        """What each customer is judged by.

        :returns: {partner id: facts}, see ``tools.grade.points``
        """
        count = company.sales_grade_months
        first = periods.add_months(month, -count)
        turnover = self._get_turnovers(partners, company, month, first, count)
        late = self._get_days_late(partners, company, first, month)
        scale = self.env["sales.grade"]._get_scale(company)
        facts = {}
        for partner_id in partners.ids:
            amount, before = turnover[partner_id]
            days = late.get(partner_id)
            facts[partner_id] = {
                **grading.points(scale, amount, before, days),
                "turnover_amount": fact.money(amount, company.currency_id),
                "days_late": days,
                "is_known": amount > 0 or before > 0,
            }
        return facts

    @api.model
    def _get_turnovers(self, partners, company, month, first, count):
        """:returns: {partner id: (turnover, turnover of the time before)}"""
        self.env["account.move"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT commercial_partner_id,
                       COALESCE(SUM(amount_untaxed_signed)
                           FILTER (WHERE invoice_date >= %(first)s), 0),
                       COALESCE(SUM(amount_untaxed_signed)
                           FILTER (WHERE invoice_date < %(first)s), 0)
                  FROM account_move
                 WHERE commercial_partner_id = ANY(%(partners)s)
                   AND company_id = %(company)s
                   AND state = 'posted'
                   AND move_type IN ('out_invoice', 'out_refund')
                   AND invoice_date >= %(before)s
                   AND invoice_date < %(month)s
                 GROUP BY commercial_partner_id
                """,
                first=first,
                before=periods.add_months(first, -count),
                month=month,
                company=company.id,
                partners=partners.ids,
            )
        )
        found = defaultdict(lambda: (0.0, 0.0))
        found.update(
            {partner: (float(now), float(then)) for partner, now, then in rows}
        )
        return found

    @api.model
    def _get_days_late(self, partners, company, first, month):
        """Mean days late of what was due in the months judged, weighted by amount; paid
        early counts as in time, a credit note is no payment.

        :returns: {partner id: days}, without customers of whom nothing was due
        """
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS (
                    SELECT line.id, line.partner_id, line.date_maturity,
                           line.amount_residual
                      FROM account_move_line line
                      JOIN account_move move ON move.id = line.move_id
                     WHERE line.partner_id = ANY(%(partners)s)
                       AND line.company_id = %(company)s
                       AND line.parent_state = 'posted'
                       AND line.display_type = 'payment_term'
                       AND line.date_maturity >= %(first)s
                       AND line.date_maturity < %(month)s
                       AND move.move_type = 'out_invoice'
                ), part AS (
                    SELECT due.partner_id, partial.amount,
                           LEAST(paid.date, %(last)s::date) - due.date_maturity AS days
                      FROM due
                      JOIN account_partial_reconcile partial
                        ON partial.debit_move_id = due.id
                      JOIN account_move_line paid ON paid.id = partial.credit_move_id
                      JOIN account_move payment ON payment.id = paid.move_id
                     WHERE payment.move_type != 'out_refund'
                     UNION ALL
                    SELECT partner_id, amount_residual, %(last)s::date - date_maturity
                      FROM due
                     WHERE amount_residual > 0
                )
                SELECT partner_id,
                       SUM(amount * GREATEST(days, 0)) / NULLIF(SUM(amount), 0)
                  FROM part
                 GROUP BY partner_id
                """,
                first=first,
                month=month,
                last=periods.month_of(periods.add_months(month, -1)).last,
                company=company.id,
                partners=partners.ids,
            )
        )
        return {
            partner: round(float(days), 1) for partner, days in rows if days is not None
        }

    @api.model
    def _store(self, partners, company, month, facts, grades):
        """One statement for the batch: a row that is there already is renewed."""
        rows = [
            {
                "partner_id": one.id,
                "grade_id": grades[one].id,
                "points": facts[one.id]["points"],
                "turnover_amount": facts[one.id]["turnover_amount"][0],
                "days_late": facts[one.id]["days_late"],
                "growth_percent": facts[one.id]["growth_percent"],
                "facts": facts[one.id],
            }
            for one in partners
        ]
        self.flush_model()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO sales_grade_score AS score (
                    partner_id, company_id, month, grade_id, points, turnover_amount,
                    days_late, growth_percent, facts,
                    create_uid, create_date, write_uid, write_date)
                SELECT partner_id, %(company)s, %(month)s, grade_id, points,
                       turnover_amount, days_late, growth_percent, facts,
                       %(uid)s, now() AT TIME ZONE 'UTC',
                       %(uid)s, now() AT TIME ZONE 'UTC'
                  FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(
                       partner_id int, grade_id int, points numeric,
                       turnover_amount numeric, days_late float, growth_percent float,
                       facts jsonb)
                    ON CONFLICT (partner_id, company_id, month) DO UPDATE
                   SET grade_id = EXCLUDED.grade_id,
                       points = EXCLUDED.points,
                       turnover_amount = EXCLUDED.turnover_amount,
                       days_late = EXCLUDED.days_late,
                       growth_percent = EXCLUDED.growth_percent,
                       facts = EXCLUDED.facts,
                       write_uid = EXCLUDED.write_uid,
                       write_date = EXCLUDED.write_date
                 WHERE (score.grade_id, score.facts)
                       IS DISTINCT FROM (EXCLUDED.grade_id, EXCLUDED.facts)
                RETURNING id
                """,
                company=company.id,
                month=month,
                uid=self.env.uid,
                rows=json.dumps(rows),
            )
        )
        self.invalidate_model()

    @api.model
    def _get_latest(self, partners, company):
        """The last computed grade of each customer.

        :returns: {partner: score}
        """
        scores = self.search(
            Domain("partner_id", "in", partners.ids)
            & Domain("company_id", "=", company.id),
            order="month, id",
        )
        return {score.partner_id: score for score in scores}

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Customer Grades")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("month"),
            Column("partner_id.name", label=_("Customer")),
            Column("grade_id.name", label=_("Grade")),
            Column("points"),
            Column("turnover_amount", currency="company_id.currency_id", total=True),
            Column("days_late"),
            Column("growth_percent"),
            Column("partner_id.user_id", label=_("Salesperson")),
            Column(
                "sentence",
                label=_("Reason"),
                getter="_get_sheet_sentences",
                width=60,
            ),
        ]

    def _get_sheet_sentences(self):
        return {score.id: score.sentence for score in self}
