from odoo import api, fields, models

SILENT_CREATE = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


class BenchFloorDesk(models.Model):
    """The least that a record with number and chatter costs when it is written for
    volume: numbers fetched in one statement, no note on creation, the tracking messages
    of a batch created together, small indexes for open work in display order."""

    _name = "bench.floor.desk"
    _description = "Benchmark: Record With Chatter"
    _inherit = ["bench.floor.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "priority desc, id desc"

    number = fields.Char(index="trigram")
    name = fields.Char(index="trigram")
    partner_id = fields.Many2one(index=True)
    user_id = fields.Many2one(tracking=True)
    stage_id = fields.Many2one(index=True, tracking=True)

    _order_idx = models.Index("(priority DESC, id DESC)")
    _open_user_idx = models.Index(
        "(user_id, priority DESC, id DESC) WHERE closed_date IS NULL"
    )
    _open_stage_idx = models.Index(
        "(stage_id, priority DESC, id DESC) WHERE closed_date IS NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.cr.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            (self._table, len(vals_list)),
        )
        for vals, (number,) in zip(vals_list, self.env.cr.fetchall(), strict=True):
            vals.setdefault("number", f"D{number:08d}")
        silent = self.with_context(**SILENT_CREATE)
        return super(BenchFloorDesk, silent).create(vals_list)

    def _message_track(self, fields_iter, initial_values_dict):
        if len(self) < 2 or not fields_iter:
            return super()._message_track(fields_iter, initial_values_dict)
        tracked = self.fields_get(
            fields_iter, attributes=("string", "type", "selection", "currency_field")
        )
        tracking = {
            record.id: record._mail_track(tracked, initial_values_dict[record.id])
            for record in self
        }
        changed = self.filtered(lambda record: tracking[record.id][1])
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

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        return True
