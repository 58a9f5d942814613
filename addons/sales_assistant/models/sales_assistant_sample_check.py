from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantSampleCheck(models.Model):
    """SA-15: one point of our own check before a sample leaves
    (样品完成后，应仔细审核样品, S0 二·5); who ticked it and when is kept."""

    _name = "sales.assistant.sample.check"
    _inherit = ["sales.document.line.mixin"]
    _description = "Check of a Sample"
    _order = "sample_id, sequence, id"

    _document_field = "sample_id"
    _closed_fields = frozenset(
        {"sample_id", "item_id", "sequence", "is_required", "done_by_id", "done_at"}
    )
    _open_when_frozen = frozenset({"is_done", "note"})

    sample_id = fields.Many2one(
        "sales.assistant.sample",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
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
    is_done = fields.Boolean("In Order")
    done_by_id = fields.Many2one(
        "res.users", "Checked by", readonly=True, index="btree_not_null"
    )
    done_at = fields.Datetime("Checked on", readonly=True)
    note = fields.Char("Found")
    company_id = fields.Many2one(
        related="sample_id.company_id", store=True, index=True, precompute=True
    )

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        late = self.sample_id.filtered(lambda sample: sample.state != "approved")
        if late:
            raise UserError(
                self.env._(
                    "A sample is checked after its approval and before it is sent: "
                    "%(samples)s.",
                    samples=", ".join(late.mapped("display_name")),
                )
            )
        result = super().write(vals)
        if "is_done" in vals:
            done = bool(vals["is_done"])
            # sudo: who checked is closed, it is always the one who ticks
            self.sudo().write(
                {
                    "done_by_id": self.env.uid if done else False,
                    "done_at": fields.Datetime.now() if done else False,
                }
            )
        return result
