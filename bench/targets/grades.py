"""The monthly grades of customers (F-20), beside the statements for the same rows."""

from ..goals import GOALS
from ..jobs import Job

#: customers that the job commits at a time
BATCH = 1000
#: invoices of each customer, spread over two years
INVOICES = 4


def _sell(env, ref, size):
    """``size`` customers with invoices of two years; nobody else is graded, and what
    was judged before is forgotten."""
    cr = env.cr
    company_sudo = env.company.sudo()  # sudo: a setting, not what is measured
    company_sudo.sales_grade_enabled = True
    journal = env["account.journal"].sudo().search([("type", "=", "sale")], limit=1)
    receivable = (
        env["account.account"]
        .sudo()
        .search([("account_type", "=", "asset_receivable")], limit=1)
    )
    cr.execute("DELETE FROM sales_grade_change")
    cr.execute("DELETE FROM sales_grade_score")
    cr.execute(
        "UPDATE res_partner SET sales_grade_id = NULL, customer_rank = 0"
        " WHERE customer_rank > 0 OR sales_grade_id IS NOT NULL"
    )
    partners = list(ref["partners"][:size])
    # the generated partners are stores where there are some, which nobody computes
    is_store = ", is_store = FALSE" if "is_store" in env["res.partner"]._fields else ""
    cr.execute(
        f"UPDATE res_partner SET customer_rank = 1{is_store} WHERE id = ANY(%s)",
        (partners,),
    )
    cr.execute(
        """
        INSERT INTO account_move (name, ref, journal_id, company_id, currency_id,
               partner_id, commercial_partner_id, move_type, state, date, invoice_date,
               invoice_date_due, amount_untaxed_signed,
               auto_post, create_uid, create_date, write_uid, write_date)
        SELECT 'BENCH/' || p.id || '/' || n, 'BENCH', %(journal)s, %(company)s,
               %(currency)s, p.id, p.id, 'out_invoice', 'posted',
               day, day, day + 30, 50 * (p.id %% 9901) + 1000 * n, 'no',
               1, now(), 1, now()
          FROM unnest(%(partners)s) p(id), generate_series(1, %(invoices)s) n,
               LATERAL (SELECT current_date - (n * 180 + p.id %% 90)::int AS day) d
        """,
        {
            "journal": journal.id,
            "company": env.company.id,
            "currency": env.company.currency_id.id,
            "partners": partners,
            "invoices": INVOICES,
        },
    )
    cr.execute(
        """
        INSERT INTO account_move_line (move_id, company_id, company_currency_id,
               currency_id, journal_id, account_id, partner_id, display_type,
               parent_state, date, date_maturity, debit, credit, balance,
               amount_currency, amount_residual, create_uid, create_date, write_uid,
               write_date)
        SELECT id, company_id, currency_id, currency_id, journal_id, %s,
               partner_id, 'payment_term', 'posted', date, invoice_date_due,
               amount_untaxed_signed, 0, amount_untaxed_signed, amount_untaxed_signed,
               CASE WHEN partner_id %% 3 = 0 THEN amount_untaxed_signed ELSE 0 END,
               1, now(), 1, now()
          FROM account_move WHERE ref = 'BENCH'
        """,
        (receivable.id,),
    )
    cr.execute("ANALYZE account_move, account_move_line")
    env.invalidate_all()


def _grade(env, _state):
    # sudo: the job works as its author, whose rights were asked when it was started
    run_sudo = env["sales.grade.score"]._start_run(env.company).sudo()
    while run_sudo._work_batch():
        pass


def _grade_by_sql(env, _state):
    """Turnover, lateness and points of everybody, the rows, the grades, the history."""
    company = env.company
    grades = env["sales.grade"].sudo()._get_cutoffs(company)
    cases = " ".join(f"WHEN points >= {least} THEN {one.id}" for least, one in grades)
    env.cr.execute(
        f"""
        WITH sold AS (
            SELECT commercial_partner_id AS id,
                   COALESCE(sum(amount_untaxed_signed) FILTER (
                       WHERE invoice_date >= month - interval '12 months'), 0) AS now,
                   COALESCE(sum(amount_untaxed_signed) FILTER (
                       WHERE invoice_date < month - interval '12 months'), 0) AS earlier
              FROM account_move, date_trunc('month', current_date) month
             WHERE move_type IN ('out_invoice', 'out_refund') AND state = 'posted'
               AND company_id = %(company)s AND invoice_date < month
               AND invoice_date >= month - interval '24 months'
             GROUP BY commercial_partner_id
        ), late AS (
            SELECT partner_id AS id,
                   sum(amount_residual * (month::date - 1 - date_maturity))
                   / NULLIF(sum(amount_residual), 0) AS days
              FROM account_move_line, date_trunc('month', current_date) month
             WHERE display_type = 'payment_term' AND parent_state = 'posted'
               AND company_id = %(company)s AND date_maturity < month
               AND date_maturity >= month - interval '12 months'
             GROUP BY partner_id
        ), judged AS (
            SELECT id, now, days,
                   100 * (now - earlier) / NULLIF(earlier, 0) AS growth,
                   60 * LEAST(1, GREATEST(0, now / 1000000))
                   + COALESCE(20 * LEAST(1, GREATEST(0, (30 - days) / 30)), 10)
                   + COALESCE(20 * LEAST(1, GREATEST(0,
                       (100 * (now - earlier) / NULLIF(earlier, 0) + 30) / 60)), 10)
                   AS points
              FROM sold LEFT JOIN late USING (id)
        )
        INSERT INTO sales_grade_score (partner_id, company_id, month, grade_id, points,
               turnover_amount, days_late, growth_percent, facts, create_uid,
               create_date, write_uid, write_date)
        SELECT id, %(company)s, date_trunc('month', current_date),
               CASE {cases} ELSE {grades[-1][1].id} END, points, now, days, growth,
               jsonb_build_object('points', points, 'days_late', days,
                   'growth_percent', growth, 'turnover_amount', now),
               1, now(), 1, now()
          FROM judged
        """,  # ids and points of the catalogue are numbers
        {"company": company.id},
    )
    env.cr.execute(
        """
        INSERT INTO sales_grade_change (partner_id, company_id, new_grade_id, cause,
               score_id, user_id, changed_at, create_uid, create_date, write_uid,
               write_date)
        SELECT partner_id, company_id, grade_id, 'computed', id, 1, now(), 1, now(), 1,
               now()
          FROM sales_grade_score
        """
    )
    env.cr.execute(
        """
        UPDATE res_partner p
           SET sales_grade_id = jsonb_build_object(s.company_id::text, s.grade_id),
               write_uid = 1, write_date = now()
          FROM sales_grade_score s WHERE s.partner_id = p.id
        """
    )


JOB = Job(
    name="grade",
    unit="customers",
    prepare=_sell,
    run=_grade,
    floors={"sql": _grade_by_sql},
    batch=BATCH,
    sizes=(lambda sizes: 10, lambda sizes: sizes.stores),
    goals=GOALS["settlement"],
)
