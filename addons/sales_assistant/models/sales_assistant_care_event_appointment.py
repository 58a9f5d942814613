# pylint: disable=consider-merging-classes-inherited
# Own file: care events as callbacks and meetings.
from datetime import time, timedelta

from odoo import api, fields, models

from .sales_assistant_contact_visit import QUIET

#: wall clock and hours a meeting is put down with; people move it
BEGIN, HOURS = time(10), 1


class SalesAssistantCareEvent(models.Model):
    """SA-04: the calls of a running plan are callbacks, its other events may stand in
    the calendar."""

    _inherit = "sales.assistant.care.event"

    def _create_callbacks(self):
        """A callback for each call that is still to make."""
        calls = self.filtered(
            lambda one: (
                one.kind == "call" and one.state == "pending" and not one.callback_id
            )
        )
        # sudo: a colleague may be the one who calls
        callbacks_sudo = (
            self.env["sales.assistant.callback"]
            .sudo()
            .create([event._prepare_callback() for event in calls])
        )
        for event, callback in zip(calls, callbacks_sudo, strict=True):
            event._write_guarded({"callback_id": callback.id})

    def _prepare_callback(self):
        return {
            "subject": self.name,
            "partner_id": self.partner_id.id,
            "user_id": (self.user_id or self.env.user).id,
            "date_due": self.date_planned,
            "company_id": self.company_id.id,
        }

    def _drop_callbacks(self):
        """The open calls of events that will not be."""
        # sudo: the call of a colleague goes with the event
        callbacks_sudo = self.sudo().callback_id
        callbacks_sudo.filtered(lambda one: one.state == "open")._drop_planned()

    @api.ondelete(at_uninstall=False)
    def _unlink_with_callbacks(self):
        self._drop_callbacks()

    def action_schedule(self):
        """Put the event into the calendar of its responsible and open it there."""
        self.ensure_one()
        self._check_can("schedule")
        # sudo: an assistant plans for the responsible, whose calendar may be closed
        meetings_sudo = self.env["calendar.event"].sudo().with_context(**QUIET)
        meeting = meetings_sudo.create(self._prepare_meeting())
        self._write_guarded({"calendar_event_id": meeting.id})
        return self.action_open_meeting()

    def _prepare_meeting(self):
        start = self.company_id._get_sales_moment(self.date_planned, BEGIN)
        person = self.user_id or self.env.user
        return {
            "name": self.display_name,
            "user_id": person.id,
            "partner_ids": [
                fields.Command.set((person.partner_id | self.partner_id).ids)
            ],
            "start": start,
            "stop": start + timedelta(hours=HOURS),
        }

    def action_open_meeting(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.calendar_event_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
