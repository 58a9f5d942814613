from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .after_sales_statement_mixin import CLERK, CLOSED_FIELDS, STEPS

#: amount of a recovery and of its lines: service product that carries it
AMOUNT_PRODUCTS = {
    "amount_part": "after_sales.product_recovery_part",
    "amount_labor": "after_sales.product_recovery_labor",
    "amount_other": "after_sales.product_recovery_other",
    "amount_handling": "after_sales.product_recovery_handling",
    "amount_charge": "after_sales.product_recovery_charge",
}
#: those that a line has
LINE_AMOUNTS = ("amount_part", "amount_labor", "amount_other", "amount_handling")


class AfterSalesRecovery(models.Model):
    """What a supplier pays back for a month 追偿 (AS-13).

    Per supplier, month and currency there is one recovery; it takes what was decided
    that the supplier bears and is not recovered yet. The supplier confirms it in the
    portal, or disputes some of its lines; these wait for a decision and do not hold the
    rest. Then one vendor credit note is posted, and set off against the supplier's
    bills. Whether it is paid is read from the credit note.
    """

    _name = "after.sales.recovery"
    _description = "Supplier Recovery"
    _inherit = ["after.sales.statement.mixin"]
    _check_company_auto = True
    _mail_post_access = "read"

    _steps = {**STEPS, "offset": Step({"posted"}, None, CLERK)}
    _closed_fields = CLOSED_FIELDS.union(
        ["supplier_id", "line_count", "disputed_count", "amount_disputed"],
        ["date_due", "is_silent", "date_posted"],
        AMOUNT_PRODUCTS,
    )
    _amount_products = AMOUNT_PRODUCTS
    _move_types = ("in_refund", "in_invoice")

    supplier_id = fields.Many2one(
        "after.sales.supplier",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="supplier_id.partner_id",
        string="Supplier's Partner",
        store=True,
        index=True,
    )
    note = fields.Text("Note to the Supplier")
    # lines
    line_ids = fields.One2many("after.sales.recovery.line", "recovery_id", "Lines")
    line_count = fields.Integer("Lines Charged", compute="_compute_amounts", store=True)
    disputed_count = fields.Integer(
        "Lines Disputed", compute="_compute_amounts", store=True
    )
    # money
    amount_part = fields.Monetary("Parts", compute="_compute_amounts", store=True)
    amount_labor = fields.Monetary("Labour", compute="_compute_amounts", store=True)
    amount_other = fields.Monetary("Other", compute="_compute_amounts", store=True)
    amount_handling = fields.Monetary(
        "Handling", compute="_compute_amounts", store=True
    )
    amount_charge = fields.Monetary(
        "Deductions and Credits", compute="_compute_amount_charge", store=True
    )
    amount_total = fields.Monetary(
        compute="_compute_amounts",
        store=True,
        help="Without the lines in dispute.",
    )
    amount_disputed = fields.Monetary(
        "In Dispute", compute="_compute_amounts", store=True
    )
    move_id = fields.Many2one(string="Credit Note")
    move_state = fields.Selection(string="Credit Note State")
    amount_open = fields.Monetary(
        "Still Open", compute="_compute_amount_open", help="Neither paid nor set off."
    )
    # dates
    date_due = fields.Date("Answer Until", readonly=True, copy=False)
    is_silent = fields.Boolean("By Silence", readonly=True, copy=False)
    date_posted = fields.Date("Posted On", readonly=True, copy=False)
    days_open = fields.Integer(
        compute="_compute_amount_open", help="Since the credit note was posted."
    )
    # steps
    can_offset = fields.Boolean(compute="_compute_can")

    _month_uniq = models.UniqueIndex(
        "(supplier_id, date_from, currency_id) WHERE state != 'cancelled'",
        "This supplier has a recovery for this month already.",
    )
    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another recovery has this number."
    )

    # ------------------------------------------------------------------- computes

    @api.depends("state", "move_id.state", "move_id.amount_residual", "date_due")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.depends("line_ids.state", "line_ids.amount_total", "amount_charge")
    def _compute_amounts(self):
        """Totals add the rounded amounts of the lines; what is in dispute waits."""
        for recovery in self:
            lines = recovery.line_ids.filtered("is_charged")
            disputed = recovery.line_ids.filtered(lambda row: row.state == "disputed")
            currency = recovery.currency_id
            for fname in LINE_AMOUNTS:
                recovery[fname] = currency.round(sum(lines.mapped(fname)))
            recovery.amount_total = currency.round(
                sum(lines.mapped("amount_total")) + recovery.amount_charge
            )
            recovery.amount_disputed = currency.round(
                sum(disputed.mapped("amount_total"))
            )
            recovery.line_count = len(lines)
            recovery.disputed_count = len(disputed)

    @api.depends("state", "move_id.amount_residual", "move_id.state", "date_posted")
    def _compute_amount_open(self):
        for recovery in self:
            # sudo: a clerk reads no journal; what is open of his recovery he may know
            move_sudo = recovery.sudo().move_id
            is_open = (
                recovery.state == "posted"
                and move_sudo.state == "posted"
                and move_sudo.amount_residual
            )
            recovery.amount_open = move_sudo.amount_residual if is_open else 0
            # sudo: a portal user does not read the company's working calendar
            company_sudo = recovery.company_id.sudo()
            recovery.days_open = (
                (company_sudo._get_sales_today() - recovery.date_posted).days
                if is_open and recovery.date_posted
                else 0
            )

    # ---------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """In the portal a contact who sees the money confirms for his company."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step is not self._steps["confirm"]:
            return False
        return self.supplier_id._is_portal_person(("all",))

    def _get_cannot_send(self):
        return {
            recovery.id: not (recovery.line_ids or recovery.charge_ids)
            and self.env._("it has no lines.")
            for recovery in self
        }

    def _get_cannot_post(self):
        """Where the company asks for it, the supplier has confirmed; its silence counts
        where its terms say so."""
        return {
            recovery.id: recovery.company_id.after_sales_recovery_confirm
            and recovery.state != "confirmed"
            and self.env._("the supplier has not confirmed it yet.")
            for recovery in self
        }

    def _get_cannot_offset(self):
        return {
            recovery.id: not recovery.amount_open
            and self.env._("nothing of its credit note is open.")
            for recovery in self
        }

    def action_send(self):
        self._check_can("send")
        for recovery in self:
            days = timedelta(days=recovery.supplier_id.reaction_days)
            recovery._take_step(
                "send",
                sent_at=fields.Datetime.now(),
                date_due=recovery.company_id._get_sales_today() + days,
            )

    def action_confirm(self):
        self._check_can("confirm")
        self._do_confirm(confirmed_by_id=self.env.uid)

    def _do_confirm(self, **vals):
        """What is not disputed is confirmed."""
        # sudo: the step has asked person and state
        lines_sudo = self.sudo().line_ids
        lines_sudo.filtered(lambda line: line.state == "open").state = "confirmed"
        self._take_step("confirm", confirmed_at=fields.Datetime.now(), **vals)

    def action_offset(self):
        self._check_can("offset")
        self._do_offset()

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Recovery"))

    def _do_cancel(self, reason, note):
        """What it held waits for the next recovery again."""
        # sudo: the step has asked person and state
        lines_sudo = self.sudo().line_ids
        lines_sudo.filtered(lambda line: line.state == "confirmed").state = "open"
        lines_sudo.filtered(lambda line: line.state != "dropped")._release()
        self._release_charges()
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    @api.model
    def _confirm_silent(self, company):
        """Silence confirms where the supplier's terms say so."""
        silent = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sent"),
                ("date_due", "<", company._get_sales_today()),
                ("supplier_id.is_silence_consent", "=", True),
            ]
        ).try_lock_for_update()
        silent._do_confirm(is_silent=True)

    # -------------------------------------------------------------------- actions

    def action_view_lines(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_responsibility_action"
        )
        lines = self.line_ids.responsibility_id
        return dict(action, domain=[("id", "in", lines.ids)], context={})
