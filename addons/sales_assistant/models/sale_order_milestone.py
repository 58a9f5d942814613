# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, fields, models

from ..tools import milestone
from .sales_assistant_order_mixin import MILESTONE


class SaleOrder(models.Model):
    """SA-10: a confirmed order is followed up by milestones, planned backwards from the
    promised date and completed by deliveries, invoices and payments."""

    _inherit = "sale.order"

    # ---------------------------------------------------------------- computes

    @api.depends("sales_milestone_ids.state", "sales_milestone_ids.date_planned")
    def _compute_sales_milestone_count(self):
        counts = dict(
            self.env["sales.assistant.milestone"]._read_group(
                [("order_id", "in", self.ids), ("state", "!=", "skipped")],
                ["order_id"],
                ["__count"],
            )
        )
        late = dict(
            self.env["sales.assistant.milestone"]._read_group(
                [("order_id", "in", self.ids), ("is_late", "=", True)],
                ["order_id"],
                ["__count"],
            )
        )
        for order in self:
            order.sales_milestone_count = counts.get(order._origin, 0)
            order.sales_milestone_late_count = late.get(order._origin, 0)

    @api.depends(
        "sales_milestone_ids.state",
        "sales_milestone_ids.date_planned",
        "sales_milestone_ids.name",
    )
    def _compute_sales_timeline(self):
        for order in self:
            order.sales_timeline = order._get_timeline(order.sales_milestone_ids)

    def _get_timeline(self, milestones):
        """What the timeline draws, in the order of the steps.

        :returns: list of ``{"id", "name", "state", "date", "planned"}`` with the
            states done, late, at_risk, pending
        """
        rows = []
        shown = milestones.filtered(lambda one: one.state != "skipped")
        for one in shown.sorted(lambda one: (one.sequence, one.date_planned, one.id)):
            state = one.state
            if state == "pending":
                state = "late" if one.is_late else one.is_at_risk and "at_risk" or state
            rows.append(
                {
                    "id": one.id,
                    "name": one.name,
                    "state": state,
                    "date": fields.Date.to_string(one.date_done or one.date_planned),
                    "planned": fields.Date.to_string(one.date_planned),
                }
            )
        return rows

    def _get_portal_timeline(self):
        """The timeline as the customer sees it: steps meant for him, what is done and
        what comes next, on the days that he was told, without our delays.

        :returns: list of ``{"name", "state", "date"}``; state done, next or pending
        """
        self.ensure_one()
        if not self._is_follow_up_on():
            return []
        public = self.sudo().sales_milestone_ids.filtered(  # sudo: portal has no rows
            lambda one: one.is_public and one.state != "skipped"
        )
        rows, is_next = [], True
        for one in public.sorted(lambda one: (one.sequence, one.date_planned, one.id)):
            state = one.state
            if state == "pending" and is_next:
                state, is_next = "next", False
            rows.append(
                {
                    "name": one.name,
                    "state": state,
                    "date": one.date_done or one.date_told or one.date_planned,
                }
            )
        return rows

    @api.model
    def _is_follow_up_on(self):
        """Whether the part is switched on for this database."""
        return self.env["res.groups"]._is_feature_enabled(MILESTONE)

    # -------------------------------------------------------------------- plan

    def _get_planning_day(self):
        """The day a plan counts back from: promised, else expected, else ordered."""
        self.ensure_one()
        if self.sales_promised_date:
            return self.sales_promised_date
        moment = self.expected_date or self.date_order
        return self.company_id._get_sales_day(moment)

    def _create_milestones(self):
        """Give each confirmed order without milestones those of its template."""
        if not self._is_follow_up_on():
            return
        orders = (
            self.sudo().filtered(  # sudo: the plan is the template's, not the user's
                lambda order: (
                    order.company_id.sales_assistant_milestone_enabled
                    and not order.sales_milestone_ids
                )
            )
        )
        if not orders:
            return
        templates = orders.env["sales.assistant.milestone.template"]._get_for_orders(
            orders
        )
        lines = {order.id: templates[order.id].line_ids for order in orders}
        days = orders._plan_days(
            lines, {order.id: templates[order.id].calendar_id for order in orders}
        )
        milestones = orders.env["sales.assistant.milestone"].create(
            [
                order._prepare_milestone_values(line, days[order.id, line.id])
                for order in orders
                for line in lines[order.id]
            ]
        )
        milestones._take_template_names()
        orders._update_milestones()

    def _prepare_milestone_values(self, line, day):
        people = {"assistant": self.assistant_id, "salesperson": self.user_id}
        responsible = people[line.responsible] or self.user_id or self.assistant_id
        return {
            "order_id": self.id,
            "template_line_id": line.id,
            "sequence": line.sequence,
            "name": line.name,
            "trigger": line.trigger,
            "offset_days": line.offset_days,
            "duration_days": line.duration_days,
            "is_public": line.is_public,
            "is_production": line.is_production,
            "user_id": responsible.id,
            "date_planned": day,
        }

    def _plan_days(self, lines, calendars):
        """Days of milestones, with one reading of each calendar.

        :param dict lines: {order id: records with ``offset_days``}
        :param dict calendars: {order id: ``resource.calendar``, empty: the company's}
        :returns: {(order id, record id): date}
        """
        planned = {}
        for (company, calendar), orders in self.grouped(
            lambda order: (order.company_id, calendars[order.id])
        ).items():
            bases = {order.id: order._get_planning_day() for order in orders}
            offsets = {rec.offset_days for id_ in bases for rec in lines[id_]}
            if not offsets:
                continue
            window = milestone.get_window(bases.values(), offsets)
            working_days = company._get_sales_working_days(*window, calendar=calendar)
            for order_id, base in bases.items():
                for record in lines[order_id]:
                    planned[order_id, record.id] = milestone.plan(
                        base, record.offset_days, working_days
                    )
        return planned

    def _replan_milestones(self):
        """The promised date moved: pending milestones of a template follow."""
        # sudo: dates follow the promise whoever moves it
        pending = (
            self.env["sales.assistant.milestone"]
            .sudo()
            .search_fetch(
                [
                    ("order_id", "in", self.ids),
                    ("state", "=", "pending"),
                    ("template_line_id", "!=", False),
                ],
                ["order_id", "offset_days", "date_planned"],
            )
        )
        by_order = pending.grouped("order_id")
        orders = pending.order_id
        days = orders._plan_days(
            {order.id: by_order[order] for order in orders},
            {order.id: order._get_sales_calendar() for order in orders},
        )
        moved = pending.filtered(
            lambda one: one.date_planned != days[one.order_id.id, one.id]
        )
        for day, milestones in moved.grouped(
            lambda one: days[one.order_id.id, one.id]
        ).items():
            milestones.date_planned = day

    # ------------------------------------------------------------------- effect

    def _update_milestones(self):
        """Complete what has happened in Odoo; reopen what no longer holds, such as the
        invoice of an order whose invoice was taken back. What a person has confirmed
        stays. Safe to call at any time."""
        # sudo: a warehouse worker completes milestones he may not read
        milestones = (
            self.env["sales.assistant.milestone"]
            .sudo()
            .search_fetch(
                [
                    ("order_id", "in", self.ids),
                    ("trigger", "!=", "hand"),
                    ("state", "in", ("pending", "done")),
                ],
                ["order_id", "trigger", "state", "done_by_id", "date_expected"],
            )
        )
        for trigger, records in milestones.grouped("trigger").items():
            days = getattr(records.order_id, f"_get_{trigger}_days")()
            happened = records.filtered(
                lambda one, days=days: days.get(one.order_id.id)
            )
            happened.filtered(lambda one: one.state == "pending")._do_done(days)
            undone = (records - happened).filtered(
                lambda one: one.state == "done" and not one.done_by_id
            )
            undone._do_reopen()
            get_expected = getattr(records.order_id, f"_get_{trigger}_expected_days", 0)
            if get_expected:
                records._note_expected(get_expected())

    def _get_delivery_days(self):
        """Day on which the last delivery of each fully delivered order was validated.

        :returns: {order id: date}
        """
        days = {}
        for order in self.filtered(lambda order: order.delivery_status == "full"):
            moments = order.picking_ids.filtered("date_done").mapped("date_done")
            if moments:
                days[order.id] = order.company_id._get_sales_day(max(moments))
        return days

    def _get_invoice_days(self):
        """Day of the last invoice of each fully invoiced order.

        :returns: {order id: date}
        """
        days = {}
        done = self.filtered(lambda o: o.invoice_status in ("invoiced", "upselling"))
        for order in done:
            invoices = order._get_posted_invoices()
            if invoices:
                days[order.id] = max(invoices.mapped("invoice_date"))
        return days

    def _get_payment_days(self):
        """Business day on which it was found that each order is invoiced and paid.

        :returns: {order id: date}
        """
        invoiced = self.browse(self._get_invoice_days())
        return {
            order.id: order.company_id._get_sales_today()
            for order in invoiced
            if all(
                invoice.payment_state in ("paid", "in_payment", "reversed")
                for invoice in order._get_posted_invoices()
            )
        }

    def _get_posted_invoices(self):
        return self.invoice_ids.filtered(lambda move: move.state == "posted")

    # -------------------------------------------------------------------- close

    def _close_follow_up(self):
        """A cancelled order is neither reviewed nor followed up."""
        # sudo: what follows the order follows it whoever cancels
        orders_sudo = self.sudo()
        orders_sudo.sales_review_ids.filtered(
            lambda review: review.state in ("draft", "in_review")
        )._do_supersede()
        orders_sudo.sales_milestone_ids.filtered(
            lambda one: one.state == "pending"
        )._take_step("skip")
        orders_sudo.activity_unlink(["sales_assistant.mail_act_accepted"])
        orders_sudo.filtered("is_accepted_by_customer").write(
            {"is_accepted_by_customer": False, "accepted_by_customer_at": False}
        )

    # ------------------------------------------------------------------- actions

    def action_view_milestones(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_milestone_action"
        )
        return {
            **action,
            "domain": [("order_id", "=", self.id)],
            "context": {"default_order_id": self.id},
        }

    def action_create_milestones(self):
        """SA-10: plan the milestones of confirmed orders that have none."""
        self.check_access("write")
        self.filtered(lambda order: order.state == "sale")._create_milestones()
