# pylint: disable=consider-merging-classes-inherited
# Who may decide on a review, and when, is a concept of its own beside its data.
from odoo import models
from odoo.exceptions import UserError

from .sales_assistant_order_mixin import LEAD, MANAGER


class SalesAssistantReview(models.Model):
    """SA-11: a normal order is confirmed by its assistant, once the checklist is; a
    special one is decided by a manager, once the departments have answered."""

    _inherit = "sales.assistant.review"

    def _check_can(self, verb):
        result = super()._check_can(verb)
        self._check_terms(verb)
        return result

    def _check_terms(self, verb):
        """What reads whole orders is asked at the step, not for its button.

        :raises UserError: naming each review whose terms do not allow the step
        """
        _ = self.env._
        refused = []
        for review in self:
            order_sudo = review.order_id.sudo()  # sudo: the terms, whoever asks
            obstacle = False
            if verb == "submit" and not order_sudo._get_term_lines():
                obstacle = _("the order has no lines to review.")
            if verb == "approve" and order_sudo._get_changed_terms(review.terms):
                obstacle = _("the order was changed since: request the review again.")
            if obstacle:
                refused.append(f"{review.display_name}: {obstacle}")
        if refused:
            raise UserError("\n".join(refused))

    def _get_submit_obstacle(self):
        order_sudo = self.order_id.sudo()  # sudo: the same answer for every reader
        if order_sudo.state == "cancel":
            return self.env._("the order is cancelled.")
        return False

    def _get_approve_obstacle(self):
        if obstacle := self._get_person_obstacle():
            return obstacle
        if self.kind == "special":
            return self._get_decision_obstacle()
        return self._get_checklist_obstacle()

    def _get_reject_obstacle(self):
        return self._get_person_obstacle()

    def _get_supersede_obstacle(self):
        order_sudo = self.order_id.sudo()  # sudo: the same answer for every reader
        if self.state == "approved" and order_sudo.state == "sale":
            return self.env._("the order is confirmed already.")
        return False

    def _get_person_obstacle(self):
        """Why the current user is not the one who decides on this review."""
        _ = self.env._
        if self.kind == "special":
            if self.env.user.has_group(MANAGER):
                return False
            return _("a special order is decided by a manager.")
        if self._is_reviewer():
            return False
        return _(
            "the terms are confirmed by the order's assistant, her stand-in or a team "
            "lead, and never by the order's own salesperson."
        )

    def _is_reviewer(self):
        """Whether the current user confirms the terms of this normal order."""
        user = self.env.user
        if user.has_group(MANAGER):
            return True
        if user == self.user_id:
            return False
        # sudo: who stands in for whom is no secret to a guard
        assistant_sudo = self.assistant_id.sudo()
        if user in (assistant_sudo | assistant_sudo.sales_standin_id):
            return True
        # sudo: the head of a team is no secret to a guard
        return user.has_group(LEAD) and user == self.team_id.sudo().user_id

    def _get_checklist_obstacle(self):
        missing = self.check_ids.filtered(
            lambda check: check.is_required and not check.is_done
        )
        if missing:
            return self.env._(
                "still to be confirmed: %(terms)s.",
                terms=", ".join(missing.mapped("name")),
            )
        return False

    def _get_decision_obstacle(self):
        today = self.company_id._get_sales_today()
        pending = self.opinion_ids.filtered(
            lambda opinion: not opinion.opinion and opinion.date_due >= today
        )
        if pending:
            return self.env._(
                "the opinions of these departments are awaited: %(departments)s.",
                departments=", ".join(pending.department_id.mapped("name")),
            )
        return False
