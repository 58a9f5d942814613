from odoo import api, fields, models
from odoo.tools import float_compare
from odoo.tools.translate import LazyTranslate

from odoo.addons.sales_base.tools import fact

_lt = LazyTranslate(__name__)

PATTERN_KEYS = [
    ("quantity", "Quantity"),
    ("price", "Price"),
    ("interval", "Interval"),
    ("product", "Product"),
    ("companion", "Companion Item"),
    ("destination", "Destination"),
]
PATTERN_ANSWERS = [
    ("confirmed", "Unusual, the customer wants it so"),
    ("usual", "Usual for this customer (false alarm)"),
    ("error", "An error, to be corrected"),
]
PATTERN_CHANNELS = [
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("message", "Message"),
    ("visit", "Visit"),
    ("letter", "Letter"),
]
SENTENCES = {
    "quantity": _lt(
        "%(product)s: %(value)s %(unit)s; the last %(count)s orders were %(least)s to "
        "%(most)s. Usual now: %(low)s to %(high)s (%(total)s orders)."
    ),
    "price": _lt(
        "%(product)s at %(value_amount)s; the last %(count)s prices were "
        "%(least_amount)s to %(most_amount)s. Usual now: %(low_amount)s to "
        "%(high_amount)s (%(total)s orders)."
    ),
    "interval": _lt(
        "%(value)s days after the order before; the last %(count)s intervals were "
        "%(least)s to %(most)s days. Usual now: %(low)s to %(high)s (%(total)s "
        "intervals)."
    ),
    "product": _lt(
        "%(product)s was never ordered before; the last %(total)s orders held "
        "%(products)s products, %(firsts)s times a new one."
    ),
    "companion": _lt(
        "%(product)s is missing: it came with %(with)s in %(count)s of %(total)s "
        "orders."
    ),
    "destination": _lt(
        "First delivery to %(address)s; the last %(total)s orders went to %(places)s "
        "other addresses."
    ),
}
#: a false alarm leaves this much of the sensitivity; the least that remains
LEFT, SENSITIVITY_LEAST = 0.7, 0.1


class Lessons:
    """What past checks of some customers taught."""

    def __init__(self, findings):
        self.right, self.errors, self.balance = set(), {}, {}
        for one in findings:
            order, product = one.order_id.id, one.product_id.id
            if one.answer == "error":
                self.errors.setdefault((order, product), []).append(one)
            else:
                self.right.add((order, product))
            counted = self.balance.setdefault(one.commercial_partner_id.id, {})
            counted.setdefault(one.answer, set()).add(order)

    def is_right(self, order, product):
        return (order, product) in self.right

    def is_error(self, order, product, quantity, price):
        """Whether a line still holds what was found to be an error: it teaches
        nothing. A corrected line is as good as any."""
        errors = self.errors.get((order, product))
        return bool(errors) and any(
            one._is_same_value({"quantity": quantity, "price": price}[one.key])
            for one in errors
            if one.key in ("quantity", "price")
        )

    def get_sensitivity(self, customer):
        """1, less for each order with a false alarm; an error found takes one back."""
        counts = self.get_counts(customer)
        return max(LEFT ** max(counts["usual"] - counts["error"], 0), SENSITIVITY_LEAST)

    def get_counts(self, customer):
        """Orders of a customer by what their checks showed."""
        counted = self.balance.get(customer, {})
        return {
            answer: len(counted.get(answer, ())) for answer, _label in PATTERN_ANSWERS
        }


class SalesAssistantPatternFinding(models.Model):
    """SA-09: something unusual that was checked with the customer: by whom, with whom,
    how, and what came of it. Kept as it was found, for good.

    A confirmed surprise counts as any usual order from then on, a false alarm lowers
    the sensitivity for this customer, an error is corrected and teaches nothing.
    """

    _name = "sales.assistant.pattern.finding"
    _inherit = ["sales.finding.mixin"]
    _description = "Pattern Check"
    _order = "id desc"
    _rec_name = "order_id"

    key = fields.Selection(PATTERN_KEYS, string="Feature", index=True)
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        related="order_id.partner_id",
        string="Customer",
        store=True,
        index=True,
        precompute=True,
    )
    commercial_partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id",
        string="Customer's Company",
        store=True,
        index=True,
        precompute=True,
    )
    product_id = fields.Many2one("product.product", readonly=True, index=True)
    value = fields.Float(readonly=True, digits=(16, 6))
    compared = fields.Json("Compared Orders", readonly=True)

    # check
    answer = fields.Selection(PATTERN_ANSWERS, required=True, readonly=True, index=True)
    contact_name = fields.Char("Checked with", required=True, readonly=True)
    channel = fields.Selection(PATTERN_CHANNELS, required=True, readonly=True)
    note = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Checked by", required=True, readonly=True, index=True
    )
    checked_at = fields.Datetime("Checked on", required=True, readonly=True)

    @api.model
    def _get_sentences(self):
        return {(key, "warn"): sentence for key, sentence in SENTENCES.items()}

    def _get_words(self):
        return self._get_pattern_words(self.facts or {})

    @api.model
    def _get_pattern_words(self, facts):
        """Facts as texts, records by their names."""
        # sudo: names of products and addresses, for whoever sees the finding
        products_sudo = self.env["product.product"].sudo()
        names = {}
        product_sudo = products_sudo.browse(facts.get("product_id") or [])
        names["product"] = product_sudo.display_name or ""
        names["unit"] = product_sudo.uom_id.name or ""
        names["with"] = products_sudo.browse(facts.get("with") or []).display_name or ""
        # sudo: see above
        address_sudo = self.env["res.partner"].sudo().browse(facts.get("address") or [])
        names["address"] = address_sudo.display_name or ""
        return {**fact.worded(self.env, facts), **names}

    @api.model
    def _word_finding(self, key, facts):
        """The sentence of a finding that is not recorded yet."""
        return self._word(SENTENCES[key]) % self._get_pattern_words(facts)

    @api.model
    def _get_lessons(self, customers, company):
        """:rtype: Lessons"""
        # sudo: what was learned of a customer counts whoever sells to him
        return Lessons(
            self.sudo().search_fetch(
                [
                    ("commercial_partner_id", "in", customers.ids),
                    ("company_id", "=", company.id),
                ],
                ["order_id", "product_id", "key", "answer", "value"],
            )
        )

    # ------------------------------------------------------------------ compare

    @api.model
    def _get_value(self, finding):
        """The number by which a finding is known again when a line changes."""
        facts = finding.facts
        if finding.key == "price":
            return round(facts["value_amount"][0], 6)
        return round(float(facts.get("value") or facts.get("address") or 0), 6)

    def _is_same_value(self, value):
        self.ensure_one()
        return float_compare(self.value, float(value), precision_digits=6) == 0

    def _is_about(self, finding):
        """Whether this check answers a finding: same feature and product, and still
        the same value. An interval grows by the day: it stays answered."""
        self.ensure_one()
        return (
            self.key == finding.key
            and self.product_id.id == (finding.product or False)
            and (
                finding.key == "interval"
                or self._is_same_value(self._get_value(finding))
            )
        )

    def action_view_compared(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compared Orders"),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("id", "in", self.compared or [])],
        }
