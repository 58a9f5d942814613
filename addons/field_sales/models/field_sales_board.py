from babel.dates import format_skeleton

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, get_lang
from odoo.tools.misc import babel_locale_parse

from odoo.addons.sales_base.tools.period import week_of

SUPERVISOR = "field_sales.group_field_sales_supervisor"


class FieldSalesBoard(models.AbstractModel):
    """The day of a salesperson, and of who leads him: stores to go to, plans to hand in
    or approve, stores that wait too long, visits that fell out."""

    _name = "field.sales.board"
    _inherit = "sales.board"
    _description = "Field Sales Board"

    @api.model
    def _get_own_domain(self):
        return self.env["field.sales.visit"]._get_own_domain()

    @api.model
    def _get_day_domains(self):
        """Domains that lanes and figures share."""
        today = self.env.company._get_sales_today()
        week = week_of(today)
        own = self._get_own_domain()
        is_today = Domain("date_planned", "=", today)
        is_week = Domain("date_planned", ">=", week.first) & Domain(
            "date_planned", "<=", week.last
        )
        waiting = Domain("state", "in", ["planned", "in_progress"])
        return {
            "today": own & waiting & is_today
            | own & Domain("state", "=", "in_progress"),
            "late": own
            & Domain("state", "=", "planned")
            & Domain("date_planned", "<", today)
            & Domain("date_planned", ">=", week.first),
            "skipped": Domain("state", "=", "skipped") & is_week,
            "all_today": Domain("state", "!=", "cancelled") & is_today,
            "all_week": Domain("state", "!=", "cancelled") & is_week,
            "overdue": Domain("is_store", "=", True)
            & Domain("user_id", "!=", False)
            & (
                Domain("field_sales_due_date", "<", today)
                | Domain("field_sales_last_visit_date", "=", False)
            ),
        }

    @api.model
    def _get_lanes(self):
        """Who leads others sees first what waits for his decision."""
        domains = self._get_day_domains()
        lanes = [
            *self._get_visit_lanes(domains),
            *self._get_plan_lanes(),
            *self._get_store_lanes(domains),
            *self._get_shared_lanes(),
        ]
        if self.env.user.has_group(SUPERVISOR):
            first = ("approve", "overdue", "skipped")
            lanes.sort(key=lambda lane: lane["key"] not in first)
        return lanes

    @api.model
    def _get_visit_lanes(self, domains):
        _ = self.env._
        visit_fields = [
            "name",
            "store_id",
            "state",
            "date_planned",
            "day_order",
            "user_id",
        ]
        return [
            {
                "key": "today",
                "title": _("My Visits Today"),
                "icon": "fa-map-marker",
                "model": "field.sales.visit",
                "domain": domains["today"],
                "order": "date_planned, day_order, id",
                "fields": visit_fields,
                "row": self._get_today_row,
                "action": "field_sales.field_sales_visit_action_mine",
                "actions": [
                    {"method": "action_go", "title": _("Go"), "icon": "fa-play"}
                ],
                "empty": _("No more store today."),
            },
            {
                "key": "late",
                "title": _("Missed This Week"),
                "icon": "fa-clock-o",
                "model": "field.sales.visit",
                "domain": domains["late"],
                "order": "date_planned, day_order, id",
                "fields": visit_fields,
                "row": self._get_late_row,
                "action": "field_sales.field_sales_visit_action",
                "actions": [{"method": "action_move", "title": _("Move")}],
                "empty": _("Every visit so far has been made."),
            },
            {
                "key": "skipped",
                "title": _("Skipped This Week"),
                "icon": "fa-ban",
                "model": "field.sales.visit",
                "domain": domains["skipped"],
                "order": "date_planned desc, day_order, id desc",
                "fields": [*visit_fields, "cancel_reason_id"],
                "row": self._get_skipped_row,
                "action": "field_sales.field_sales_visit_action",
                "groups": SUPERVISOR,
                "empty": _("Nothing was skipped."),
            },
        ]

    @api.model
    def _get_plan_lanes(self):
        _ = self.env._
        plan_fields = ["name", "week", "user_id", "state", "date_start"]
        return [
            {
                "key": "submit",
                "title": _("Plans to Hand In"),
                "icon": "fa-calendar-check-o",
                "model": "field.sales.plan",
                "domain": self._get_own_domain() & Domain("state", "=", "draft"),
                "order": "date_start, id",
                "fields": plan_fields,
                "row": self._get_plan_row,
                "action": "field_sales.field_sales_plan_action",
                "empty": _("Your plans are handed in."),
            },
            {
                "key": "approve",
                "title": _("Plans to Approve"),
                "icon": "fa-check-square-o",
                "model": "field.sales.plan",
                "domain": Domain("state", "=", "submitted")
                & Domain("user_id", "!=", self.env.uid),
                "order": "date_start, id",
                "fields": plan_fields,
                "row": self._get_plan_row,
                "action": "field_sales.field_sales_plan_action",
                "actions": [{"method": "action_approve", "title": _("Approve")}],
                "groups": SUPERVISOR,
                "empty": _("No plan waits for you."),
            },
        ]

    @api.model
    def _get_store_lanes(self, domains):
        _ = self.env._
        own = self._get_own_domain()
        if self.env.user.has_group(SUPERVISOR):
            mine = self._get_led_domain()
        else:
            mine = own
        return [
            {
                "key": "overdue",
                "title": _("Not Visited Often Enough"),
                "icon": "fa-hourglass-half",
                "model": "res.partner",
                "domain": domains["overdue"] & mine,
                "order": "field_sales_due_date, id",
                "fields": [
                    "name",
                    "user_id",
                    "field_sales_last_visit_date",
                    "field_sales_due_date",
                ],
                "row": self._get_overdue_row,
                "action": "field_sales.res_partner_action_store",
                "empty": _("Every store is visited as often as asked."),
            },
            {
                "key": "greetings",
                "title": _("Greetings Due"),
                "icon": "fa-birthday-cake",
                "model": "res.partner",
                "domain": self.env["res.partner"]._get_greeting_domain(),
                "order": "field_sales_birthday_key, id",
                "fields": ["name", "parent_id", "function", "field_sales_birthday"],
                "row": self._get_greeting_row,
                "empty": _("No birthday in the next days."),
            },
        ]

    @api.model
    def _get_led_domain(self):
        """Stores of the salespeople whom the current user leads; all for managers."""
        if self.env.user.has_group("field_sales.group_field_sales_manager"):
            return Domain.TRUE
        led = Domain(
            "user_id.crm_team_member_ids.crm_team_id.user_id", "=", self.env.uid
        )
        return self._get_own_domain() | led

    # -------------------------------------------------------------------- rows

    @api.model
    def _get_today_row(self, visit):
        if visit.state == "in_progress":
            reason, level = self.env._("You are in this store."), "warning"
        else:
            reason = self.env._("Stop %(number)s", number=visit.day_order)
            level = "info"
        return {
            "title": visit.store_id.name,
            "subtitle": visit.store_id.street or "",
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_late_row(self, visit):
        return {
            "title": visit.store_id.name,
            "subtitle": visit.user_id.name,
            "reason": self.env._(
                "was planned for %(day)s",
                day=format_date(self.env, visit.date_planned, date_format="EEEE"),
            ),
            "level": "danger",
        }

    @api.model
    def _get_skipped_row(self, visit):
        return {
            "title": visit.store_id.name,
            "subtitle": visit.user_id.name,
            "reason": visit.cancel_reason_id.name or "",
            "level": "warning",
        }

    @api.model
    def _get_plan_row(self, plan):
        return {
            "title": plan.week,
            "subtitle": plan.user_id.name,
            "reason": plan.load_text,
            "level": "info",
        }

    @api.model
    def _get_overdue_row(self, store):
        last = store.field_sales_last_visit_date
        if last:
            reason = self.env._("last visit %(day)s", day=format_date(self.env, last))
        else:
            reason = self.env._("never visited")
        return {
            "title": store.name,
            "subtitle": store.user_id.name,
            "reason": reason,
            "level": "danger" if last else "warning",
        }

    @api.model
    def _get_greeting_row(self, person):
        return {
            "title": person.name,
            "subtitle": person.parent_id.name,
            "reason": format_skeleton(
                "MMMMd",
                person.field_sales_birthday,
                locale=babel_locale_parse(get_lang(self.env).code),
            ),
            "level": "info",
        }

    # ----------------------------------------------------------------- figures

    @api.model
    def _get_figures(self):
        _ = self.env._
        domains = self._get_day_domains()
        today = self._count_states(domains["all_today"])
        week = self._count_states(domains["all_week"])
        done, planned = today.get("done", 0), sum(today.values())
        week_done, week_planned = week.get("done", 0), sum(week.values())
        return [
            {
                "key": "today",
                "title": _("Visits Today"),
                "value": f"{done} / {planned}",
                "level": "success" if planned and done == planned else "",
                "action": "field_sales.field_sales_visit_action",
            },
            {
                "key": "week",
                "title": _("Visits This Week"),
                "value": f"{week_done} / {week_planned}",
                "level": "",
                "action": "field_sales.field_sales_visit_action",
            },
            {
                "key": "skipped",
                "title": _("Skipped This Week"),
                "value": str(week.get("skipped", 0)),
                "level": "warning" if week.get("skipped") else "",
                "action": "field_sales.field_sales_visit_action",
            },
            {
                "key": "stock_out",
                "title": _("Out of Stock This Week"),
                "value": self._get_stock_out_text(domains["all_week"]),
                "level": "",
                "action": "field_sales.field_sales_visit_line_action",
            },
            {
                "key": "orders",
                "title": _("Visits with Order This Week"),
                "value": self._get_strike_text(domains["all_week"], week_done),
                "level": "",
                "action": "field_sales.sale_order_action",
            },
        ]

    @api.model
    def _count_states(self, domain):
        groups = self.env["field.sales.visit"]._read_group(
            domain, ["state"], ["__count"]
        )
        return dict(groups)

    @api.model
    def _get_stock_out_text(self, visits):
        groups = dict(
            self.env["field.sales.visit.line"]._read_group(
                [("visit_id", "any", visits), ("is_complete", "=", True)],
                ["is_out_of_stock"],
                ["__count"],
            )
        )
        counted = sum(groups.values())
        return f"{100 * groups.get(True, 0) / counted:.1f} %" if counted else "–"

    @api.model
    def _get_strike_text(self, visits, done):
        groups = self.env["sale.order"]._read_group(
            [
                ("field_sales_visit_id", "any", visits),
                ("field_sales_visit_id.state", "=", "done"),
                ("state", "!=", "cancel"),
            ],
            [],
            ["field_sales_visit_id:count_distinct"],
        )
        return f"{100 * groups[0][0] / done:.0f} %" if done else "–"
