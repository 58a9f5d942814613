from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .after_sales_statement_mixin import CLERK, CLOSED_FIELDS, STEPS

MANAGER = "after_sales.group_after_sales_manager"
#: amount of the settlement: service product that carries it on the bill
AMOUNT_PRODUCTS = {
    "amount_labor": "after_sales.product_labor",
    "amount_part": "after_sales.product_part",
    "amount_travel": "after_sales.product_travel",
    "amount_purchase": "after_sales.product_purchase",
    "amount_other": "after_sales.product_other",
    "amount_residual": "after_sales.product_residual",
    "amount_deduction": "after_sales.product_deduction",
    "amount_penalty": "after_sales.product_penalty",
    "amount_credit": "after_sales.product_credit",
}


class AfterSalesSettlement(models.Model):
    """What a station is paid for a month 费用结算 (AS-12).

    Per station, month and currency there is one settlement; it takes all approved
    claims that are not settled yet. The clerk sends it, the station confirms it in the
    portal, then one vendor bill with a line per service product is posted (below zero:
    a credit note). Whether it is paid is read from the bill.
    """

    _name = "after.sales.settlement"
    _description = "Station Settlement"
    _inherit = ["after.sales.statement.mixin"]
    _check_company_auto = True
    _mail_post_access = "read"

    _steps = {
        **STEPS,
        "object": Step({"sent"}, "sent", f"{CLERK},base.group_portal"),
        "reverse": Step(
            {"posted"}, "cancelled", MANAGER, "write", "after_sales_cancel"
        ),
    }
    _closed_fields = CLOSED_FIELDS.union(
        ["station_id", "region_id", "claim_count", "reversal_id", "reversed_at"],
        AMOUNT_PRODUCTS,
    )
    _amount_products = AMOUNT_PRODUCTS

    station_id = fields.Many2one(
        "after.sales.station",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="station_id.partner_id", store=True, index=True
    )
    region_id = fields.Many2one(
        related="station_id.region_id", store=True, index="btree_not_null"
    )
    note = fields.Text("Note to the Station")
    # claims
    claim_ids = fields.One2many("after.sales.claim", "settlement_id", "Claims")
    line_ids = fields.One2many("after.sales.settlement.line", "settlement_id", "Lines")
    claim_count = fields.Integer("Claims Settled", readonly=True)
    # money
    amount_labor = fields.Monetary("Labour", readonly=True)
    amount_part = fields.Monetary("Parts", readonly=True)
    amount_travel = fields.Monetary("Travel", readonly=True)
    amount_purchase = fields.Monetary("Purchases", readonly=True)
    amount_other = fields.Monetary("Other", readonly=True)
    amount_residual = fields.Monetary(
        "Residual Value",
        readonly=True,
        help="Parts that the station keeps: deducted.",
    )
    amount_deduction = fields.Monetary("Deductions", readonly=True)
    amount_penalty = fields.Monetary("Penalties", readonly=True)
    amount_credit = fields.Monetary("Credits", readonly=True)
    # steps
    can_object = fields.Boolean(compute="_compute_can")
    can_reverse = fields.Boolean(compute="_compute_can")

    _month_uniq = models.UniqueIndex(
        "(station_id, date_from, currency_id) WHERE state != 'cancelled'",
        "This station has a settlement for this month already.",
    )
    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another settlement has this number."
    )
    _open_idx = models.Index(
        "(company_id, date_from, id) WHERE state IN ('draft', 'sent', 'confirmed')"
    )

    @api.depends("state", "amount_total", "objection_ids.state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    # ---------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """In the portal a contact who sees the money confirms for his stations, or
        objects."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step not in (self._steps["confirm"], self._steps["object"]):
            return False
        # sudo: which stations are his does not depend on what he may read
        stations_sudo = self.env["after.sales.station"].sudo()
        domain = stations_sudo._get_portal_domain(self.env.user, roles=("all",))
        return self.station_id <= stations_sudo.search(domain)

    def _get_cannot_confirm(self):
        return {
            settlement.id: settlement.open_objection_count
            and self.env._("an objection is not answered yet.")
            for settlement in self
        }

    def _get_cannot_post(self):
        """Where the company asks for it, the station has confirmed."""
        reasons = self._get_cannot_confirm()
        for settlement in self.filtered(lambda record: not reasons[record.id]):
            must = settlement.company_id.after_sales_confirm_required
            if must and settlement.state != "confirmed":
                reasons[settlement.id] = self.env._(
                    "the station has not confirmed it yet."
                )
        return reasons

    def action_send(self):
        self._check_can("send")
        self._drop_held()
        self._take_step("send", sent_at=fields.Datetime.now())

    def action_confirm(self):
        self._check_can("confirm")
        self._take_step(
            "confirm",
            confirmed_at=fields.Datetime.now(),
            confirmed_by_id=self.env.uid,
        )

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Settlement"))

    def _do_cancel(self, reason, note):
        """The claims wait for the next settlement again."""
        self._close_objections()
        self._release_rows()
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def _release_rows(self):
        """Claims, kept parts and charges wait for the next settlement."""
        # sudo: the step has asked person and state; the link is a closed field
        self.claim_ids.sudo().with_context(mail_notrack=True).write(
            {"settlement_id": False}
        )
        self._release_residuals()
        self._release_charges()

    def _do_post(self):
        """One bill per settlement, its claims are settled. Where nothing is to be paid,
        there is no bill."""
        self._drop_held()
        billed = self.filtered(lambda settlement: settlement._get_moved_amounts())
        # sudo: a clerk settles without rights on accounting; the step has asked him
        moves_sudo = (
            self.env["account.move"]
            .sudo()
            .create([settlement._prepare_move_values() for settlement in billed])
        )
        (self - billed)._take_step("post")
        for settlement, move in zip(billed, moves_sudo, strict=True):
            settlement._take_step("post", move_id=move.id)
        drafts = self.filtered("company_id.after_sales_bill_draft").move_id
        # sudo: as above, read too
        (moves_sudo - drafts.sudo()).action_post()
        # sudo: the state of a claim is closed; who settled it is told by the settlement
        self.claim_ids.sudo().with_context(mail_notrack=True).write(
            {"state": "settled", "settled_at": fields.Datetime.now()}
        )

    @api.model
    def _get_move_text(self, kind, month):
        return self.env._("%(kind)s, warranty claims %(month)s", kind=kind, month=month)

    # -------------------------------------------------------------------- actions

    def action_view_claims(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_claim_action_all"
        )
        return dict(action, domain=[("settlement_id", "in", self.ids)], context={})
