from odoo import api, fields, models

from odoo.addons.sales_base.tools.sheet import Column


class SalesAssistantMilestoneChange(models.Model):
    """SA-10: that the day of a milestone was moved: from where to where, by whom, and
    why. Nobody writes or deletes one."""

    _name = "sales.assistant.milestone.change"
    _inherit = ["sales.sheet.mixin"]
    _description = "Change of a Milestone's Date"
    _order = "changed_at desc, id desc"
    _rec_name = "milestone_id"

    milestone_id = fields.Many2one(
        "sales.assistant.milestone",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        related="milestone_id.order_id", store=True, precompute=True, index=True
    )
    partner_id = fields.Many2one(
        related="milestone_id.partner_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="milestone_id.company_id", store=True, precompute=True, index=True
    )
    date_before = fields.Date("Old Date", required=True, readonly=True)
    date_after = fields.Date("New Date", required=True, readonly=True)
    days = fields.Integer(
        "Moved (Days)",
        compute="_compute_days",
        store=True,
        precompute=True,
        aggregator="avg",
    )
    reason_id = fields.Many2one(
        "sales.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    note = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, index=True)
    changed_at = fields.Datetime(
        "Changed on", required=True, readonly=True, default=fields.Datetime.now
    )
    is_after_told = fields.Boolean(
        "Customer Knew",
        readonly=True,
        help="The customer had been told the day before.",
    )

    @api.depends("date_before", "date_after")
    def _compute_days(self):
        for change in self:
            change.days = (change.date_after - change.date_before).days

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("order_id", label=_("Order")),
            Column("partner_id"),
            Column("milestone_id.name", label=_("Milestone")),
            Column("date_before"),
            Column("date_after"),
            Column("days"),
            Column("reason_id"),
            Column("note", width=40),
            Column("user_id.partner_id.name", label=_("By")),
            Column("changed_at"),
            Column("is_after_told"),
        ]
