from odoo import fields, models
from odoo.exceptions import UserError

from .sales_assistant_checklist_mixin import SalesAssistantChecklistMixin


class SalesAssistantSampleCheck(models.Model):
    """SA-15: one point of our own check before a sample leaves
    (样品完成后，应仔细审核样品, S0 二·5); who ticked it and when is kept."""

    _name = "sales.assistant.sample.check"
    _inherit = ["sales.assistant.checklist.mixin"]
    _description = "Check of a Sample"
    _order = "sample_id, sequence, id"

    _document_field = "sample_id"
    _closed_fields = SalesAssistantChecklistMixin._closed_fields | {"sample_id"}
    _open_when_frozen = frozenset({"is_done", "note"})

    sample_id = fields.Many2one(
        "sales.assistant.sample",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    is_done = fields.Boolean("In Order")
    done_by_id = fields.Many2one(string="Checked by")
    done_at = fields.Datetime("Checked on")
    note = fields.Char("Found")
    company_id = fields.Many2one(
        related="sample_id.company_id", store=True, index=True, precompute=True
    )

    def _check_ticking(self):
        late = self.sample_id.filtered(lambda sample: sample.state != "approved")
        if late:
            raise UserError(
                self.env._(
                    "A sample is checked after its approval and before it is sent: "
                    "%(samples)s.",
                    samples=", ".join(late.mapped("display_name")),
                )
            )
