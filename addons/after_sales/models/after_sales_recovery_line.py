from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .after_sales_recovery import CLERK

QUALITY = "after_sales.group_after_sales_quality"
LINE_STATES = [
    ("open", "Open"),
    ("confirmed", "Confirmed"),
    ("disputed", "Disputed"),
    ("upheld", "Upheld"),
    ("dropped", "Dropped"),
]


class AfterSalesRecoveryLine(models.Model):
    """One responsibility as a line of its supplier's recovery (AS-13).

    The supplier may dispute it while the recovery is with it. A disputed line that is
    not decided when the rest is posted leaves the recovery and waits: upheld it goes
    into the next one, dropped it is lost. Written by steps only.
    """

    _name = "after.sales.recovery.line"
    _description = "Recovery Line"
    _inherit = ["sales.sheet.mixin"]
    _order = "id"
    _rec_name = "claim_id"

    #: as in ``sales.document.mixin``; lines come by the thousand and have no chatter
    _steps = {
        "dispute": Step(
            {"open"},
            "disputed",
            f"{CLERK},base.group_portal",
            "read",
            "after_sales_dispute",
        ),
        "uphold": Step(
            {"disputed"}, "upheld", f"{CLERK},{QUALITY}", "read", "after_sales_uphold"
        ),
        "drop": Step(
            {"disputed"}, "dropped", f"{CLERK},{QUALITY}", "read", "after_sales_drop"
        ),
    }

    recovery_id = fields.Many2one(
        "after.sales.recovery",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: it waits for its decision, or for the next recovery.",
    )
    responsibility_id = fields.Many2one(
        "after.sales.responsibility",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    supplier_id = fields.Many2one(
        "after.sales.supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    claim_id = fields.Many2one(related="responsibility_id.claim_id", store=True)
    product_id = fields.Many2one(
        related="responsibility_id.product_id", string="Causal Part", store=True
    )
    lot_id = fields.Many2one(
        related="responsibility_id.lot_id", string="Serial Number", store=True
    )
    share = fields.Float("Share (%)", readonly=True)
    date_bar = fields.Date(related="responsibility_id.date_bar")
    is_near_bar = fields.Boolean(related="responsibility_id.is_near_bar")
    is_barred = fields.Boolean(related="responsibility_id.is_barred")
    part_condition = fields.Char(compute="_compute_part_condition")
    # money
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    currency_rate = fields.Float(
        "Rate",
        digits=0,
        readonly=True,
        help="Units of the recovery's currency for one of the company's.",
    )
    amount_part = fields.Monetary("Parts", readonly=True)
    amount_labor = fields.Monetary("Labour", readonly=True)
    amount_other = fields.Monetary("Other", readonly=True)
    amount_handling = fields.Monetary("Handling", readonly=True)
    amount_total = fields.Monetary("Total", readonly=True)
    # answer and decision
    state = fields.Selection(
        LINE_STATES, required=True, readonly=True, default="open", index=True
    )
    recovery_state = fields.Selection(
        related="recovery_id.state", string="Recovery State"
    )
    is_charged = fields.Boolean(compute="_compute_is_charged")
    is_waiting = fields.Boolean("Waiting for a Decision", compute="_compute_is_charged")
    dispute_reason_id = fields.Many2one(
        "sales.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    dispute_note = fields.Text("Objection", readonly=True)
    disputed_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    disputed_at = fields.Datetime(readonly=True)
    decision_reason_id = fields.Many2one(
        "sales.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    decision_note = fields.Text("Answer", readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    decided_at = fields.Datetime(readonly=True)

    _responsibility_uniq = models.UniqueIndex(
        "(responsibility_id)", "This responsibility is being recovered already."
    )
    _disputed_idx = models.Index("(company_id, id) WHERE state = 'disputed'")

    # ------------------------------------------------------------------- computes

    @api.depends("state")
    def _compute_is_charged(self):
        for line in self:
            line.is_charged = line.state in ("open", "confirmed", "upheld")
            line.is_waiting = line.state == "disputed"

    @api.depends("responsibility_id.claim_line_id.old_part_ids.state")
    @api.depends_context("lang")
    def _compute_part_condition(self):
        """Where the replaced part is and how it looks."""
        parts = self.env["after.sales.old.part"]
        states = dict(parts._fields["state"]._description_selection(self.env))
        looks = dict(parts._fields["condition"]._description_selection(self.env))
        for line in self:
            # sudo: a supplier reads of a part what concerns its charge
            found = line.sudo().responsibility_id.claim_line_id.old_part_ids
            line.part_condition = ", ".join(
                f"{part.name}: {states[part.state]} · {looks[part.condition]}"
                for part in found
            )

    # ---------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """In the portal a contact who sees the money disputes for his company."""
        user = self.env.user
        if self.env.uid == SUPERUSER_ID:
            return True
        if not user._is_portal():
            return user.has_groups(step.groups)
        return step is self._steps["dispute"] and self.supplier_id._is_portal_person(
            ("all",)
        )

    def _check_can(self, verb):
        """Person, lock, then the state as it is now.

        :raises AccessError: the user may not take this step
        :raises UserError: a line cannot take it, named with why
        """
        step = self._steps[verb]
        if not self.env.su:
            self.check_access(step.access)
        if not self._is_step_person(step):
            raise AccessError(
                self.env._(
                    "You are not entitled to take this step on: %(documents)s.",
                    documents=", ".join(self.mapped("display_name")),
                )
            )
        self.env.flush_all()
        try:
            # sudo: lines are written by steps only, so nobody has the right to
            self.sudo().lock_for_update()
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is working on these documents at this moment. "
                    "Reload and look again."
                )
            ) from error
        self.invalidate_recordset()
        for line in self:
            wrong_time = verb == "dispute" and line.recovery_state != "sent"
            if line.state not in step.sources or wrong_time:
                raise UserError(
                    self.env._(
                        "%(line)s: this is not possible any more, the line is "
                        "“%(state)s”.",
                        line=line.display_name,
                        state=dict(
                            self._fields["state"]._description_selection(self.env)
                        )[line.state],
                    )
                )

    def _do_with_reason(self, verb, reason, note):
        self._check_can(verb)
        getattr(self, f"_do_{verb}")(reason, note)

    def _ask_reason(self, verb, title):
        self._check_can(verb)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.step.reason",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_ids": self.ids,
                "default_verb": verb,
                "default_usage": self._steps[verb].reason_usage,
            },
        }

    def action_dispute(self):
        return self._ask_reason("dispute", self.env._("Supplier Disputes"))

    def action_uphold(self):
        return self._ask_reason("uphold", self.env._("Uphold the Charge"))

    def action_drop(self):
        return self._ask_reason("drop", self.env._("Drop the Charge"))

    def _do_dispute(self, reason, note):
        # sudo: the step has asked person and state
        self.sudo().write(
            {
                "state": "disputed",
                "dispute_reason_id": reason.id,
                "dispute_note": note,
                "disputed_by_id": self.env.uid,
                "disputed_at": fields.Datetime.now(),
            }
        )

    def _do_uphold(self, reason, note):
        self._decide("upheld", reason, note)

    def _do_drop(self, reason, note):
        self._decide("dropped", reason, note)
        # sudo: the step has asked person and state
        self.sudo().responsibility_id._write_guarded({"is_closed": True})

    def _decide(self, state, reason, note):
        # sudo: the step has asked person and state
        self.sudo().write(
            {
                "state": state,
                "decision_reason_id": reason.id,
                "decision_note": note,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------------- business

    @api.model
    def _get_or_create(self, responsibilities, day):
        """A line for each responsibility, once.

        :param responsibilities: decided, of one company, locked
        :param date day: of the exchange rate
        :returns: lines in sudo, new ones and those that waited
        """
        known = self.search([("responsibility_id", "in", responsibilities.ids)])
        missing = responsibilities - known.responsibility_id
        return known + self.create(
            [self._prepare_line_values(row, day) for row in missing]
        )

    @api.model
    def _prepare_line_values(self, responsibility, day):
        company = responsibility.company_id
        supplier = responsibility.supplier_id
        currency = supplier.currency_id or company.currency_id
        rate = self.env["res.currency"]._get_conversion_rate(
            company.currency_id, currency, company, day
        )
        amounts = {
            f"amount_{key}": currency.round(responsibility[f"recover_{key}"] * rate)
            for key in ("part", "labor", "other", "handling")
        }
        return {
            "responsibility_id": responsibility.id,
            "company_id": company.id,
            "supplier_id": supplier.id,
            "share": responsibility.share_supplier,
            "currency_id": currency.id,
            "currency_rate": rate,
            "amount_total": currency.round(sum(amounts.values())),
            **amounts,
        }

    def _release(self):
        """Leave the recovery: the line waits for its decision or the next one."""
        self.responsibility_id._write_guarded({"recovery_id": False})
        self.write({"recovery_id": False})

    def _close_responsibilities(self):
        """What was posted is recovered, in company currency."""
        for line in self.filtered("is_charged"):
            record = line.responsibility_id
            record._write_guarded(
                {
                    "is_closed": True,
                    "amount_recovered": record.currency_id.round(
                        line.amount_total / (line.currency_rate or 1.0)
                    ),
                }
            )

    def _reopen_responsibilities(self):
        """Without its credit note, nothing is recovered."""
        self.filtered("is_charged").responsibility_id._write_guarded(
            {"is_closed": False, "amount_recovered": 0}
        )

    # ---------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Recovery Statement")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("recovery_id.name", label=_("Recovery")),
            Column("supplier_id.name", label=_("Supplier")),
            Column("claim_id.name", label=_("Claim")),
            Column("lot_id.name", label=_("Serial Number")),
            Column("product_id.default_code", label=_("Part Number")),
            Column("product_id.product_tmpl_id.name", label=_("Part")),
            Column("share"),
            Column("state"),
            Column("amount_part", total=True),
            Column("amount_labor", total=True),
            Column("amount_other", total=True),
            Column("amount_handling", total=True),
            Column("amount_total", total=True),
        ]
