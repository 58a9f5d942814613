# pylint: disable=consider-merging-classes-inherited
# What the steps of a review do is a concept of its own beside its data and guards.
from odoo import fields, models


class SalesAssistantReview(models.Model):
    """SA-11: asking keeps the terms and copies what has to be confirmed; approving
    confirms an order that its customer has accepted already."""

    _inherit = "sales.assistant.review"

    def action_submit(self):
        self._check_can("submit")
        self._do_submit()

    def _do_submit(self, is_revision=False):
        """Sort the orders, keep their terms, and copy what has to be confirmed.

        :param bool is_revision: opinions on terms that did not change are kept
        """
        # sudo: facts and terms of the order are the same whoever asks
        orders_sudo = self.order_id.sudo()
        terms = orders_sudo._get_snapshot_contents()
        judged = orders_sudo._judge_for_review()
        now = fields.Datetime.now()
        for review in self:
            order_sudo = review.order_id.sudo()  # sudo: see above
            review._take_step(
                "submit",
                kind=judged[order_sudo.id]["kind"],
                terms=terms[order_sudo.id],
                amount_total=order_sudo.amount_total,
                submitted_at=now,
                submitted_by_id=self.env.uid,
            )
        self._create_findings(judged)
        self._create_checks()
        self._create_opinions(judged, is_revision)

    def _create_findings(self, judged):
        # sudo: findings are written by the submission only
        self.env["sales.assistant.finding"].sudo().create(
            [
                {
                    "review_id": review.id,
                    "rule_id": judged[review.order_id.id]["rules"][key].id,
                    "key": key,
                    "verdict": verdict,
                    "facts": facts,
                }
                for review in self
                for key, verdict, facts in judged[review.order_id.id]["findings"]
            ]
        )

    def _create_checks(self):
        normal = self.filtered(lambda review: review.kind == "normal")
        items = self.env["sales.assistant.check.item"].search(
            [("usage", "=", "review")]
        )
        # sudo: the checklist comes from the catalogue
        self.env["sales.assistant.review.check"].sudo().create(
            [
                {
                    "review_id": review.id,
                    "item_id": item.id,
                    "sequence": item.sequence,
                    "is_required": item.is_required,
                }
                for review in normal
                for item in items
                if item.company_id in (review.company_id, self.env["res.company"])
            ]
        )

    def action_approve(self):
        """Approve normal orders at once; a special one asks for the decision."""
        self._check_can("approve")
        special = self.filtered(lambda review: review.kind == "special")
        if len(special) == 1 == len(self):
            return self._get_decision_action()
        self._do_approve()
        return True

    def _get_decision_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision"),
            "res_model": "sales.assistant.review.decide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def _do_approve(self, note=False):
        self._take_step(
            "approve",
            decided_at=fields.Datetime.now(),
            decided_by_id=self.env.uid,
            decision_note=note,
        )
        # sudo: the customer's order is confirmed by his own acceptance
        self.order_id.sudo()._confirm_accepted()

    def action_reject(self):
        return self._ask_reason("reject")

    def _do_reject(self, reason, note):
        self._take_step(
            "reject",
            cancel_reason_id=reason.id,
            reason_note=note,
            decided_at=fields.Datetime.now(),
            decided_by_id=self.env.uid,
        )

    def action_supersede(self):
        self._check_can("supersede")
        self._do_supersede()

    def _do_supersede(self):
        self._take_step("supersede")
        self.flush_recordset(["state"])  # the index of current reviews sees it at once
