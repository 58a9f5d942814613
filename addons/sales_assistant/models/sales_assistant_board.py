from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from .sales_assistant_order_mixin import LEAD, MANAGER, MILESTONE


class SalesAssistantBoard(models.AbstractModel):
    """SA-01: the desk's opening screen: reviews, acceptances and milestones that wait
    for the current user; a lead sees his teams, a manager the company."""

    _name = "sales.assistant.board"
    _inherit = ["sales.board"]
    _description = "Assistant Desk Board"

    # ------------------------------------------------------------------- scope

    @api.model
    def _has_team(self):
        return self.env.user.has_groups(f"{LEAD},{MANAGER}")

    @api.model
    def _get_scope(self, salesperson="user_id"):
        """What the current user looks after, on orders and what belongs to them.

        :param str salesperson: name of the salesperson's field
        """
        user = self.env.user
        scope = Domain("company_id", "in", self.env.companies.ids)
        if user.has_group(MANAGER):
            return scope
        own = Domain.OR(
            Domain(fname, "in", user._get_sales_acting_ids())
            for fname in (salesperson, "assistant_id")
        )
        if user.has_group(LEAD):
            own |= Domain("team_id.user_id", "=", user.id)
        return scope & own

    @api.model
    def _get_lane_domains(self):
        """One domain per lane and figure: what is counted is what is listed."""
        today = self.env.company._get_sales_today()
        orders = self._get_scope()
        telling = Domain("is_sales_telling_due", "=", True)
        milestones = self._get_scope("salesperson_id")
        reviews = self.env["sales.assistant.review"]
        quotations = Domain("state", "in", ("draft", "sent"))
        awaited = Domain("opinion", "=", False) & Domain("date_due", ">=", today)
        return {
            "checks": reviews._get_decider_domain(),
            "opinions": self.env["sales.assistant.review.opinion"]._get_mine_domain(),
            "decisions": Domain("state", "=", "in_review")
            & Domain("kind", "=", "special")
            & Domain("opinion_ids", "not any", awaited),
            "accepted": orders
            & quotations
            & Domain("is_accepted_by_customer", "=", True),
            "in_review": orders
            & quotations
            & Domain("sales_review_state", "in", ("in_review", "rejected")),
            "late": milestones & Domain("is_late", "=", True),
            "at_risk": milestones & Domain("is_at_risk", "=", True),
            "week": milestones
            & Domain("state", "=", "pending")
            & Domain("date_planned", ">=", today)
            & Domain("date_planned", "<=", today + timedelta(days=6)),
            "telling": orders & telling,
            "unplanned": orders
            & Domain("state", "=", "sale")
            & Domain("sales_milestone_ids", "=", False)
            & Domain("invoice_status", "!=", "invoiced"),
        }

    # ------------------------------------------------------------------- lanes

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        orders = self._get_scope()
        decide = {"method": "action_approve", "title": _("Decide"), "icon": "fa-gavel"}
        answer = {"method": "action_answer", "title": _("Answer"), "icon": "fa-comment"}
        done = {"method": "action_done", "title": _("Done"), "icon": "fa-check"}
        plan = {
            "method": "action_create_milestones",
            "title": _("Plan"),
            "icon": "fa-calendar-plus-o",
        }
        tell = {
            "method": "action_tell_customer",
            "title": _("Customer told"),
            "icon": "fa-comment-o",
        }
        lanes = [
            {
                **self._get_review_lane(
                    "checks", _("Terms to confirm"), "fa-check-square-o"
                ),
                "owner": "assistant_id",
                "team_domain": orders
                & Domain("state", "=", "in_review")
                & Domain("kind", "=", "normal"),
            },
            {
                "key": "opinions",
                "title": _("Opinions asked of me"),
                "icon": "fa-comments-o",
                "model": "sales.assistant.review.opinion",
                "order": "date_due, id",
                "fields": ["department_id", "date_due", "review_id"],
                "row": self._get_opinion_row,
                "actions": [answer],
                "action": "sales_assistant.sales_assistant_review_opinion_action",
            },
            {
                **self._get_review_lane(
                    "decisions", _("Decisions to take"), "fa-gavel"
                ),
                "actions": [decide],
                "groups": MANAGER,
            },
            {
                "key": "accepted",
                "title": _("Accepted by the customer, waiting"),
                "icon": "fa-handshake-o",
                "model": "sale.order",
                "order": "accepted_by_customer_at, id",
                "fields": ["name", "partner_id", "accepted_by_customer_at"],
                "row": self._get_accepted_row,
                "owner": "user_id",
            },
            {
                "key": "telling",
                "title": _("Moved dates to tell the customer"),
                "icon": "fa-bullhorn",
                "model": "sale.order",
                "order": "sales_told_date, id",
                "fields": [
                    "name",
                    "partner_id",
                    "sales_told_date",
                    "sales_promised_date",
                ],
                "row": self._get_telling_row,
                "actions": [tell],
                "groups": MILESTONE,
            },
            self._get_milestone_lane("late", _("Milestones late"), "fa-clock-o", done),
            self._get_milestone_lane(
                "at_risk", _("Milestones at risk"), "fa-exclamation-triangle", done
            ),
            self._get_milestone_lane(
                "week", _("Due within 7 days"), "fa-calendar-check-o", done
            ),
            {
                "key": "in_review",
                "title": _("Quotations in review or rejected"),
                "icon": "fa-hourglass-half",
                "model": "sale.order",
                "order": "sales_review_state desc, id",
                "fields": ["name", "partner_id", "sales_review_state", "amount_total"],
                "row": self._get_reviewed_row,
                "owner": "user_id",
            },
            {
                "key": "unplanned",
                "title": _("Orders without milestones"),
                "icon": "fa-calendar-times-o",
                "model": "sale.order",
                "order": "date_order desc, id desc",
                "fields": ["name", "partner_id", "date_order"],
                "row": self._get_unplanned_row,
                "actions": [plan],
                "groups": MILESTONE,
                "owner": "assistant_id",
            },
        ]
        for lane in lanes:
            lane["domain"] = domains[lane["key"]]
        return [*lanes, *self._get_shared_lanes()]

    @api.model
    def _get_review_lane(self, key, title, icon):
        return {
            "key": key,
            "title": title,
            "icon": icon,
            "model": "sales.assistant.review",
            "order": "submitted_at, id",
            "fields": [
                "name",
                "partner_id",
                "order_id",
                "submitted_at",
                "amount_total",
            ],
            "row": self._get_review_row,
            "action": "sales_assistant.sales_assistant_review_action",
        }

    @api.model
    def _get_milestone_lane(self, key, title, icon, done):
        return {
            "key": key,
            "title": title,
            "icon": icon,
            "model": "sales.assistant.milestone",
            "order": "date_planned, sequence, id",
            "fields": ["name", "order_id", "partner_id", "date_planned", "trigger"],
            "row": {
                "late": self._get_late_row,
                "at_risk": self._get_risk_row,
                "week": self._get_due_row,
            }[key],
            "actions": [done],
            "action": "sales_assistant.sales_assistant_milestone_action",
            "groups": MILESTONE,
            "owner": "assistant_id",
        }

    # -------------------------------------------------------------------- rows

    @api.model
    def _get_review_row(self, review):
        return {
            "title": review.order_id.name,
            "subtitle": review.partner_id.display_name,
            "reason": self.env._(
                "%(progress)s · %(amount)s · asked on %(day)s",
                progress=review.progress,
                amount=format_amount(self.env, review.amount_total, review.currency_id),
                day=self._format_moment(review.submitted_at),
            ),
            "level": "info",
        }

    @api.model
    def _get_opinion_row(self, opinion):
        overdue = opinion.is_overdue
        # sudo: whoever is asked may see what about
        review_sudo = opinion.review_id.sudo()
        return {
            "title": review_sudo.order_id.name,
            "subtitle": review_sudo.partner_id.display_name,
            "reason": self.env._(
                "%(department)s, until %(day)s",
                department=opinion.department_id.name,
                day=format_date(self.env, opinion.date_due),
            ),
            "level": "danger" if overdue else "warning",
        }

    @api.model
    def _get_accepted_row(self, order):
        return {
            "title": order.name,
            "subtitle": order.partner_id.display_name,
            "reason": self.env._(
                "Accepted on %(day)s; %(state)s",
                day=self._format_moment(order.accepted_by_customer_at),
                state=self._get_review_word(order),
            ),
            "level": "danger",
        }

    @api.model
    def _get_reviewed_row(self, order):
        return {
            "title": order.name,
            "subtitle": order.partner_id.display_name,
            "reason": "%s · %s"
            % (
                self._get_review_word(order),
                format_amount(self.env, order.amount_total, order.currency_id),
            ),
            "level": "danger" if order.sales_review_state == "rejected" else "info",
        }

    @api.model
    def _get_unplanned_row(self, order):
        return {
            "title": order.name,
            "subtitle": order.partner_id.display_name,
            "reason": self.env._(
                "Ordered on %(day)s", day=self._format_moment(order.date_order)
            ),
            "level": "muted",
        }

    @api.model
    def _get_telling_row(self, order):
        known, promised = order.sales_told_date, order.sales_promised_date
        if known != promised:
            reason = self.env._(
                "Knows %(known)s, promised is now %(promised)s",
                known=format_date(self.env, known),
                promised=format_date(self.env, promised),
            )
        else:
            reason = self.env._(
                "A step before %(known)s has moved", known=format_date(self.env, known)
            )
        today = self.env.company._get_sales_today()
        return {
            "title": order.name,
            "subtitle": order.partner_id.display_name,
            "reason": reason,
            "level": "danger" if known < today else "warning",
        }

    @api.model
    def _get_milestone_row(self, milestone, reason, level):
        move = {
            "method": "action_move",
            "title": self.env._("Move"),
            "icon": "fa-calendar",
        }
        return {
            **({"actions": [move]} if milestone._filter_automatic() else {}),
            "title": milestone.order_id.name,
            "subtitle": f"{milestone.name} · {milestone.partner_id.display_name}",
            "reason": reason,
            "level": level,
        }

    @api.model
    def _get_late_row(self, milestone):
        days = (self.env.company._get_sales_today() - milestone.date_planned).days
        reason = self.env._(
            "%(days)s days late, planned for %(day)s",
            days=days,
            day=format_date(self.env, milestone.date_planned),
        )
        return self._get_milestone_row(milestone, reason, "danger")

    @api.model
    def _get_risk_row(self, milestone):
        day = format_date(self.env, milestone.date_planned)
        today = self.env.company._get_sales_today()
        if milestone.date_latest and milestone.date_latest < today:
            reason = self.env._(
                "Due on %(day)s, what is still to do takes longer", day=day
            )
        else:
            reason = self.env._("Due on %(day)s, an earlier step is not done", day=day)
        return self._get_milestone_row(milestone, reason, "warning")

    @api.model
    def _get_due_row(self, milestone):
        reason = self.env._(
            "Due on %(day)s", day=format_date(self.env, milestone.date_planned)
        )
        return self._get_milestone_row(milestone, reason, "info")

    @api.model
    def _get_review_word(self, order):
        labels = dict(
            order._fields["sales_review_state"]._description_selection(self.env)
        )
        return labels.get(order.sales_review_state) or self.env._("No review yet")

    @api.model
    def _format_moment(self, moment):
        return format_date(self.env, self.env.company._get_sales_day(moment))

    # ------------------------------------------------------------------ figures

    @api.model
    def _get_figures(self):
        _ = self.env._
        domains = self._get_lane_domains()
        orders = self._get_scope()
        running = (
            orders
            & Domain("state", "=", "sale")
            & Domain("sales_milestone_ids.state", "=", "pending")
        )
        in_review = orders & Domain("sales_review_state", "=", "in_review")
        figures = [
            ("open", _("Orders in progress"), "sale.order", running, ""),
            ("in_review", _("Quotations in review"), "sale.order", in_review, ""),
            (
                "accepted",
                _("Accepted, waiting"),
                "sale.order",
                domains["accepted"],
                "danger",
            ),
            (
                "late",
                _("Milestones late"),
                "sales.assistant.milestone",
                domains["late"],
                "danger",
            ),
        ]
        if not self.env.user.has_group(MILESTONE):
            return [
                self._count_figure(*figure)
                for figure in figures
                if figure[0] not in ("open", "late")
            ]
        return [self._count_figure(*figure) for figure in figures] + [
            self._get_in_time_figure(),
            self._get_told_figure(),
        ]

    @api.model
    def _count_figure(self, key, title, model, domain, level):
        """A number of records, and the list of them behind it.

        :param str level: level when there are any; none is good then
        """
        count = self.env[model].search_count(domain)
        return {
            "key": key,
            "title": title,
            "value": str(count),
            "level": level and (level if count else "success"),
            "action": self._get_list_action(title, model, domain),
        }

    @api.model
    def _get_list_action(self, title, model, domain):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [[False, "list"], [False, "form"]],
            "domain": list(domain),
        }

    @api.model
    def _get_in_time_figure(self):
        month = self.env.company._get_sales_today().replace(day=1)
        done = (
            self._get_scope("salesperson_id")
            & Domain("state", "=", "done")
            & Domain("date_done", ">=", month)
        )
        milestones = self.env["sales.assistant.milestone"]
        count = milestones.search_count(done)
        in_time = milestones.search_count(done & Domain("delay_days", "<=", 0))
        rate = round(100 * in_time / count) if count else None
        title = self.env._("In time this month")
        return {
            "key": "in_time",
            "title": title,
            "value": "–" if rate is None else f"{rate} %",
            "level": "success" if (rate or 0) >= 90 else "warning",
            "action": self._get_list_action(title, milestones._name, done),
        }

    @api.model
    def _get_told_figure(self):
        """SA-10: delays of this month that the customer heard of before the date he
        knew."""
        _ = self.env._
        company = self.env.company
        month = company._get_sales_moment(company._get_sales_today().replace(day=1))
        delays = (
            self._get_scope("salesperson_id")
            & Domain("is_delay", "=", True)
            & Domain("told_at", ">=", month)
        )
        tellings = self.env["sales.assistant.telling"]
        count = tellings.search_count(delays)
        in_time = tellings.search_count(delays & Domain("is_in_time", "=", True))
        title = _("Delays told in time this month")
        return {
            "key": "told",
            "title": title,
            "value": _("%(part)s of %(all)s", part=in_time, all=count)
            if count
            else "–",
            "level": "success" if in_time == count else "warning",
            "action": self._get_list_action(title, tellings._name, delays),
        }
