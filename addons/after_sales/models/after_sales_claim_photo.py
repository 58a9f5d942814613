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
    is_image = fields.Boolean(compute="_compute_is_image")

    _client_key_uniq = models.UniqueIndex(
        "(claim_id, client_key) WHERE client_key IS NOT NULL",
        "This photo has been received already.",
    )

    @api.depends("mimetype")
    def _compute_is_image(self):
        for photo in self:
            photo.is_image = (photo.mimetype or "").startswith("image/")

    @api.model_create_multi
    def create(self, vals_list):
        photos = super().create(vals_list)
        if not self.env.su:
            photos._check_with_station()
        return photos

    def unlink(self):
        """The file of a photo that was never submitted goes with it; of a submitted one
        it stays, so that the hash in the submission can be checked."""
        drafts = self.filtered(lambda photo: not photo.claim_id.revision)
        # sudo: the file came with the photo, it goes with it
        files_sudo = drafts.sudo().attachment_id
        result = super().unlink()
        files_sudo.unlink()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_with_station()

    def _check_with_station(self):
        """Evidence comes and goes only while the claim is with the station: the rules
        and the auditor judge what was submitted.

        :raises UserError: naming the claims
        """
        closed = self.claim_id.filtered(
            lambda claim: claim.state not in ("draft", "returned")
        )
        if closed:
            raise UserError(
                self.env._(
                    "The evidence of a submitted claim is not changed: %(claims)s.",
                    claims=", ".join(closed.mapped("name")),
                )
            )

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }
