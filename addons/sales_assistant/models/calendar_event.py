from odoo import fields, models


class CalendarEvent(models.Model):
    """A visit that is moved in the calendar is moved in the contact log (SA-03)."""

    _inherit = "calendar.event"

    sales_contact_ids = fields.One2many(
        "sales.assistant.contact",
        "event_id",
        "Contact",
        groups="sales_assistant.group_sales_assistant_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"start", "stop", "location", "user_id"}:
            self._move_visits()
        return result

    def _move_visits(self):
        # sudo: whoever may move the meeting moves the visit
        for visit_sudo in self.sudo().sales_contact_ids:
            event_sudo = visit_sudo.event_id
            vals = {
                "contact_at": event_sudo.start,
                "visit_hours": max(event_sudo.duration, 0.25),
                "room": event_sudo.location,
                "host_id": event_sudo.user_id.id,
            }
            changed = {
                fname: value
                for fname, value in vals.items()
                if visit_sudo._fields[fname].convert_to_write(
                    visit_sudo[fname], visit_sudo
                )
                != value
            }
            if visit_sudo.state == "open" and changed:
                visit_sudo.write(changed)
