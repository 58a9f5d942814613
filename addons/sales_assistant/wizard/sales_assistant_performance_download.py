from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.tools import period

PERIODS = [
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("custom", "Other"),
]


#: rows a printed sheet may have; more are read in the XLSX
PRINTED_ROWS = 2000


class SalesAssistantPerformanceDownload(models.TransientModel):
    """SA-16: the contract performance sheet of a month or quarter as XLSX or PDF, of
    all customers for the marketing head (每月、每季度向营销部长报送), of one for the
    customer himself."""

    _name = "sales.assistant.performance.download"
    _description = "Contract Performance Sheet: Download"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        domain=[("parent_id", "=", False)],
        help="Only the orders of this customer, as a sheet for him.",
    )
    kind = fields.Selection(PERIODS, "Period", required=True, default="month")
    day = fields.Date(
        "In",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        help="Any day of the month or quarter.",
    )
    date_from = fields.Date(
        "From",
        compute="_compute_dates",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date_to = fields.Date(
        "To",
        compute="_compute_dates",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    @api.depends("kind", "day")
    def _compute_dates(self):
        for wizard in self:
            day = wizard.day or self.env.company._get_sales_today()
            if wizard.kind == "quarter":
                wizard.date_from, wizard.date_to = period.quarter_of(day)
            elif wizard.kind == "month" or not wizard.date_from:
                wizard.date_from, wizard.date_to = period.month_of(day)

    def _get_domain(self):
        """Orders confirmed in the period, by the company's business days."""
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins."))
        domain = Domain(
            "date_ordered", ">=", fields.Date.to_string(self.date_from)
        ) & Domain("date_ordered", "<=", fields.Date.to_string(self.date_to))
        if self.partner_id:
            customer = self.partner_id.commercial_partner_id
            domain &= Domain("commercial_partner_id", "=", customer.id)
        return list(domain)

    def _get_rows(self):
        """What the printed sheet shows: the orders of the period in their order.

        :raises UserError: too many for a sheet of paper
        """
        self.ensure_one()
        rows = self.env["sales.assistant.performance.report"].search(
            [*self._get_domain(), ("company_id", "=", self.company_id.id)],
            order="date_ordered, id",
            limit=PRINTED_ROWS + 1,
        )
        if len(rows) > PRINTED_ROWS:
            raise UserError(
                self.env._(
                    "More than %(limit)s orders: take the XLSX, or a shorter period.",
                    limit=PRINTED_ROWS,
                )
            )
        return rows

    def action_print(self):
        self.ensure_one()
        self._get_rows()
        action = self.env.ref("sales_assistant.report_performance_sheet")
        return action.report_action(self, config=False)

    def action_download(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "sales_base.download_sheet",
            "params": {
                "model": "sales.assistant.performance.report",
                "domain": self._get_domain(),
                "period": [
                    fields.Date.to_string(self.date_from),
                    fields.Date.to_string(self.date_to),
                ],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_open(self):
        """The same rows on the screen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_performance_report_action"
        )
        return {**action, "domain": self._get_domain(), "context": {}}
