# pylint: disable=consider-merging-classes-inherited
# Own file: two submissions side by side is one concept.
from odoo import models
from odoo.exceptions import UserError


class AfterSalesClaimSubmission(models.Model):
    """Two submissions side by side (AS-07), the same picture in backend and portal."""

    _inherit = "after.sales.claim.submission"

    def _render_side_by_side(self, earlier, photo_url):
        """This submission beside an earlier one of the same claim.

        :param earlier: the other submission
        :param str photo_url: address of a photo's picture, ``%s`` for its id: of the
            attachment in the backend, of the photo in the portal
        :returns: markup
        """
        self.ensure_one()
        photos = self.claim_id.photo_ids.grouped("sha256")
        is_file = photo_url.startswith("/web/")
        return self.env["ir.qweb"]._render(
            "after_sales.submissions_side_by_side",
            {
                "earlier": earlier,
                "later": self,
                "blocks": self._get_side_by_side(earlier),
                "pictures": {
                    key: photo_url
                    % (same[0].attachment_id.id if is_file else same[0].id)
                    for key, same in photos.items()
                    if same[0].is_image
                },
            },
        )


class AfterSalesClaim(models.Model):
    _inherit = "after.sales.claim"

    def action_compare_submissions(self):
        """The last two submissions side by side; others can be chosen."""
        self.ensure_one()
        later, earlier = self.submission_ids[:1], self.submission_ids[1:2]
        if not earlier:
            raise UserError(self.env._("There is one submission only."))
        wizard = self.env["after.sales.claim.compare"].create(
            {"claim_id": self.id, "left_id": earlier.id, "right_id": later.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Submissions Compared"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }
