from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.tools import period


class SalesAssistantNeedSummarize(models.TransientModel):
    """SA-04: the report on customer needs of a time, for the general manager
    客户需求情况分析报告 (S1 篇九)."""

    _name = "sales.assistant.need.summarize"
    _description = "Report on Customer Needs"

    date_from = fields.Date(
        "From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date(
        "To", required=True, default=lambda self: self.env.company._get_sales_today()
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    @api.model
    def _default_date_from(self):
        """This month and the two before."""
        first = period.month_of(self.env.company._get_sales_today()).first
        return period.add_months(first, -2)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        if any(one.date_to < one.date_from for one in self):
            raise ValidationError(self.env._("The time ends before it begins."))

    def _get_summary(self):
        self.ensure_one()
        return self.env["sales.assistant.need"]._get_summary(
            self.company_id, self.date_from, self.date_to
        )

    def action_print(self):
        self.ensure_one()
        report = self.env.ref("sales_assistant.report_need_summary")
        return report.report_action(self)

    def action_open(self):
        """The same needs on the screen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_need_action_analysis"
        )
        domain = self.env["sales.assistant.need"]._get_summary_domain(
            self.company_id, self.date_from, self.date_to
        )
        return {**action, "domain": list(domain), "context": {}}
