# pylint: disable=consider-merging-classes-inherited
# Own file: what the page of one claim says, as texts in the reader's language.
from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import format_amount, format_date, format_datetime

from .after_sales_claim import REVIEWED

#: earlier claims of the unit that are named
HISTORY_ROWS = 15
READING_ROWS = 6
LEVELS = {"fail": 0, "warn": 1, "pass": 2}
#: what the page says of each: read with the rows, in one statement
FINDING_FIELDS = ("key", "verdict", "facts", "rule_id", "sequence", "revision")
LINE_FIELDS = (
    *("line_type", "name", "product_id", "labor_id", "is_causal", "quantity"),
    *("price_unit", "standard_hours", "amount", "decision", "approved_amount"),
    *("cut_reason_id", "decision_note"),
)
PHOTO_FIELDS = ("attachment_id", "kind", "taken_at")
HISTORY_FIELDS = (
    *("name", "date_repair", "station_id", "fault_id", "usage", "amount_claimed"),
    *("currency_id", "state"),
)
STEPS = ("approve", "return", "reject")


class AfterSalesWorkbench(models.AbstractModel):
    """One claim as the workbench shows it. The number of statements does not grow with
    lines, photos, findings or history."""

    _inherit = "after.sales.workbench"

    @api.model
    @api.readonly
    def get_claim(self, claim_id):
        """The page of a claim.

        :returns: dict of texts and lists, see the methods below
        """
        self._check_auditor()
        claim = self.env["after.sales.claim"].browse(claim_id).exists()
        if not claim:
            raise MissingError(self.env._("This claim does not exist any more."))
        claim.check_access("read")
        return {
            **self._get_head(claim),
            "facts": self._get_facts(claim),
            "texts": self._get_texts(claim),
            "findings": self._get_findings(claim),
            "lines": self._get_lines(claim),
            "photos": self._get_photos(claim),
            "coverage": self._get_coverage(claim),
            "history": self._get_history(claim),
            "submissions": self._get_submissions(claim),
        }

    @api.model
    def _fetch_of(self, claim, model, names, domain=()):
        """Rows of a claim with what the page says of them."""
        found = [("claim_id", "=", claim.id), *domain]
        return self.env[model].search_fetch(found, names)

    @api.model
    def _get_label(self, record, fname):
        labels = dict(record._fields[fname]._description_selection(self.env))
        return labels.get(record[fname], "")

    @api.model
    def _get_head(self, claim):
        """Number, state, verdict, money, and why a step cannot be taken."""
        in_review = claim.state in REVIEWED
        cannot = {verb: claim._get_cannot_reasons(verb)[claim.id] for verb in STEPS}
        return {
            "id": claim.id,
            "name": claim.name,
            "kind": self._get_label(claim, "kind"),
            "state": claim.state,
            "state_label": self._get_label(claim, "state"),
            "is_open": in_review,
            "revision": claim.revision,
            "verdict": claim.verdict,
            "auditor": claim.auditor_id.name if claim.state == "in_review" else False,
            "is_mine": claim.auditor_id == self.env.user,
            "claimed": self._amount(claim, claim.amount_claimed),
            "approved": self._amount(claim, claim.amount_approved),
            "currency": claim.currency_id.symbol,
            "cannot": {verb: reason or False for verb, reason in cannot.items()},
        }

    @api.model
    def _amount(self, claim, amount):
        return format_amount(self.env, amount or 0.0, claim.currency_id)

    @api.model
    def _get_facts(self, claim):
        """Hook: pairs of label and text at the head of the claim."""
        _ = self.env._
        usage = f"{claim.usage} {self._get_label(claim, 'usage_unit')}".strip()
        pairs = [
            (_("Station"), claim.station_id.display_name),
            (_("Unit"), f"{claim.lot_id.name} · {claim.product_id.display_name}"),
            (_("Sold"), format_date(self.env, claim.date_sold)),
            (_("Repaired"), format_date(self.env, claim.date_repair)),
            (_("Usage"), usage if claim.usage else ""),
            (_("Fault"), claim.fault_id.display_name),
            (_("Submitted"), format_date(self.env, claim.date_submitted)),
            (_("Due"), format_date(self.env, claim.date_due)),
        ]
        return [{"label": label, "text": text} for label, text in pairs if text]

    @api.model
    def _get_texts(self, claim):
        """What the station wrote."""
        return [
            {"label": claim._fields[name]._description_string(self.env), "text": text}
            for name in ("complaint", "cause", "correction")
            if (text := claim[name])
        ]

    @api.model
    def _get_findings(self, claim):
        """Verdicts in words, the worst first."""
        findings = self._fetch_of(
            claim, "after.sales.finding", FINDING_FIELDS, [("is_current", "=", True)]
        ).sorted(lambda row: (LEVELS.get(row.verdict, 0), row.sequence, row.id))
        return [
            {
                "id": row.id,
                "verdict": row.verdict,
                "verdict_label": self._get_label(row, "verdict"),
                "sentence": row.sentence,
            }
            for row in findings
        ]

    @api.model
    def _get_lines(self, claim):
        lines = self._fetch_of(claim, "after.sales.claim.line", LINE_FIELDS)
        return [
            {
                "id": line.id,
                "number": number,
                "type": self._get_label(line, "line_type"),
                "name": line.display_name,
                "is_causal": line.is_causal,
                "quantity": line.quantity,
                "price": self._amount(claim, line.price_unit),
                "standard_hours": line.standard_hours
                if line.line_type == "labor"
                else 0.0,
                "claimed": self._amount(claim, line.amount),
                "amount": line.amount,
                "decision": line.decision,
                "approved": self._amount(claim, line.approved_amount),
                "approved_amount": line.approved_amount,
                "reason_id": line.cut_reason_id.id,
                "reason": line.cut_reason_id.name or "",
                "note": line.decision_note or "",
            }
            for number, line in enumerate(lines, 1)
        ]

    @api.model
    def _get_photos(self, claim):
        photos = self._fetch_of(claim, "after.sales.claim.photo", PHOTO_FIELDS)
        return [
            {
                "id": photo.id,
                "url": f"/web/content/{photo.attachment_id.id}",
                "thumb": f"/web/image/{photo.attachment_id.id}/160x120",
                "is_image": photo.is_image,
                "kind": self._get_label(photo, "kind"),
                "name": photo.name,
                "taken_at": format_datetime(self.env, photo.taken_at, dt_format="short")
                if photo.taken_at
                else "",
            }
            for photo in photos
        ]

    @api.model
    def _get_coverage(self, claim):
        """The warranty of the unit and its last readings."""
        lot = claim.lot_id
        readings = lot.reading_ids.sorted("date desc, id desc")[:READING_ROWS]
        return {
            "name": lot.warranty_coverage_id.display_name or "",
            "start": format_date(self.env, lot.date_warranty_start),
            "end": format_date(self.env, lot.date_warranty_end),
            "usage_limit": lot.warranty_usage_limit,
            "usage_unit": self._get_label(claim, "usage_unit"),
            "readings": [
                {
                    "id": reading.id,
                    "date": format_date(self.env, reading.date),
                    "value": reading.value,
                    "is_own": reading.claim_id == claim,
                }
                for reading in readings
            ],
        }

    @api.model
    def _get_history(self, claim):
        """Other claims of the unit, the last first; which name a part of this one."""
        claims = self.env["after.sales.claim"]
        earlier = claims.search_fetch(
            [
                ("lot_id", "=", claim.lot_id.id),
                ("id", "!=", claim.id),
                ("state", "!=", "draft"),
            ],
            HISTORY_FIELDS,
            order="date_repair desc, id desc",
            limit=HISTORY_ROWS,
        )
        parts = self._get_parts(claim | earlier)
        return [
            {
                "id": other.id,
                "name": other.name,
                "date": format_date(self.env, other.date_repair),
                "station": other.station_id.display_name,
                "fault": other.fault_id.display_name or "",
                "usage": other.usage,
                "amount": self._amount(other, other.amount_claimed),
                "state": other.state,
                "state_label": self._get_label(other, "state"),
                "parts": ", ".join(
                    (parts[other.id] & parts[claim.id]).mapped("display_name")
                ),
            }
            for other in earlier
        ]

    @api.model
    def _get_parts(self, claims):
        """``{claim id: products of its lines}``"""
        parts = {claim.id: self.env["product.product"] for claim in claims}
        lines = self.env["after.sales.claim.line"].search_fetch(
            [("claim_id", "in", claims.ids), ("product_id", "!=", False)],
            ["claim_id", "product_id"],
        )
        for line in lines:
            parts[line.claim_id.id] |= line.product_id
        return parts

    @api.model
    def _get_submissions(self, claim):
        """Each submission with what changed in it, the last first."""
        if claim.revision < 2:
            return []
        return [
            {
                "id": submission.id,
                "revision": submission.revision,
                "taken_at": format_datetime(
                    self.env, submission.taken_at, dt_format="short"
                ),
                "person": submission.user_id.name or "",
                "changes": [
                    {
                        "key": place,
                        "kind": change["kind"],
                        "label": change["label"],
                        "line": change["line"] or "",
                        "before": change["before"],
                        "after": change["after"],
                    }
                    for place, change in enumerate(submission._get_changes_before())
                ],
            }
            for submission in claim.submission_ids
        ]
