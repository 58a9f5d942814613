from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from ..tools import number_ledger
from .sales_assistant_order_mixin import MANAGER, USER

MOVE_KINDS = [
    ("receive", "Received"),
    ("issue", "Issued"),
    ("transfer", "Passed On"),
    ("return", "Returned"),
    ("use", "Used"),
    ("void", "Voided by Holder"),
    ("void_stock", "Voided in Stock"),
    ("keeper", "New Keeper"),
]
MOVE_STATES = [
    ("draft", "Draft"),
    ("handed", "To Be Signed"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
#: {kind: (state the numbers are taken from, state they come to)}
PLACES = {
    "receive": (None, "stock"),
    "issue": ("stock", "issued"),
    "transfer": ("issued", "issued"),
    "return": ("issued", "stock"),
    "use": ("issued", "used"),
    "void": ("issued", "voided"),
    "void_stock": ("stock", "voided"),
    "keeper": ("stock", "stock"),
}
#: from hand to hand: done when who receives them has signed
SIGNED = frozenset({"issue", "transfer", "return", "keeper"})
FROM_KEEPER = frozenset({"issue", "void_stock", "keeper"})
TO_KEEPER = frozenset({"receive", "return"})


class SalesAssistantControlledDocumentMove(models.Model):
    """SA-17b: a movement of numbered blanks. What goes from hand to hand (issued,
    passed on, returned, a new keeper) is handed over by who has it and done when the
    other has signed; until then the numbers stay where they are. The rest is posted by
    who has the numbers."""

    _name = "sales.assistant.controlled.document.move"
    _inherit = [
        "sales.document.mixin",
        "sales.board.source.mixin",
        "sales.sheet.mixin",
    ]
    _description = "Movement of Controlled Documents"
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "post": Step({"draft"}, "done", USER),
        "hand": Step({"draft"}, "handed", USER),
        "sign": Step({"handed"}, "done", USER),
        "cancel": Step(
            {"draft", "handed"}, "cancelled", USER, "write", "sales_paper_cancel"
        ),
    }
    _board_user_fields = ("from_id", "to_id")
    _frozen_states = frozenset({"handed", "done", "cancelled"})
    _closed_fields = frozenset(
        {"handed_at", "done_at", "date_done", "signature", "signed_by"}
    )

    document_id = fields.Many2one(
        "sales.assistant.controlled.document",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="document_id.company_id", store=True, precompute=True, default=None
    )
    keeper_id = fields.Many2one(related="document_id.keeper_id", string="Keeper")
    kind = fields.Selection(MOVE_KINDS, required=True, default="use", index=True)
    state = fields.Selection(
        MOVE_STATES, required=True, default="draft", index=True, tracking=True
    )

    # numbers
    numbers = fields.Char(
        required=True, help="Ranges and single numbers, such as 1001-1050, 1075."
    )
    ranges = fields.Json(compute="_compute_ranges", store=True, precompute=True)
    quantity = fields.Integer(
        compute="_compute_ranges", store=True, precompute=True, aggregator="sum"
    )

    # hands
    from_id = fields.Many2one(
        "res.users",
        compute="_compute_people",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
    )
    to_id = fields.Many2one(
        "res.users",
        compute="_compute_people",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
    )
    is_signed = fields.Boolean(compute="_compute_is_signed")
    handed_at = fields.Datetime(readonly=True, copy=False)
    done_at = fields.Datetime(readonly=True, copy=False)
    date_done = fields.Date("Done on", readonly=True, copy=False, index=True)
    signature = fields.Binary(readonly=True, copy=False)
    signed_by = fields.Char(readonly=True, copy=False)

    # what for
    order_id = fields.Many2one(
        "sale.order", "Used for", index="btree_not_null", check_company=True
    )
    void_reason_id = fields.Many2one(
        "sales.reason",
        "Why Voided",
        domain=[("usage", "=", "sales_document_void")],
        index="btree_not_null",
    )
    note = fields.Text()

    can_post = fields.Boolean(compute="_compute_can_steps")
    can_hand = fields.Boolean(compute="_compute_can_steps")
    can_sign = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    # ------------------------------------------------------------------- computes

    @api.depends("numbers", "document_id")
    def _compute_ranges(self):
        for move in self:
            try:
                ranges = move.document_id._parse_numbers(move.numbers)
            except ValidationError:
                ranges = []  # the constraint says what is wrong
            move.ranges = ranges
            move.quantity = number_ledger.count(ranges)

    @api.depends("kind", "document_id")
    def _compute_people(self):
        for move in self:
            keeper = move.document_id.keeper_id
            if move.kind == "receive":
                move.from_id, move.to_id = False, keeper
            elif move.kind in SIGNED:
                move.from_id = keeper if move.kind in FROM_KEEPER else self.env.user
                move.to_id = keeper if move.kind in TO_KEEPER else move.to_id
            else:
                move.from_id = keeper if move.kind in FROM_KEEPER else self.env.user
                move.to_id = False

    @api.depends("kind")
    def _compute_is_signed(self):
        for move in self:
            move.is_signed = move.kind in SIGNED

    @api.depends("state", "kind", "from_id", "to_id", "document_id", "ranges")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.constrains("numbers", "document_id")
    def _check_numbers(self):
        for move in self:
            move.document_id._parse_numbers(move.numbers)

    # --------------------------------------------------------------------- guards

    def _get_cannot_post(self):
        return {move.id: move._get_person_lack("post") for move in self}

    def _get_cannot_hand(self):
        reasons = {move.id: move._get_person_lack("hand") for move in self}
        for move in self.filtered(lambda one: not reasons[one.id]):
            reasons[move.id] = move._get_reserved_lack()
        return reasons

    def _get_cannot_sign(self):
        acting = self.env.user._get_sales_acting_ids()
        return {
            move.id: move.to_id.id not in acting
            and self.env._(
                "only %(user)s, who receives them, signs.", user=move.to_id.name
            )
            for move in self
        }

    def _get_cannot_cancel(self):
        acting = self.env.user._get_sales_acting_ids()
        manager = self.env.user.has_group(MANAGER)
        return {
            move.id: not (
                manager
                or move.from_id.id in acting
                or move.to_id.id in acting
                or move.create_uid == self.env.user
            )
            and self.env._("it is no movement of yours.")
            for move in self
        }

    def _get_person_lack(self, verb):
        """What is wrong with the hands of a movement, or with who moves it."""
        self.ensure_one()
        _ = self.env._
        if (verb == "hand") != (self.kind in SIGNED):
            return (
                _("it is signed for: hand it over.")
                if self.kind in SIGNED
                else _("it does not change hands: post it.")
            )
        keeper = self.document_id.keeper_id
        if (self.kind in FROM_KEEPER and self.from_id != keeper) or (
            self.kind in TO_KEEPER and self.to_id != keeper
        ):
            return _("the stock is with the keeper, %(user)s.", user=keeper.name)
        if self.kind in SIGNED and (not self.to_id or self.from_id == self.to_id):
            return _("say who receives them.")
        if self.kind in ("void", "void_stock") and not self.void_reason_id:
            return _("give the reason.")
        holder = self.to_id if self.kind == "receive" else self.from_id
        void = self.kind in ("void", "void_stock", "receive")
        if holder.id not in self.env.user._get_sales_acting_ids() and not (
            void and self.env.user.has_group(MANAGER)
        ):
            return _("only %(user)s, who has them, can do this.", user=holder.name)
        return False

    def _get_reserved_lack(self):
        """Numbers that wait for another signature, or are not where they should be."""
        # sudo: other people's hand-overs count as well
        waiting_sudo = self.sudo().search(
            [
                ("document_id", "=", self.document_id.id),
                ("state", "=", "handed"),
                ("from_id", "=", self.from_id.id),
                ("id", "!=", self.id),
            ]
        )
        taken = number_ledger.join(
            (first, last) for other in waiting_sudo for first, last in other.ranges
        )
        free = number_ledger.subtract(self._get_ranges(), taken)
        if free != self._get_ranges():
            return self.env._("some of the numbers wait for a signature already.")
        held = [
            (one.number_from, one.number_to)
            # sudo: the ledger is asked whoever hands over
            for one in self.env["sales.assistant.controlled.document.range"]
            .sudo()
            .search(
                [
                    ("document_id", "=", self.document_id.id),
                    ("holder_id", "=", self.from_id.id),
                    ("state", "=", PLACES[self.kind][0]),
                ]
            )
        ]
        missing = number_ledger.subtract(free, number_ledger.join(held))
        return missing and self.env._(
            "%(user)s does not have %(numbers)s.",
            user=self.from_id.name,
            numbers=self.document_id._format_ranges(missing),
        )

    def _get_ranges(self):
        return [(first, last) for first, last in self.ranges]

    # ---------------------------------------------------------------------- steps

    def action_post(self):
        """What changes no hand: received, used, voided."""
        self._check_can("post")
        self._do_move("post")

    def action_hand(self):
        """The numbers lie ready for the signature of who receives them."""
        self._check_can("hand")
        self._take_step("hand", handed_at=fields.Datetime.now())

    def action_sign(self):
        self._check_can("sign")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign for the Numbers"),
            "res_model": "sales.assistant.controlled.document.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": self.ids},
        }

    def _do_sign(self, signed_by, signature):
        """The receiver has signed: only now the numbers change hands."""
        self._check_can("sign")
        self._do_move("sign", signed_by=signed_by, signature=signature)
        for move in self.filtered(lambda one: one.kind == "keeper"):
            move._pass_keys()

    def _do_move(self, verb, **vals):
        self.env["sales.assistant.controlled.document.range"]._apply(
            [
                (
                    move.document_id,
                    move._get_ranges(),
                    move._get_place(0, move.from_id),
                    move._get_place(1, move.to_id or move.from_id),
                )
                for move in self.sorted("id")
            ]
        )
        now = fields.Datetime.now()
        for company, moves in self.grouped("company_id").items():
            moves._take_step(
                verb, done_at=now, date_done=company._get_sales_day(now), **vals
            )

    def _get_place(self, end, holder):
        state = PLACES[self.kind][end]
        return state and (state, holder.id)

    def _pass_keys(self):
        """The last blank of the old keeper makes the receiver the keeper."""
        # sudo: who hands over the stock has no right to write the kind
        document_sudo = self.document_id.sudo()
        left_sudo = document_sudo.range_ids.filtered(
            lambda one: one.state == "stock" and one.holder_id != self.to_id
        )
        if not left_sudo:
            document_sudo.keeper_id = self.to_id

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # ---------------------------------------------------------------------- sheet

    @api.model
    def _get_sign_domain(self):
        """Movements that wait for the signature of the current user."""
        return Domain("state", "=", "handed") & Domain(
            "to_id", "in", self.env.user._get_sales_acting_ids()
        )

    @api.model
    def _get_sheet_title(self):
        return self.env._("Movements of Controlled Documents")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("document_id"),
            Column("kind"),
            Column("numbers"),
            Column("quantity", total=True),
            Column("from_id"),
            Column("to_id"),
            Column("date_done"),
            Column("signed_by"),
            Column("order_id"),
            Column("state"),
        ]
