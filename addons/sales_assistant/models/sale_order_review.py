# pylint: disable=consider-merging-classes-inherited
# The review of an order is a concept of its own beside its data and its milestones.
from odoo import api, fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """SA-11: an order is confirmed only after its review, by whatever way.

    What lets it through is an approved review in the database whose terms are still
    the order's, never the context or the user. A customer who signs or pays is not
    sent away: his signature or payment stays, the order is marked as accepted and
    waits, and the approval confirms it.
    """

    _inherit = "sale.order"

    # ---------------------------------------------------------------- computes

    @api.depends("sales_review_ids.state")
    def _compute_sales_review_id(self):
        for order in self:
            reviews = order.sales_review_ids
            order.sales_review_count = len(reviews)
            order.sales_review_id = reviews.filtered(
                lambda review: review.state != "superseded"
            )[:1]

    @api.depends("sales_review_ids.state")
    def _compute_sales_review_state(self):
        for order in self:
            order.sales_review_state = order._get_current_review().state

    @api.depends("company_id", "state")
    def _compute_is_sales_review_required(self):
        for order in self:
            order.is_sales_review_required = order.state in ("draft", "sent") and (
                order._is_review_enabled()
            )

    def _is_review_enabled(self):
        # sudo: public customers confirm orders of companies they may not read
        return self.company_id.sudo().sales_assistant_review_enabled

    def _filter_review_enabled(self):
        return self.filtered(lambda order: order._is_review_enabled())

    def _get_current_review(self):
        """The review of this order that is not superseded, in sudo."""
        # sudo: the guard sees every review, whoever confirms
        return self.sudo().sales_review_ids.filtered(
            lambda review: review.state != "superseded"
        )[:1]

    # ----------------------------------------------------------------- request

    def action_request_review(self):
        """SA-11: ask for the review of these orders."""
        self.check_access("write")
        reviews = self._request_reviews()
        if len(reviews) != 1:
            return self.action_view_reviews()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.assistant.review",
            "res_id": reviews.id,
            "view_mode": "form",
        }

    def _request_reviews(self, is_revision=False):
        """Submit a new review of each order; a rejected one before is superseded.

        :param bool is_revision: terms of an open or approved review have changed: what
            the departments said about the others still holds
        :returns: the reviews
        :raises UserError: an order has an open or valid review, or nothing to review
        """
        # sudo: whoever may write the order may ask; steps look at user and state
        reviews_sudo = self.env["sales.assistant.review"].sudo()
        for order in self:
            current = order._get_current_review()
            if current.state in ("in_review", "approved"):
                raise UserError(
                    self.env._(
                        "%(order)s: the review %(review)s is there already.",
                        order=order.name,
                        review=current.name,
                    )
                )
            reviews_sudo |= current
        drafts = reviews_sudo.filtered(lambda record: record.state == "draft")
        (reviews_sudo - drafts)._do_supersede()
        missing = self - drafts.order_id
        drafts |= reviews_sudo.create([{"order_id": order.id} for order in missing])
        refused = drafts._get_cannot_reasons("submit")
        if any(refused.values()):
            raise UserError(
                "\n".join(
                    f"{draft.order_id.name}: {refused[draft.id]}"
                    for draft in drafts
                    if refused[draft.id]
                )
            )
        drafts._check_terms("submit")
        drafts._do_submit(is_revision)
        return drafts.sudo(False)

    def action_view_reviews(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contract Reviews"),
            "res_model": "sales.assistant.review",
            "view_mode": "list,form",
            "domain": [("order_id", "in", self.ids)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------- guard

    def _get_review_gap(self):
        """Why this order cannot be confirmed yet, or False.

        Asked of the database alone: neither context nor sudo change the answer.
        """
        self.ensure_one()
        if not self._is_review_enabled():
            return False
        _ = self.env._
        current = self._get_current_review()
        if not current or current.state == "draft":
            return _("%(order)s: request its contract review first.", order=self.name)
        names = {"order": self.name, "review": current.name}
        if current.state == "in_review":
            return _("%(order)s waits for its contract review %(review)s.", **names)
        if current.state == "rejected":
            return _("%(order)s: its contract review %(review)s was rejected.", **names)
        if self._get_changed_terms(current.terms):
            return _(
                "%(order)s was changed after its contract review %(review)s: request "
                "the review again.",
                **names,
            )
        return False

    def _is_confirmation_guarded(self):
        return self._is_review_enabled() or super()._is_confirmation_guarded()

    def _get_confirmation_gaps(self):
        """The review comes first."""
        gaps = super()._get_confirmation_gaps()
        return {order: order._get_review_gap() or gap for order, gap in gaps.items()}

    def _lock_confirmation_guards(self):
        result = super()._lock_confirmation_guards()
        self.sudo().sales_review_ids._lock_for_step()  # sudo: whoever confirms
        return result

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._get_confirmation_gap()

    def _check_reviewed(self):
        """Guard of every way into the state of a sales order.

        :raises UserError: naming each order and what it waits for
        """
        orders = self.filtered(lambda order: order._is_confirmation_guarded())
        if not orders:
            return
        orders._lock_confirmation_guards()
        gaps = [gap for gap in orders._get_confirmation_gaps().values() if gap]
        if gaps:
            raise UserError("\n".join(gaps))

    def action_confirm(self):
        waiting = self._filter_accepted_waiting()
        if not waiting:
            return super().action_confirm()
        waiting._hold_accepted()
        rest = self - waiting
        return super(SaleOrder, rest).action_confirm() if rest else True

    def _filter_accepted_waiting(self):
        """Orders that their customer has just signed or paid and that still wait for
        the review. Portal and payment act in sudo; a person at the desk is refused
        instead, and nothing is let through in either case."""
        if not self.env.su:
            return self.browse()
        return self.filtered(
            lambda order: (
                order.state in ("draft", "sent")
                and order._is_customer_committed()
                and order._get_confirmation_gap()
            )
        )

    def _is_customer_committed(self):
        """Whether a signature or a payment of the customer is on record."""
        if self.signature and self.signed_on:
            return True
        # sudo: transactions are read by accountants only
        return any(
            transaction.state in ("pending", "authorized", "done")
            for transaction in self.sudo().transaction_ids
        )

    def _hold_accepted(self):
        """Keep the acceptance, say that the order waits, and see that somebody acts."""
        new = self.filtered(lambda order: not order.is_accepted_by_customer)
        new.write(
            {
                "is_accepted_by_customer": True,
                "accepted_by_customer_at": fields.Datetime.now(),
            }
        )
        new._request_for_accepted()
        for order in new:
            order._tell_accepted()

    def _request_for_accepted(self):
        result = super()._request_for_accepted()
        unreviewed = self.filtered(
            lambda order: (
                order._is_review_enabled()
                and order._get_current_review().state not in ("in_review", "rejected")
                and order._get_review_gap()
            )
        )
        for order in unreviewed:
            current = order._get_current_review()
            if current.state == "approved":  # its terms are no longer the order's
                current._do_supersede()
        unreviewed.filtered(lambda order: order._get_term_lines())._request_reviews()
        return result

    def _get_waiting_words(self):
        if not self._get_review_gap():
            return super()._get_waiting_words()
        return self.env._(
            "The customer has accepted. The order waits for its contract review "
            "and is confirmed when that is approved."
        )

    def _tell_accepted(self):
        responsible = (
            self.assistant_id or self.user_id or self.team_id.user_id or self.env.user
        )
        order = self.with_context(lang=responsible.lang)
        self.message_post(
            body=order._get_waiting_words(),
            subtype_xmlid="mail.mt_note",
        )
        self.activity_schedule(
            "sales_assistant.mail_act_accepted",
            user_id=responsible.id,
            date_deadline=self.company_id._get_sales_today(),
        )

    def _confirm_accepted(self):
        """Confirm the orders whose customer has accepted already and that lack nothing
        any more."""
        accepted = self.filtered(
            lambda order: (
                order.is_accepted_by_customer
                and order.state in ("draft", "sent")
                and not order._get_confirmation_gap()
            )
        )
        accepted.activity_feedback(["sales_assistant.mail_act_accepted"])
        accepted.with_context(send_email=True).action_confirm()
        accepted.transaction_ids._invoice_late_confirmation()
