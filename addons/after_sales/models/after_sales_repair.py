import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .after_sales_repair_consent import CHANNELS

REPAIR_STATES = [
    ("booked", "Booked"),
    ("received", "Received"),
    ("estimated", "Estimated"),
    ("consented", "Consented"),
    ("in_work", "In Work"),
    ("accepted", "Accepted"),
    ("picked_up", "Picked Up"),
    ("cancelled", "Cancelled"),
]
PAYERS = [
    ("customer", "Customer"),
    ("warranty", "Warranty"),
    ("goodwill", "Goodwill"),
]
#: a slot when a station names no end
SLOT_HOURS = 2


class AfterSalesRepair(models.Model):
    """A repair at a station (AS-05): from the appointment to the follow-up call.

    A unit is booked on a bay, received with a first inspection, estimated line by line
    with who pays each, consented to by the customer's signature, worked on, accepted
    完工验收 and picked up 提车. Lines changed after the consent need a new one. What
    warranty or goodwill pays becomes a claim; the customer's share is the station's
    receipt, or our invoice where the station is a branch of the company.
    """

    _name = "after.sales.repair"
    _description = "Repair"
    _inherit = ["sales.document.mixin", "sales.snapshot.source.mixin"]
    _order = "begin_at desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _closed_fields = frozenset(
        "partner_id product_id currency_id access_token client_key received_at"
        " estimated_at consented_at started_at accepted_at picked_up_at accepted_by_id"
        " guarantee_findings pickup_signature pickup_signed_by pickup_channel"
        " invoice_id"
        " called_at called_by_id score call_note amount_customer amount_warranty"
        " amount_goodwill amount_total".split()
    )
    _frozen_states = frozenset({"accepted", "picked_up", "cancelled"})
    _deletable_states = frozenset({"booked"})

    state = fields.Selection(
        REPAIR_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="booked",
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    client_key = fields.Char(readonly=True, copy=False, groups="base.group_user")
    access_token = fields.Char(
        readonly=True,
        copy=False,
        groups="after_sales.group_after_sales_user",
        default=lambda self: secrets.token_urlsafe(24),
    )
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
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True
    )
    # appointment
    bay_id = fields.Many2one(
        "after.sales.bay",
        index="btree_not_null",
        check_company=True,
        domain="[('station_id', '=', station_id)]",
        ondelete="restrict",
    )
    begin_at = fields.Datetime(
        "Appointment", required=True, default=fields.Datetime.now, index=True
    )
    end_at = fields.Datetime(
        "Until",
        required=True,
        compute="_compute_end_at",
        store=True,
        precompute=True,
        readonly=False,
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
    # customer
    customer_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        check_company=True,
        help="Needed where the customer's share becomes an invoice of ours.",
    )
    customer_name = fields.Char(size=120, required=True)
    customer_phone = fields.Char(size=40)
    # reception
    complaint = fields.Text("Customer's Complaint")
    inspection = fields.Text("First Inspection")
    usage = fields.Integer("Meter Reading", help="What the meter showed.")
    fault_id = fields.Many2one(
        "after.sales.fault",
        index="btree_not_null",
        domain=[("is_selectable", "=", True)],
        ondelete="restrict",
    )
    photo_ids = fields.One2many("after.sales.repair.photo", "repair_id", "Photos")
    # estimate
    line_ids = fields.One2many(
        "after.sales.repair.line", "repair_id", "Lines", copy=True
    )
    amount_customer = fields.Monetary(compute="_compute_amounts", store=True)
    amount_warranty = fields.Monetary(compute="_compute_amounts", store=True)
    amount_goodwill = fields.Monetary(compute="_compute_amounts", store=True)
    amount_total = fields.Monetary("Total", compute="_compute_amounts", store=True)
    # consent
    consent_ids = fields.One2many("after.sales.repair.consent", "repair_id", "Consents")
    consent_url = fields.Char("Link for the Customer", compute="_compute_consent_url")
    # work
    mechanic_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        domain="[('id', 'child_of', partner_id)]",
    )
    cause = fields.Text("Cause Found")
    correction = fields.Text("Work Done")
    accepted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    # pickup
    pickup_signature = fields.Binary(readonly=True, copy=False, attachment=True)
    pickup_signed_by = fields.Char("Picked Up By", readonly=True, copy=False)
    pickup_channel = fields.Selection(CHANNELS, "Signed", readonly=True, copy=False)
    invoice_id = fields.Many2one(
        "account.move", readonly=True, copy=False, index="btree_not_null"
    )
    # follow-up
    score = fields.Integer(readonly=True, copy=False, aggregator="avg")
    call_note = fields.Text("Said in the Call", readonly=True, copy=False)
    called_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    is_below_target = fields.Boolean(compute="_compute_is_below_target")
    # moments
    received_at = fields.Datetime("Received", readonly=True, copy=False)
    estimated_at = fields.Datetime("Estimated", readonly=True, copy=False)
    consented_at = fields.Datetime("Consented", readonly=True, copy=False)
    started_at = fields.Datetime("Work Began", readonly=True, copy=False)
    accepted_at = fields.Datetime("Accepted", readonly=True, copy=False)
    picked_up_at = fields.Datetime("Picked Up", readonly=True, copy=False)
    called_at = fields.Datetime("Called", readonly=True, copy=False)

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another repair has this number."
    )
    _client_key_uniq = models.UniqueIndex(
        "(station_id, client_key) WHERE client_key IS NOT NULL",
        "This repair has been received already.",
    )
    _values_valid = models.Constraint(
        "CHECK (usage >= 0 AND score BETWEEN 0 AND 100 AND end_at > begin_at)",
        "A meter reading is not negative, a score lies between 0 and 100, and an"
        " appointment ends after it begins.",
    )
    _bay_idx = models.Index("(bay_id, begin_at) WHERE bay_id IS NOT NULL")
    _to_call_idx = models.Index(
        "(company_id, picked_up_at) WHERE state = 'picked_up' AND called_at IS NULL"
    )

    # ------------------------------------------------------------------- computes

    @api.depends("station_id")
    def _compute_currency_id(self):
        for repair in self:
            repair.currency_id = (
                repair.station_id.currency_id or repair.company_id.currency_id
            )

    @api.depends("begin_at")
    def _compute_end_at(self):
        for repair in self:
            if repair.begin_at and (
                not repair.end_at or repair.end_at <= repair.begin_at
            ):
                repair.end_at = fields.Datetime.add(repair.begin_at, hours=SLOT_HOURS)

    @api.depends("line_ids.amount", "line_ids.payer")
    def _compute_amounts(self):
        for repair in self:
            for payer, _label in PAYERS:
                lines = repair.line_ids.filtered(
                    lambda line, payer=payer: line.payer == payer
                )
                repair[f"amount_{payer}"] = sum(lines.mapped("amount"))
            repair.amount_total = sum(repair.line_ids.mapped("amount"))

    @api.depends("access_token")
    def _compute_consent_url(self):
        for repair in self:
            # sudo: who may read the repair may hand its customer the link
            token = repair.sudo().access_token
            repair.consent_url = (
                f"{repair.get_base_url()}/repair/{repair._origin.id}/{token}"
            )

    @api.depends("score", "called_at")
    def _compute_is_below_target(self):
        for repair in self:
            target = repair.company_id.after_sales_satisfaction_target
            repair.is_below_target = bool(repair.called_at) and repair.score < target

    @api.model
    def _group_expand_state(self, states, domain):
        """Columns in the order of a repair's life, none for a state without one."""
        return [key for key, _label in REPAIR_STATES if key in states]

    @api.onchange("lot_id")
    def _onchange_lot_id(self):
        owner = self.lot_id.sold_partner_id
        if owner:
            self.customer_id = owner
            self.customer_name = self.customer_name or owner.name
            self.customer_phone = self.customer_phone or owner.phone

    # ---------------------------------------------------------------- constraints

    @api.constrains("bay_id", "station_id", "begin_at", "end_at", "state")
    def _check_bay(self):
        """A bay is of the station, and not booked twice at the same time."""
        booked = self.filtered(
            lambda repair: repair.bay_id and repair.state != "cancelled"
        )
        booked.bay_id._lock_for_booking()
        for repair in booked:
            if repair.bay_id.station_id != repair.station_id:
                raise ValidationError(
                    self.env._(
                        "%(bay)s is not a bay of station %(station)s.",
                        bay=repair.bay_id.name,
                        station=repair.station_id.display_name,
                    )
                )
            # sudo: a bay is taken whoever may see by what
            other = self.sudo().search(
                repair._get_clash_domain(), order="begin_at", limit=1
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(bay)s is taken by %(repair)s from %(begin)s to %(end)s. "
                        "Choose another time or bay.",
                        bay=repair.bay_id.name,
                        repair=other.name,
                        begin=self._show_moment(other.begin_at),
                        end=self._show_moment(other.end_at),
                    )
                )

    def _get_clash_domain(self):
        return Domain(
            [
                ("bay_id", "=", self.bay_id.id),
                ("id", "!=", self.id),
                ("state", "!=", "cancelled"),
                ("begin_at", "<", self.end_at),
                ("end_at", ">", self.begin_at),
            ]
        )

    def _show_moment(self, moment):
        # sudo: the company's clock is no secret
        tz = str(self.company_id.sudo()._get_sales_tz())
        local = fields.Datetime.context_timestamp(self.with_context(tz=tz), moment)
        return local.strftime("%Y-%m-%d %H:%M")

    # ------------------------------------------------------------------- snapshot

    @api.model
    def _get_snapshot_spec(self):
        """What a customer consents to: the lines and who pays them."""
        names = ["line_type", "product_id", "labor_id", "name", "quantity"]
        return {
            "fields": ["amount_customer"],
            "lines": {"line_ids": [*names, "price_unit", "amount", "payer"]},
        }

    # --------------------------------------------------------------------- report

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.name
