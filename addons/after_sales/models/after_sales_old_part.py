import base64

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from ..tools.custody import HEAD_LENGTH
from ..tools.qr import qr_png
from .after_sales_old_part_policy import DISPOSALS

PART_STATES = [
    ("at_station", "At the Station"),
    ("in_transit", "In Transit"),
    ("received", "Received"),
    ("forwarded", "Forwarded to the Supplier"),
    ("kept", "Kept at Residual Value"),
    ("written_off", "Written Off"),
]
CONDITIONS = [
    ("unchecked", "Not Inspected"),
    ("good", "As Described"),
    ("damaged", "Damaged"),
    ("incomplete", "Incomplete"),
    ("wrong", "Wrong Part"),
]
#: what still owes a way to somebody
RETURNED = ("return", "supplier")
CLERK = "after_sales.group_after_sales_clerk"
MAKER = f"{CLERK},after_sales.group_after_sales_quality"
SEPARATOR = "|"


class AfterSalesOldPart(models.Model):
    """A replaced part and its tag 旧件 (AS-10, B-02).

    The approval of a claim makes it, for each part line whose policy asks for it. It is
    sent back in a shipment, inspected by the maker, forwarded to the supplier or sent
    there straight, or kept by the station at its residual value; writing it off closes
    the books. Only steps move it, and every step adds a link to its chain. A part that
    is overdue holds the settlement of its claim.
    """

    _name = "after.sales.old.part"
    _description = "Replaced Part"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "ship": Step({"at_station"}, "in_transit"),
        "arrive": Step({"in_transit"}, None),
        "forward": Step({"received"}, "forwarded", MAKER),
        "keep": Step({"at_station", "received"}, "kept", CLERK),
        "write_off": Step(
            {"at_station", "in_transit", "received", "forwarded", "kept"},
            "written_off",
            MAKER,
            "write",
            "after_sales_write_off",
        ),
    }
    _closed_fields = frozenset(
        "claim_line_id claim_id station_id partner_id lot_id product_id quantity"
        " policy_id disposal supplier_id currency_id value residual_amount"
        " residual_settlement_id condition acceptance holder_id shipment_id moved_at"
        " chain_head chain_length sealed_length is_sealed company_id".split()
    )
    _frozen_states = frozenset({"kept", "written_off"})
    _deletable_states = frozenset()

    state = fields.Selection(
        PART_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="at_station",
        index=True,
        group_expand="_group_expand_state",
    )
    # origin
    claim_line_id = fields.Many2one(
        "after.sales.claim.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    station_id = fields.Many2one(
        "after.sales.station",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="station_id.partner_id",
        string="Station Partner",
        store=True,
        index=True,
    )
    lot_id = fields.Many2one(related="claim_id.lot_id", string="Serial Number")
    product_id = fields.Many2one(
        "product.product",
        "Part",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    # policy
    policy_id = fields.Many2one(
        "after.sales.old.part.policy",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    disposal = fields.Selection(
        DISPOSALS, "What Happens to It", required=True, readonly=True
    )
    supplier_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    date_due = fields.Date("Return Until", index="btree_not_null", tracking=True)
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    # money
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    value = fields.Monetary("Approved Value", readonly=True)
    residual_percent = fields.Float("Residual Value (%)", tracking=True)
    residual_amount = fields.Monetary("Residual Value", readonly=True)
    residual_settlement_id = fields.Many2one(
        "after.sales.settlement",
        "Deducted In",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # custody
    holder_id = fields.Many2one(
        "res.partner", "In the Hands Of", readonly=True, ondelete="restrict"
    )
    shipment_id = fields.Many2one(
        "after.sales.part.shipment",
        "Last Shipment",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    condition = fields.Selection(
        CONDITIONS, required=True, readonly=True, default="unchecked"
    )
    acceptance = fields.Selection(
        [("accepted", "Accepted"), ("refused", "Refused")],
        readonly=True,
    )
    moved_at = fields.Datetime("Last Moved", readonly=True)
    move_ids = fields.One2many("after.sales.old.part.move", "part_id", "Moves")
    chain_head = fields.Char(readonly=True)
    chain_length = fields.Integer("Chain Links", readonly=True)
    sealed_length = fields.Integer("Sealed Links", readonly=True)
    is_sealed = fields.Boolean(compute="_compute_is_sealed", store=True)
    tag_code = fields.Char(compute="_compute_tag_code")
    # steps
    can_forward = fields.Boolean(compute="_compute_can")
    can_keep = fields.Boolean(compute="_compute_can")
    can_write_off = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another replaced part has this number."
    )
    _owed_idx = models.Index("(date_due, claim_id) WHERE state = 'at_station'")
    _residual_idx = models.Index(
        "(station_id, currency_id)"
        " WHERE residual_amount > 0 AND residual_settlement_id IS NULL"
    )

    # ------------------------------------------------------------------- computes

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.depends("chain_length", "sealed_length")
    def _compute_is_sealed(self):
        for part in self:
            part.is_sealed = part.chain_length == part.sealed_length

    @api.depends("name", "chain_head")
    def _compute_tag_code(self):
        """What the QR code says: the number, and the head of the chain when it was
        printed."""
        for part in self:
            head = (part.chain_head or "")[:HEAD_LENGTH]
            part.tag_code = f"{part.name}{SEPARATOR}{head}"

    @api.depends("state", "disposal", "date_due")
    def _compute_is_overdue(self):
        for part in self:
            part.is_overdue = bool(
                part.state == "at_station"
                and part.disposal in RETURNED
                and part.date_due
                and part.date_due < self._get_today(part.company_id)
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        domains = (
            Domain("company_id", "=", company.id) & self._get_overdue_domain(company)
            for company in self.env.companies
        )
        return Domain.OR(domains)

    @api.model
    def _get_overdue_domain(self, company):
        """Parts that a station still owes after their day."""
        return (
            Domain("state", "=", "at_station")
            & Domain("disposal", "in", RETURNED)
            & Domain("date_due", "<", self._get_today(company))
        )

    @api.model
    def _get_today(self, company):
        # sudo: a portal user does not read the company's working calendar
        return company.sudo()._get_sales_today()

    @api.model
    def _group_expand_state(self, states, domain):
        return [key for key, _label in PART_STATES if key in states]

    # ---------------------------------------------------------------------- steps

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        for part in self.filtered(lambda record: not reasons[record.id]):
            if verb == "forward" and not part.supplier_id:
                reasons[part.id] = self.env._("no supplier is known for this part.")
            if verb == "keep" and part.acceptance == "refused":
                reasons[part.id] = self.env._("it was refused at the inspection.")
        return reasons

    def action_forward(self):
        self._check_can("forward")
        self._do_forward()

    def action_keep(self):
        self._check_can("keep")
        self._do_keep()

    def action_write_off(self):
        return dict(self._ask_reason("write_off"), name=self.env._("Write Off"))

    def _do_forward(self):
        holders = {part: part.supplier_id.id for part in self}
        self._move("forwarded", partner_id=holders)

    def _do_keep(self, moved_on=None):
        """The station keeps the part; its residual value is deducted from the next
        settlement."""
        for part in self:
            part._write_guarded(
                {
                    "residual_amount": part.currency_id.round(
                        part.value * part.residual_percent / 100
                    )
                }
            )
        holders = {part: part.partner_id.id for part in self}
        self._move("kept", moved_on=moved_on, partner_id=holders)

    def _do_write_off(self, reason, note):
        self._write_guarded({"cancel_reason_id": reason.id, "reason_note": note})
        self._move("written_off", note=" · ".join(filter(None, (reason.name, note))))

    def _move(self, to_state, **values):
        """Add a link to the chain and take the state it leads to."""
        # sudo: the step has asked person and state; moves belong to the system
        return (
            self.env["after.sales.old.part.move"]
            .sudo()
            ._add(self.sudo(), to_state, **values)
        )

    def _is_step_person(self, step):
        return self.env.uid == SUPERUSER_ID or super()._is_step_person(step)

    # ------------------------------------------------------------------- business

    @api.model
    def _split_tag(self, text):
        """Number and printed head of what was typed or scanned.

        :param str text: from a hand or a scanner
        :returns: (number, head or an empty string)
        """
        number, _separator, head = str(text or "").strip()[:120].partition(SEPARATOR)
        return number.strip().upper(), head.strip().lower()

    def _get_tag_image(self):
        """The QR code of the tag as the address of an image."""
        self.ensure_one()
        content = base64.b64encode(qr_png(self.tag_code)).decode()
        return f"data:image/png;base64,{content}"

    def _has_head(self, head):
        """Whether the head on the tag belongs to this chain."""
        self.ensure_one()
        # sudo: a hash tells nothing; the part was found with the user's rights
        hashes = self.sudo().move_ids.mapped("hash")
        return not head or any(value.startswith(head) for value in hashes)

    @api.model
    def _get_sheet_title(self):
        return self.env._("Replaced Parts")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("product_id.default_code", label=_("Part Number")),
            Column("product_id.product_tmpl_id.name", label=_("Part")),
            Column("quantity", total=True),
            Column("station_id.name", label=_("Station")),
            Column("claim_id.name", label=_("Claim")),
            Column("supplier_id.name", label=_("Supplier")),
            Column("disposal"),
            Column("state"),
            Column("date_due"),
            Column("condition"),
            Column("acceptance"),
            Column("value", total=True),
            Column("residual_amount", total=True),
            Column("chain_head"),
        ]

    def _get_report_base_filename(self):
        return ", ".join(self[:5].mapped("name"))

    def action_view_claim(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.claim",
            "res_id": self.claim_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
