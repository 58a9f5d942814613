# pylint: disable=consider-merging-classes-inherited
# Own file: the facts of one family of rules.
from odoo import models
from odoo.tools import SQL

from ..tools.adjudication_history import Other
from .after_sales_claim_adjudication import KNOWN_BEFORE, NOT_COUNTED

#: the newest approved claims by which the usual cost of a fault is measured
CASES_MAX = 200
#: what a line of such a claim adds
REPAIR_COST = SQL(
    """CASE WHEN line.line_type = 'part' AND template.claim_quantity_limit > 0
            THEN line.approved_amount / line.quantity
            ELSE line.approved_amount END"""
)


class AfterSalesClaim(models.Model):
    """Facts of the rules that compare a claim with others of its unit and its fault
    (AS-08), see ``tools/adjudication_history.py``."""

    _inherit = "after.sales.claim"

    _fault_cost_idx = models.Index(
        "(fault_id, product_id, id DESC) WHERE state IN ('approved', 'settled')"
    )

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        others = self._get_others()
        after = self._get_usage_after()
        usual = self._get_usual_costs()
        for claim in self:
            own, lot = facts[claim.id], claim.lot_id
            before = own["usage_before"]
            if not before and lot.date_sold and lot.date_sold <= claim.date_repair:
                before = (0, lot.date_sold)
            own.update(
                others=others.get(claim.id, []),
                fault=claim._get_name_fact(claim.fault_id),
                fault_id=claim.fault_id.id,
                selling=claim._get_name_fact(lot.sold_station_id),
                region_ids=(
                    claim.station_id.region_id.id,
                    lot.sold_station_id.region_id.id,
                ),
                usage_unit=claim.usage_unit,
                usage_from=before,
                usage_after=after.get(claim.id),
                repair_amount=claim._get_repair_amount(),
                usual=usual.get(
                    (claim.company_id.id, claim.kind, claim.fault_id.id)
                    + (claim.product_id.id,),
                    (0, 0.0, 0.0),
                ),
            )
        return facts

    def _get_others(self):
        """Claims of the same unit that were known before.

        :returns: {claim id: [Other]}
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT claim.id, other.name, other.station_id, other.date_repair,
                       other.fault_id, other.amount_claimed_company
                  FROM after_sales_claim claim
                  JOIN after_sales_claim other ON other.lot_id = claim.lot_id
                   AND other.id != claim.id AND other.state NOT IN %(not_counted)s
                   AND %(before)s
                 WHERE claim.id IN %(ids)s
                 ORDER BY claim.id, other.date_repair, other.id
                """,
                not_counted=NOT_COUNTED,
                before=KNOWN_BEFORE,
                ids=tuple(self.ids) or (0,),
            )
        )
        others = {}
        for claim_id, *row in rows:
            others.setdefault(claim_id, []).append(Other(*row))
        return others

    def _get_usage_after(self):
        """The lowest reading of each unit after the repair.

        :returns: {claim id: (reading, date)}
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (claim.id) claim.id, reading.value, reading.date
                  FROM after_sales_claim claim
                  JOIN after_sales_usage_reading reading
                    ON reading.lot_id = claim.lot_id
                   AND reading.date > claim.date_repair
             LEFT JOIN after_sales_claim other ON other.id = reading.claim_id
                   AND other.id != claim.id
                 WHERE claim.id IN %(ids)s AND (reading.claim_id IS NULL
                        OR (other.id IS NOT NULL AND %(before)s))
                 ORDER BY claim.id, reading.value, reading.date
                """,
                before=KNOWN_BEFORE,
                ids=tuple(self.ids) or (0,),
            )
        )
        return {claim_id: (value, date) for claim_id, value, date in rows}

    def _get_repair_amount(self):
        """Parts and labour as ``_get_usual_costs`` counts them: travel and purchases
        have a limit of their own, and so have the pieces of a part."""
        amount = 0.0
        for line in self.line_ids:
            if line.line_type == "labor":
                amount += line.amount
            elif line.line_type == "part":
                is_limited = line.product_id.claim_quantity_limit
                amount += line.amount / line.quantity if is_limited else line.amount
        return self.company_id.currency_id.round(amount * (self.currency_rate or 1.0))

    def _get_usual_costs(self):
        """What was approved for parts and labour of the same fault on the same product:
        number of cases, median, and median distance from it.

        :returns: {(company id, kind, fault id, product id): (n, median, spread)}
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked AS (
                    SELECT DISTINCT company_id, kind, fault_id, product_id
                      FROM after_sales_claim
                     WHERE id IN %(ids)s AND fault_id IS NOT NULL
                ), cases AS (
                    SELECT asked.*, found.amount
                      FROM asked CROSS JOIN LATERAL (
                          SELECT COALESCE(NULLIF(claim.currency_rate, 0), 1) * (
                                     SELECT COALESCE(SUM(%(repair)s), 0)
                                       FROM after_sales_claim_line line
                                  LEFT JOIN product_product part
                                         ON part.id = line.product_id
                                  LEFT JOIN product_template template
                                         ON template.id = part.product_tmpl_id
                                      WHERE line.claim_id = claim.id
                                        AND line.line_type IN ('labor', 'part')
                                 ) AS amount
                            FROM after_sales_claim claim
                           WHERE claim.fault_id = asked.fault_id
                             AND claim.product_id = asked.product_id
                             AND claim.state IN ('approved', 'settled')
                             AND claim.company_id = asked.company_id
                             AND claim.kind = asked.kind
                           ORDER BY claim.id DESC LIMIT %(most)s
                      ) found
                ), middle AS (
                    SELECT company_id, kind, fault_id, product_id, count(*) AS cases,
                           percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS median
                      FROM cases GROUP BY company_id, kind, fault_id, product_id
                )
                SELECT company_id, kind, fault_id, product_id, cases, median,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(amount - median))
                  FROM middle JOIN cases
                       USING (company_id, kind, fault_id, product_id)
                 GROUP BY company_id, kind, fault_id, product_id, cases, median
                """,
                ids=tuple(self.ids) or (0,),
                most=CASES_MAX,
                repair=REPAIR_COST,
            )
        )
        return {tuple(row[:4]): tuple(row[4:]) for row in rows}
