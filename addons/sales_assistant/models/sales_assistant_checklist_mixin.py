from odoo import fields, models


class SalesAssistantChecklistMixin(models.AbstractModel):
    """One point of the checklist of a document; who ticked it and when is kept."""

    _name = "sales.assistant.checklist.mixin"
    _inherit = ["sales.document.line.mixin"]
    _description = "Point of a Checklist"

    _closed_fields = frozenset(
        {"item_id", "sequence", "is_required", "done_by_id", "done_at"}
    )

    item_id = fields.Many2one(
        "sales.assistant.check.item",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(related="item_id.name")
    sequence = fields.Integer(readonly=True)
    is_required = fields.Boolean("Required", readonly=True)
    is_done = fields.Boolean("Confirmed")
    done_by_id = fields.Many2one(
        "res.users", "Confirmed by", readonly=True, index="btree_not_null"
    )
    done_at = fields.Datetime("Confirmed on", readonly=True)
    note = fields.Char()

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_ticking()
        result = super().write(vals)
        if "is_done" in vals:
            done = bool(vals["is_done"])
            # sudo: who confirmed is closed, it is always the one who ticks
            self.sudo().write(
                {
                    "done_by_id": self.env.uid if done else False,
                    "done_at": fields.Datetime.now() if done else False,
                }
            )
        return result

    def _check_ticking(self):
        """Hook.

        :raises UserError: it is not the time, or not the person, to tick these points
        """
