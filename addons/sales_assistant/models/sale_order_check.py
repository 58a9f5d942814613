# pylint: disable=consider-merging-classes-inherited
# The four-eyes check of an order is a concept of its own beside its review.
from odoo import api, fields, models
from odoo.exceptions import UserError

from .sales_assistant_check import CHECK_STATES, FEATURE
from .sales_assistant_check_mixin import CLOSED


class SaleOrder(models.Model):
    """SA-13: a quotation is sent and an order confirmed only after somebody who did not
    prepare it has checked it, by whatever way; a customer who signs or pays is not sent
    away (所有工作都要经过双人或多人复核制, S3)."""

    _name = "sale.order"
    _inherit = ["sale.order", "sales.assistant.check.mixin"]

    _check_link = "order_id"
    _check_kinds = ("quotation", "order")

    sales_preparer_ids = fields.Many2many(relation="sale_order_preparer_rel")
    sales_check_ids = fields.One2many(
        "sales.assistant.check",
        "order_id",
        "Four-Eyes Checks",
        copy=False,
        domain=[("document_set_id", "=", False)],
        groups=FEATURE,
    )
    sales_check_state = fields.Selection(
        [state for state in CHECK_STATES if state[0] != "superseded"],
        "Check",
        compute="_compute_sales_check_state",
        groups=FEATURE,
    )
    sales_check_count = fields.Integer(
        compute="_compute_sales_check_state", groups=FEATURE
    )
    is_sales_check_required = fields.Boolean(
        compute="_compute_is_sales_check_required", groups=FEATURE
    )

    # ---------------------------------------------------------------- computes

    @api.depends("sales_check_ids.state")
    def _compute_sales_check_state(self):
        for order in self:
            # sudo: the state is the same for every reader
            checks_sudo = order.sudo().sales_check_ids
            order.sales_check_count = len(checks_sudo)
            order.sales_check_state = checks_sudo.filtered(
                lambda check: check.state != "superseded"
            )[:1].state

    @api.depends("company_id", "state", "sales_check_ids.state")
    def _compute_is_sales_check_required(self):
        for order in self:
            order.is_sales_check_required = (
                order.state in ("draft", "sent")
                and order._is_check_enabled()
                and order.sales_check_state != "open"
                and bool(order._get_check_gap(order._get_check_kind()))
            )

    # ------------------------------------------------------------------ closed

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and field.name in CLOSED:
            return False
        return super()._has_field_access(field, operation)

    # ------------------------------------------------------------------- hooks

    def _get_check_kind(self):
        """A draft is a quotation that is to be sent, unless only orders are checked or
        it has been checked for sending already."""
        if self.state == "draft" and self._get_sending_gap():
            return "quotation"
        if self._get_required_checkers("order"):
            return "order"
        return "quotation"

    def _has_check_content(self):
        return bool(self._get_term_lines()) and self.state != "cancel"

    def _follow_passed_check(self):
        self._confirm_accepted()

    def _tell_failed_check(self, check):
        self.message_post(
            body=self.env._(
                "Error found at the check %(check)s: %(kind)s. %(note)s",
                check=check.name,
                kind=check.cancel_reason_id.name,
                note=check.reason_note or "",
            ),
            subtype_xmlid="mail.mt_note",
        )

    def action_view_checks(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Four-Eyes Checks"),
            "res_model": "sales.assistant.check",
            "view_mode": "list,form",
            "domain": [("order_id", "in", self.ids)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------ confirmation

    def _is_confirmation_guarded(self):
        return super()._is_confirmation_guarded() or self._is_check_enabled()

    def _get_confirmation_gaps(self):
        gaps = super()._get_confirmation_gaps()
        return {
            order: gap or order._get_check_gap("order") for order, gap in gaps.items()
        }

    def _lock_confirmation_guards(self):
        result = super()._lock_confirmation_guards()
        # sudo: whoever confirms
        self.sudo().sales_check_ids.filtered(
            lambda check: check.state != "superseded"
        )._lock_for_step()
        return result

    def _request_for_accepted(self):
        result = super()._request_for_accepted()
        for order in self:
            state = order._get_current_check().state
            if state in ("open", "failed") or not order._get_check_gap("order"):
                continue
            if order._has_check_content():
                order._request_checks()
        return result

    def _get_waiting_words(self):
        if not self._get_check_gap("order"):
            return super()._get_waiting_words()
        return self.env._(
            "The customer has accepted. The order waits for its four-eyes check and is "
            "confirmed when that is done."
        )

    def _note_change_of_terms(self):
        result = super()._note_change_of_terms()
        self._note_preparer()
        return result

    def _follow_changed_terms(self):
        result = super()._follow_changed_terms()
        renewed = self._renew_changed_checks()
        renewed.sudo()._forget_acceptance()  # sudo: a change is seen whoever makes it
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        # sudo: a cancelled order is not checked any further, whoever cancels
        open_sudo = self.sudo().sales_check_ids.filtered(
            lambda check: check.state == "open"
        )
        open_sudo._do_withdraw()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_checked(self):
        self.sudo().sales_check_ids.unlink()  # sudo: the checks refuse by themselves

    # ----------------------------------------------------------------- sending

    def _get_sending_gap(self):
        """Why this quotation must not leave yet, or False. A customer who has signed or
        paid has it already, and a cart that he filled himself is his own."""
        if self.state not in ("draft", "sent") or self._is_customer_committed():
            return False
        if self._is_prepared_by_customer():
            return False
        return self._get_check_gap("quotation")

    def _is_prepared_by_customer(self):
        order_sudo = self.sudo()  # sudo: for the guard
        people = order_sudo.create_uid | order_sudo.sales_preparer_ids
        return all(people.mapped("share"))

    def _check_sending(self):
        """Guard of every way a quotation leaves.

        :raises UserError: naming each quotation and what it waits for
        """
        gaps = [gap for order in self if (gap := order._get_sending_gap())]
        if gaps:
            raise UserError("\n".join(gaps))

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sent")._check_sending()
        return orders

    def write(self, vals):
        sent = self.browse()
        if vals.get("state") == "sent":
            sent = self.filtered(lambda order: order.state != "sent")
        result = super().write(vals)
        sent._check_sending()
        return result

    def action_quotation_send(self):
        self._check_sending()
        return super().action_quotation_send()
