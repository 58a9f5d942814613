# pylint: disable=consider-merging-classes-inherited
# Own file: the facts of one family of rules.
from odoo import models

PART_TYPES = ("part", "purchase")


class AfterSalesClaim(models.Model):
    """Facts of the rules that compare a claim with the catalogues (AS-08), see
    ``tools/adjudication_catalogue.py``."""

    _inherit = "after.sales.claim"

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        foreign = self._get_foreign_labor()
        for claim in self:
            facts[claim.id].update(
                prices=claim._get_prices(),
                quantities=claim._get_quantities(),
                rates=[
                    line.price_unit
                    for line in claim.line_ids
                    if line.line_type == "labor"
                ],
                labor_rate=claim.station_id.labor_rate,
                extra_amount=claim._get_extra_amount(),
                currency_id=claim.currency_id.id,
                product=claim._get_name_fact(claim.product_id),
                foreign_labor=foreign.get(claim.id, []),
                unfit_parts=claim._get_unfit_parts(),
            )
        return facts

    def _get_prices(self):
        """Price of each part and the most that is paid for one: its limit, else its
        cost.

        :returns: [(part, price, most or None)], in company currency
        """
        company, rate = self.company_id, self.currency_rate or 1.0
        rows = []
        for line in self.line_ids:
            if line.line_type != "part" or not line.product_id:
                continue
            part = line.product_id.with_company(company)
            price = company.currency_id.round(line.price_unit * rate)
            most = part.claim_price_limit or part.standard_price or None
            rows.append((self._get_name_fact(part), price, most))
        return rows

    def _get_quantities(self):
        return [
            (
                self._get_name_fact(line.product_id),
                line.quantity,
                line.product_id.claim_quantity_limit,
            )
            for line in self.line_ids
            if line.line_type in PART_TYPES and line.product_id.claim_quantity_limit
        ]

    def _get_extra_amount(self):
        """What neither a catalogue nor a rule of its kind prices: the trip of a rescue
        and the purchases of a purchase claim have rules of their own."""
        extra = sum(
            line.amount
            for line in self.line_ids
            if line.line_type not in ("part", "labor")
            and not line.is_trip
            and not (self.kind == line.line_type == "purchase")
        )
        return self.company_id.currency_id.round(extra * (self.currency_rate or 1.0))

    def _get_foreign_labor(self):
        """Operations of each claim that have a standard time for other products, and
        none for its own or for all.

        :returns: {claim id: [operation]}
        """
        rows = self.env["after.sales.labor"].search_fetch(
            [("code", "in", self.line_ids.labor_id.mapped("code"))],
            ["code", "product_tmpl_id"],
        )
        known = {(row.code, row.product_tmpl_id.id) for row in rows}
        foreign = {}
        for line in self.line_ids:
            operation = line.labor_id
            template = line.claim_id.product_id.product_tmpl_id
            if (
                operation.product_tmpl_id
                and operation.product_tmpl_id != template
                and not known & {(operation.code, template.id), (operation.code, False)}
            ):
                names = foreign.setdefault(line.claim_id.id, [])
                names.append(self._get_name_fact(operation))
        return foreign

    def _get_unfit_parts(self):
        """Faults whose list of parts names none of the claimed ones; where a causal
        part is marked, it is the one that is asked.

        :returns: [(fault, part)]
        """
        lines = self.line_ids.filtered(
            lambda line: line.line_type in PART_TYPES and line.product_id
        )
        lines = lines.filtered("is_causal") or lines
        unfit = []
        for fault, own in lines.grouped(
            lambda line: line.fault_id or self.fault_id
        ).items():
            if fault.part_ids and not fault.part_ids & own.product_id:
                part = own.product_id[:1]
                unfit.append((self._get_name_fact(fault), self._get_name_fact(part)))
        return unfit
