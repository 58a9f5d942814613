from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html_escape
from odoo.tools.misc import format_date

from ..models.sales_assistant_sample import LIKELIHOODS


class SalesAssistantSampleFollow(models.TransientModel):
    """SA-15: what the customer says of his sample, and whether he will order
    (应及时询问客户对样品的评价，是否有下单的可能, S0 二·6)."""

    _name = "sales.assistant.sample.follow"
    _description = "Sample: Ask the Customer"

    sample_id = fields.Many2one("sales.assistant.sample", required=True, readonly=True)
    evaluation = fields.Text("What the Customer Says")
    order_likely = fields.Selection(LIKELIHOODS, "Will He Order?")
    date_next = fields.Date(
        "Ask Again on", compute="_compute_date_next", store=True, readonly=False
    )

    @api.depends("sample_id")
    def _compute_date_next(self):
        for wizard in self:
            company = wizard.sample_id.company_id or self.env.company
            wizard.date_next = company._get_sales_sample_question_day()

    def action_apply(self):
        self.ensure_one()
        sample = self.sample_id
        sample._check_can("follow")
        today = sample.company_id._get_sales_today()
        if not self.date_next or self.date_next <= today:
            raise UserError(self.env._("Say on which day he is asked again."))
        sample._do_follow(self.evaluation, self.order_likely, self.date_next)
        words = html_escape((self.evaluation or "").strip() or self.env._("no answer"))
        sample.message_post(
            body=self.env._(
                "Customer asked: %(words)s (again on %(day)s)",
                words=words,
                day=format_date(self.env, self.date_next),
            )
        )
        return {"type": "ir.actions.act_window_close"}
