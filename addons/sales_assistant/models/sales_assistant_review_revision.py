# pylint: disable=consider-merging-classes-inherited
# Which departments a revision asks again is a concept of its own beside the steps.
from odoo import models

from odoo.addons.sales_base.tools import snapshot

from ..tools import review as review_rules


class SalesAssistantReview(models.Model):
    """SA-11: a revision asks the departments whose terms were touched or whose rules
    fail anew; what the others said stays (根据合同更改记录重新进行合同评审, S0
    职责三)."""

    _inherit = "sales.assistant.review"

    def _create_opinions(self, judged, is_revision=False):
        special = self.filtered(lambda review: review.kind == "special")
        vals_list = []
        for company, reviews in special.grouped("company_id").items():
            date_due = company._get_sales_opinion_deadline()
            reviews._write_guarded({"date_due": date_due})
            for review in reviews:
                found = judged[review.order_id.id]
                asked = review._get_asked_departments(found)
                kept = {}
                if is_revision:
                    kept = review._get_kept_opinions(asked, found["rules"])
                    asked |= review._get_departments_by_hand(found["rules"])
                vals_list += [
                    {
                        "review_id": review.id,
                        "department_id": department.id,
                        "date_due": date_due,
                        **kept.get(department.id, {}),
                    }
                    for department in asked
                    if department.company_id in (company, self.env["res.company"])
                ]
        # sudo: the departments asked come from the rules
        self.env["sales.assistant.review.opinion"].sudo().create(vals_list)

    def _get_asked_departments(self, found):
        """Departments of the failed rules, in the order of the rules."""
        return self.env["sales.department"].union(
            *(
                found["rules"][key].department_ids
                for key, verdict, _facts in found["findings"]
                if verdict == "fail"
            )
        )

    def _get_failed_keys(self):
        return set(
            self.finding_ids.filtered(lambda one: one.verdict == "fail").mapped("key")
        )

    def _get_kept_opinions(self, departments, rules):
        """What departments said before and need not say again.

        :param dict rules: {rule key: rule}
        :returns: {department id: values of the kept opinion}
        """
        before_sudo = self.previous_id.sudo()  # sudo: as for this review's own terms
        changes = snapshot.compare(before_sudo.terms or {}, self.terms)
        failed = self.sudo()._get_failed_keys()  # sudo: see above
        again = review_rules.get_touched(failed, changes)
        again |= failed - before_sudo._get_failed_keys()
        answered = before_sudo.opinion_ids.filtered("opinion").grouped("department_id")
        return {
            department.id: answered[department]._prepare_kept_values()
            for department in departments
            if department in answered
            and not any(department in rules[key].department_ids for key in again)
        }

    def _get_departments_by_hand(self, rules):
        """Departments a manager asked besides the rules: they looked at the whole."""
        before_sudo = self.previous_id.sudo()  # sudo: see above
        by_rule = self.env["sales.department"].union(
            *(
                rules[key].department_ids
                for key in before_sudo._get_failed_keys()
                if key in rules
            )
        )
        return before_sudo.opinion_ids.department_id - by_rule
