from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.models.sales_document_mixin import Step

from ..tools.sample import share
from .sales_assistant_order_mixin import LEAD, USER

BILL_STATES = [
    ("draft", "Draft"),
    ("checked", "Compared"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]


class SalesAssistantCourierBill(models.Model):
    """SA-15: a courier's bill, compared by waybill with the samples that were sent:
    matched, charged too much, unknown, billed twice.

    What is accepted becomes a vendor bill and the samples' cost; the rest is objected
    to with the list.
    """

    _name = "sales.assistant.courier.bill"
    _inherit = ["sales.document.mixin"]
    _description = "Courier Bill"
    _order = "date desc, id desc"
    _check_company_auto = True

    _steps = {
        "check": Step({"draft", "checked"}, "checked", USER),
        "close": Step({"checked"}, "closed", LEAD),
        "cancel": Step({"draft", "checked"}, "cancelled", USER),
    }
    _frozen_states = frozenset({"closed", "cancelled"})
    _closed_fields = frozenset({"move_id"})

    state = fields.Selection(
        BILL_STATES, required=True, default="draft", index=True, tracking=True
    )
    courier_id = fields.Many2one(
        "sales.assistant.courier",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    reference = fields.Char("Number of the Courier")
    date = fields.Date(
        "Bill Date",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    line_ids = fields.One2many(
        "sales.assistant.courier.bill.line", "bill_id", "Parcels", copy=True
    )
    line_count = fields.Integer(
        "Number of Parcels", compute="_compute_amounts", store=True
    )
    issue_count = fields.Integer("Objections", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary("Billed", compute="_compute_amounts", store=True)
    accepted_total = fields.Monetary("Accepted", compute="_compute_amounts", store=True)
    objected_total = fields.Monetary(
        "Objected to", compute="_compute_amounts", store=True
    )
    move_id = fields.Many2one(
        "account.move",
        "Vendor Bill",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    can_check = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _reference_unique = models.UniqueIndex(
        "(company_id, courier_id, reference) "
        "WHERE reference IS NOT NULL AND state != 'cancelled'",
        "This bill of the courier is entered already.",
    )

    # ---------------------------------------------------------------- computes

    @api.depends("state", "line_ids.result")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("line_ids.amount", "line_ids.accepted_amount", "line_ids.result")
    def _compute_amounts(self):
        for bill in self:
            lines = bill.line_ids
            bill.line_count = len(lines)
            bill.issue_count = len(
                lines.filtered(lambda one: one.result and one.result != "matched")
            )
            bill.amount_total = sum(lines.mapped("amount"))
            bill.accepted_total = sum(lines.mapped("accepted_amount"))
            bill.objected_total = bill.amount_total - bill.accepted_total

    @api.depends("name", "courier_id", "reference")
    def _compute_display_name(self):
        for bill in self:
            names = [bill.name, bill.courier_id.name, bill.reference]
            bill.display_name = " · ".join(name for name in names if name)

    # ------------------------------------------------------------------- guards

    def _get_check_obstacle(self):
        if not self.line_ids:
            return self.env._("it has no parcels yet: import the courier's list.")
        return False

    def _get_close_obstacle(self):
        if any(not line.result for line in self.line_ids):
            return self.env._("parcels were changed: compare again.")
        if self.accepted_total and not self.courier_id.partner_id:
            return self.env._("the courier has no vendor.")
        return False

    # -------------------------------------------------------------------- steps

    def action_check(self):
        self._check_can("check")
        self._do_check()

    def _do_check(self):
        self._take_step("check")
        for bill in self:  # one after the other: an earlier one bills first
            bill.line_ids._compare()

    def action_close(self):
        """Accept what is right: a vendor bill as a draft, and the samples' cost."""
        self._check_can("close")
        self._do_close()

    def _do_close(self):
        for bill in self:
            bill._share_costs()
            move_id = bill._create_vendor_bill() if bill.accepted_total else False
            bill._take_step("close", move_id=move_id)

    def action_cancel(self):
        self._check_can("cancel")
        self._take_step("cancel")

    # --------------------------------------------------------------------- parts

    def _share_costs(self):
        """What is accepted becomes the cost of the samples in the parcel."""
        company = self.company_id
        costs = defaultdict(float)
        samples = self.line_ids._find_samples()
        for line in self.line_ids.filtered("accepted_amount"):
            samples_sudo = samples.get(line._get_parcel())
            if not samples_sudo:
                continue
            amount = self.currency_id._convert(
                line.accepted_amount, company.currency_id, company, self.date
            )
            parts = share(
                amount,
                samples_sudo.mapped("courier_estimate"),
                company.currency_id.decimal_places,
            )
            for sample_sudo, part in zip(samples_sudo, parts, strict=True):
                costs[sample_sudo] += part
        for sample_sudo, cost in costs.items():
            total = sample_sudo.courier_cost + cost
            sample_sudo.write({"courier_cost": total, "is_courier_billed": True})

    def _create_vendor_bill(self):
        """The vendor bill of what is accepted, as a draft.

        :returns: its id
        """
        company = self.company_id
        product = company.sales_sample_courier_product_id
        # sudo: as from an order, the draft is for the accountant
        move_sudo = (
            self.env["account.move"]
            .sudo()
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.courier_id.partner_id.id,
                    "company_id": company.id,
                    "currency_id": self.currency_id.id,
                    "invoice_date": self.date,
                    "ref": self.reference,
                    "invoice_origin": self.name,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "name": self.env._(
                                    "Courier %(courier)s, %(count)s parcels",
                                    courier=self.courier_id.name,
                                    count=len(
                                        self.line_ids.filtered("accepted_amount")
                                    ),
                                ),
                                "quantity": 1,
                                "price_unit": self.accepted_total,
                            }
                        )
                    ],
                }
            )
        )
        return move_sudo.id

    # ------------------------------------------------------------------- windows

    def action_import(self):
        """Odoo's own import, for the parcels of this bill."""
        self.ensure_one()
        if self.state not in ("draft", "checked"):
            raise UserError(self.env._("This bill is closed."))
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "params": {
                "active_model": "sales.assistant.courier.bill.line",
                "context": {"default_bill_id": self.id},
            },
        }

    def action_download_lines(self):
        """The result as a sheet, for the courier."""
        return self.line_ids.action_download_sheet()

    def action_open_lines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_courier_bill_line_action"
        )
        return {
            **action,
            "domain": [("bill_id", "=", self.id)],
            "context": {"default_bill_id": self.id},
        }
