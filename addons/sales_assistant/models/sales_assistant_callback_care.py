# pylint: disable=consider-merging-classes-inherited
# Own file: what a callback means for a care plan.
from odoo import fields, models


class SalesAssistantCallback(models.Model):
    """SA-04: a call of a care plan is done with its callback."""

    _inherit = "sales.assistant.callback"

    care_event_ids = fields.One2many("sales.assistant.care.event", "callback_id")

    def _do_done(self, vals, date_next=None):
        """The care event is done with its call."""
        done = super()._do_done(vals, date_next)
        labels = dict(self._fields["result"]._description_selection(self.env))
        # sudo: who made the call has done what the plan wanted
        for event_sudo in self.sudo().care_event_ids:
            if event_sudo.state == "pending":
                result = vals.get("note") or labels.get(vals.get("result"))
                event_sudo._do_done(result)
        return done

    def _do_cancel(self, reason, note):
        """A call that is not made leaves the event to whoever is responsible."""
        result = super()._do_cancel(reason, note)
        # sudo: as above
        self.sudo().care_event_ids._write_guarded({"callback_id": False})
        return result
