from odoo import api, fields, models

from odoo.addons.sales_base.tools.sheet import Column

from ..tools.sample import MATCHED, OVER, TWICE, UNKNOWN, judge_charge, waybill_key

RESULTS = [
    (MATCHED, "Matched"),
    (OVER, "Charged Too Much"),
    (UNKNOWN, "Unknown"),
    (TWICE, "Billed Twice"),
]
#: a change of these needs another comparison
COMPARED_FIELDS = frozenset({"waybill", "amount", "bill_id"})


class SalesAssistantCourierBillLine(models.Model):
    """SA-15: one parcel of a courier's bill and what the comparison found."""

    _name = "sales.assistant.courier.bill.line"
    _inherit = ["sales.document.line.mixin", "sales.sheet.mixin"]
    _description = "Parcel of a Courier Bill"
    _order = "bill_id, sequence, id"
    _rec_name = "waybill"

    _document_field = "bill_id"
    _closed_fields = frozenset({"result", "expected_amount", "other_id"})

    bill_id = fields.Many2one(
        "sales.assistant.courier.bill", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        related="bill_id.company_id", store=True, index=True, precompute=True
    )
    waybill = fields.Char(required=True)
    waybill_key = fields.Char(
        compute="_compute_waybill_key", store=True, precompute=True, index=True
    )
    date = fields.Date("Shipped on")
    description = fields.Char("Receiver")
    weight = fields.Float("Weight (kg)", digits="Stock Weight")
    currency_id = fields.Many2one(related="bill_id.currency_id", store=True)
    amount = fields.Monetary("Billed", required=True)
    result = fields.Selection(RESULTS, readonly=True, copy=False, index=True)
    sample_names = fields.Char("Samples", compute="_compute_sample_names")
    other_id = fields.Many2one(
        "sales.assistant.courier.bill.line",
        "Billed Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    expected_amount = fields.Monetary("Expected", readonly=True, copy=False)
    difference = fields.Monetary(compute="_compute_difference", store=True)
    accepted_amount = fields.Monetary(
        "Accepted",
        compute="_compute_accepted_amount",
        store=True,
        readonly=False,
        copy=False,
    )
    note = fields.Char()

    # ---------------------------------------------------------------- computes

    @api.depends("waybill")
    def _compute_waybill_key(self):
        for line in self:
            line.waybill_key = waybill_key(line.waybill)

    @api.depends("amount", "expected_amount", "result")
    def _compute_difference(self):
        for line in self:
            line.difference = line.result and line.amount - line.expected_amount

    @api.depends("result", "amount", "expected_amount")
    def _compute_accepted_amount(self):
        """Proposed: what is right is paid, what is too much only as expected."""
        for line in self:
            if line.result == MATCHED:
                line.accepted_amount = line.amount
            elif line.result == OVER:
                line.accepted_amount = line.expected_amount
            else:
                line.accepted_amount = 0

    @api.depends("waybill_key", "bill_id.courier_id")
    def _compute_sample_names(self):
        samples = self._find_samples()
        for line in self:
            found = samples.get(line._get_parcel(), [])
            line.sample_names = ", ".join(one.display_name for one in found)

    def write(self, vals):
        result = super().write(vals)
        if COMPARED_FIELDS & vals.keys():
            # sudo: the result is closed; what it was found for has changed
            self.sudo().write({"result": False, "other_id": False})
        return result

    # -------------------------------------------------------------- comparison

    def _compare(self):
        """Find the samples of each parcel of one bill and judge its charge, with two
        readings for all of them."""
        company = self.company_id
        samples, before = self._find_samples(), self._find_billed()
        for line in self:
            found = samples.get(line._get_parcel())
            expected = None if found is None else line._get_expected(found)
            other = before.get(line.waybill_key, self.browse())
            # sudo: the result is closed to everybody
            line.sudo().write(
                {
                    "result": judge_charge(
                        line.amount,
                        expected,
                        company.sales_sample_courier_tolerance,
                        bool(other),
                    ),
                    "other_id": other.id,
                    "expected_amount": expected or 0,
                }
            )
            if line.waybill_key:
                before.setdefault(line.waybill_key, line)

    def _get_parcel(self):
        """What a parcel is found by: (company id, courier id, waybill key)."""
        return self.company_id.id, self.bill_id.courier_id.id, self.waybill_key

    def _get_expected(self, samples):
        """What this parcel should cost in the bill's currency; nothing where the
        customer pays the courier."""
        company, bill = self.company_id, self.bill_id
        prepaid = samples.filtered(lambda one: one.courier_terms == "prepaid")
        return company.currency_id._convert(
            sum(prepaid.mapped("courier_estimate")),
            bill.currency_id,
            company,
            bill.date,
        )

    def _find_samples(self):
        """Samples that left under these waybills.

        :returns: {(company id, courier id, waybill key): samples in sudo}
        """
        keys = set(self.mapped("waybill_key")) - {"", False}
        # sudo: a bill is about the samples of all colleagues
        samples_sudo = (
            self.env["sales.assistant.sample"]
            .sudo()
            .search(
                [
                    ("waybill_key", "in", list(keys)),
                    ("company_id", "in", self.company_id.ids),
                    ("courier_id", "in", self.bill_id.courier_id.ids),
                    ("state", "in", ("sent", "arrived", "closed")),
                ]
            )
        )
        return samples_sudo.grouped(
            lambda one: (one.company_id.id, one.courier_id.id, one.waybill_key)
        )

    def _find_billed(self):
        """Parcels of earlier bills of this courier with these waybills.

        :returns: {waybill key: line}
        """
        keys = set(self.mapped("waybill_key")) - {"", False}
        lines = self.search(
            [
                ("waybill_key", "in", list(keys)),
                ("company_id", "=", self.company_id.id),
                ("bill_id.courier_id", "=", self.bill_id.courier_id.id),
                ("bill_id.state", "in", ("checked", "closed")),
                ("bill_id", "!=", self.bill_id.id),
            ],
            order="id desc",
        )
        earlier = lines.filtered(
            lambda one: (
                one.bill_id.state == "closed" or one.bill_id.id < self.bill_id.id
            )
        )
        return {line.waybill_key: line for line in earlier}

    # -------------------------------------------------------------------- sheet

    @api.model
    def get_import_templates(self):
        """F-10: the parcels as couriers list them."""
        return [
            {
                "label": self.env._("Import Template for Courier Bills"),
                "template": "/sales_assistant/static/xls/courier_bill.xlsx",
            }
        ]

    @api.model
    def _get_sheet_title(self):
        return self.env._("Courier Bill")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("bill_id.reference", label=self.env._("Bill")),
            Column("waybill"),
            Column("date"),
            Column("description"),
            Column("weight"),
            Column("amount", total=True),
            Column("expected_amount", total=True),
            Column("difference", total=True),
            Column("result"),
            Column("accepted_amount", total=True),
            Column("note"),
        ]
