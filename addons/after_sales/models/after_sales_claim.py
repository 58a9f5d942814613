from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.models.sales_finding_mixin import VERDICTS
from odoo.addons.sales_base.tools.sheet import Column

from .after_sales_claim_kind import CLAIM_KINDS

CLAIM_STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("in_review", "In Review"),
    ("returned", "Returned"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("settled", "Settled"),
    ("cancelled", "Cancelled"),
]
USER = "after_sales.group_after_sales_user"
AUDITOR = "after_sales.group_after_sales_auditor"
CLERK = "after_sales.group_after_sales_clerk"
REVIEWED = {"submitted", "in_review"}
#: states in which the claim waits for the maker; otherwise, while open, for the station
OURS, THEIRS = REVIEWED, {"returned"}
LINE_TYPES = ("labor", "part", "travel", "purchase", "other")


class AfterSalesClaim(models.Model):
    """A warranty claim 保修申请单 (AS-06, AS-07, AS-08).

    A station claims the cost of a repair on a sold unit. On submission the rules give
    their verdicts; an auditor approves line by line, cuts, returns or rejects. A
    returned claim is corrected and submitted again; every submission is kept. Auditors
    share one queue per company. Approved claims are settled per station and month.
    """

    _name = "after.sales.claim"
    _description = "Warranty Claim"
    _inherit = [
        "sales.document.mixin",
        "sales.snapshot.source.mixin",
        "sales.sheet.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _steps = {
        "submit": Step({"draft", "returned"}, "submitted", f"{USER},base.group_portal"),
        "review": Step({"submitted"}, "in_review", AUDITOR),
        "approve": Step(REVIEWED, "approved", AUDITOR),
        "return": Step(REVIEWED, "returned", AUDITOR, "write", "after_sales_return"),
        "reject": Step(REVIEWED, "rejected", AUDITOR, "write", "after_sales_reject"),
        "cancel": Step(
            {"draft", "submitted", "returned"},
            "cancelled",
            f"{USER},base.group_portal",
            "write",
            "after_sales_cancel",
        ),
        "settle": Step({"approved"}, "settled", CLERK),
    }
    _station_verbs = ("submit", "cancel")
    _closed_fields = frozenset(
        "partner_id region_id product_id currency_id currency_rate client_key revision"
        " submitted_at date_submitted decided_at date_approved auditor_id date_due"
        " clock_at clock_is_theirs our_hours their_hours verdict settlement_id"
        " settled_at"
        " amount_claimed amount_claimed_company amount_approved is_partly_approved"
        " approved_labor approved_part approved_travel approved_purchase"
        " approved_other".split()
    )
    _frozen_states = frozenset(
        REVIEWED | {"approved", "rejected", "settled", "cancelled"}
    )
    _open_when_frozen = frozenset({"line_ids", "audit_note"})

    kind = fields.Selection(CLAIM_KINDS, required=True, default="appraisal", index=True)
    state = fields.Selection(
        CLAIM_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    client_key = fields.Char(readonly=True, copy=False, groups="base.group_user")
    # station
    station_id = fields.Many2one(
        "after.sales.station",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="station_id.partner_id",
        string="Station Partner",
        store=True,
        index=True,
    )
    region_id = fields.Many2one(
        related="station_id.region_id", store=True, index="btree_not_null"
    )
    # unit
    lot_id = fields.Many2one(
        "stock.lot",
        "Serial Number",
        required=True,
        index=True,
        check_company=True,
        domain="[('date_sold', '!=', False)]",
        ondelete="restrict",
    )
    product_id = fields.Many2one(related="lot_id.product_id", store=True, index=True)
    usage_unit = fields.Selection(related="lot_id.product_id.usage_unit")
    date_sold = fields.Date(related="lot_id.date_sold")
    date_warranty_end = fields.Date(related="lot_id.date_warranty_end")
    customer_name = fields.Char(size=120)
    customer_phone = fields.Char(size=40)
    # repair
    date_repair = fields.Date(
        "Repair Date",
        required=True,
        index=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    usage = fields.Integer("Usage at Repair", help="What the meter showed.")
    fault_id = fields.Many2one(
        "after.sales.fault",
        index="btree_not_null",
        domain=[("is_selectable", "=", True)],
        ondelete="restrict",
    )
    complaint = fields.Text("Customer's Complaint")
    cause = fields.Text("Cause Found")
    correction = fields.Text("Work Done")
    line_ids = fields.One2many("after.sales.claim.line", "claim_id", "Lines", copy=True)
    # evidence and verdict
    photo_ids = fields.One2many("after.sales.claim.photo", "claim_id", "Evidence")
    finding_ids = fields.One2many(
        "after.sales.finding",
        "claim_id",
        "Findings",
        domain=[("is_current", "=", True)],
    )
    verdict = fields.Selection(
        VERDICTS, readonly=True, copy=False, groups="base.group_user"
    )
    audit_note = fields.Text(
        "Internal Note", copy=False, groups="after_sales.group_after_sales_auditor"
    )
    submission_ids = fields.One2many("after.sales.claim.submission", "claim_id")
    revision = fields.Integer("Submissions", readonly=True, copy=False)
    # dates
    submitted_at = fields.Datetime("First Submitted", readonly=True, copy=False)
    date_submitted = fields.Date(
        "Last Submitted", readonly=True, copy=False, index=True
    )
    date_due = fields.Date("Due", readonly=True, copy=False, index="btree_not_null")
    decided_at = fields.Datetime(readonly=True, copy=False)
    date_approved = fields.Date(
        "Approval Date", readonly=True, copy=False, index="btree_not_null"
    )
    auditor_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    # clocks: whose turn the time went by on
    clock_at = fields.Datetime(readonly=True, copy=False)
    clock_is_theirs = fields.Boolean(readonly=True, copy=False)
    our_hours = fields.Float("Hours With Us", readonly=True, copy=False)
    their_hours = fields.Float("Hours With the Station", readonly=True, copy=False)
    # money
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True
    )
    currency_rate = fields.Float(
        "Rate",
        digits=0,
        readonly=True,
        copy=False,
        default=1.0,
        help="One unit of the claim's currency in company currency, when submitted.",
    )
    amount_claimed = fields.Monetary("Claimed", compute="_compute_amounts", store=True)
    amount_claimed_company = fields.Monetary(
        "Claimed in Company Currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
    )
    amount_approved = fields.Monetary(
        "Approved", compute="_compute_amounts", store=True
    )
    approved_labor = fields.Monetary(
        "Approved Labour", compute="_compute_amounts", store=True
    )
    approved_part = fields.Monetary(
        "Approved Parts", compute="_compute_amounts", store=True
    )
    approved_travel = fields.Monetary(compute="_compute_amounts", store=True)
    approved_purchase = fields.Monetary(
        "Approved Purchases", compute="_compute_amounts", store=True
    )
    approved_other = fields.Monetary(compute="_compute_amounts", store=True)
    is_partly_approved = fields.Boolean(
        "In Part", compute="_compute_amounts", store=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    settlement_id = fields.Many2one(
        "after.sales.settlement", readonly=True, copy=False, index="btree_not_null"
    )
    settled_at = fields.Datetime(readonly=True, copy=False)
    lot_claim_count = fields.Integer(related="lot_id.after_sales_claim_count")
    # steps
    can_submit = fields.Boolean(compute="_compute_can")
    can_review = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another claim has this number."
    )
    _client_key_uniq = models.UniqueIndex(
        "(station_id, client_key) WHERE client_key IS NOT NULL",
        "This claim has been received already.",
    )
    _usage_positive = models.Constraint(
        "CHECK (usage >= 0)", "A meter reading cannot be negative."
    )
    _review_idx = models.Index(
        "(date_due, id) WHERE state IN ('submitted', 'in_review')"
    )
    _returned_idx = models.Index("(date_due, id) WHERE state = 'returned'")
    _unsettled_idx = models.Index(
        "(company_id, id) WHERE state = 'approved' AND settlement_id IS NULL"
    )
    _station_idx = models.Index("(station_id, id)")
    _lot_idx = models.Index("(lot_id, date_repair)")

    # ------------------------------------------------------------------- computes

    @api.depends("station_id")
    def _compute_currency_id(self):
        for claim in self:
            claim.currency_id = (
                claim.station_id.currency_id or claim.company_id.currency_id
            )

    @api.depends("line_ids.amount", "line_ids.approved_amount", "line_ids.line_type")
    def _compute_amounts(self):
        for claim in self:
            approved = dict.fromkeys(LINE_TYPES, 0.0)
            for line in claim.line_ids:
                approved[line.line_type or "other"] += line.approved_amount
            claim.amount_claimed = sum(claim.line_ids.mapped("amount"))
            claim.amount_approved = sum(approved.values())
            for line_type, amount in approved.items():
                claim[f"approved_{line_type}"] = amount
            claim.is_partly_approved = 0 < claim.amount_approved < claim.amount_claimed

    @api.depends("amount_claimed", "currency_rate", "company_id")
    def _compute_amount_company(self):
        for claim in self:
            currency = claim.company_id.currency_id
            amount = claim.amount_claimed * (claim.currency_rate or 1.0)
            claim.amount_claimed_company = currency.round(amount)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        for claim in self:
            today = claim.company_id._get_sales_today()
            claim.is_overdue = bool(
                claim.state in OURS | THEIRS
                and claim.date_due
                and claim.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("state", "in", tuple(OURS | THEIRS)) & Domain(
            "date_due", "<", today
        )

    @api.depends("state", "amount_claimed_company")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    # ---------------------------------------------------------------- constraints

    @api.constrains("kind", "station_id")
    def _check_kind(self):
        kinds = self.env["after.sales.claim.kind"]._get_by_key()
        for claim in self:
            kind = kinds.get(claim.kind)
            if not kind or not kind.is_offered:
                raise ValidationError(
                    self.env._("Claims of this kind are not offered yet.")
                )
            if kind not in claim.station_id.kind_ids:
                raise ValidationError(
                    self.env._(
                        "Station %(station)s may not submit claims of the kind "
                        "“%(kind)s”.",
                        station=claim.station_id.display_name,
                        kind=kind.name,
                    )
                )

    @api.constrains("date_repair")
    def _check_date_repair(self):
        for claim in self:
            if claim.date_repair > claim.company_id._get_sales_today():
                raise ValidationError(
                    self.env._("The day of the repair lies in the future.")
                )

    @api.onchange("lot_id")
    def _onchange_lot_id(self):
        if self.lot_id and not self.usage:
            self.usage = self.lot_id.usage_reading

    # -------------------------------------------------------------------- numbers

    @api.model
    def _get_sequence_code(self, vals):
        return f"after.sales.claim.{vals.get('kind') or 'appraisal'}"

    # ---------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """A portal user takes the station's steps, on claims of his own stations."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step not in [self._steps[verb] for verb in self._station_verbs]:
            return False
        # sudo: which stations are his does not depend on what he may read
        stations_sudo = self.env["after.sales.station"].sudo()
        domain = stations_sudo._get_portal_domain(self.env.user)
        own = stations_sudo.search([("id", "in", self.station_id.ids), *domain])
        return self.station_id <= own

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        open_claims = self.filtered(lambda claim: not reasons[claim.id])
        check = getattr(open_claims, f"_get_cannot_{verb}", None)
        if check:
            reasons.update(check())
        return reasons

    def _get_cannot_submit(self):
        """What a claim lacks to be submitted; the switch of its kind."""
        _ = self.env._
        resubmit_keys = self.env["after.sales.claim.kind"]._get_resubmit_keys()
        reasons = {}
        for claim in self:
            lines = claim.line_ids
            if claim.state == "returned" and claim.kind not in resubmit_keys:
                text = _("claims of this kind are not submitted again.")
            elif not lines:
                text = _("add at least one line.")
            elif not claim.fault_id:
                text = _("choose the fault.")
            elif claim.usage_unit and not claim.usage:
                text = _("enter the usage at repair.")
            elif not claim.lot_id.date_sold:
                text = _("this serial number has not been sold yet.")
            else:
                text = False
            reasons[claim.id] = text
        return reasons

    def _get_cannot_return(self):
        resubmit_keys = self.env["after.sales.claim.kind"]._get_resubmit_keys()
        return {
            claim.id: claim.kind not in resubmit_keys
            and self.env._(
                "claims of this kind are not returned; approve or reject it."
            )
            for claim in self
        }

    def _get_cannot_approve(self):
        """Over the manager's amount only a manager approves."""
        is_manager = self.env.uid == SUPERUSER_ID or self.env.user.has_group(
            "after_sales.group_after_sales_manager"
        )
        reasons = {}
        for claim in self:
            limit = claim.company_id.after_sales_manager_amount
            over = limit and claim.amount_claimed_company > limit
            reasons[claim.id] = (
                over
                and not is_manager
                and self.env._("over this amount only a manager approves.")
            )
        return reasons

    def action_submit(self):
        self._check_can("submit")
        self._do_submit()

    def action_review(self):
        self._check_can("review")
        self._take_step("review", **self._get_person_values())
        self._move_clocks()

    def action_approve(self):
        self._check_can("approve")
        self._do_approve()

    def action_return(self):
        return self._ask_reason("return")

    def action_reject(self):
        return self._ask_reason("reject")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def action_recheck(self):
        """Run the rules again, after master data was put right."""
        self.check_access("write")
        if not self._is_step_person(self._steps["approve"]):
            self._check_can("approve")
        self.filtered(lambda claim: claim.state in REVIEWED)._adjudicate()

    def action_view_lot_claims(self):
        return self.lot_id.action_view_after_sales_claims()

    def action_view_settlement(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.settlement",
            "res_id": self.settlement_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _do_submit(self):
        """Fix currency and rate, keep the submission, run the rules."""
        now = fields.Datetime.now()
        self.line_ids._reset_decisions()
        for company, claims in self.grouped("company_id").items():
            today = company._get_sales_day(now)
            vals = {
                "date_submitted": today,
                "date_due": today + timedelta(days=company.after_sales_review_days),
                "cancel_reason_id": False,
                "reason_note": False,
            }
            for currency, priced in claims.grouped("currency_id").items():
                rate = currency._get_conversion_rate(
                    currency, company.currency_id, company, today
                )
                priced._take_step("submit", currency_rate=rate, **vals)
        # sudo: the first submission and the count are closed fields
        claims_sudo = self.sudo()
        claims_sudo.filtered(lambda claim: not claim.submitted_at).submitted_at = now
        # sudo: submissions and readings belong to the system, portal users submit too
        submissions_sudo = self.env["after.sales.claim.submission"].sudo()
        for submission in submissions_sudo._take(claims_sudo):
            submission.claim_id.revision = submission.revision
        claims_sudo._record_usage()
        self._move_clocks(now)
        self._adjudicate()

    def _record_usage(self):
        """What the meter showed at the repair is a reading of the unit."""
        readings = self.env["after.sales.usage.reading"]
        readings.search([("claim_id", "in", self.ids)]).unlink()
        readings.create(
            [
                {
                    "lot_id": claim.lot_id.id,
                    "claim_id": claim.id,
                    "date": claim.date_repair,
                    "value": claim.usage,
                }
                for claim in self
                if claim.usage
            ]
        )

    def _do_approve(self):
        """Undecided lines are approved as claimed."""
        self.line_ids._approve_undecided()
        self.line_ids._check_decisions()
        for claim in self:
            if not any(line.decision != "rejected" for line in claim.line_ids):
                raise UserError(
                    self.env._(
                        "%(claim)s: all lines are rejected. Reject the claim instead.",
                        claim=claim.name,
                    )
                )
        self._take_decision("approve")
        for company, claims in self.grouped("company_id").items():
            claims._write_guarded({"date_approved": company._get_sales_today()})

    def _do_return(self, reason, note):
        now = fields.Datetime.now()
        for company, claims in self.grouped("company_id").items():
            days = timedelta(days=company.after_sales_resubmit_days)
            claims._take_step(
                "return",
                cancel_reason_id=reason.id,
                reason_note=note,
                date_due=company._get_sales_day(now) + days,
                **self._get_person_values(),
            )
        self._move_clocks(now)

    def _do_reject(self, reason, note):
        self.line_ids._reject_all(reason)
        self._take_decision("reject", cancel_reason_id=reason.id, reason_note=note)

    def _do_cancel(self, reason, note):
        self._take_step(
            "cancel", cancel_reason_id=reason.id, reason_note=note, date_due=False
        )
        self._move_clocks()

    def _take_decision(self, verb, **vals):
        self._take_step(
            verb,
            decided_at=fields.Datetime.now(),
            date_due=False,
            **self._get_person_values(),
            **vals,
        )
        self._move_clocks()

    def _get_person_values(self):
        return {"auditor_id": self.env.uid}

    def _move_clocks(self, now=None):
        """Add the time since the last step to whose turn it was (AS-07: deadlines for
        both sides); the clock stands in drafts and after the decision."""
        now = now or fields.Datetime.now()
        names = ["clock_at", "clock_is_theirs", "our_hours", "their_hours"]
        self.flush_recordset([*names, "state"])
        # One statement: every claim of a batch has a time of its own, and writing them
        # one by one took half of an approval.
        self.env.cr.execute(
            SQL(
                """
                UPDATE after_sales_claim
                   SET our_hours = COALESCE(our_hours, 0)
                           + CASE WHEN clock_is_theirs THEN 0 ELSE %(passed)s END,
                       their_hours = COALESCE(their_hours, 0)
                           + CASE WHEN clock_is_theirs THEN %(passed)s ELSE 0 END,
                       clock_at = CASE WHEN state = ANY(%(running)s) THEN %(now)s END,
                       clock_is_theirs = state = ANY(%(theirs)s)
                 WHERE id = ANY(%(ids)s)
                """,
                passed=SQL(
                    "COALESCE(EXTRACT(EPOCH FROM %s::timestamp - clock_at) / 3600, 0)",
                    now,
                ),
                now=SQL("%s::timestamp", now),
                running=list(OURS | THEIRS),
                theirs=list(THEIRS),
                ids=self.ids,
            )
        )
        self.invalidate_recordset(names)

    # ------------------------------------------------------------------ snapshots

    @api.model
    def _get_snapshot_spec(self):
        return {
            "fields": [
                "lot_id",
                "date_repair",
                "usage",
                "fault_id",
                "customer_name",
                "customer_phone",
                "complaint",
                "cause",
                "correction",
                "amount_claimed",
            ],
            "lines": {
                "line_ids": [
                    "line_type",
                    "fault_id",
                    "product_id",
                    "labor_id",
                    "name",
                    "quantity",
                    "price_unit",
                    "amount",
                ]
            },
        }

    def _get_snapshot_photos(self):
        photos = {}
        for photo in self.photo_ids:
            photos.setdefault(photo.claim_id.id, []).append(
                {"hash": photo.sha256, "name": photo.name}
            )
        return photos

    # --------------------------------------------------------------------- papers

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.name

    @api.model
    def _get_sheet_title(self):
        return self.env._("Claims Register")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("station_id.code", label=self.env._("Station Code")),
            Column("station_id.name", label=self.env._("Station")),
            Column("region_id"),
            Column("lot_id.name", label=self.env._("Serial Number")),
            Column("product_id.product_tmpl_id.name", label=self.env._("Product")),
            Column("lot_id.date_sold"),
            Column("date_repair"),
            Column("usage"),
            Column("fault_id.code", label=self.env._("Fault Code")),
            Column("fault_id.name", label=self.env._("Fault")),
            Column("state"),
            Column("date_submitted"),
            Column("date_approved"),
            Column("amount_claimed", total=True),
            Column("amount_approved", total=True),
            Column("settlement_id.name", label=self.env._("Settlement")),
        ]
