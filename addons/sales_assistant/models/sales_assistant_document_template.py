from datetime import date, timedelta

from odoo import api, fields, models

SET_KINDS = [
    ("export", "Export Set"),
    ("contract", "Contract Papers"),
    ("tender", "Tender"),
    ("handover", "Project Handover"),
    ("refund", "Tax Refund"),
]


class SalesAssistantDocumentTemplate(models.Model):
    """SA-17a: which documents go with an order (单据; S2 外贸 8、9、11, 内勤 11): the
    export set of an incoterm and payment term, contract papers, tender, project
    handover, tax-refund file.

    Of each kind the template that names most of the order's terms is taken. The last
    day to hand the set in lies so many days after the shipment (a letter of credit
    without a word about it: 21), or on a day of the following year (tax refund:
    30 April).
    """

    _name = "sales.assistant.document.template"
    _inherit = ["sales.assistant.market.mixin"]
    _description = "Document Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null")
    kind = fields.Selection(SET_KINDS, required=True, default="export", index=True)
    incoterm_ids = fields.Many2many(
        "account.incoterms",
        "sales_assistant_document_template_incoterm_rel",
        string="Incoterms",
        help="Empty: any incoterm.",
    )
    payment_term_ids = fields.Many2many(
        "account.payment.term",
        "sales_assistant_document_template_term_rel",
        string="Payment Terms",
        help="Empty: any payment term.",
    )
    is_automatic = fields.Boolean(
        "With Each Order",
        help="Made when a fitting order is confirmed, where the company has switched "
        "that on.",
    )
    deadline_rule = fields.Selection(
        [
            ("shipment", "Days after Shipment"),
            ("year", "Day of the Following Year"),
            ("none", "None"),
        ],
        "Deadline",
        required=True,
        default="shipment",
    )
    deadline_days = fields.Integer("Deadline (Days)", default=21)
    deadline_month = fields.Integer("Month", default=4)
    deadline_day = fields.Integer("Day", default=30)
    line_ids = fields.One2many(
        "sales.assistant.document.template.line", "template_id", copy=True
    )

    _deadline_sane = models.Constraint(
        "CHECK(deadline_days BETWEEN -365 AND 730 "
        "AND deadline_month BETWEEN 1 AND 12 AND deadline_day BETWEEN 1 AND 28 + "
        "CASE WHEN deadline_month = 2 THEN 0 "
        "WHEN deadline_month IN (4, 6, 9, 11) THEN 2 ELSE 3 END)",
        "There is no such day.",
    )

    def _get_deadline(self, shipped):
        """Last day to hand in a set.

        :param date shipped: day of the shipment, or False
        :rtype: date or False
        """
        if not shipped or not self or self.deadline_rule == "none":
            return False
        if self.deadline_rule == "year":
            return date(shipped.year + 1, self.deadline_month, self.deadline_day)
        return shipped + timedelta(days=self.deadline_days)

    @api.model
    def _get_for_orders(self, orders, kinds=None):
        """The templates that go with each order, at most one of a kind.

        :param kinds: only these; default: those that are made with each order
        :returns: {order id: templates}
        """
        domain = [("kind", "in", kinds)] if kinds else [("is_automatic", "=", True)]
        templates = self.search(domain)
        found = {}
        for order in orders:
            fitting = templates.filtered(lambda one, order=order: one._fits(order))
            best = fitting.sorted(lambda one: one._get_precision(), reverse=True)
            found[order.id] = self.union(
                *(group[:1] for group in best.grouped("kind").values())
            )
        return found

    def _get_precision(self):
        """How many terms of an order the template names."""
        named = (self.incoterm_ids, self.payment_term_ids, self.company_id)
        return sum(map(bool, named)) + (self.market != "all")

    def _fits(self, order):
        return bool(
            (not self.company_id or self.company_id == order.company_id)
            and self._fits_market(order)
            and (not self.incoterm_ids or order.incoterm in self.incoterm_ids)
            and (
                not self.payment_term_ids
                or order.payment_term_id in self.payment_term_ids
            )
        )
