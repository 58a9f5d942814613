from odoo import api, fields, models
from odoo.exceptions import UserError

from .after_sales_evidence import PHOTO_KINDS


class AfterSalesClaimPhoto(models.Model):
    """A piece of evidence on a claim (AS-06), as it was received."""

    _name = "after.sales.claim.photo"
    _description = "Claim Evidence"
    _inherit = ["sales.photo.mixin"]
    _document_field = "claim_id"

    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    kind = fields.Selection(
        PHOTO_KINDS, "Shows", required=True, readonly=True, default="damage"
    )
    image = fields.Binary(related="attachment_id.datas", string="Photo")
    is_image = fields.Boolean(compute="_compute_is_image")

    _client_key_uniq = models.UniqueIndex(
        "(claim_id, client_key) WHERE client_key IS NOT NULL",
        "This photo has been received already.",
    )

    @api.depends("mimetype")
    def _compute_is_image(self):
        for photo in self:
            photo.is_image = (photo.mimetype or "").startswith("image/")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        """Evidence goes only while the claim is with the station; what was submitted
        keeps its hash in the submission."""
        kept = self.claim_id.filtered(
            lambda claim: claim.state not in ("draft", "returned")
        )
        if kept:
            raise UserError(
                self.env._(
                    "Evidence of a submitted claim is not deleted: %(claims)s.",
                    claims=", ".join(kept.mapped("name")),
                )
            )

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }
