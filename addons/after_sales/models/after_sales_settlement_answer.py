# pylint: disable=consider-merging-classes-inherited
# Own file: what the station says to a settlement, and what leaves it, is one concept.
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

NOTE_MAX = 2000


class AfterSalesSettlement(models.Model):
    """Objections of the station, and rows that leave what was sent (AS-12, AS-10)."""

    _inherit = "after.sales.settlement"

    objection_ids = fields.One2many(
        "after.sales.settlement.objection", "settlement_id", "Objections"
    )
    open_objection_count = fields.Integer(
        "Open Objections",
        compute="_compute_open_objection_count",
        compute_sudo=True,
    )
    held_count = fields.Integer(
        "Claims on Hold",
        compute="_compute_held_count",
        help="A replaced part became overdue since: posting leaves these claims out.",
    )

    @api.depends("objection_ids.state")
    def _compute_open_objection_count(self):
        counts = dict(
            self.env["after.sales.settlement.objection"]._read_group(
                [("settlement_id", "in", self.ids), ("state", "=", "open")],
                ["settlement_id"],
                ["__count"],
            )
        )
        for settlement in self:
            settlement.open_objection_count = counts.get(settlement, 0)

    @api.depends("state")
    def _compute_held_count(self):
        waiting = self.filtered(lambda record: record.state in ("sent", "confirmed"))
        held = waiting._get_held_claims()
        for settlement in self:
            settlement.held_count = len(held.get(settlement, ()))

    def _get_held_claims(self):
        """Claims on hold as ``{settlement: claims}``, asked once for all."""
        parts = self.env["after.sales.old.part"]
        held = {}
        for company, settlements in self.grouped("company_id").items():
            # sudo: a station may not read what holds it, but it does
            found = parts.sudo().search(
                [
                    *parts._get_overdue_domain(company),
                    ("claim_id.settlement_id", "in", settlements.ids),
                ]
            )
            for settlement, own in found.claim_id.grouped("settlement_id").items():
                held[settlement.with_env(self.env)] = own.with_env(self.env)
        return held

    # ------------------------------------------------------------------ objecting

    def _object(self, line_ref, reason, note):
        """The station objects to a row.

        :param int line_ref: id of the row
        :param reason: ``sales.reason``
        :param str note: in the station's words
        :returns: the objection
        :raises UserError: no such row, or there is an objection to it already
        """
        self.ensure_one()
        self._check_can("object")
        # sudo: the step has asked the person; a row is read as the statement shows it
        line_sudo = (
            self.env["after.sales.settlement.line"]
            .sudo()
            .search([("id", "=", line_ref), ("settlement_id", "=", self.id)])
        )
        if not line_sudo:
            raise UserError(self.env._("The settlement has no such row."))
        # sudo: as above
        objections_sudo = self.env["after.sales.settlement.objection"].sudo()
        if objections_sudo.search_count(
            [
                ("settlement_id", "=", self.id),
                ("line_ref", "=", line_ref),
                ("kind", "=", "objection"),
                ("state", "!=", "withdrawn"),
            ],
            limit=1,
        ):
            raise UserError(self.env._("There is an objection to this row already."))
        return objections_sudo.create(
            {
                "company_id": self.company_id.id,
                "settlement_id": self.id,
                "line_ref": line_ref,
                "claim_id": line_sudo.claim_id.id,
                "charge_id": line_sudo.charge_id.id,
                "old_part_id": line_sudo.old_part_id.id,
                "amount": line_sudo.amount,
                "reason_id": reason.id,
                "note": note,
            }
        )

    def _close_objections(self):
        """The rows of a cancelled settlement all wait for the next."""
        self.objection_ids.filtered(lambda one: one.state == "open")._take_answer(
            outcome="moved"
        )

    @api.model
    def _portal_get_objection_reasons(self):
        """What a station may choose from, in sudo."""
        # sudo: the reasons are shown to whoever may object
        return (
            self.env["sales.reason"]
            .sudo()
            .search(
                [
                    ("usage", "=", "after_sales_objection"),
                    ("company_id", "in", [self.env.company.id, False]),
                ]
            )
        )

    def _portal_object(self, line_ref, values):
        """An objection as typed in the portal (``self`` found as the user).

        :param dict values: ``reason_id`` and ``note`` as received
        """
        reason = self._portal_get_objection_reasons().filtered(
            lambda one: str(one.id) == str(values.get("reason_id") or "")
        )
        if not reason:
            raise ValidationError(self.env._("Choose a reason from the list."))
        note = str(values.get("note") or "").replace("\x00", "").strip()
        if len(note) > NOTE_MAX:
            raise ValidationError(
                self.env._("A text is too long: at most %s characters.", NOTE_MAX)
            )
        if not note:
            raise ValidationError(self.env._("Say what is wrong with this row."))
        # sudo: found as the user; the step asks person and state
        return self.sudo()._object(line_ref, reason, note)

    # -------------------------------------------------------------------- leaving

    def _remove_rows(self, claims=None, charges=None, parts=None):
        """Rows wait for the next settlement; the totals follow. A claim takes the
        residual value of its parts along."""
        if claims:
            # sudo: the step has asked person and state; the link is a closed field
            claims_sudo = claims.sudo()
            claims_sudo.write({"settlement_id": False})
            parts = claims_sudo.old_part_ids
        if charges:
            # sudo: as above
            charges.sudo()._do_release(settlement_id=False)
        if parts:
            # sudo: as above
            parts.sudo().filtered(
                lambda part: part.residual_settlement_id in self
            ).residual_settlement_id = False
        self._update_totals()

    def _drop_held(self):
        """Claims that came on hold wait for the next settlement. Of what the station
        has seen, the objections tell that they left and why."""
        for settlement, claims in self._get_held_claims().items():
            if settlement.state != "draft":
                settlement._note_held(claims)
            settlement._remove_rows(claims=claims)

    def _note_held(self, claims):
        """Keep which claims leave and which part holds each."""
        overdue = self.env["after.sales.old.part"]._get_overdue_domain(self.company_id)
        # sudo: the step has asked person and state; objections belong to the system
        objections_sudo = self.env["after.sales.settlement.objection"].sudo()
        values_list = []
        for claim_sudo in claims.sudo():  # sudo: as above
            parts_sudo = claim_sudo.old_part_ids
            part_sudo = parts_sudo.filtered_domain(overdue).sorted("date_due")[:1]
            kept_sudo = parts_sudo.filtered(
                lambda part: part.residual_settlement_id == self
            )
            residual = sum(kept_sudo.mapped("residual_amount"))
            values_list.append(
                {
                    "company_id": self.company_id.id,
                    "settlement_id": self.id,
                    "kind": "hold",
                    "line_ref": claim_sudo.id,
                    "claim_id": claim_sudo.id,
                    "old_part_id": part_sudo.id,
                    "date_due": part_sudo.date_due,
                    "amount": claim_sudo.amount_approved - residual,
                }
            )
        objections_sudo.create(values_list)._take_answer(outcome="moved")
