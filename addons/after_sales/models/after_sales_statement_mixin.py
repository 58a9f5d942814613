from odoo import Command, api, fields, models
from odoo.tools import format_date

from odoo.addons.sales_base.models.sales_document_mixin import Step

STATEMENT_STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("confirmed", "Confirmed"),
    ("posted", "Posted"),
    ("cancelled", "Cancelled"),
]
CLERK = "after_sales.group_after_sales_clerk"
#: steps that every statement has
STEPS = {
    "send": Step({"draft"}, "sent", CLERK),
    "confirm": Step({"sent"}, "confirmed", f"{CLERK},base.group_portal"),
    "post": Step({"draft", "sent", "confirmed"}, "posted", CLERK),
    "cancel": Step(
        {"draft", "sent", "confirmed"},
        "cancelled",
        CLERK,
        "write",
        "after_sales_cancel",
    ),
}
#: fields that only steps write, and the generation
CLOSED_FIELDS = frozenset(
    "partner_id currency_id date_from date_to amount_total move_id "
    "sent_at confirmed_at confirmed_by_id".split()
)


class AfterSalesStatementMixin(models.AbstractModel):
    """A month's account with one partner (AS-12, AS-13): sent, confirmed in the portal,
    posted as one document of accounting with a line per service product. Whether it is
    paid is read from there."""

    _name = "after.sales.statement.mixin"
    _description = "Monthly Statement"
    _inherit = ["sales.document.mixin"]
    _order = "date_from desc, id desc"

    _frozen_states = frozenset({"posted", "cancelled"})
    _deletable_states = frozenset()
    #: {amount: service product that carries it}
    _amount_products = {}
    #: types of the move for what is above and below zero
    _move_types = ("in_invoice", "in_refund")

    state = fields.Selection(
        STATEMENT_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    date_from = fields.Date("Month", required=True, readonly=True)
    date_to = fields.Date("Until", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    note = fields.Text()
    amount_total = fields.Monetary("Total", readonly=True)
    move_id = fields.Many2one(
        "account.move", "Bill", readonly=True, copy=False, index="btree_not_null"
    )
    payment_state = fields.Selection(related="move_id.payment_state", string="Payment")
    move_state = fields.Selection(related="move_id.state", string="Bill State")
    # dates
    sent_at = fields.Datetime(readonly=True, copy=False)
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    # steps
    can_send = fields.Boolean(compute="_compute_can")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_post = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _order_idx = models.Index("(date_from DESC, id DESC)")

    def action_post(self):
        self._check_can("post")
        self._do_post()

    def _do_post(self):
        """Hook: post what is in the statement."""
        raise NotImplementedError

    # ----------------------------------------------------------------- accounting

    @api.model
    def _get_move_text(self, kind, month):
        """Hook: wording of a line for the ``kind`` of amount and the ``month``."""
        raise NotImplementedError

    def _get_moved_amounts(self):
        """Names of the amounts that are not zero: each is a line of the move."""
        self.ensure_one()
        return [
            fname
            for fname in self._amount_products
            if not self.currency_id.is_zero(self[fname])
        ]

    def _prepare_move_values(self):
        """The move of the statement; below zero it is of the opposite type."""
        self.ensure_one()
        return {
            "move_type": self._move_types[self.amount_total < 0],
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "invoice_date": self.company_id._get_sales_today(),
            "invoice_origin": self.name,
            "ref": self.name,
            "invoice_line_ids": self._prepare_move_lines(),
        }

    def _prepare_move_lines(self):
        """A line per service product that has an amount."""
        self.ensure_one()
        sign = -1 if self.amount_total < 0 else 1
        month = format_date(self.env, self.date_from, date_format="MM/yyyy")
        return [
            Command.create(
                {
                    "product_id": self.env.ref(self._amount_products[fname]).id,
                    "name": self._get_move_text(
                        self._fields[fname]._description_string(self.env), month
                    ),
                    "quantity": 1,
                    "price_unit": sign * self[fname],
                }
            )
            for fname in self._get_moved_amounts()
        ]

    # -------------------------------------------------------------------- actions

    def action_view_move(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_download_statement(self):
        """The statement as a sheet, a row per line."""
        lines = self._fields["line_ids"]
        return {
            "type": "ir.actions.client",
            "tag": "sales_base.download_sheet",
            "params": {
                "model": lines.comodel_name,
                "domain": [(lines.inverse_name, "in", self.ids)],
                "filters": ", ".join(self.mapped("name")),
            },
        }

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.name
