from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

AUDITOR = "after_sales.group_after_sales_auditor"
CLAIM_LINE_TYPES = [
    ("part", "Part"),
    ("labor", "Labour"),
    ("travel", "Travel"),
    ("purchase", "Purchase"),
    ("other", "Other"),
]
DECISIONS = [("approved", "Approved"), ("cut", "Cut"), ("rejected", "Rejected")]
DECISION_FIELDS = frozenset(
    {"decision", "approved_amount", "cut_reason_id", "decision_note"}
)


class AfterSalesClaimLine(models.Model):
    """What a station claims, and what the auditor decided about it (AS-06, AS-08).

    The station writes what it claims while the claim is with it; the auditor writes the
    decision while the claim is in review; nobody writes anything else.
    """

    _name = "after.sales.claim.line"
    _description = "Warranty Claim Line"
    _inherit = ["sales.document.line.mixin"]
    _order = "claim_id, sequence, id"
    _check_company_auto = True
    _document_field = "claim_id"
    _closed_fields = frozenset(
        "amount standard_hours is_goodwill is_after_warranty is_trip".split()
    )

    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    company_id = fields.Many2one(related="claim_id.company_id")
    currency_id = fields.Many2one(related="claim_id.currency_id")
    state = fields.Selection(related="claim_id.state", string="Claim State")
    sequence = fields.Integer(default=10)
    line_type = fields.Selection(
        CLAIM_LINE_TYPES, "Type", required=True, default="part"
    )
    # claimed
    fault_id = fields.Many2one(
        "after.sales.fault",
        index="btree_not_null",
        domain=[("is_selectable", "=", True)],
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product",
        "Part",
        index="btree_not_null",
        domain=[("is_spare_part", "=", True)],
        check_company=True,
        ondelete="restrict",
    )
    is_causal = fields.Boolean("Causal Part", help="This part caused the failure.")
    is_goodwill = fields.Boolean("Goodwill", help="The repair says goodwill pays it.")
    is_trip = fields.Boolean("Rescue Trip", readonly=True, copy=False)
    labor_id = fields.Many2one(
        "after.sales.labor",
        "Operation",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    name = fields.Char("Description", size=200)
    quantity = fields.Float(
        "Quantity / Hours", default=1, required=True, digits="Product Unit"
    )
    price_unit = fields.Monetary("Unit Price", required=True, default=0)
    amount = fields.Monetary(
        "Claimed", compute="_compute_amount", store=True, precompute=True
    )
    standard_hours = fields.Float(
        compute="_compute_standard_hours", store=True, precompute=True
    )
    # decided
    decision = fields.Selection(DECISIONS, copy=False)
    approved_amount = fields.Monetary(
        "Approved",
        compute="_compute_approved_amount",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
    )
    cut_reason_id = fields.Many2one(
        "sales.reason",
        copy=False,
        index="btree_not_null",
        domain=[("usage", "=", "after_sales_cut")],
        ondelete="restrict",
    )
    decision_note = fields.Char("Remark to the Station", size=250, copy=False)

    _claimed_positive = models.Constraint(
        "CHECK (quantity > 0 AND price_unit >= 0)",
        "A line claims more than zero, at a price that is not negative.",
    )
    _approved_limits = models.Constraint(
        "CHECK (approved_amount IS NULL OR approved_amount >= 0)",
        "An approved amount cannot be negative.",
    )
    _part_idx = models.Index(
        "(claim_id, product_id) WHERE line_type IN ('part', 'purchase')"
    )

    # ------------------------------------------------------------------- computes

    @api.depends("name", "product_id", "labor_id", "line_type")
    @api.depends_context("lang")
    def _compute_display_name(self):
        types = dict(self._fields["line_type"]._description_selection(self.env))
        for line in self:
            line.display_name = (
                line.name
                or line.product_id.display_name
                or line.labor_id.display_name
                or types.get(line.line_type)
            )

    @api.depends("quantity", "price_unit", "claim_id.currency_id")
    def _compute_amount(self):
        for line in self:
            amount = line.quantity * line.price_unit
            currency = line.claim_id.currency_id
            line.amount = currency.round(amount) if currency else amount

    @api.depends("labor_id", "claim_id.product_id")
    def _compute_standard_hours(self):
        """The product's own standard time of the operation, else the general one."""
        labor_sudo = self.labor_id.sudo()  # sudo: standard times are no secret
        own_times = self._get_product_times(labor_sudo)
        for line in self:
            template = line.claim_id.product_id.product_tmpl_id
            line.standard_hours = own_times.get(
                (line.labor_id.code, template.id), line.labor_id.standard_hours
            )

    @api.model
    def _get_product_times(self, labor):
        """``{(operation code, product template id): hours}`` of these operations."""
        if not labor:
            return {}
        specific = labor.search(
            [("code", "in", labor.mapped("code")), ("product_tmpl_id", "!=", False)]
        )
        return {
            (row.code, row.product_tmpl_id.id): row.standard_hours for row in specific
        }

    @api.depends("decision", "amount")
    def _compute_approved_amount(self):
        for line in self:
            if line.decision == "approved":
                line.approved_amount = line.amount
            elif line.decision == "cut":
                line.approved_amount = min(line.approved_amount, line.amount)
            else:
                line.approved_amount = 0

    @api.onchange("product_id", "line_type")
    def _onchange_product_id(self):
        if self.line_type == "part" and self.product_id and not self.price_unit:
            self.price_unit = self._get_default_price()

    @api.onchange("labor_id")
    def _onchange_labor_id(self):
        if self.labor_id:
            self.line_type = "labor"
            self.quantity = self.standard_hours or self.labor_id.standard_hours
            self.price_unit = self.price_unit or self._get_default_price()

    def _get_default_price(self):
        """The station's hourly rate, or the part's cost in the claim's currency."""
        claim = self.claim_id
        if self.line_type == "labor":
            return claim.station_id.labor_rate
        if not self.product_id:
            return 0.0
        company = claim.company_id or self.env.company
        return company.currency_id._convert(
            self.product_id.with_company(company).standard_price
            or self.product_id.list_price,
            claim.currency_id or company.currency_id,
            company,
            claim.date_repair or company._get_sales_today(),
        )

    # ---------------------------------------------------------------- constraints

    @api.constrains("line_type", "product_id", "labor_id", "name")
    def _check_subject(self):
        for line in self:
            if line.line_type == "part" and not line.product_id:
                raise ValidationError(
                    self.env._("A part line names the part that was replaced.")
                )
            if line.line_type == "labor" and not (line.labor_id or line.name):
                raise ValidationError(self.env._("A labour line names the operation."))
            if line.line_type in ("travel", "purchase", "other") and not (
                line.name or line.product_id
            ):
                raise ValidationError(self.env._("Describe what the line claims."))

    @api.constrains("decision", "approved_amount", "amount")
    def _check_approved_amount(self):
        for line in self:
            currency = line.currency_id
            if currency.compare_amounts(line.approved_amount, line.amount) > 0:
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: not more than the claimed amount can be approved.",
                        line=line.display_name,
                    )
                )
            if not line.decision and not currency.is_zero(line.approved_amount):
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: choose “Cut” to approve another amount.",
                        line=line.display_name,
                    )
                )

    # --------------------------------------------------------------- ORM overrides

    def _has_field_access(self, field, operation):
        if field.name in DECISION_FIELDS and not self.env.su:
            user = self.env.user
            if operation == "write" and not user.has_group(AUDITOR):
                return False
            # The station reads them on its pages, once the claim is decided.
            if operation == "read" and user._is_portal():
                return False
        return super()._has_field_access(field, operation)

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su:
            # A new line is undecided, whatever a stored default says.
            for vals in vals_list:
                for fname in DECISION_FIELDS & set(vals):
                    vals[fname] = False
        return vals_list

    def _check_document_open(self, names):
        """Decisions are open in review, the rest as long as the claim is."""
        names = set(names)
        if names & DECISION_FIELDS:
            closed = self.claim_id.filtered(
                lambda claim: claim.state not in ("submitted", "in_review")
            )
            if closed:
                raise UserError(
                    self.env._(
                        "Lines are decided while the claim is in review: %(claims)s.",
                        claims=", ".join(closed.mapped("name")),
                    )
                )
        return super()._check_document_open(names - DECISION_FIELDS)

    # ------------------------------------------------------------------- business

    def _reset_decisions(self):
        """A new submission is undecided; remarks stay till the auditor changes them."""
        # sudo: the station submits, decisions are the auditor's fields
        self.sudo().write({"decision": False, "cut_reason_id": False})

    def _approve_undecided(self):
        # sudo: the step has asked person and state
        undecided_sudo = self.sudo().filtered(lambda line: not line.decision)
        undecided_sudo.write({"decision": "approved"})

    def _reject_all(self, reason):
        # sudo: the step has asked person and state
        self.sudo().write({"decision": "rejected", "cut_reason_id": False})

    def _check_decisions(self):
        """A cut or rejected line says why; a cut one keeps something, a rejected one
        nothing, an approved one is paid whole.

        :raises UserError: naming claim and line
        """
        for line in self.filtered(lambda line: line.decision != "cut"):
            whole = line.amount if line.decision == "approved" else 0.0
            if line.currency_id.compare_amounts(line.approved_amount, whole):
                raise UserError(
                    self.env._(
                        "%(claim)s, “%(line)s”: choose “Cut” to approve another "
                        "amount than the whole or nothing.",
                        claim=line.claim_id.name,
                        line=line.display_name,
                    )
                )
        for line in self.filtered(lambda line: line.decision in ("cut", "rejected")):
            if not line.cut_reason_id:
                raise UserError(
                    self.env._(
                        "%(claim)s, “%(line)s”: choose the reason of the cut.",
                        claim=line.claim_id.name,
                        line=line.display_name,
                    )
                )
            if line.decision == "cut" and not 0 < line.approved_amount < line.amount:
                raise UserError(
                    self.env._(
                        "%(claim)s, “%(line)s”: a cut approves less than the claimed "
                        "amount and more than nothing.",
                        claim=line.claim_id.name,
                        line=line.display_name,
                    )
                )
