# pylint: disable=consider-merging-classes-inherited
# Own file: gathering facts is one concept, the claim's life another.
from odoo import api, models
from odoo.tools import SQL

from ..tools import adjudication
from ..tools.coverage import CUSTOMER, Cover, get_cover

#: claims in these states do not count as another claim for the same part
NOT_COUNTED = ("draft", "rejected", "cancelled")
#: of two claims that contradict each other, the one submitted later is asked, unless
#: the later one was approved meanwhile
KNOWN_BEFORE = SQL(
    """(other.state IN ('approved', 'settled')
        OR (COALESCE(other.submitted_at, '-infinity'), other.id)
         < (COALESCE(claim.submitted_at, 'infinity'), claim.id))"""
)


#: fails stand before warnings, warnings before what passed
WORST_FIRST = {adjudication.FAIL: 0, adjudication.WARN: 1000, adjudication.PASS: 2000}


class AfterSalesClaim(models.Model):
    """Adjudication (AS-08): facts are gathered once for the batch, the rules are pure
    functions, their verdicts are records."""

    _inherit = "after.sales.claim"

    def _adjudicate(self):
        """Judge the claims by the rules of their company and keep the findings; those
        of earlier submissions stay, no longer current."""
        # sudo: findings and rules are the system's, a station submits without them
        claims_sudo = self.sudo()
        claims_sudo.finding_ids.is_current = False
        facts = claims_sudo._get_rule_facts()
        values, levels = [], {}
        for company, claims in claims_sudo.grouped("company_id").items():
            rules = claims_sudo.env["after.sales.rule"]._get_company_rules(company)
            terms = {key: (rule.limit, rule.breach) for key, rule in rules.items()}
            for claim in claims:
                verdicts = adjudication.judge_all(terms, facts[claim.id])
                values += [
                    claim._prepare_finding_values(key, rules[key], verdict)
                    for key, verdict in verdicts.items()
                ]
                level = adjudication.worst(v.level for v in verdicts.values())
                levels.setdefault(level, []).append(claim.id)
        claims_sudo.env["after.sales.finding"]._record(values)
        claims_sudo._mark_goodwill(facts)
        for level, ids in levels.items():
            claims_sudo.browse(ids).write({"verdict": level})

    def _prepare_finding_values(self, key, rule, verdict):
        return {
            "claim_id": self.id,
            "rule_id": rule.id,
            "sequence": WORST_FIRST[verdict.level] + rule.sequence,
            "key": key,
            "verdict": verdict.level,
            "facts": verdict.facts,
            "revision": self.revision,
        }

    def _get_rule_facts(self):
        """Facts of each claim for the rules, see ``tools/adjudication.py``.

        :returns: {claim id: dict}; the number of statements does not grow with claims
        :rtype: dict
        """
        covers = self._get_covers()
        duplicates = self._get_duplicates()
        missing = self._get_missing_evidence()
        readings = self._get_usage_before()
        return {
            claim.id: {
                **claim._get_own_facts(),
                "covers": covers[claim.id],
                "duplicates": duplicates.get(claim.id, []),
                "missing": missing.get(claim.id, []),
                "usage_before": readings.get(claim.id),
            }
            for claim in self
        }

    def _get_own_facts(self):
        """What the claim, its unit and its station say by themselves."""
        lot, company = self.lot_id, self.company_id
        station = self.station_id
        return {
            "date_repair": self.date_repair,
            "date_submitted": self.date_submitted or company._get_sales_today(),
            "usage": self.usage,
            "coverage": self._get_name_fact(lot.warranty_coverage_id),
            "labor": [
                (
                    self._get_name_fact(line.labor_id) or line.display_name,
                    line.quantity,
                    line.standard_hours or None,
                )
                for line in self.line_ids
                if line.line_type == "labor"
            ],
            "amount": self.amount_claimed_company,
            "authority": company.currency_id.round(
                station.authority_amount * (self.currency_rate or 1.0)
            ),
            "company_currency_id": company.currency_id.id,
            "station_id": station.id,
            "selling_id": lot.sold_station_id.id,
        }

    def _get_covers(self):
        """Who pays for each claimed part (AS-02); for the unit as a whole where a claim
        names no part.

        :returns: {claim id: [(name of the part or False, Cover)]}, empty without one
        """
        units = self.lot_id._get_units()
        covers = {}
        for claim in self:
            policy = claim.lot_id.warranty_coverage_id
            parts = claim.line_ids.filtered(
                lambda line: line.line_type in ("part", "purchase")
            ).product_id
            covers[claim.id] = rows = []
            if not policy:
                continue
            terms = policy._get_policy(parts, claim.station_id.level)
            for part in parts or [parts]:
                cover = get_cover(
                    terms,
                    units[claim.lot_id.id],
                    part.id or None,
                    claim.date_repair,
                    claim.usage,
                )
                rows.append((claim._get_name_fact(part), cover))
            types = set(claim.line_ids.mapped("line_type"))
            if "labor" in types and not policy.covers_labor:
                rows.append((False, Cover(CUSTOMER, "labor")))
            if parts and not policy.covers_parts:
                rows.append((False, Cover(CUSTOMER, "parts")))
        return covers

    @api.model
    def _get_name_fact(self, record):
        """A record's name as a fact that can be told in any language."""
        return [record._name, record.id, record.display_name] if record else False

    def _get_duplicates(self):
        """Claims for the same part of the same unit that were known before.

        :returns: {claim id: [(part, claim number, repair date, station id)]}
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT own.claim_id, own.product_id, other.name, other.date_repair,
                       other.station_id
                  FROM after_sales_claim_line own
                  JOIN after_sales_claim claim ON claim.id = own.claim_id
                  JOIN after_sales_claim other ON other.lot_id = claim.lot_id
                   AND other.id != claim.id AND other.state NOT IN %(not_counted)s
                   AND %(before)s
                  JOIN after_sales_claim_line line ON line.claim_id = other.id
                   AND line.product_id = own.product_id
                   AND line.line_type IN ('part', 'purchase')
                   AND COALESCE(line.decision, '') != 'rejected'
                 WHERE own.claim_id IN %(ids)s AND own.product_id IS NOT NULL
                   AND own.line_type IN ('part', 'purchase')
                 GROUP BY own.claim_id, own.product_id, other.id
                 ORDER BY own.claim_id, other.date_repair, other.id
                """,
                not_counted=NOT_COUNTED,
                before=KNOWN_BEFORE,
                ids=tuple(self.ids) or (0,),
            )
        )
        products = self.env["product.product"].browse({row[1] for row in rows})
        names = {product.id: self._get_name_fact(product) for product in products}
        found = {}
        for claim_id, product_id, number, repair, station_id in rows:
            found.setdefault(claim_id, []).append(
                (names[product_id], number, repair, station_id)
            )
        return found

    def _get_missing_evidence(self):
        """Kinds of evidence that are asked for and missing.

        :returns: {claim id: [key of the photo's kind]}
        """
        kinds = self.env["after.sales.claim.kind"]._get_by_key()
        present = {}
        groups = self.env["after.sales.claim.photo"]._read_group(
            [("claim_id", "in", self.ids)], ["claim_id", "kind"]
        )
        for claim, kind in groups:
            present.setdefault(claim.id, set()).add(kind)
        return {
            claim.id: [
                asked.photo_kind
                for asked in kinds[claim.kind].evidence_ids
                if claim.amount_claimed_company >= asked.amount_from
                and not (asked.photo_kind == "meter" and not claim.usage_unit)
                and asked.photo_kind not in present.get(claim.id, ())
            ]
            for claim in self
        }

    def _get_usage_before(self):
        """Highest reading of each unit until the repair, leaving out this claim's own
        and those of claims submitted later.

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
                   AND reading.date <= claim.date_repair
             LEFT JOIN after_sales_claim other ON other.id = reading.claim_id
                   AND other.id != claim.id
                 WHERE claim.id IN %(ids)s AND (reading.claim_id IS NULL
                        OR (other.id IS NOT NULL AND %(before)s))
                 ORDER BY claim.id, reading.value DESC, reading.date DESC
                """,
                before=KNOWN_BEFORE,
                ids=tuple(self.ids) or (0,),
            )
        )
        return {claim_id: (value, date) for claim_id, value, date in rows}
