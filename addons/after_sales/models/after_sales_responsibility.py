from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.sales_base.tools.period import last_day_of_term
from odoo.addons.sales_base.tools.sheet import Column

from ..tools.responsibility import supplier_amounts

RESPONSIBILITY_STATES = [
    ("draft", "Draft"),
    ("asked", "Supplier Asked"),
    ("accepted", "Agreed"),
    ("disputed", "Disputed"),
    ("decided", "Decided"),
]


class AfterSalesResponsibility(models.Model):
    """Who bears the cost of an approved claim 责任判定 (AS-09).

    One for each causal part of a claim; what the other parts, the work and the way cost
    is divided among them. The supplier is found from the part; it is asked and answers
    in the portal in so many days, and what its silence means is part of its terms. The
    quality engineer decides. The maker bears what nobody else does, so the shares
    always add up to 100.
    """

    _name = "after.sales.responsibility"
    _description = "Responsibility"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _closed_fields = frozenset(
        "claim_id claim_line_id product_id lot_id station_id fault_id partner_id"
        " currency_id cost_part cost_labor cost_other cost_total share_maker"
        " bears_labor handling_percent wants_part recover_part recover_labor"
        " recover_other recover_handling recover_total date_approved date_bar asked_at"
        " date_due answered_at answered_by_id is_silent escalated_at asked_share"
        " disputed_share decided_at decided_by_id date_decided is_closed recovery_id"
        " amount_recovered company_id".split()
    )
    _frozen_states = frozenset({"asked", "accepted", "decided"})
    _deletable_states = frozenset({"draft"})

    state = fields.Selection(
        RESPONSIBILITY_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    # origin
    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    claim_line_id = fields.Many2one(
        "after.sales.claim.line",
        "Causal Line",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        "product.product",
        "Causal Part",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    part_lot_id = fields.Many2one(
        "stock.lot",
        "Lot of the Part",
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
        check_company=True,
        ondelete="restrict",
        help="Serial or lot number of the part that failed, where it is known.",
    )
    lot_id = fields.Many2one(
        related="claim_id.lot_id", string="Serial Number", store=True, index=True
    )
    station_id = fields.Many2one(related="claim_id.station_id", store=True, index=True)
    fault_id = fields.Many2one(
        related="claim_id.fault_id", store=True, index="btree_not_null"
    )
    date_approved = fields.Date(
        related="claim_id.date_approved", string="Claim Approved", store=True
    )
    # supplier
    supplier_id = fields.Many2one(
        "after.sales.supplier",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="supplier_id.partner_id",
        string="Supplier's Partner",
        store=True,
        index="btree_not_null",
    )
    bears_labor = fields.Boolean(compute="_compute_terms", store=True)
    handling_percent = fields.Float(
        "Handling (%)", compute="_compute_terms", store=True
    )
    wants_part = fields.Boolean(
        "Wants the Part Back", compute="_compute_terms", store=True
    )
    # shares
    share_supplier = fields.Float(
        "Supplier (%)",
        compute="_compute_share_supplier",
        store=True,
        readonly=False,
        tracking=True,
    )
    share_station = fields.Float("Station (%)", tracking=True)
    share_customer = fields.Float("Customer (%)", tracking=True)
    share_carrier = fields.Float("Carrier (%)", tracking=True)
    share_maker = fields.Float(
        "Maker (%)",
        compute="_compute_share_maker",
        store=True,
        help="What nobody else bears.",
    )
    cause = fields.Text("Cause Found", help="Shown to the supplier.")
    internal_note = fields.Text(groups="base.group_user")
    # money, in company currency
    currency_id = fields.Many2one(
        related="company_id.currency_id", store=True, string="Company Currency"
    )
    cost_part = fields.Monetary("Cost of Parts", readonly=True)
    cost_labor = fields.Monetary("Cost of Labour", readonly=True)
    cost_other = fields.Monetary("Other Cost", readonly=True)
    cost_total = fields.Monetary("Cost", compute="_compute_cost_total", store=True)
    recover_part = fields.Monetary(
        "Parts to Recover", compute="_compute_recover", store=True
    )
    recover_labor = fields.Monetary(
        "Labour to Recover", compute="_compute_recover", store=True
    )
    recover_other = fields.Monetary(
        "Other to Recover", compute="_compute_recover", store=True
    )
    recover_handling = fields.Monetary(
        "Handling", compute="_compute_recover", store=True
    )
    recover_total = fields.Monetary(
        "To Recover", compute="_compute_recover", store=True
    )
    # answer
    asked_at = fields.Datetime(readonly=True, copy=False)
    date_due = fields.Date(
        "Answer Until", readonly=True, copy=False, index="btree_not_null"
    )
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue")
    escalated_at = fields.Datetime("Escalated", readonly=True, copy=False)
    answered_at = fields.Datetime("Answered", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    is_silent = fields.Boolean(
        "By Silence",
        readonly=True,
        copy=False,
        help="No answer in time, which counts as accepted by the supplier's terms.",
    )
    asked_share = fields.Float(
        "Asked Share (%)",
        readonly=True,
        copy=False,
        help="What the supplier was asked.",
    )
    disputed_share = fields.Float(
        "Share Offered (%)", readonly=True, copy=False, help="By the supplier."
    )
    proof_ids = fields.One2many("after.sales.responsibility.proof", "responsibility_id")
    # decision
    decision_note = fields.Text("Reason of the Decision", help="Shown to the supplier.")
    decided_at = fields.Datetime(readonly=True, copy=False)
    date_decided = fields.Date(
        "Decided On", readonly=True, copy=False, index="btree_not_null"
    )
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    # recovery
    date_bar = fields.Date(
        "Recover Until",
        compute="_compute_date_bar",
        store=True,
        help="After this day the supplier may refuse the recovery.",
    )
    is_near_bar = fields.Boolean(
        "Time Bar Near", compute="_compute_is_near_bar", search="_search_is_near_bar"
    )
    is_barred = fields.Boolean("Past the Time Bar", compute="_compute_is_near_bar")
    is_closed = fields.Boolean(
        "Nothing Left to Recover", readonly=True, copy=False, index=True
    )
    recovery_id = fields.Many2one(
        "after.sales.recovery", readonly=True, copy=False, index="btree_not_null"
    )
    recovery_line_ids = fields.One2many(
        "after.sales.recovery.line", "responsibility_id", "Recovery Lines"
    )
    amount_recovered = fields.Monetary("Recovered", readonly=True, copy=False)

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another responsibility has this number."
    )
    _claim_uniq = models.UniqueIndex(
        "(claim_id, COALESCE(claim_line_id, 0))",
        "There is a responsibility for this part of the claim already.",
    )
    _shares_valid = models.Constraint(
        "CHECK (share_supplier BETWEEN 0 AND 100 AND share_station BETWEEN 0 AND 100"
        " AND share_customer BETWEEN 0 AND 100 AND share_carrier BETWEEN 0 AND 100"
        " AND share_maker BETWEEN 0 AND 100 AND abs(share_supplier + share_station"
        " + share_customer + share_carrier + share_maker - 100) < 0.005)",
        "The shares lie between 0 and 100 percent and add up to 100.",
    )
    _due_idx = models.Index("(date_due, id) WHERE state = 'asked'")
    _bar_idx = models.Index(
        "(date_bar, id) WHERE is_closed IS NOT TRUE AND date_bar IS NOT NULL"
    )
    _recoverable_idx = models.Index(
        "(company_id, id) WHERE state = 'decided' AND is_closed IS NOT TRUE"
        " AND recovery_id IS NULL"
    )

    # ------------------------------------------------------------------- computes

    @api.depends("supplier_id")
    def _compute_terms(self):
        """The terms of the day on which the supplier was named."""
        for record in self:
            # sudo: the terms of whoever is responsible, also for a portal user
            terms_sudo = record.supplier_id.sudo()
            record.bears_labor = terms_sudo.includes_labor
            record.handling_percent = terms_sudo.handling_percent
            record.wants_part = terms_sudo.wants_part

    @api.depends("supplier_id")
    def _compute_share_supplier(self):
        for record in self:
            record.share_supplier = record.supplier_id.share_percent

    @api.depends("share_supplier", "share_station", "share_customer", "share_carrier")
    def _compute_share_maker(self):
        for record in self:
            record.share_maker = round(
                100
                - record.share_supplier
                - record.share_station
                - record.share_customer
                - record.share_carrier,
                4,
            )

    @api.depends("cost_part", "cost_labor", "cost_other")
    def _compute_cost_total(self):
        for record in self:
            record.cost_total = record.cost_part + record.cost_labor + record.cost_other

    @api.depends(
        "share_supplier",
        "bears_labor",
        "handling_percent",
        "cost_part",
        "cost_labor",
        "cost_other",
    )
    def _compute_recover(self):
        for record in self:
            amounts = supplier_amounts(
                {
                    "part": record.cost_part,
                    "labor": record.cost_labor,
                    "other": record.cost_other,
                },
                record.share_supplier,
                record.bears_labor,
                record.handling_percent,
                record.company_id.currency_id.rounding or 0.01,
            )
            for key, amount in amounts.items():
                record[f"recover_{key}"] = amount

    @api.depends("supplier_id", "claim_id.date_approved")
    def _compute_date_bar(self):
        for record in self:
            # sudo: as in the terms
            months = record.supplier_id.sudo().recover_months
            day = record.claim_id.sudo().date_approved  # sudo: closed to the portal
            record.date_bar = months and day and last_day_of_term(day, months)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        for record in self:
            record.is_overdue = bool(
                record.state == "asked"
                and record.date_due
                and record.date_due < record._get_today()
            )

    @api.depends("date_bar", "is_closed", "share_supplier")
    def _compute_is_near_bar(self):
        for record in self:
            is_open = bool(
                record.date_bar and not record.is_closed and record.share_supplier
            )
            today = record._get_today() if is_open else None
            record.is_barred = is_open and record.date_bar < today
            record.is_near_bar = is_open and record.date_bar <= today + timedelta(
                days=record._get_warn_days()
            )

    def _search_is_near_bar(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id) & self._get_near_bar_domain(company)
            for company in self.env.companies
        )

    @api.model
    def _get_near_bar_domain(self, company):
        """What is not posted yet though its time bar is near or past."""
        limit = company._get_sales_today() + timedelta(
            days=company.after_sales_bar_warn_days
        )
        return (
            Domain("is_closed", "=", False)
            & Domain("share_supplier", ">", 0)
            & Domain("date_bar", "<=", limit)
        )

    @api.model
    def _group_expand_state(self, states, domain):
        return [key for key, _label in RESPONSIBILITY_STATES if key in states]

    def _get_today(self):
        # sudo: a portal user does not read the company's working calendar
        return (self.company_id or self.env.company).sudo()._get_sales_today()

    def _get_warn_days(self):
        # sudo: as above
        return self.company_id.sudo().after_sales_bar_warn_days

    # ---------------------------------------------------------------- constraints

    def write(self, vals):
        self._check_heard(vals)
        return super().write(vals)

    def _check_heard(self, vals):
        """Nobody bears what he was not asked: another supplier, or a larger share than
        the asked one, needs a new start.

        :raises UserError: naming the responsibility
        """
        for record in self.filtered(lambda row: row.state == "disputed"):
            supplier_id = vals.get("supplier_id", record.supplier_id.id)
            asked = record.asked_share or record.share_supplier
            if (
                supplier_id != record.supplier_id.id
                or vals.get("share_supplier", 0) > asked
            ):
                raise UserError(
                    self.env._(
                        "%(document)s: the supplier was asked for %(share)s %%. Start "
                        "over for a larger share or another supplier.",
                        document=record.name,
                        share=f"{asked:g}",
                    )
                )

    @api.constrains("share_supplier", "supplier_id")
    def _check_supplier(self):
        for record in self:
            if record.share_supplier and not record.supplier_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s: name the supplier that bears a share.",
                        document=record.name,
                    )
                )

    # -------------------------------------------------------------------- actions

    def action_view_claim(self):
        self.ensure_one()
        return self._view_record(self.claim_id)

    def action_view_recovery(self):
        self.ensure_one()
        return self._view_record(self.recovery_id)

    @api.model
    def _view_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _get_sheet_title(self):
        return self.env._("Responsibilities")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("claim_id.name", label=_("Claim")),
            Column("lot_id.name", label=_("Serial Number")),
            Column("product_id.default_code", label=_("Part Number")),
            Column("product_id.product_tmpl_id.name", label=_("Part")),
            Column("supplier_id.name", label=_("Supplier")),
            Column("date_approved"),
            Column("share_supplier"),
            Column("share_maker"),
            Column("share_station"),
            Column("share_customer"),
            Column("share_carrier"),
            Column("cost_total", total=True),
            Column("recover_total", total=True),
            Column("amount_recovered", total=True),
            Column("date_bar"),
            Column("state"),
        ]

    def _get_report_base_filename(self):
        return ", ".join(self[:5].mapped("name"))
