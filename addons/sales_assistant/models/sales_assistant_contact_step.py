# pylint: disable=consider-merging-classes-inherited
# Own file: what the steps do, apart from what a contact is.
from odoo import fields, models


class SalesAssistantContact(models.Model):
    """The steps of a contact (SA-03)."""

    _inherit = "sales.assistant.contact"

    def _get_answer_obstacle(self):
        if self.contact_at > fields.Datetime.now():
            return self.env._("the visit has not taken place yet.")
        return False

    def action_answer(self):
        self._check_can("answer")
        self._do_answer()

    def _do_answer(self):
        """The first answer stops the clock; one after a reopening leaves it."""
        now = fields.Datetime.now()
        for company, contacts in self.grouped("company_id").items():
            hours = company._get_sales_working_hours(
                min(contacts.mapped("contact_at")), now
            )
            for one in contacts:
                vals = {"state": "answered"}
                if not one.answered_at:
                    vals |= {
                        "answered_at": now,
                        "answered_by_id": self.env.uid,
                        "answer_hours": hours.between(one.contact_at, now),
                        "is_answered_late": bool(one.due_at and now > one.due_at),
                    }
                one._write_guarded(vals)
        self._end_activities()

    def action_close(self):
        self._check_can("close")
        self._do_close()

    def _do_close(self):
        self._take_step("close")

    def action_drop(self):
        """Nothing is to be answered (a wrong number, an advertisement)."""
        return self._ask_reason("drop")

    def _do_drop(self, reason, note):
        self._take_step("drop", cancel_reason_id=reason.id, reason_note=note)
        self._end_activities()

    def action_reopen(self):
        """The customer is in touch about the same again, or was not answered at all."""
        self._check_can("reopen")
        self._do_reopen()

    def _do_reopen(self):
        self._take_step("reopen", cancel_reason_id=False, reason_note=False)

    def _end_activities(self):
        # sudo: activities of superiors end with the reason for them
        self.sudo().activity_unlink(["sales_assistant.mail_act_contact_late"])
