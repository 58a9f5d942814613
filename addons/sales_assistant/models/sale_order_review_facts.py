# pylint: disable=consider-merging-classes-inherited
# What the rules look at is a concept of its own beside the review's life.
from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import milestone, review


class SaleOrder(models.Model):
    """SA-11: facts and verdicts of the review rules (特殊合同, S0 职责三), gathered
    with a constant number of statements for any number of orders."""

    _inherit = "sale.order"

    def _judge_for_review(self, limits=None, is_rehearsal=False):
        """Every rule's verdict on each order.

        :param dict limits: {rule key: limit} to try instead of the rule's own
        :param bool is_rehearsal: as on the day of the order, not as of today; what is
            owed and how the customer is graded is always as of today
        :returns: {order id: {"kind", "findings", "rules"}}
        """
        judged = {}
        for company, orders in self.grouped("company_id").items():
            # sudo: a rule is the same for everybody
            rules_sudo = self.env["sales.assistant.review.rule"].sudo()
            rules = rules_sudo._get_company_rules(company)
            asked = {key: rule._get_check_limit() for key, rule in rules.items()}
            asked.update(limits or {})
            facts_by_order = orders._get_review_facts(company, is_rehearsal)
            for order_id, facts in facts_by_order.items():
                findings = review.judge(facts, asked)
                judged[order_id] = {
                    "kind": review.sort_kind(findings),
                    "findings": findings,
                    "rules": rules,
                }
        return judged

    def _get_review_facts(self, company, is_rehearsal=False):
        """What the rules look at, see ``tools.review``.

        :returns: {order id: facts}
        """
        today = company._get_sales_today()
        days = dict.fromkeys(self.ids, today)
        if is_rehearsal:
            days = {one.id: company._get_sales_day(one.date_order) for one in self}
        promised = [o.sales_promised_date for o in self if o.sales_promised_date]
        working_days = company._get_sales_working_days(
            min(days.values()) - timedelta(days=milestone.MARGIN),
            max([*days.values(), *promised]),
        )
        authorities = self._get_discount_authorities(company)
        counts = self._get_previous_order_counts(company, is_rehearsal)
        overdue = self._get_overdue_receivables(company, today)
        facts = {}
        for order in self:
            day, promise = days[order.id], order.sales_promised_date
            rate = order.currency_rate or 1.0
            customer = order.partner_id.commercial_partner_id
            owed, since = overdue.get(customer.id, (0.0, False))
            grade = customer.with_company(company).sales_grade_id
            facts[order.id] = {
                "amount": company.currency_id.round(order.amount_total / rate),
                "currency_id": company.currency_id.id,
                "rate": rate,
                "discount": max(
                    order._get_term_lines().mapped("discount"), default=0.0
                ),
                "authority": authorities.get(order.user_id.id),
                "term_days": order._get_term_days(day),
                "lead_days": working_days.count(day, promise) if promise else None,
                "promised": promise.isoformat() if promise else False,
                "previous_orders": counts.get(order.id, 0),
                "margin": order._get_margin_percent(company),
                "overdue": company.currency_id.round(owed),
                "overdue_since": since.isoformat() if since else False,
                "grade": [grade.sequence, grade.name] if grade else None,
                "requirement": (order.sales_special_requirement or "").strip() or False,
                "is_oral": order.is_sales_oral_contract,
            }
        return facts

    def _get_term_days(self, day):
        """Days until the last part of the payment term is due, counted from ``day``."""
        lines = self.payment_term_id.line_ids
        return (
            max((line._get_due_date(day) - day).days for line in lines) if lines else 0
        )

    def _get_margin_percent(self, company):
        """Margin of the lines whose product has a cost, in percent of their net amount.

        :returns: percent with two decimals, or None where no cost is known
        """
        net = cost = 0.0
        for line in self._get_term_lines():
            product = line.product_id.with_company(company)
            if not product.standard_price:
                continue
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, product.uom_id, round=False
            )
            net += line.price_subtotal / (self.currency_rate or 1.0)
            cost += quantity * product.standard_price
        if not net:
            return -100.0 if cost else None
        return round(100 * (net - cost) / net, 2)

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

    def _get_previous_order_counts(self, company, is_rehearsal=False):
        """Confirmed orders of the commercial customer besides these orders, or in a
        rehearsal those that were ordered before each of them.

        :returns: {order id: count}
        """
        if not is_rehearsal:
            return self._get_known_order_counts(company)
        self.env["sale.order"].flush_model(["partner_id", "state", "date_order"])
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id, count(earlier.id)
                  FROM sale_order o
                  JOIN res_partner customer ON customer.id = o.partner_id
                  JOIN res_partner buyer
                    ON buyer.commercial_partner_id = customer.commercial_partner_id
             LEFT JOIN sale_order earlier
                    ON earlier.partner_id = buyer.id
                   AND earlier.state = 'sale'
                   AND earlier.company_id = %(company_id)s
                   AND earlier.date_order < o.date_order
                 WHERE o.id = ANY(%(ids)s)
              GROUP BY o.id
                """,
                company_id=company.id,
                ids=list(self.ids),
            )
        )
        return dict(rows)

    def _get_known_order_counts(self, company):
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
        return {o.id: counts[o.partner_id.commercial_partner_id.id] for o in self}

    def _get_overdue_receivables(self, company, today):
        """Open invoices past their day, per commercial customer.

        :returns: {partner id: (amount in company currency, oldest due day)}
        """
        customers = self.partner_id.commercial_partner_id
        # sudo: what a customer owes is looked up for whoever sells to him
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                Domain("partner_id.commercial_partner_id", "in", customers.ids)
                & Domain("company_id", "=", company.id)
                & Domain("parent_state", "=", "posted")
                & Domain("account_id.account_type", "=", "asset_receivable")
                & Domain("amount_residual", ">", 0)
                & Domain("date_maturity", "<", today),
                ["partner_id"],
                ["amount_residual:sum", "date_maturity:min"],
            )
        )
        owed = {}
        for partner, amount, since in groups:
            customer = partner.commercial_partner_id.id
            before, oldest = owed.get(customer, (0.0, since))
            owed[customer] = (before + amount, min(oldest, since))
        return owed
