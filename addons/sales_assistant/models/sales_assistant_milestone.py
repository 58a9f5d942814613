from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_milestone_template_line import TRIGGERS
from .sales_assistant_order_mixin import LEAD, USER

MILESTONE_STATES = [("pending", "Pending"), ("done", "Done"), ("skipped", "Skipped")]


class SalesAssistantMilestone(models.Model):
    """SA-10: a step towards the promised date of an order (跟单, S0 二·2、4).

    Planned backwards from the promised date in working days; done by hand or by what
    happens in Odoo (``trigger``). Late: pending after its day. At risk: not late
    itself, but an earlier milestone of the order is pending and either late, or this
    one is due within the days of the settings; or what is still to do until then takes
    longer than there is time (``date_latest``).
    """

    _name = "sales.assistant.milestone"
    _inherit = [
        "sales.assistant.step.order.mixin",
        "sales.assistant.order.mixin",
        "sales.sheet.mixin",
    ]
    _description = "Milestone"
    _order = "date_planned, sequence, id"

    _steps = {
        "done": Step({"pending"}, "done", USER),
        "skip": Step({"pending"}, "skipped", USER, "write", "sales_milestone_skip"),
        "reopen": Step({"done", "skipped"}, "pending", LEAD),
        "move": Step({"pending"}, None, USER),
    }
    _frozen_states = frozenset({"done", "skipped"})
    _deletable_states = frozenset({"pending"})
    _closed_fields = frozenset(
        {
            "date_done",
            "done_by_id",
            "template_line_id",
            "offset_days",
            "salesperson_id",
        }
    )

    name = fields.Char(
        "Milestone", required=True, readonly=False, default=None, translate=True
    )
    order_id = fields.Many2one(ondelete="cascade", domain="[('state', '=', 'sale')]")
    state = fields.Selection(
        MILESTONE_STATES,
        required=True,
        default="pending",
        index=True,
        tracking=True,
        group_expand=True,
    )
    sequence = fields.Integer(default=10)
    trigger = fields.Selection(TRIGGERS, "Done by", required=True, default="hand")
    is_public = fields.Boolean("Shown to Customer", default=True)
    is_production = fields.Boolean(
        "Produced",
        help="Once this step is done, the order counts as produced.",
    )
    template_line_id = fields.Many2one(
        "sales.assistant.milestone.template.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    offset_days = fields.Integer(
        "Working Days", readonly=True, help="From the promised date."
    )

    # people
    user_id = fields.Many2one(
        "res.users", "Responsible", index=True, domain=[("share", "=", False)]
    )
    salesperson_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )

    # dates
    date_planned = fields.Date("Planned", required=True, tracking=True)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        "res.users", "Confirmed by", readonly=True, copy=False, index="btree_not_null"
    )
    delay_days = fields.Integer(
        "Delay (Days)",
        compute="_compute_delay_days",
        store=True,
        precompute=True,
        aggregator="avg",
        help="Calendar days done after (negative: before) the planned day.",
    )
    is_late = fields.Boolean(
        "Late", compute="_compute_is_late", search="_search_is_late"
    )
    is_at_risk = fields.Boolean(
        "At Risk", compute="_compute_is_late", search="_search_is_at_risk"
    )
    color = fields.Integer(compute="_compute_is_late")

    can_done = fields.Boolean(compute="_compute_can_steps")
    can_skip = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _order_idx = models.Index("(date_planned, sequence, id)")
    _open_idx = models.Index("(date_planned, sequence, id) WHERE state = 'pending'")
    _open_order_idx = models.Index("(order_id, sequence) WHERE state = 'pending'")

    @api.model
    def _get_closed_fields(self):
        """A milestone is told by its name, it has no number."""
        return super()._get_closed_fields() - {"name"}

    # ---------------------------------------------------------------- computes

    @api.depends("state", "trigger")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        for milestone in self:
            order = milestone.order_id.sudo().name  # sudo: a number is no secret
            parts = [part for part in (order, milestone.name) if part]
            milestone.display_name = " · ".join(parts)

    @api.depends("date_planned", "date_done")
    def _compute_delay_days(self):
        for milestone in self:
            done = milestone.date_done
            milestone.delay_days = done and (done - milestone.date_planned).days

    @api.depends(
        "state", "date_planned", "date_latest", "sequence", "order_id", "company_id"
    )
    def _compute_is_late(self):
        days = {company: company._get_sales_today() for company in self.company_id}
        pending = self.filtered(lambda one: one.state == "pending" and one.date_planned)
        late = pending.filtered(lambda one: one.date_planned < days[one.company_id])
        at_risk = (pending - late)._filter_at_risk(days)
        for milestone in self:
            milestone.is_late = milestone in late
            milestone.is_at_risk = milestone in at_risk
            milestone.color = 1 if milestone.is_late else 2 * milestone.is_at_risk
            if milestone.state == "done":
                milestone.color = 10

    def _filter_at_risk(self, days):
        """Those at risk of pending milestones that are not late: the rule of
        ``_get_risk_domain``, of what the form shows. The calendar is read only where
        the answer depends on it.

        :param dict days: {company: its business day}
        """
        # sudo: an earlier step counts whoever may see it
        groups = self.sudo()._read_group(
            [("order_id", "in", self.order_id._origin.ids), ("state", "=", "pending")],
            ["order_id"],
            ["id:array_agg", "sequence:array_agg", "date_planned:array_agg"],
        )
        steps = {
            order.id: list(zip(*columns, strict=True)) for order, *columns in groups
        }
        risk_days = {}
        at_risk = self.filtered(
            lambda one: one.date_latest and one.date_latest < days[one.company_id]
        )
        for one in self - at_risk:
            earlier = [
                planned
                for id_, sequence, planned in steps.get(one.order_id._origin.id, ())
                if sequence < one.sequence and id_ != one._origin.id
            ]
            if not earlier:
                continue
            company = one.company_id
            if min(earlier) >= days[company]:
                if company not in risk_days:
                    risk_days[company] = company._get_sales_risk_day()
                if one.date_planned > risk_days[company]:
                    continue
            at_risk += one
        return at_risk

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "pending") & self._get_company_day_domain(
            lambda company: Domain("date_planned", "<", company._get_sales_today())
        )

    def _search_is_at_risk(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "pending") & self._get_company_day_domain(
            self._get_risk_domain
        )

    @api.model
    def _get_risk_domain(self, company):
        """Not late itself, behind an earlier pending milestone that is late, or due
        within the company's days behind one that is not done, or with more work to do
        until then than there is time."""
        today, soon = company._get_sales_today(), company._get_sales_risk_day()

        def behind_pending(model, alias, query):
            return SQL(
                """EXISTS (
                    SELECT 1
                      FROM sales_assistant_milestone earlier
                     WHERE earlier.order_id = %(order)s
                       AND earlier.state = 'pending'
                       AND earlier.sequence < %(sequence)s
                       AND (earlier.date_planned < %(today)s OR %(planned)s <= %(soon)s)
                )""",
                order=SQL.identifier(alias, "order_id"),
                sequence=SQL.identifier(alias, "sequence"),
                planned=SQL.identifier(alias, "date_planned"),
                today=today,
                soon=soon,
            )

        behind = Domain.custom(
            to_sql=behind_pending, predicate=lambda record: record.is_at_risk
        )
        too_much = Domain("date_latest", "<", today)
        return Domain("date_planned", ">=", today) & (behind | too_much)

    @api.model
    def _get_company_day_domain(self, get_domain):
        """A domain that depends on each company's own business day."""
        # sudo: days are counted for every company whose milestones are looked at
        companies = self.env["res.company"].sudo().search([])
        if not self.env.su:
            companies &= self.env.companies
        return Domain.OR(
            Domain("company_id", "=", company.id) & get_domain(company)
            for company in companies
        )

    @api.model
    def _add_precomputed_values(self, vals_list):
        for vals in vals_list:
            if not vals.get("date_done"):
                vals["delay_days"] = 0
        return super()._add_precomputed_values(vals_list)

    def _take_template_names(self):
        """The name in every language of the template: the customer reads his own."""
        self.flush_recordset(["name", "template_line_id"])
        self.env["sales.assistant.milestone.template.line"].flush_model(["name"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_assistant_milestone milestone
                   SET name = line.name
                  FROM sales_assistant_milestone_template_line line
                 WHERE line.id = milestone.template_line_id
                   AND milestone.id = ANY(%s)
                """,
                self.ids,
            )
        )
        self.invalidate_recordset(["name", "display_name"])

    @api.model
    def _take_new_languages(self):
        """The same for milestones from before; a name that was changed is kept."""
        self.flush_model(["name", "template_line_id"])
        self.env["sales.assistant.milestone.template.line"].flush_model(["name"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_assistant_milestone milestone
                   SET name = line.name
                  FROM sales_assistant_milestone_template_line line
                 WHERE line.id = milestone.template_line_id
                   AND line.name->>'en_US' = milestone.name->>'en_US'
                   AND line.name <> milestone.name
                """
            )
        )
        self.invalidate_model(["name", "display_name"])

    # ------------------------------------------------------------------- steps

    def action_done(self):
        self._check_can("done")
        self._do_done()

    def _do_done(self, days=None):
        """Complete milestones.

        :param dict days: {order id: day of what happened in Odoo}; by hand it is today,
            and the person is kept
        """
        today = {company: company._get_sales_today() for company in self.company_id}
        by_day = self.grouped(
            lambda one: days[one.order_id.id] if days else today[one.company_id]
        )
        for day, milestones in by_day.items():
            milestones._take_step(
                "done", date_done=day, done_by_id=not days and self.env.uid
            )

    def action_skip(self):
        return self._ask_reason("skip")

    def _do_skip(self, reason, note):
        self._take_step("skip", cancel_reason_id=reason.id, reason_note=note)

    def action_reopen(self):
        self._check_can("reopen")
        self._do_reopen()

    def _do_reopen(self):
        self._take_step(
            "reopen",
            date_done=False,
            done_by_id=False,
            cancel_reason_id=False,
            reason_note=False,
        )

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("order_id", label=self.env._("Order")),
            Column("partner_id"),
            Column("salesperson_id"),
            Column("assistant_id"),
            Column("name"),
            Column("trigger"),
            Column("state"),
            Column("date_planned"),
            Column("date_done"),
            Column("delay_days"),
            Column("user_id"),
            Column("cancel_reason_id"),
        ]
