from odoo import api, fields, models

from odoo.addons.sales_base.tools.sheet import Column

CHANNELS = [
    ("phone", "By Phone"),
    ("email", "By E-mail"),
    ("letter", "By Letter"),
    ("visit", "In Person"),
    ("message", "By Message"),
]


class SalesAssistantTelling(models.Model):
    """SA-10: that a customer was told the date of his order: who told whom, when and
    how (及时与客户沟通,协调出货时间,并将处理结果记录, S0 职责三·四).

    A delay is in time when the customer hears of it on the day he knew at the latest.
    Nobody writes or deletes one.
    """

    _name = "sales.assistant.telling"
    _inherit = ["sales.assistant.order.link.mixin", "sales.sheet.mixin"]
    _description = "Date Told to the Customer"
    _order = "told_at desc, id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(readonly=True, ondelete="cascade")
    company_id = fields.Many2one(index=True)
    salesperson_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )
    told_at = fields.Datetime("Told on", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Told by", readonly=True, index=True)
    channel = fields.Selection(CHANNELS, "How", required=True, readonly=True)
    contact_id = fields.Many2one("res.partner", "To Whom", readonly=True)
    note = fields.Char(readonly=True)
    reason_id = fields.Many2one(
        "sales.reason", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    date_before = fields.Date(
        "Known Before", readonly=True, help="The date that the customer knew."
    )
    date_told = fields.Date(readonly=True)
    delay_days = fields.Integer(
        "Delay (Days)",
        compute="_compute_delay",
        store=True,
        precompute=True,
        aggregator="avg",
    )
    is_delay = fields.Boolean(
        "Delay", compute="_compute_delay", store=True, precompute=True
    )
    is_in_time = fields.Boolean(
        "Told in Time",
        compute="_compute_delay",
        store=True,
        precompute=True,
        help="The customer heard of the delay on the day he knew at the latest.",
    )
    in_time_percent = fields.Float(
        "Told in Time (%)",
        compute="_compute_delay",
        store=True,
        precompute=True,
        aggregator="avg",
    )

    @api.depends("date_before", "date_told", "told_at", "company_id")
    def _compute_delay(self):
        for one in self:
            days = 0
            if one.date_before and one.date_told:
                days = (one.date_told - one.date_before).days
            one.delay_days = days
            one.is_delay = days > 0
            one.is_in_time = (
                days > 0
                and one.company_id._get_sales_day(one.told_at) <= one.date_before
            )
            one.in_time_percent = 100 * one.is_in_time

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("order_id", label=_("Order")),
            Column("partner_id"),
            Column("told_at"),
            Column("user_id.partner_id.name", label=_("Told by")),
            Column("channel"),
            Column("contact_id"),
            Column("date_before"),
            Column("date_told"),
            Column("delay_days"),
            Column("is_in_time"),
            Column("reason_id"),
            Column("note", width=40),
        ]
