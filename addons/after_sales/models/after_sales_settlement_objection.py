from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.sales_base.models.sales_document_mixin import Step

OBJECTION_STATES = [
    ("open", "Open"),
    ("answered", "Answered"),
    ("withdrawn", "Withdrawn"),
]
OUTCOMES = [
    ("kept", "Stays as It Is"),
    ("moved", "Waits for the Next Settlement"),
    ("credited", "Stays, the Difference Is Credited"),
]
CLERK = "after_sales.group_after_sales_clerk"


class AfterSalesSettlementObjection(models.Model):
    """What happens to one row of a settlement after the station has seen it (AS-12).

    The station objects to a row, with its reason; the clerk answers: the row stays, it
    waits for the next settlement, or it stays and the difference is credited in the
    next. A claim that came on hold meanwhile leaves at the posting, and stands here
    too, so that nothing leaves a settlement unseen.
    """

    _name = "after.sales.settlement.objection"
    _description = "Objection to a Settlement"
    _inherit = ["sales.document.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "answer": Step({"open"}, "answered", CLERK),
        "withdraw": Step({"open"}, "withdrawn", f"{CLERK},base.group_portal"),
    }
    _closed_fields = frozenset(
        "kind settlement_id station_id partner_id line_ref claim_id charge_id"
        " old_part_id amount currency_id reason_id note date_due outcome answer"
        " answered_at answered_by_id credit_id company_id".split()
    )
    _deletable_states = frozenset()

    state = fields.Selection(
        OBJECTION_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="open",
        index=True,
        tracking=True,
    )
    kind = fields.Selection(
        [("objection", "Objection"), ("hold", "On Hold")],
        required=True,
        readonly=True,
        default="objection",
    )
    settlement_id = fields.Many2one(
        "after.sales.settlement",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    station_id = fields.Many2one(
        related="settlement_id.station_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="settlement_id.partner_id", store=True, index=True
    )
    # row
    line_ref = fields.Integer("Row", required=True, readonly=True)
    claim_id = fields.Many2one(
        "after.sales.claim", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    charge_id = fields.Many2one(
        "after.sales.charge", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    old_part_id = fields.Many2one(
        "after.sales.old.part",
        "Replaced Part",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The part of the row, or the one that holds its claim.",
    )
    currency_id = fields.Many2one(related="settlement_id.currency_id", store=True)
    amount = fields.Monetary("Amount of the Row", readonly=True)
    # objection
    reason_id = fields.Many2one(
        "sales.reason",
        "Objected Because",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    note = fields.Text(readonly=True)
    date_due = fields.Date("Part Was Due", readonly=True)
    sentence = fields.Char("Why", compute="_compute_sentence")
    # answer
    outcome = fields.Selection(OUTCOMES, readonly=True, tracking=True)
    answer = fields.Text(readonly=True)
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    credit_id = fields.Many2one(
        "after.sales.charge", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    # steps
    can_answer = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another objection has this number."
    )
    _row_uniq = models.UniqueIndex(
        "(settlement_id, line_ref) WHERE kind = 'objection' AND state != 'withdrawn'",
        "There is an objection to this row already.",
    )
    _open_idx = models.Index("(company_id, id) WHERE state = 'open'")

    # ------------------------------------------------------------------- computes

    @api.depends("kind", "reason_id", "note", "old_part_id", "date_due")
    def _compute_sentence(self):
        # sudo: who reads the objection reads why
        for objection, objection_sudo in zip(self, self.sudo(), strict=True):
            if objection_sudo.kind == "hold":
                objection.sentence = self.env._(
                    "Replaced part %(part)s was to be sent back until %(date)s.",
                    part=objection_sudo.old_part_id.name,
                    date=format_date(self.env, objection_sudo.date_due),
                )
            else:
                texts = (objection_sudo.reason_id.name, objection_sudo.note)
                objection.sentence = " · ".join(filter(None, texts))

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    # ---------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """In the portal a contact who may confirm the settlement withdraws."""
        if not self.env.user._is_portal():
            return super()._is_step_person(step)
        settlements = self.settlement_id
        return step is self._steps["withdraw"] and settlements._is_step_person(
            settlements._steps["confirm"]
        )

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        for objection in self.filtered(lambda record: not reasons[record.id]):
            if objection.settlement_id.state != "sent":
                reasons[objection.id] = self.env._(
                    "its settlement does not wait for the station any more."
                )
        return reasons

    def action_answer(self):
        self._check_can("answer")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer the Objection"),
            "res_model": "after.sales.settlement.objection.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_objection_id": self.id},
        }

    def action_withdraw(self):
        self._check_can("withdraw")
        self._take_step("withdraw")

    def _answer(self, outcome, answer, value=0.0):
        """Answer, and do to the row what the answer says.

        :param str outcome: key of ``OUTCOMES``
        :param str answer: what the station reads
        :param float value: what is credited, for ``credited``
        :raises ValidationError: no answer, nothing to credit
        """
        self.ensure_one()
        self.settlement_id._lock_for_step()
        self._check_can("answer")
        if outcome not in dict(OUTCOMES):
            raise UserError(self.env._("There is no such answer."))
        if not (answer or "").strip():
            raise ValidationError(self.env._("Write what the station shall read."))
        values = {"outcome": outcome, "answer": answer.strip()}
        if outcome == "credited":
            values["credit_id"] = self._create_credit(value, values["answer"]).id
        self._take_answer(**values)
        if outcome == "moved":
            self.settlement_id._remove_rows(**self._get_row())

    def _get_row(self):
        """The record behind the row, as the keyword of ``_remove_rows``."""
        if self.charge_id:
            return {"charges": self.charge_id}
        if self.line_ref == self.claim_id.id:
            return {"claims": self.claim_id}
        return {"parts": self.old_part_id}

    def _take_answer(self, **values):
        self._take_step(
            "answer",
            answered_at=fields.Datetime.now(),
            answered_by_id=self.env.uid,
            **values,
        )

    def _create_credit(self, value, note):
        if value <= 0:
            raise ValidationError(self.env._("Enter the amount to credit."))
        return self.env["after.sales.charge"]._create_open(
            [
                {
                    "company_id": self.company_id.id,
                    "station_id": self.station_id.id,
                    "currency_id": self.currency_id.id,
                    "kind": "credit",
                    "value": value,
                    "reason_id": self.env.ref("after_sales.reason_charge_6").id,
                    "note": f"{self.name}: {note}",
                    "claim_id": self.claim_id.id,
                }
            ]
        )
