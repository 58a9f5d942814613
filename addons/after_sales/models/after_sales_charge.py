from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.models.sales_document_mixin import Step

CHARGE_KINDS = [
    ("deduction", "Deduction"),
    ("penalty", "Penalty"),
    ("credit", "Credit"),
]
CHARGE_STATES = [
    ("draft", "Draft"),
    ("open", "Open"),
    ("taken", "Taken"),
    ("cancelled", "Cancelled"),
]
CLERK = "after_sales.group_after_sales_clerk"


class AfterSalesCharge(models.Model):
    """An amount for a station or a supplier beside its claims 扣款、罚款 (AS-12).

    A deduction or a penalty lowers what the party gets, a credit raises it; each has
    its reason. Opened by a clerk or by what it arises from, a station's charge is taken
    into its next settlement, once; cancelled or reversed, that settlement gives it
    back.
    """

    _name = "after.sales.charge"
    _description = "Charge"
    _inherit = ["sales.document.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _steps = {
        "open": Step({"draft"}, "open", CLERK),
        "take": Step({"open"}, "taken", CLERK),
        "release": Step({"taken"}, "open", CLERK),
        "cancel": Step(
            {"draft", "open"}, "cancelled", CLERK, "write", "after_sales_cancel"
        ),
    }
    _closed_fields = frozenset({"settlement_id"})
    _frozen_states = frozenset({"open", "taken", "cancelled"})

    state = fields.Selection(
        CHARGE_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    kind = fields.Selection(CHARGE_KINDS, required=True, default="deduction")
    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_sales_today()
    )
    # party
    station_id = fields.Many2one(
        "after.sales.station",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    supplier_id = fields.Many2one(
        "after.sales.supplier",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    # money
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    value = fields.Monetary("Amount", required=True)
    amount = fields.Monetary(
        "Signed Amount",
        compute="_compute_amount",
        store=True,
        help="Below zero: charged to the station or supplier.",
    )
    # why
    reason_id = fields.Many2one(
        "sales.reason",
        "Charged For",
        required=True,
        index=True,
        domain=[("usage", "=", "after_sales_charge")],
        ondelete="restrict",
    )
    note = fields.Text()
    claim_id = fields.Many2one(
        "after.sales.claim",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    settlement_id = fields.Many2one(
        "after.sales.settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    # steps
    can_open = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another charge has this number."
    )
    _one_party = models.Constraint(
        "CHECK ((station_id IS NULL) != (supplier_id IS NULL))",
        "A charge is for a station or for a supplier, one of them.",
    )
    _value_positive = models.Constraint(
        "CHECK (value > 0)",
        "The amount is above zero: the kind says who gets it.",
    )
    _open_idx = models.Index(
        "(station_id, currency_id) WHERE state = 'open' AND station_id IS NOT NULL"
    )
    _order_idx = models.Index("(date DESC, id DESC)")

    # ------------------------------------------------------------------- computes

    @api.depends("station_id", "supplier_id", "company_id")
    def _compute_currency_id(self):
        for charge in self:
            charge.currency_id = (
                charge.station_id.currency_id or charge.company_id.currency_id
            )

    @api.depends("kind", "value")
    def _compute_amount(self):
        for charge in self:
            charge.amount = charge.value if charge.kind == "credit" else -charge.value

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.constrains("reason_id", "note")
    def _check_note(self):
        for charge in self:
            if charge.reason_id.is_note_required and not (charge.note or "").strip():
                raise ValidationError(
                    self.env._(
                        "The reason “%(reason)s” needs a note.",
                        reason=charge.reason_id.name,
                    )
                )

    # ---------------------------------------------------------------------- steps

    def action_open(self):
        self._check_can("open")
        self._take_step("open")

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Charge"))

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def _do_take(self, **link):
        """It is accounted for: ``link`` says where."""
        self._check_can("take")
        self._take_step("take", **link)

    def _do_release(self, **link):
        """What took it is cancelled: it waits for the next."""
        self._check_can("release")
        self._take_step("release", **link)

    @api.model
    def _create_open(self, vals_list):
        """Charges that arise from another document, open at once.

        :param list vals_list: values; ``amount`` follows from ``kind`` and ``value``
        :returns: the charges, in the caller's environment
        """
        # sudo: the document that they arise from has asked the person
        charges_sudo = self.sudo().create(vals_list)
        charges_sudo._take_step("open")
        return charges_sudo.with_env(self.env)

    # ------------------------------------------------------------------- business

    @api.model
    def _get_open_domain(self, company, date_to):
        """Charges to be taken into a settlement or recovery that ends on a day."""
        return [
            ("company_id", "=", company.id),
            ("state", "=", "open"),
            ("date", "<=", date_to),
        ]

    def _get_text(self):
        """What it is for, in the reader's language: for statements."""
        self.ensure_one()
        # sudo: who reads the statement reads what it says
        parts = (self.sudo().reason_id.name, self.note, self.claim_id.name)
        return " · ".join(filter(None, parts))

    def action_view_settlement(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.settlement",
            "res_id": self.settlement_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
