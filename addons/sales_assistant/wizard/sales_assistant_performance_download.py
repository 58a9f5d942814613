from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.tools import period

PERIODS = [
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("custom", "Other"),
]


class SalesAssistantPerformanceDownload(models.TransientModel):
    """SA-16: the contract performance sheet of a month or quarter as XLSX."""

    _name = "sales.assistant.performance.download"
    _description = "Contract Performance Sheet: Download"

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
        return list(
            Domain("date_ordered", ">=", fields.Date.to_string(self.date_from))
            & Domain("date_ordered", "<=", fields.Date.to_string(self.date_to))
        )

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
