from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.models.sales_finding_mixin import VERDICTS

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
REVIEWED = {"submitted", "in_review"}


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

    _closed_fields = frozenset(
        "partner_id region_id product_id currency_id currency_rate client_key revision"
        " submitted_at date_submitted decided_at date_approved auditor_id date_due"
        " clock_at clock_is_theirs our_hours their_hours verdict settlement_id"
        " settled_at"
        " amount_claimed amount_claimed_company amount_approved is_partly_approved"
        " approved_labor approved_part approved_travel approved_purchase"
        " approved_other approved_goodwill".split()
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
        group_expand="_group_expand_state",
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
        precompute=True,
    )
    region_id = fields.Many2one(
        related="station_id.region_id",
        store=True,
        index="btree_not_null",
        precompute=True,
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
    product_id = fields.Many2one(
        related="lot_id.product_id", store=True, index=True, precompute=True
    )
    usage_unit = fields.Selection(related="lot_id.product_id.usage_unit")
    date_sold = fields.Date(related="lot_id.date_sold")
    date_warranty_end = fields.Date(related="lot_id.date_warranty_end")
    customer_name = fields.Char(size=120, index="trigram")
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
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    settlement_id = fields.Many2one(
        "after.sales.settlement", readonly=True, copy=False, index="btree_not_null"
    )
    settled_at = fields.Datetime(readonly=True, copy=False)
    lot_claim_count = fields.Integer(related="lot_id.after_sales_claim_count")

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
    # Open claims lie scattered among closed ones: what lanes, lists and cards count and
    # sort by stands in the index, so that only the rows shown are fetched.
    _review_idx = models.Index(
        "(company_id, date_due, id) WHERE state IN ('submitted', 'in_review')"
    )
    _open_idx = models.Index(
        "(company_id, id, state, verdict) WHERE state IN ('submitted', 'in_review')"
    )
    _returned_idx = models.Index("(date_due, id) WHERE state = 'returned'")
    _unsettled_idx = models.Index(
        "(company_id, id) WHERE state = 'approved' AND settlement_id IS NULL"
    )
    _station_idx = models.Index("(station_id, id)")
    _lot_idx = models.Index("(lot_id, date_repair)")

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

    # ----------------------------------------------------------------------- form

    def web_read(self, specification):
        """The form names the unit's product and the parts, the fault of the claim and
        those of its lines: one query a model for all of them, not one each."""
        if len(self) == 1 and "line_ids" in specification:
            (self.product_id | self.line_ids.product_id).mapped("display_name")
            (self.fault_id | self.line_ids.fault_id).mapped("display_name")
        return super().web_read(specification)

    # -------------------------------------------------------------------- numbers

    @api.model
    def _get_sequence_code(self, vals):
        return f"after.sales.claim.{vals.get('kind') or 'appraisal'}"

    @api.model
    def _group_expand_state(self, states, domain):
        """Columns in the order of a claim's life, none for a state without claims."""
        return [key for key, _label in CLAIM_STATES if key in states]

    # -------------------------------------------------------------------- actions

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

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.name
