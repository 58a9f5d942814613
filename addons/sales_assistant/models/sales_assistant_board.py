from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from .sales_assistant_order_mixin import LEAD, MANAGER


class SalesAssistantBoard(models.AbstractModel):
    """SA-01: the desk's opening screen: reviews and acceptances that wait for the
    current user; a lead sees his teams, a manager the company."""

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
        }

    # ------------------------------------------------------------------- lanes

    @api.model
    def _get_lanes(self):
        _ = self.env._
        orders = self._get_scope()
        decide = {"method": "action_approve", "title": _("Decide"), "icon": "fa-gavel"}
        answer = {"method": "action_answer", "title": _("Answer"), "icon": "fa-comment"}
        return [
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
                "key": "in_review",
                "title": _("Quotations in review or rejected"),
                "icon": "fa-hourglass-half",
                "model": "sale.order",
                "order": "sales_review_state desc, id",
                "fields": ["name", "partner_id", "sales_review_state", "amount_total"],
                "row": self._get_reviewed_row,
                "owner": "user_id",
            },
            *self._get_shared_lanes(),
        ]

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
    def _get_review_word(self, order):
        labels = dict(
            order._fields["sales_review_state"]._description_selection(self.env)
        )
        return labels.get(order.sales_review_state) or self.env._("No review yet")

    @api.model
    def _format_moment(self, moment):
        return format_date(self.env, self.env.company._get_sales_day(moment))
