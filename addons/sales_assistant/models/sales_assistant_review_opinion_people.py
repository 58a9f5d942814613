# pylint: disable=consider-merging-classes-inherited
# Who speaks for a department is a concept of its own beside what he says.
from odoo import models


class SalesAssistantReviewOpinion(models.Model):
    """SA-11: the head of a department and its members give its opinion; while one of
    them is absent, his stand-in does (工作替补, S4)."""

    _inherit = "sales.assistant.review.opinion"

    def _get_people(self):
        """Head and members of the departments, in sudo."""
        # sudo: who belongs to a department is no secret to a guard
        departments_sudo = self.department_id.sudo()
        return departments_sudo.user_id | departments_sudo.member_ids

    def _is_asked(self):
        """Whether the current user may speak for the department."""
        people_sudo = self._get_people()
        return self.env.user in people_sudo | people_sudo.sales_standin_id

    def _get_principal(self):
        """The absent colleague for whom the current user answers, if any."""
        people_sudo = self._get_people()
        if self.env.user in people_sudo:
            return self.env["res.users"]
        return people_sudo.filtered(
            lambda user: user.sales_standin_id == self.env.user
        )[:1]

    def _get_addressees(self):
        """Who is reminded: the head, else the members; stand-ins instead of the absent.

        :returns: users
        """
        self.ensure_one()
        # sudo: see ``_get_people``
        department_sudo = self.department_id.sudo()
        people_sudo = department_sudo.user_id or department_sudo.member_ids
        return self.env["res.users"].union(
            *(user.sales_standin_id or user for user in people_sudo)
        )
