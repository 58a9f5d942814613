# pylint: disable=consider-merging-classes-inherited
# Own file: what the steps do, apart from what a complaint is.
from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.sheet import Column
from .sales_complaint import OPEN_STATES


class SalesComplaint(models.Model):
    """The steps of a complaint (F-21)."""

    _inherit = "sales.complaint"

    def action_accept(self):
        self._check_can("accept")
        self._do_accept()

    def _do_accept(self):
        """Take over: who accepts is responsible and has told the customer so."""
        self._take_step("accept", accepted_by_id=self.env.uid)
        self.filtered(lambda one: not one.user_id)._write_guarded(
            {"user_id": self.env.uid}
        )
        self._stop_clock("respond", "responded_at")

    def action_grant(self):
        self._check_can("grant")
        self._do_grant()

    def _do_grant(self):
        for amount, complaints in self.grouped("compensation_amount").items():
            complaints._take_step(
                "grant", compensation_granted=amount, granted_by_id=self.env.uid
            )

    def action_answer(self):
        self._check_can("answer")
        self._do_answer()

    def _do_answer(self):
        self._take_step("answer", answered_by_id=self.env.uid)
        self._stop_clock("resolve", "answered_at")
        self._end_activities()

    def action_close(self):
        """The call back is what closes a complaint: its wizard asks for the score."""
        self._check_can("close")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Call Back"),
            "res_model": "sales.complaint.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }

    def _do_close(self, satisfaction, note):
        self._take_step(
            "close",
            satisfaction=satisfaction,
            call_note=note,
            called_by_id=self.env.uid,
            closed_at=fields.Datetime.now(),
        )
        self._end_activities()

    def action_reopen(self):
        return self._ask_reason("reopen")

    def _do_reopen(self, reason, note):
        """Back to work with a new deadline; the first answer stays in the chatter."""
        for complaint in self:
            complaint._take_step(
                "reopen",
                cancel_reason_id=reason.id,
                reason_note=note,
                reopen_count=complaint.reopen_count + 1,
                clock_at=fields.Datetime.now(),
                answered_at=False,
                closed_at=False,
                escalation_level=0,
            )
            complaint._schedule_complaint(
                complaint.user_id or self.env.user,
                complaint.resolve_due_at,
                self.env._("Reopened: %(subject)s", subject=complaint.subject),
            )

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)
        self._end_activities()

    def _end_activities(self):
        # sudo: activities of colleagues end with the reason for them
        self.sudo().activity_unlink(
            ["sales_base.mail_act_complaint", "sales_base.mail_act_complaint_late"]
        )

    # ------------------------------------------------------------------- search

    @api.model
    def _get_mine_domain(self):
        """Open complaints the current user works on: his own, those of whom he stands
        in for, those nobody has taken."""
        mine = Domain("user_id", "in", self.env.user._get_sales_acting_ids())
        nobody = Domain("user_id", "=", False)
        return Domain("state", "in", OPEN_STATES) & (mine | nobody)

    def action_view_partner_complaints(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_base.sales_complaint_action"
        )
        partner = self.commercial_partner_id
        return {
            **action,
            "domain": [("commercial_partner_id", "=", partner.id)],
            "context": {"default_partner_id": partner.id},
        }

    def action_view_proposals(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_base.sales_complaint_proposal_action"
        )
        return {
            **action,
            "domain": [("complaint_id", "=", self.id)],
            "context": {
                "default_complaint_id": self.id,
                "default_department_id": self.department_id.id,
            },
        }

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Complaints Register")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("received_at"),
            Column("partner_id.name", label=_("Customer")),
            Column("channel"),
            Column("category_id.name", label=_("Category")),
            Column("severity_id.name", label=_("Severity")),
            Column("subject", width=40),
            Column("order_id.name", label=_("Order")),
            Column("product_id.product_tmpl_id.name", label=_("Product")),
            Column("lot_id.name", label=_("Lot/Serial Number")),
            Column("user_id"),
            Column("department_id.name", label=_("Department")),
            Column("state"),
            Column("judgement"),
            Column("cause", width=40),
            Column("action_taken", width=40),
            Column("compensation_granted", total=True),
            Column("respond_hours"),
            Column("resolve_hours"),
            Column("reopen_count", total=True),
            Column("satisfaction"),
        ]
