# pylint: disable=consider-merging-classes-inherited
# Own file: what belongs to a month and how it gets there, apart from what is done with
# it then.
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from odoo.addons.sales_base.tools.period import month_of

from .after_sales_settlement import CLERK

RUN_KIND = "after_sales_settlement"


class AfterSalesSettlement(models.Model):
    """Settling a month (AS-12, F-15): approved claims are gathered per station, month
    and currency, in batches that can be repeated; totals are added by the database."""

    _inherit = "after.sales.settlement"

    @api.model
    def _get_settleable_domain(self, company, date_to):
        """Approved claims without a settlement, decided until the end of the month."""
        return [
            ("company_id", "=", company.id),
            ("state", "=", "approved"),
            ("settlement_id", "=", False),
            ("date_approved", "<=", date_to),
            (
                "old_part_ids",
                "not any",
                self.env["after.sales.old.part"]._get_overdue_domain(company),
            ),
        ]

    @api.model
    def _start_month(self, day, at_once=False):
        """Start the settlement of the month in which ``day`` lies.

        :param date day: any day of the month
        :param bool at_once: a small set, now
        :returns: ``sales.run``
        """
        month = month_of(day)
        # sudo: who starts the run was asked; what it settles nobody writes by hand
        self.sudo()._settle_beside_claims(self.env.company, *month)
        return self.env["sales.run"]._start_month(RUN_KIND, month, at_once)

    @api.model
    def _settle(self, claims, date_from, date_to):
        """Put claims into the open settlement of their station, month and currency;
        makes the settlement where there is none.

        The number of statements does not grow with the claims.

        :param claims: approved claims of one company
        :returns: claims left out: their month was sent already
        """
        if not claims:
            return claims
        claims.lock_for_update()
        keys = self._get_settlement_keys(claims)
        self._create_missing(claims.company_id, keys, date_from, date_to)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE after_sales_claim claim
                   SET settlement_id = settlement.id,
                       write_uid = %(uid)s, write_date = %(now)s
                  FROM after_sales_settlement settlement
                 WHERE claim.id IN %(ids)s
                   AND claim.state = 'approved' AND claim.settlement_id IS NULL
                   AND settlement.station_id = claim.station_id
                   AND settlement.currency_id = claim.currency_id
                   AND settlement.date_from = %(date_from)s
                   AND settlement.state = 'draft'
             RETURNING claim.id, settlement.id
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=tuple(claims.ids),
                date_from=date_from,
            )
        )
        claims.invalidate_recordset()
        settlements = self.browse({row[1] for row in rows})
        settlements.invalidate_recordset()
        settlements._take_residuals()
        settlements._take_charges()
        settlements._update_totals()
        return claims - claims.browse(row[0] for row in rows)

    @api.model
    def _get_settlement_keys(self, claims):
        """Stations and currencies of the claims, in the order of the stations."""
        groups = self.env["after.sales.claim"]._read_group(
            [("id", "in", claims.ids)],
            ["station_id", "currency_id"],
            order="station_id, currency_id",
        )
        return [(station.id, currency.id) for station, currency in groups]

    @api.model
    def _create_missing(self, company, keys, date_from, date_to):
        """Settlements of the month that do not exist yet for these keys."""
        known = self.search(
            [
                ("date_from", "=", date_from),
                ("company_id", "=", company.id),
                ("state", "!=", "cancelled"),
            ]
        )
        existing = {(rec.station_id.id, rec.currency_id.id) for rec in known}
        try:
            with self.env.cr.savepoint():
                return self.create(
                    [
                        {
                            "company_id": company.id,
                            "station_id": station_id,
                            "currency_id": currency_id,
                            "date_from": date_from,
                            "date_to": date_to,
                        }
                        for station_id, currency_id in keys
                        if (station_id, currency_id) not in existing
                    ]
                )
        except UniqueViolation as error:
            # Another run has made one since: this one begins again and finds it.
            raise ConcurrencyError(str(error)) from error

    def _update_totals(self):
        """Totals add the rounded amounts of the claims, in one statement."""
        if not self:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE after_sales_settlement settlement
                   SET claim_count = COALESCE(total.count, 0),
                       amount_labor = COALESCE(total.labor, 0),
                       amount_part = COALESCE(total.part, 0),
                       amount_travel = COALESCE(total.travel, 0),
                       amount_purchase = COALESCE(total.purchase, 0),
                       amount_other = COALESCE(total.other, 0),
                       amount_residual = -COALESCE(residual.total, 0),
                       amount_deduction = COALESCE(charge.deduction, 0),
                       amount_penalty = COALESCE(charge.penalty, 0),
                       amount_credit = COALESCE(charge.credit, 0),
                       amount_total = COALESCE(total.total, 0)
                                      - COALESCE(residual.total, 0)
                                      + COALESCE(charge.total, 0)
                  FROM after_sales_settlement own
                  LEFT JOIN (SELECT settlement_id, COUNT(*) AS count,
                                    SUM(approved_labor) AS labor,
                                    SUM(approved_part) AS part,
                                    SUM(approved_travel) AS travel,
                                    SUM(approved_purchase) AS purchase,
                                    SUM(approved_other) AS other,
                                    SUM(amount_approved) AS total
                               FROM after_sales_claim
                              WHERE settlement_id IN %(ids)s
                              GROUP BY settlement_id) total
                         ON total.settlement_id = own.id
                  LEFT JOIN (SELECT residual_settlement_id,
                                    SUM(residual_amount) AS total
                               FROM after_sales_old_part
                              WHERE residual_settlement_id IN %(ids)s
                              GROUP BY residual_settlement_id) residual
                         ON residual.residual_settlement_id = own.id
                  LEFT JOIN (SELECT settlement_id, SUM(amount) AS total,
                                    SUM(amount) FILTER (WHERE kind = 'deduction')
                                        AS deduction,
                                    SUM(amount) FILTER (WHERE kind = 'penalty')
                                        AS penalty,
                                    SUM(amount) FILTER (WHERE kind = 'credit')
                                        AS credit
                               FROM after_sales_charge
                              WHERE settlement_id IN %(ids)s
                              GROUP BY settlement_id) charge
                         ON charge.settlement_id = own.id
                 WHERE settlement.id = own.id AND own.id IN %(ids)s
                """,
                ids=tuple(self.ids),
            )
        )
        self.invalidate_recordset()

    @api.model
    def _cron_settle(self):
        """On the first days of a month: start last month's settlement of each company
        that has something to settle."""
        for company in self.env["res.company"].search([]):
            own = self.with_company(company)
            first = month_of(company._get_sales_today()).first
            last_month = month_of(fields.Date.subtract(first, days=1))
            if self._has_settleable(company, last_month.last):
                own._start_month(last_month.first)

    @api.model
    def _has_settleable(self, company, date_to):
        """Whether there is anything to settle until a day."""
        domain = self._get_settleable_domain(company, date_to)
        return bool(
            self.env["after.sales.claim"].search_count(domain, limit=1)
            or self._get_open_charges(company, date_to, limit=1)
            or self._get_open_residuals(company, limit=1)
        )

    # -------------------------------------------------------------------- actions

    def action_settle_last_month(self):
        """Button of the list: settle last month now if it is little, else queue."""
        if not self.env.user.has_group(CLERK):
            raise UserError(self.env._("Only a settlement clerk settles claims."))
        company = self.env.company
        first = month_of(company._get_sales_today()).first
        month = month_of(fields.Date.subtract(first, days=1))
        return self._start_and_show(month)

    @api.model
    def _start_and_show(self, month):
        """Settle a month now if it is little, else queue it; shows the run."""
        domain = self._get_settleable_domain(self.env.company, month.last)
        few = self.env["after.sales.claim"].search_count(domain, limit=2001) <= 2000
        run = self._start_month(month.first, at_once=few)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlement Run"),
            "res_model": "sales.run",
            "res_id": run.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new" if few else "current",
        }
