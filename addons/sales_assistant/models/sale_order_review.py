# pylint: disable=consider-merging-classes-inherited
# The review of an order is a concept of its own beside its data and its milestones.
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import milestone, review


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

    def _get_current_review(self):
        """The review of this order that is not superseded, in sudo."""
        # sudo: the guard sees every review, whoever confirms
        return self.sudo().sales_review_ids.filtered(
            lambda review: review.state != "superseded"
        )[:1]

    # ------------------------------------------------------------------- facts

    def _judge_for_review(self):
        """Every rule's verdict on each order, with a constant number of statements.

        :returns: {order id: {"kind", "findings", "rules"}}
        """
        judged = {}
        for company, orders in self.grouped("company_id").items():
            # sudo: a rule is the same for everybody
            rules_sudo = self.env["sales.assistant.review.rule"].sudo()
            rules = rules_sudo._get_company_rules(company)
            limits = {key: rule.limit for key, rule in rules.items()}
            for order_id, facts in orders._get_review_facts(company).items():
                findings = review.judge(facts, limits)
                judged[order_id] = {
                    "kind": review.sort_kind(findings),
                    "findings": findings,
                    "rules": rules,
                }
        return judged

    def _get_review_facts(self, company):
        """What the rules look at, see ``tools.review``.

        :returns: {order id: facts}
        """
        today = company._get_sales_today()
        promised = [o.sales_promised_date for o in self if o.sales_promised_date]
        working_days = company._get_sales_working_days(
            today - timedelta(days=milestone.MARGIN), max([today, *promised])
        )
        authorities = self._get_discount_authorities(company)
        counts = self._get_previous_order_counts(company)
        facts = {}
        for order in self:
            day = order.sales_promised_date
            rate = order.currency_rate or 1.0
            facts[order.id] = {
                "amount": company.currency_id.round(order.amount_total / rate),
                "currency_id": company.currency_id.id,
                "rate": rate,
                "discount": max(
                    order._get_term_lines().mapped("discount"), default=0.0
                ),
                "authority": authorities.get(order.user_id.id),
                "term_days": order._get_term_days(today),
                "lead_days": working_days.count(today, day) if day else None,
                "promised": day.isoformat() if day else False,
                "previous_orders": counts.get(
                    order.partner_id.commercial_partner_id.id, 0
                ),
            }
        return facts

    def _get_term_days(self, day):
        """Days until the last part of the payment term is due, counted from ``day``."""
        lines = self.payment_term_id.line_ids
        return (
            max((line._get_due_date(day) - day).days for line in lines) if lines else 0
        )

    def _get_discount_authorities(self, company):
        # sudo: an authority is looked up for whoever sells
        rows = (
            self.env["sales.assistant.authority"]
            .sudo()
            .search_fetch(
                [("company_id", "=", company.id), ("user_id", "in", self.user_id.ids)],
                ["user_id", "limit"],
            )
        )
        return {row.user_id.id: row.limit for row in rows}

    def _get_previous_order_counts(self, company):
        """Confirmed orders per commercial customer."""
        customers = self.partner_id.commercial_partner_id
        groups = self.env["sale.order"]._read_group(
            [
                ("partner_id.commercial_partner_id", "in", customers.ids),
                ("state", "=", "sale"),
                ("company_id", "=", company.id),
                ("id", "not in", self.ids),
            ],
            ["partner_id"],
            ["__count"],
        )
        counts = dict.fromkeys(customers.ids, 0)
        for partner, count in groups:
            counts[partner.commercial_partner_id.id] += count
        return counts

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

    def _request_reviews(self):
        """Submit a new review of each order; a rejected one before is superseded.

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
        drafts._do_submit()
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

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._get_review_gap()

    def _check_reviewed(self):
        """Guard of every way into the state of a sales order.

        :raises UserError: naming each order and what it waits for
        """
        orders = self.filtered(lambda order: order._is_review_enabled())
        if not orders:
            return
        # sudo: the review is locked, so that it cannot be withdrawn at this moment
        orders.sudo().sales_review_ids._lock_for_step()
        gaps = [gap for order in orders if (gap := order._get_review_gap())]
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
                and order._get_review_gap()
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
        unreviewed = new.filtered(
            lambda order: (
                order._get_current_review().state not in ("in_review", "rejected")
            )
        )
        for order in unreviewed:
            current = order._get_current_review()
            if current.state == "approved":  # its terms are no longer the order's
                current._do_supersede()
        unreviewed.filtered(lambda order: order._get_term_lines())._request_reviews()
        for order in new:
            order._tell_accepted()

    def _tell_accepted(self):
        responsible = (
            self.assistant_id or self.user_id or self.team_id.user_id or self.env.user
        )
        order = self.with_context(lang=responsible.lang)
        self.message_post(
            body=order.env._(
                "The customer has accepted. The order waits for its contract review "
                "and is confirmed when that is approved."
            ),
            subtype_xmlid="mail.mt_note",
        )
        self.activity_schedule(
            "sales_assistant.mail_act_accepted",
            user_id=responsible.id,
            date_deadline=self.company_id._get_sales_today(),
        )

    def _confirm_accepted(self):
        """Confirm the orders whose customer has accepted already."""
        accepted = self.filtered(
            lambda order: (
                order.is_accepted_by_customer and order.state in ("draft", "sent")
            )
        )
        accepted.activity_feedback(["sales_assistant.mail_act_accepted"])
        accepted.with_context(send_email=True).action_confirm()
        accepted.transaction_ids._invoice_late_confirmation()
