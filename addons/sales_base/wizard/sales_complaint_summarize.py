import base64
import io

from odoo import api, fields, models

from ..tools import period


class SalesComplaintSummarize(models.TransientModel):
    """F-21: the monthly summary of complaints as PDF or XLSX
    (每月总结整理客户的投诉资料, S0 六)."""

    _name = "sales.complaint.summarize"
    _description = "Summary of Complaints"

    day = fields.Date(
        "Month",
        required=True,
        default=lambda self: self._default_day(),
        help="Any day of the month.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date("From", compute="_compute_dates")
    date_to = fields.Date("To", compute="_compute_dates")

    @api.model
    def _default_day(self):
        """The month before: its complaints are complete."""
        first = period.month_of(self.env.company._get_sales_today()).first
        return period.add_months(first, -1)

    @api.depends("day")
    def _compute_dates(self):
        for wizard in self:
            day = wizard.day or self.env.company._get_sales_today()
            wizard.date_from, wizard.date_to = period.month_of(day)

    def _get_summary(self):
        self.ensure_one()
        return self.env["sales.complaint"]._get_summary(
            self.company_id, period.month_of(self.day)
        )

    def action_print(self):
        self.ensure_one()
        action = self.env.ref("sales_base.report_complaint_summary")
        return action.report_action(self)

    def action_download(self):
        """The Pareto of the month as a sheet."""
        self.ensure_one()
        stream = io.BytesIO()
        complaints = self.env["sales.complaint"]
        complaints._write_summary_sheet(stream, self._get_summary())
        title = complaints._get_summary_title()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{title} {self.date_from:%Y-%m}.xlsx",
                "datas": base64.b64encode(stream.getvalue()),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=1",
            "target": "download",
        }

    def action_open(self):
        """The same complaints on the screen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_base.sales_complaint_action_analysis"
        )
        summary_period = period.month_of(self.day)
        domain = self.env["sales.complaint"]._get_summary_domain(
            self.company_id, summary_period
        )
        return {**action, "domain": list(domain), "context": {}}
