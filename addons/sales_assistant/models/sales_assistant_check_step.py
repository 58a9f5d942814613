# pylint: disable=consider-merging-classes-inherited
# Who checks and what follows is a concept of its own beside the data.
from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantCheck(models.Model):
    """SA-13: each checker signs once; the last one needed settles it, and one error is
    enough to stop the document."""

    _inherit = "sales.assistant.check"

    # ------------------------------------------------------------------- guard

    def _get_pass_obstacle(self):
        return self._get_checker_obstacle()

    def _get_fail_obstacle(self):
        return self._get_checker_obstacle()

    def _get_withdraw_obstacle(self):
        if self.env.user in self.sudo().preparer_ids:  # sudo: for the guard
            return False
        return self.env._("only those who prepared the document withdraw the request.")

    def _get_checker_obstacle(self):
        """Why the current user is none of the checkers, or False."""
        _ = self.env._
        user = self.env.user
        check_sudo = self.sudo()  # sudo: the people are asked of the guard
        if user in check_sudo.preparer_ids:
            return _("whoever prepared a document does not check it.")
        if user in check_sudo.signer_ids:
            return _("you have checked this document already.")
        if check_sudo.checker_ids and user not in check_sudo.checker_ids:
            return _(
                "these people are asked to check: %(people)s.",
                people=", ".join(check_sudo.checker_ids.mapped("name")),
            )
        return False

    def _check_can(self, verb):
        result = super()._check_can(verb)
        stale = self.filtered(lambda check: verb == "pass" and not check._is_current())
        if stale:
            raise UserError(
                self.env._(
                    "Changed since the check was requested: %(checks)s.",
                    checks=", ".join(stale.mapped("display_name")),
                )
            )
        return result

    def _get_document(self):
        """Hook: the document that is checked, in sudo."""
        return self.order_id.sudo()  # sudo: a checker may be asked from elsewhere

    def _is_current(self):
        """Whether the document still says what is checked."""
        return not self._get_document()._get_changed_check_content(self.content)

    # ------------------------------------------------------------------- steps

    def action_pass(self):
        self._check_can("pass")
        self._do_pass()
        return True

    def _do_pass(self):
        """Sign; the last checker needed settles the check."""
        # sudo: signatures are written by this step only
        self.sudo().write({"signer_ids": [fields.Command.link(self.env.uid)]})
        done = self.filtered(lambda check: check._is_signed_by_all())
        for check in done:
            check._write_guarded(
                {
                    "state": "passed",
                    "result": "passed",
                    "error_percent": 0,
                    **check._prepare_decision_values(),
                }
            )
        for check in done:
            check._get_document()._follow_passed_check()

    def _is_signed_by_all(self):
        signers_sudo = self.sudo().signer_ids  # sudo: for the guard
        return len(signers_sudo) >= self.required_count

    def action_fail(self):
        return self._ask_reason("fail")

    def _do_fail(self, reason, note):
        for check in self:
            check._take_step(
                "fail",
                result="failed",
                error_percent=100,
                cancel_reason_id=reason.id,
                reason_note=note,
                **check._prepare_decision_values(),
            )
            check._get_document()._tell_failed_check(check)

    def _prepare_decision_values(self):
        now = fields.Datetime.now()
        waited = now - (self.requested_at or now)
        return {
            "decided_by_id": self.env.uid,
            "decided_at": now,
            "decision_hours": waited.total_seconds() / 3600,
        }

    def action_withdraw(self):
        self._check_can("withdraw")
        self._do_withdraw()

    def _do_withdraw(self):
        self._take_step("withdraw")
        self.flush_recordset(["state"])  # the index of current checks sees it at once
