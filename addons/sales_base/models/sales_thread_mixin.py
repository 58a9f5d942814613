from odoo import api, models
from odoo.exceptions import MissingError

#: Context of a creation that writes no chatter: who created it and when is already on
#: the record.
SILENT_CREATE = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class SalesThreadMixin(models.AbstractModel):
    """Chatter and activities for documents that come by the thousand.

    As ``mail.thread``, but creation leaves no note and no follower, an assignment sends
    no message (the board shows it), and the tracking messages of a batch are written
    together instead of one by one.
    """

    _name = "sales.thread.mixin"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Chatter for Volume Documents"

    @api.model_create_multi
    def create(self, vals_list):
        records = super(SalesThreadMixin, self.with_context(**SILENT_CREATE)).create(
            vals_list
        )
        # The silence must not outlive the creation: later changes are tracked.
        return records.with_env(self.env)

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        return True

    def _message_track(self, fields_iter, initial_values_dict):
        if not fields_iter or len(self) < 2 or self._has_tracking_extras():
            return super()._message_track(fields_iter, initial_values_dict)
        tracked = self.fields_get(
            fields_iter,
            attributes=("string", "type", "selection", "currency_field"),
        )
        tracking = {}
        for record in self:
            try:
                tracking[record.id] = record._mail_track(
                    tracked, initial_values_dict[record.id]
                )
            except MissingError:
                continue
        changed = self.browse(
            id_ for id_, (names, _values) in tracking.items() if names
        )
        messages = changed._message_log_batch(dict.fromkeys(changed.ids, ""))
        # sudo: as in mail.thread, nobody writes tracking values himself
        self.env["mail.tracking.value"].sudo().create(
            [
                dict(command[2], mail_message_id=message.id)
                for record, message in zip(changed, messages, strict=True)
                for command in tracking[record.id][1]
            ]
        )
        return tracking

    def _has_tracking_extras(self):
        """Whether somebody attached a text, an author or a subtype to the changes of
        this batch: those are posted one by one, by ``mail.thread``."""
        data = self.env.cr.precommit.data
        return any(
            data.get(f"mail.tracking.{extra}.{self._name}")
            for extra in ("message", "author")
        )
