# pylint: disable=consider-merging-classes-inherited
# Own file: the planned visit and its meeting.
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime, plaintext2html

#: nobody is written to because a meeting is put down: people send invitations
QUIET = {"no_mail_to_attendees": True, "dont_notify": True}


class SalesAssistantContact(models.Model):
    """SA-03: a planned visit 来访 has a programme, a host and a room; it stands in the
    host's calendar, where moving it moves the contact."""

    _inherit = "sales.assistant.contact"

    host_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        domain=[("share", "=", False)],
        tracking=True,
        help="Receives the visitors.",
    )
    room = fields.Char()
    visit_hours = fields.Float("Duration", default=1.0)
    programme = fields.Text(
        "Programme of the Visit",
        help="Who meets whom, what is shown, meals and transfers.",
    )
    event_id = fields.Many2one(
        "calendar.event", "Meeting", readonly=True, copy=False, index="btree_not_null"
    )

    _visit_hours_positive = models.Constraint(
        "CHECK(visit_hours > 0)", "A visit takes some time."
    )

    def _get_plan_visit_obstacle(self):
        _ = self.env._
        if self.channel != "visit":
            return _("only a visit is planned.")
        if not self.host_id:
            return _("name the host first.")
        if self.contact_at <= fields.Datetime.now():
            return _("the visit lies in the past.")
        return self._get_room_obstacle()

    def _get_room_obstacle(self):
        """Another meeting in the same room at the same time."""
        if not self.room:
            return False
        # sudo: whose meeting it is stays hidden, the room is taken all the same
        taken_sudo = (
            self.env["calendar.event"]
            .sudo()
            .search(
                Domain("location", "=ilike", self.room.strip())
                & Domain("start", "<", self._get_visit_end())
                & Domain("stop", ">", self.contact_at)
                & Domain("id", "!=", self.event_id.id),
                order="start",
                limit=1,
            )
        )
        if not taken_sudo:
            return False
        return self.env._(
            "the room “%(room)s” is taken from %(start)s to %(end)s.",
            room=self.room,
            start=format_datetime(self.env, taken_sudo.start, dt_format="short"),
            end=format_datetime(self.env, taken_sudo.stop, dt_format="short"),
        )

    def _get_visit_end(self):
        return self.contact_at + timedelta(hours=self.visit_hours)

    def action_plan_visit(self):
        self._check_can("plan_visit")
        self._do_plan_visit()

    def _do_plan_visit(self):
        """Put the visit into the host's calendar, or bring what stands there up to
        date."""
        for contact in self:
            # sudo: an assistant plans for the host, whose calendar may be closed
            event_sudo = contact.event_id.sudo().with_context(**QUIET)
            vals = contact._prepare_event()
            if event_sudo:
                event_sudo.write(vals)
            else:
                event = event_sudo.create(vals)
                contact._write_guarded({"event_id": event.id})

    def _prepare_event(self):
        people = self.host_id.partner_id | self.user_id.partner_id | self.partner_id
        return {
            "name": self.env._("Visit: %(who)s", who=self._get_who()),
            "user_id": self.host_id.id,
            "partner_ids": [fields.Command.set(people.ids)],
            "start": self.contact_at,
            "stop": self._get_visit_end(),
            "location": self.room,
            "description": plaintext2html(self.programme or ""),
        }

    def action_open_event(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
            "views": [[False, "form"]],
        }
