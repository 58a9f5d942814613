# pylint: disable=consider-merging-classes-inherited
# Own file: the 三包 counters at reception, one concept.
from odoo import api, fields, models

from ..tools import three_guarantees

#: claims that count as a repair of the unit: those the maker has not refused
REPAIRED = ("submitted", "in_review", "returned", "approved", "settled")
PAID_BY_MAKER = ("warranty", "goodwill")


class AfterSalesRepair(models.Model):
    """What the counters say before a unit is taken in (B-13).

    Earlier repairs count when warranty or goodwill paid a line of them; claims that
    came without a repair of ours count as a repair of one day. While the unit is
    booked, the counters are live; what reception saw stays with the repair.
    """

    _inherit = "after.sales.repair"

    guarantee_findings = fields.Json(readonly=True, copy=False)
    guarantee_level = fields.Selection(
        [("near", "Near"), ("reached", "Reached")],
        "Counter",
        compute="_compute_guarantee",
    )
    guarantee_text = fields.Text("Counters", compute="_compute_guarantee")

    @api.depends("lot_id", "fault_id", "usage", "state", "guarantee_findings")
    @api.depends_context("lang")
    def _compute_guarantee(self):
        for repair in self:
            findings = repair._get_guarantee_findings()
            repair.guarantee_level = self._get_worst_level(findings)
            repair.guarantee_text = "\n".join(map(self._get_sentence, findings))

    @api.model
    def _get_worst_level(self, findings):
        levels = {finding["level"] for finding in findings}
        if not levels:
            return False
        return "reached" if "reached" in levels else "near"

    def _get_guarantee_findings(self):
        """What reception saw, or would see now."""
        if self.state != "booked":
            return self.guarantee_findings or []
        return self._count_guarantee()

    def _count_guarantee(self):
        """The counters for taking in this unit now.

        :returns: list of dicts, see ``tools.three_guarantees.Finding``
        """
        if not self.lot_id:
            return []
        return self._count_guarantee_of(
            self.company_id, self.lot_id, self.fault_id, self.usage, self._origin
        )

    @api.model
    def _count_guarantee_of(self, company, lot, fault, usage, repair=None):
        """The counters for a unit, before there is a repair of it."""
        company = company or self.env.company
        facts = self._get_guarantee_facts(
            company, lot, fault, usage, repair or self.browse()
        )
        findings = three_guarantees.count(facts, company._get_guarantee_limits())
        return [finding._asdict() for finding in findings]

    @api.model
    def _get_guarantee_facts(self, company, lot, fault, usage, repair):
        """Facts of ``tools.three_guarantees.count``."""
        # sudo: the counters count the repairs of all stations, whoever asks
        company_sudo, lot_sudo, fault_sudo = company.sudo(), lot.sudo(), fault.sudo()
        # sudo: the repairs of all stations
        earlier_sudo = self.sudo().search(
            [
                ("lot_id", "=", lot.id),
                ("id", "!=", repair.id),
                ("received_at", "!=", False),
                ("state", "!=", "cancelled"),
                ("line_ids.payer", "in", PAID_BY_MAKER),
            ]
        )
        claims_sudo = (
            self.env["after.sales.claim"]
            .sudo()  # sudo: and the claims of all stations
            .search(
                [
                    ("lot_id", "=", lot.id),
                    ("repair_id", "=", False),
                    ("state", "in", REPAIRED),
                ]
            )
        )
        faults = [record.fault_id for record in (*earlier_sudo, *claims_sudo)]
        now = fields.Datetime.now()
        return {
            "date_sold": lot_sudo.date_sold,
            "day": company_sudo._get_sales_day(now),
            "usage": (
                (usage or lot_sudo.usage_reading)
                if lot_sudo.product_id.usage_unit
                else None
            ),
            "is_major": bool(fault_sudo.guarantee_class),
            "main_repairs": self._count_main_repairs(fault_sudo, faults),
            "fault_repairs": sum(1 for one in faults if fault and one == fault_sudo),
            "part_replacements": self._count_part_replacements(
                repair, fault_sudo, earlier_sudo, claims_sudo
            ),
            "days_before": len(claims_sudo)
            + sum(
                three_guarantees.repair_days(
                    one.received_at, max(one.accepted_at or now, one.received_at)
                )
                for one in earlier_sudo
            ),
            "days_here": 1,
        }

    @api.model
    def _count_main_repairs(self, fault, faults):
        """Earlier repairs of the same main assembly fault, or of any safety fault."""
        if fault.guarantee_class == "safety":
            return sum(1 for one in faults if one.guarantee_class == "safety")
        return sum(1 for one in faults if fault.guarantee_class and one == fault)

    @api.model
    def _count_part_replacements(self, repair, fault, earlier, claims):
        """How often the main part that is due now was replaced before: a main part of
        the estimate, or one that an earlier repair of this fault replaced."""
        replaced = [
            line
            for line in (*earlier.line_ids, *claims.line_ids)
            if line.line_type == "part"
            and line.product_id.is_main_part
            and (line._name == claims.line_ids._name or line.payer in PAID_BY_MAKER)
        ]
        # sudo: parts are compared, whoever asks
        parts = repair.sudo().line_ids.product_id.filtered("is_main_part")
        if not parts:
            parts = parts.union(
                *(
                    line.product_id
                    for line in replaced
                    if fault and self._get_document(line).fault_id == fault
                )
            )
        counts = [
            sum(1 for line in replaced if line.product_id == part) for part in parts
        ]
        return max(counts, default=0)

    @api.model
    def _get_document(self, line):
        return line[line._document_field]

    @api.model
    def _get_sentence(self, finding):
        """One counter in the reader's language."""
        _ = self.env._
        key = (finding["key"], finding["level"])
        values = {"number": finding["number"], "limit": finding["limit"]}
        sentences = {
            ("early", "reached"): _(
                "Day %(number)s after the sale: a main or safety fault within "
                "%(limit)s days gives replacement or refund.",
                **values,
            ),
            ("main", "near"): _(
                "This would be repair %(number)s of this main or safety fault. If it "
                "is not cured after %(limit)s repairs, the customer may have the unit "
                "replaced or refunded.",
                **values,
            ),
            ("main", "reached"): _(
                "This would be repair %(number)s of this main or safety fault: not "
                "cured after %(limit)s repairs gives replacement or refund.",
                **values,
            ),
            ("part", "near"): _(
                "The same main part would be replaced for time %(number)s; after "
                "%(limit)s times the customer may have the unit replaced or refunded.",
                **values,
            ),
            ("part", "reached"): _(
                "The same main part would be replaced for time %(number)s: a failure "
                "after %(limit)s times gives replacement or refund.",
                **values,
            ),
            ("fault", "near"): _(
                "This would be repair %(number)s of this fault; beyond %(limit)s the "
                "customer may have the unit replaced or refunded.",
                **values,
            ),
            ("fault", "reached"): _(
                "This would be repair %(number)s of this fault: more than %(limit)s "
                "gives replacement or refund.",
                **values,
            ),
            ("days", "near"): _(
                "Day %(number)s of repair in total; beyond %(limit)s the customer may "
                "have the unit replaced or refunded.",
                **values,
            ),
            ("days", "reached"): _(
                "Day %(number)s of repair in total: more than %(limit)s gives "
                "replacement or refund.",
                **values,
            ),
        }
        return sentences.get(key, "")
