# pylint: disable=consider-merging-classes-inherited
# The terms of an order and their changes are a concept of their own beside its review.
from contextlib import contextmanager

from markupsafe import Markup

from odoo import api, models
from odoo.tools import float_repr, float_round

from odoo.addons.sales_base.tools import snapshot

from ..tools.terms import LINE_TERMS, ORDER_TERMS

#: written fields after which the terms are compared
WATCHED = frozenset({*ORDER_TERMS, "order_line", "commitment_date", "pricelist_id"})
#: decimals of prices, quantities and percentages that count as terms
TERM_DIGITS = 6
#: place of the transaction where an outer change of terms notes the orders it watches
WATCH_KEY = "sales_assistant.watched_orders"


class SaleOrder(models.Model):
    """SA-11: the terms a review is about, and what follows when they change after it
    (根据合同更改记录重新进行合同评审, S0 职责三)."""

    _inherit = "sale.order"

    @api.model
    def _get_snapshot_spec(self):
        return {"fields": ORDER_TERMS, "lines": {"order_line": LINE_TERMS}}

    def _get_term_lines(self):
        """Lines that were agreed with the customer: neither sections nor what Odoo adds
        when it invoices a down payment, an expense or an extra quantity."""
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and not line.is_expense
                and line.product_uom_qty
            )
        )

    def _get_snapshot_contents(self):
        contents = super()._get_snapshot_contents()
        for order in self:
            kept = {line.id: line for line in order._get_term_lines()}
            lines = contents[order.id]["lines"]
            lines["order_line"] = [
                {**line, "shown": kept[line["key"]].product_id.display_name}
                for line in lines["order_line"]
                if line["key"] in kept
            ]
        return contents

    @api.model
    def _get_snapshot_values(self, record, names):
        """Numbers without the dust of their computation, texts without emptiness."""
        values = super()._get_snapshot_values(record, names)
        for entry in values.values():
            if isinstance(entry["value"], str):
                entry["value"] = entry["value"].strip() or False
            if isinstance(entry["value"], float):
                number = float_round(entry["value"], precision_digits=TERM_DIGITS)
                shown = float_repr(number, TERM_DIGITS).rstrip("0").rstrip(".")
                entry.update(value=number, shown=shown)
        return values

    def _get_changed_terms(self, terms):
        """Differences between reviewed terms and those of this order.

        :param dict terms: content of a review
        :returns: list, see ``tools.snapshot.compare``
        """
        # sudo: the terms are the same whoever compares
        now = self.sudo()._get_snapshot_contents()[self.id]
        return snapshot.compare(terms or {}, now)

    # ------------------------------------------------------------------ changes

    @contextmanager
    def _watch_terms(self, names):
        """Compare reviewed orders with their terms once a change is complete; the
        outermost change of the transaction looks, once for all of them.

        :param names: fields of the order that change; others are not watched
        """
        orders = self.browse() if WATCHED.isdisjoint(names) else self
        orders._note_change_of_terms()
        orders = orders.filtered(lambda order: order._is_confirmation_guarded())
        data = self.env.cr.precommit.data
        if not orders or WATCH_KEY in data:
            data.get(WATCH_KEY, set()).update(orders.ids)
            yield
            return
        data[WATCH_KEY] = set(orders.ids)
        try:
            yield
            watched = data[WATCH_KEY]
        finally:
            data.pop(WATCH_KEY, None)
        self.env["sale.order"].browse(watched).exists()._follow_changed_terms()

    def _follow_changed_terms(self):
        result = super()._follow_changed_terms()
        self._renew_changed_reviews()
        return result

    def _renew_changed_reviews(self):
        """SA-11: terms that differ from the reviewed ones supersede the review and ask
        for a new one (根据合同更改记录重新进行合同评审, S0 职责三)."""
        # sudo: a change is seen whoever makes it
        reviews_sudo = (
            self.env["sales.assistant.review"]
            .sudo()
            .search(
                [
                    ("order_id", "in", self._filter_review_enabled().ids),
                    ("state", "in", ("in_review", "approved")),
                ]
            )
        )
        if not reviews_sudo:
            return
        contents = reviews_sudo.order_id._get_snapshot_contents()
        changed = reviews_sudo.filtered(
            lambda record: snapshot.compare(record.terms, contents[record.order_id.id])
        )
        if not changed:
            return
        changed._do_supersede()
        orders_sudo = changed.order_id
        for record in changed:
            record.order_id._tell_changed(record, contents[record.order_id.id])
        orders_sudo._forget_acceptance()
        # an order emptied for rework is asked for by hand once it is complete again
        complete = orders_sudo.filtered(
            lambda order: order.state != "cancel" and order._get_term_lines()
        )
        complete._request_reviews(is_revision=True)

    def _forget_acceptance(self):
        """What the customer accepted are no longer the terms."""
        self.filtered(lambda order: order.state in ("draft", "sent")).write(
            {"is_accepted_by_customer": False, "accepted_by_customer_at": False}
        )
        self.activity_unlink(["sales_assistant.mail_act_accepted"])

    def _tell_changed(self, old_review, terms):
        """Say in the chatter what was changed after the review."""
        _ = self.env._
        rows = old_review._get_change_rows(self, old_review.terms, terms)
        items = Markup("").join(Markup("<li>%s: %s → %s</li>") % row for row in rows)
        text = _(
            "Changed after the contract review %(review)s:", review=old_review.name
        )
        body = Markup("<p>%s</p><ul>%s</ul>") % (text, items)
        if self.is_accepted_by_customer and self.state != "sale":
            body += Markup("<p>%s</p>") % _(
                "The customer had accepted the terms before: agree the new ones with "
                "him."
            )
        self.message_post(body=body, subtype_xmlid="mail.mt_note")

    def _recompute_prices(self):
        with self._watch_terms({"order_line"}):
            return super()._recompute_prices()
