# pylint: disable=consider-merging-classes-inherited
# The usual pattern of a customer is a concept of its own beside the order's data.
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import pattern
from .sales_assistant_order_mixin import PATTERN


class SaleOrder(models.Model):
    """SA-09: what is unusual about a quotation is shown while it is written, and where
    the company wants it, an order is confirmed only after it was checked with the
    customer (如果有异常,及时跟客人确认, S0 3·2 d).

    The guard asks the order's lines and the recorded checks in the database, neither
    the context nor the user; it stands beside that of the contract review.
    """

    _inherit = "sale.order"

    sales_pattern_findings = fields.Json(
        "Unusual for This Customer",
        compute="_compute_sales_pattern_findings",
        groups=PATTERN,
    )
    sales_pattern_open_count = fields.Integer(
        compute="_compute_sales_pattern_findings", groups=PATTERN
    )
    sales_pattern_finding_ids = fields.One2many(
        "sales.assistant.pattern.finding",
        "order_id",
        "Pattern Checks",
        copy=False,
        groups=PATTERN,
    )

    # ---------------------------------------------------------------- computes

    @api.depends(
        "company_id",
        "currency_id",
        "order_line.discount",
        "order_line.price_unit",
        "order_line.product_id",
        "order_line.product_uom_id",
        "order_line.product_uom_qty",
        "partner_id",
        "partner_shipping_id",
        "pricelist_id",
        "sales_pattern_finding_ids",
        "state",
    )
    @api.depends_context("lang")
    def _compute_sales_pattern_findings(self):
        open_orders = self.filtered(lambda order: order.state in ("draft", "sent"))
        (self - open_orders).sales_pattern_findings = []
        (self - open_orders).sales_pattern_open_count = 0
        model = self.env["sales.assistant.pattern.finding"]
        found = open_orders._find_unusual()
        for order in open_orders:
            rows = []
            for finding in found[order]:
                answered = order._find_answer(finding)
                rows.append(
                    {
                        "key": finding.key,
                        "product_id": finding.product or False,
                        "sentence": model._word_finding(finding.key, finding.facts),
                        "orders": finding.orders,
                        "is_checked": bool(answered),
                    }
                )
            order.sales_pattern_findings = rows
            order.sales_pattern_open_count = sum(not row["is_checked"] for row in rows)

    # ------------------------------------------------------------------- facts

    def _find_unusual(self):
        """What is unusual about each order, compared with the customer's own past.

        :returns: {order: list of ``pattern.Finding``, facts ready to be stored}
        """
        found = {}
        for company, orders in self.grouped("company_id").items():
            # sudo: the past counts whoever sold, and whoever confirms
            found.update(orders.sudo()._find_unusual_of(company.sudo()))
        return {order: found.get(order._origin.id or order.id, []) for order in self}

    def _find_unusual_of(self, company):
        customers = self.partner_id.commercial_partner_id._origin
        if not customers or not self.order_line.product_id:
            return {}
        answers = self.env["sales.assistant.pattern.finding"]._get_lessons(
            customers, company
        )
        history = self._get_pattern_history(customers, company, answers)
        prices = self._get_pattern_list_prices()
        today = company._get_sales_today().toordinal()
        found = {}
        for order in self:
            customer = order.partner_id.commercial_partner_id._origin.id
            findings = pattern.judge(
                history.get(customer, []),
                order._get_pattern_facts(today, prices),
                share=company.sales_assistant_pattern_share / 100,
                sensitivity=answers.get_sensitivity(customer),
                least=company.sales_assistant_pattern_orders,
            )
            found[order._origin.id or order.id] = [
                finding._replace(facts=order._prepare_pattern_facts(finding))
                for finding in findings
            ]
        return found

    def _get_pattern_facts(self, day, list_prices):
        """The quotation as ``tools.pattern`` reads it, dated as if confirmed today."""
        items = []
        for line in self.order_line:
            product = line.product_id._origin
            if not product or line.display_type or line.is_downpayment:
                continue
            uom = line.product_uom_id or product.uom_id
            net = line.price_unit * (1 - (line.discount or 0) / 100)
            items.append(
                pattern.Item(
                    product.id,
                    uom._compute_quantity(
                        line.product_uom_qty, product.uom_id, round=False
                    ),
                    uom._compute_price(net, product.uom_id),
                    list_prices.get((self.pricelist_id.id, product.id), 0.0),
                    False,
                    self.currency_id.id,
                )
            )
        return pattern.Past(0, day, self.partner_shipping_id._origin.id, items)

    def _get_pattern_list_prices(self):
        """:returns: {(pricelist id, product id): list price of one unit}"""
        prices = {}
        for pricelist, orders in self.grouped("pricelist_id").items():
            products = orders.order_line.product_id._origin
            found = pricelist._get_products_price(products, 1.0)
            prices.update(
                {(pricelist.id, product): price for product, price in found.items()}
            )
        return prices

    def _get_pattern_history(self, customers, company, answers):
        """The newest confirmed orders of customers, in one statement; units come in a
        second one, as there are far fewer of them than lines.

        :returns: {commercial customer's id: [``pattern.Past``], oldest first}
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH past AS (
                    SELECT o.id, p.commercial_partner_id AS customer, o.currency_id,
                           o.partner_shipping_id AS address,
                           (o.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date
                               AS day,
                           row_number() OVER (
                               PARTITION BY p.commercial_partner_id
                               ORDER BY o.date_order DESC, o.id DESC
                           ) AS place
                      FROM sale_order o
                      JOIN res_partner p ON p.id = o.partner_id
                     WHERE p.commercial_partner_id = ANY(%(customers)s)
                       AND o.company_id = %(company)s
                       AND o.state = 'sale'
                       AND NOT o.id = ANY(%(own)s)
                )
                SELECT past.customer, past.id, past.day, past.address,
                       past.currency_id, l.product_id, l.product_uom_id,
                       l.product_uom_qty,
                       l.price_unit * (1 - COALESCE(l.discount, 0) / 100),
                       l.technical_price_unit
                  FROM past
                  JOIN sale_order_line l ON l.order_id = past.id
                 WHERE past.place <= %(most)s
                   AND l.display_type IS NULL
                   AND l.product_id IS NOT NULL
                   AND l.product_uom_id IS NOT NULL
                   AND l.is_downpayment IS NOT TRUE
                   AND l.product_uom_qty > 0
              ORDER BY past.customer, past.day, past.id, l.id
                """,
                tz=str(company._get_sales_tz()),
                customers=customers.ids,
                company=company.id,
                own=[id_ for id_ in self._origin.ids if id_],
                most=pattern.ORDERS_MOST,
            )
        )
        factors = self._get_pattern_factors({row[5:7] for row in rows})
        history = {}
        for customer, id_, day, address, currency, product, uom, *amounts in rows:
            factor = factors[product, uom]
            quantity = amounts[0] * factor
            price, listed = ((amount or 0.0) / factor for amount in amounts[1:])
            if answers.is_error(id_, product, quantity, price):
                continue
            orders = history.setdefault(customer, [])
            if not orders or orders[-1].id != id_:
                orders.append(pattern.Past(id_, day.toordinal(), address, []))
            orders[-1].items.append(
                pattern.Item(
                    product,
                    quantity,
                    price,
                    listed,
                    answers.is_right(id_, product),
                    currency,
                )
            )
        return history

    @api.model
    def _get_pattern_factors(self, pairs):
        """How many units of a product are one of the unit it was sold in.

        :param set pairs: (product id, id of the line's unit)
        :returns: {pair: factor}
        """
        if not pairs:
            return {}
        products, units = map(list, zip(*pairs, strict=True))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT pair.product, pair.unit, sold.factor / own.factor
                  FROM unnest(%(products)s, %(units)s) AS pair(product, unit)
                  JOIN product_product product ON product.id = pair.product
                  JOIN product_template t ON t.id = product.product_tmpl_id
                  JOIN uom_uom own ON own.id = t.uom_id
                  JOIN uom_uom sold ON sold.id = pair.unit
                """,
                products=products,
                units=units,
            )
        )
        return {(product, unit): float(factor) for product, unit, factor in rows}

    def _prepare_pattern_facts(self, finding):
        """Facts of a finding as they are stored: amounts with their currency, names by
        id, expectations without false precision."""
        facts = dict(finding.facts)
        if finding.product:
            facts["product_id"] = finding.product
        for name in ("low", "high", "expected"):
            if name in facts:
                facts[name] = tidy(facts[name])
        if finding.key == "price":
            for name in ("value", "least", "most", "low", "high", "expected"):
                facts[f"{name}_amount"] = [facts.pop(name), self.currency_id.id]
        return facts

    # ------------------------------------------------------------------- guard

    def _is_pattern_guarded(self):
        # sudo: public customers confirm orders of companies they may not read
        return self.company_id.sudo()._is_sales_pattern_guarded()

    def _find_answer(self, finding):
        """The recorded check of a finding, as long as the value is the same."""
        # sudo: the guard sees every check, whoever confirms
        return self.sudo().sales_pattern_finding_ids.filtered(
            lambda one: one.answer != "error" and one._is_about(finding)
        )[:1]

    def _get_pattern_gaps(self):
        """Why these orders cannot be confirmed yet: {order: text or False}."""
        guarded = self.filtered(lambda order: order._is_pattern_guarded())
        found = guarded._find_unusual()
        gaps = dict.fromkeys(self, False)
        # sudo: whoever confirms hears what is unusual, in words
        model_sudo = self.env["sales.assistant.pattern.finding"].sudo()
        for order in guarded:
            unchecked = [
                model_sudo._word_finding(finding.key, finding.facts)
                for finding in found[order]
                if not order._find_answer(finding)
            ]
            if unchecked:
                gaps[order] = self.env._(
                    "%(order)s is unusual for this customer. Check with the customer "
                    "and record the check first:\n%(findings)s",
                    order=order.name,
                    findings="\n".join(f"- {sentence}" for sentence in unchecked),
                )
        return gaps

    def _is_confirmation_guarded(self):
        return super()._is_confirmation_guarded() or self._is_pattern_guarded()

    def _get_confirmation_gaps(self):
        """The check with the customer comes after all others."""
        gaps = super()._get_confirmation_gaps()
        ready = self.filtered(lambda order: not gaps[order])
        return {**gaps, **ready._get_pattern_gaps()}

    def _get_waiting_words(self):
        return super()._get_waiting_words() or self.env._(
            "The customer has accepted. The order is unusual for this customer: it is "
            "confirmed when the check with the customer is recorded."
        )

    def _action_confirm(self):
        result = super()._action_confirm()
        self.env["sales.assistant.pattern"]._take_orders(self)
        return result

    # ----------------------------------------------------------------- actions

    def action_check_pattern(self):
        """SA-09: record what was checked with the customer."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check with the Customer"),
            "res_model": "sales.assistant.pattern.check",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_view_pattern_checks(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pattern Checks"),
            "res_model": "sales.assistant.pattern.finding",
            "view_mode": "list,form",
            "domain": [("order_id", "=", self.id)],
        }


def tidy(value):
    """Three significant digits.

    >>> tidy(1234.5), tidy(0.98765)
    (1230.0, 0.988)
    """
    return float(f"{value:.3g}")
