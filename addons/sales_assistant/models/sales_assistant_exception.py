from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_telling import CHANNELS

#: the part of the desk that can be switched off
FEATURE = "sales_assistant.group_sales_assistant_exception"
LEAD = "sales_assistant.group_sales_assistant_lead"
EXCEPTION_STATES = [
    ("open", "Open"),
    ("agreed", "Date Agreed"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
EXCEPTION_CAUSES = [
    ("quality", "Quality"),
    ("technical", "Engineering"),
    ("delivery", "Delivery"),
    ("equipment", "Equipment"),
    ("accident", "Accident"),
    ("documents", "Documents"),
]
#: causes that stop production: a moved date means that it is planned anew
PRODUCTION_CAUSES = frozenset({"quality", "technical", "equipment", "accident"})
OPEN_STATES = ("open", "agreed")


class SalesAssistantException(models.Model):
    """SA-14: something in the execution of an order is not as agreed 异常订单: quality,
    technical, delivery, equipment, accident, documents (S0 二·8).

    When the promised date cannot be kept, a new one is agreed with the customer: which,
    with whom and how is on record, the order's date follows, production is planned
    anew, and the superior is told (需与客户沟通,协调出货时间,并将处理结果记录并及时通知
    上级主管, S0 职责三·四). An exception is closed when that is done, a department is
    responsible and a measure is named (为工作改进提供依据).
    """

    _name = "sales.assistant.exception"
    _inherit = ["sales.assistant.order.mixin", "sales.sheet.mixin"]
    _description = "Order Exception"
    _order = "date_found desc, id desc"

    _steps = {
        "agree": Step(OPEN_STATES, "agreed", FEATURE),
        "tell": Step(OPEN_STATES, None, FEATURE),
        "reschedule": Step({"agreed"}, None, FEATURE),
        "close": Step(OPEN_STATES, "closed", FEATURE),
        "cancel": Step({"open"}, "cancelled", FEATURE, "write", "sales_exception"),
        "reopen": Step({"closed"}, "open", LEAD),
    }
    _deletable_states = frozenset()
    _frozen_states = frozenset({"closed", "cancelled"})
    _closed_fields = frozenset(
        {
            "user_id",
            "date_promised",
            "date_agreed",
            "contact_id",
            "channel",
            "agreement_note",
            "agreed_at",
            "agreed_by_id",
            "rescheduled_at",
            "rescheduled_by_id",
            "told_user_id",
            "told_at",
            "closed_at",
            "closed_by_id",
            "handling_days",
        }
    )

    # what happened
    subject = fields.Char("What Happened", required=True, tracking=True)
    cause = fields.Selection(EXCEPTION_CAUSES, required=True, index=True, tracking=True)
    state = fields.Selection(
        EXCEPTION_STATES,
        required=True,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    order_id = fields.Many2one(domain="[('state', '=', 'sale')]")
    picking_id = fields.Many2one(
        "stock.picking",
        "Delivery Order",
        index="btree_not_null",
        domain="[('sale_id', '=', order_id)]",
        help="Empty when the whole order is concerned.",
    )
    date_found = fields.Date(
        "Found on",
        required=True,
        index=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    description = fields.Text("Explanation")
    user_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )

    # who and how much
    department_id = fields.Many2one(
        "sales.department",
        "Responsible Department",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id", string="Currency")
    cost_amount = fields.Monetary(
        "Cost",
        tracking=True,
        help="Rework, scrap, special freight, penalties, in the company's currency.",
    )
    measure = fields.Text(help="What is done so that it does not happen again.")

    # date
    date_promised = fields.Date("Promised Before", readonly=True, copy=False)
    date_forecast = fields.Date(
        "Possible Date",
        tracking=True,
        help="When we can deliver after all, as far as is known.",
    )
    date_agreed = fields.Date("New Date Agreed", readonly=True, copy=False)
    delay_days = fields.Integer(
        "Delay (Days)",
        compute="_compute_delay_days",
        store=True,
        aggregator="avg",
        help="Calendar days to the date agreed, else to the possible one.",
    )

    # agreed with the customer
    contact_id = fields.Many2one(
        "res.partner",
        "Agreed with",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    channel = fields.Selection(CHANNELS, "How", readonly=True, copy=False)
    agreement_note = fields.Text("What Was Said", readonly=True, copy=False)
    agreed_at = fields.Datetime("Agreed on", readonly=True, copy=False)
    agreed_by_id = fields.Many2one(
        "res.users", "Agreed by", readonly=True, copy=False, index="btree_not_null"
    )

    # inside the house
    is_reschedule_needed = fields.Boolean(compute="_compute_is_reschedule_needed")
    rescheduled_at = fields.Datetime("Rescheduled on", readonly=True, copy=False)
    rescheduled_by_id = fields.Many2one(
        "res.users",
        "Production Rescheduled by",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    told_user_id = fields.Many2one(
        "res.users", "Superior Told", readonly=True, copy=False, index="btree_not_null"
    )
    told_at = fields.Datetime("Told on", readonly=True, copy=False)
    closed_at = fields.Datetime("Closed on", readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", "Closed by", readonly=True, copy=False, index="btree_not_null"
    )
    handling_days = fields.Integer(
        "Days until Closed", readonly=True, copy=False, aggregator="avg"
    )

    can_agree = fields.Boolean(compute="_compute_can_steps")
    can_tell = fields.Boolean(compute="_compute_can_steps")
    can_reschedule = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _open_idx = models.Index("(date_found, id) WHERE state IN ('open', 'agreed')")
    _cost_positive = models.Constraint(
        "CHECK(cost_amount >= 0)", "A cost cannot be negative."
    )

    # ---------------------------------------------------------------- computes

    @api.depends("state", "told_user_id", "rescheduled_at")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()
        for exception in self:  # what it lacks is said when somebody closes it
            exception.can_close = exception.state in OPEN_STATES and (
                exception._is_step_person(exception._steps["close"])
            )

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for exception in self:
            parts = [part for part in (exception.name, exception.subject) if part]
            exception.display_name = " · ".join(parts)

    @api.depends("date_promised", "date_forecast", "date_agreed")
    def _compute_delay_days(self):
        for exception in self:
            day = exception.date_agreed or exception.date_forecast
            promised = exception.date_promised
            exception.delay_days = (day - promised).days if day and promised else 0

    @api.depends("cause", "delay_days")
    def _compute_is_reschedule_needed(self):
        for exception in self:
            exception.is_reschedule_needed = (
                exception.cause in PRODUCTION_CAUSES and exception.delay_days > 0
            )

    # ------------------------------------------------------------- constraints

    @api.constrains("order_id", "picking_id", "date_found")
    def _check_order(self):
        for exception in self:
            # sudo: whether a document belongs to the order is no secret
            order_sudo = exception.order_id.sudo()
            if order_sudo.state != "sale":
                raise ValidationError(
                    self.env._(
                        "%s is not confirmed: exceptions belong to orders under way.",
                        order_sudo.name,
                    )
                )
            picking_sudo = exception.picking_id.sudo()  # sudo: see above
            if picking_sudo and picking_sudo.sale_id != order_sudo:
                raise ValidationError(
                    self.env._(
                        "%(delivery)s is no delivery of %(order)s.",
                        delivery=picking_sudo.name,
                        order=order_sudo.name,
                    )
                )
            if exception.date_found > exception.company_id._get_sales_today():
                raise ValidationError(
                    self.env._("An exception cannot be found in the future.")
                )

    # ---------------------------------------------------------------- overrides

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        # sudo: the date of an order that the user names; whether he sees it is asked
        orders_sudo = self.env["sale.order"].sudo()
        for vals in vals_list:
            if not vals.get("date_promised"):
                order_sudo = orders_sudo.browse(vals.get("order_id"))
                vals["date_promised"] = order_sudo.sales_promised_date
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        exceptions = super().create(vals_list)
        exceptions._tell_where_due()
        return exceptions

    def write(self, vals):
        result = super().write(vals)
        if not {"cause", "date_forecast"}.isdisjoint(vals):
            self._tell_where_due()
        return result

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("date_found"),
            Column("cause"),
            Column("subject"),
            Column("order_id", label=self.env._("Order")),
            Column("picking_id"),
            Column("partner_id"),
            Column("user_id"),
            Column("department_id"),
            Column("date_promised"),
            Column("date_agreed"),
            Column("delay_days"),
            Column("contact_id"),
            Column("channel"),
            Column("cost_amount", currency="company_id.currency_id", total=True),
            Column("measure"),
            Column("state"),
        ]
