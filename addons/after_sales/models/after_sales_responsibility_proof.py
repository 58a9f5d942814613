from odoo import api, fields, models


class AfterSalesResponsibilityProof(models.Model):
    """What a supplier shows for its objection (AS-09): a picture or a PDF, as it was
    received."""

    _name = "after.sales.responsibility.proof"
    _description = "Supplier's Proof"
    _inherit = ["sales.photo.mixin"]
    _document_field = "responsibility_id"

    responsibility_id = fields.Many2one(
        "after.sales.responsibility",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    is_image = fields.Boolean(compute="_compute_is_image")

    @api.depends("mimetype")
    def _compute_is_image(self):
        for proof in self:
            proof.is_image = (proof.mimetype or "").startswith("image/")

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }
