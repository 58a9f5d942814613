from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.tools.period import month_of

from ..models.after_sales_settlement import CLERK


class AfterSalesSettlementStart(models.TransientModel):
    """Look at what a month would settle, then settle it (AS-12)."""

    _name = "after.sales.settlement.start"
    _description = "Settle a Month"

    date = fields.Date(
        "Any Day of the Month",
        required=True,
        default=lambda self: self._default_date(),
    )
    date_from = fields.Date("Month", compute="_compute_period")
    date_to = fields.Date("Until", compute="_compute_period")

    @api.model
    def _default_date(self):
        """The last day of last month."""
        first = month_of(self.env.company._get_sales_today()).first
        return fields.Date.subtract(first, days=1)

    @api.depends("date")
    def _compute_period(self):
        for start in self:
            month = month_of(start.date) if start.date else (False, False)
            start.date_from, start.date_to = month

    def action_preview(self):
        """The rows of the month as they would be settled now; nothing is written."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_settlement_preview_action"
        )
        return dict(
            action,
            context={
                "after_sales_settle_until": fields.Date.to_string(self.date_to),
                "search_default_group_station": 1,
                "search_default_group_status": 1,
            },
        )

    def action_settle(self):
        self.ensure_one()
        settlements = self.env["after.sales.settlement"]
        if not self.env.user.has_group(CLERK):
            raise UserError(self.env._("Only a settlement clerk settles claims."))
        if self.date_from > self.env.company._get_sales_today():
            raise UserError(self.env._("The month has not begun yet."))
        return settlements._start_and_show(month_of(self.date))
