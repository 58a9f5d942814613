from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestClaimCompare(AfterSalesCommon, HttpCase):
    """AS-07: submissions side by side, in backend and portal."""

    def _resubmit(self, claim, number):
        """Return the claim, change it, submit it again."""
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        claim.line_ids[1].quantity = 2 - number / 4
        claim.photo_ids[0].unlink()
        self.env["after.sales.claim.photo"]._add_photo(
            claim, f"new{number}.png", png("white", (number + 2, 2)), kind="damage"
        )
        claim.with_user(self.mechanic).sudo().action_submit()

    def _create_resubmitted(self, times=1):
        claim = self._create_submitted()
        for number in range(1, times + 1):
            self._resubmit(claim, number)
        return claim

    def test_backend_shows_the_last_two(self):
        """AS-07: the last two submissions to begin with, differences marked, photos
        by their hash."""
        claim = self._create_resubmitted(2)
        action = claim.with_user(self.auditor).action_compare_submissions()
        wizard = self.env[action["res_model"]].with_user(self.auditor)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual((wizard.left_id.revision, wizard.right_id.revision), (2, 3))
        content = str(wizard.content)
        self.assertIn("1.75", content)
        self.assertIn("1.50", content)
        self.assertIn("new2.png", content)
        self.assertIn(claim.photo_ids[-1].sha256[:16], content)
        self.assertIn(f"/web/image/{claim.photo_ids[-1].attachment_id.id}", content)
        self.assertEqual(content.count("o_changed"), 3)  # hours, amount, total
        wizard.left_id = claim.submission_ids[-1]
        self.assertIn("damage.png", str(wizard.content))
        self.assertIn("2.00", str(wizard.content))

    def test_submission_of_another_claim_is_not_compared(self):
        """F-11: the comparison is of one claim."""
        claim, other = self._create_resubmitted(), self._create_submitted()
        action = claim.with_user(self.auditor).action_compare_submissions()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.left_id = other.submission_ids
        self.assertFalse(wizard.content)
        with self.assertRaises(AccessError):
            claim.with_user(self.mechanic).action_compare_submissions()

    @mute_logger("odoo.http")
    def test_portal(self):
        """AS-07, AS-20: the station chooses two of its submissions; a stranger finds
        no page; a single submission has none to be compared with."""
        claim = self._create_resubmitted(2)
        self.authenticate("t_mechanic", "t_mechanic")
        page = f"/my/claims/{claim.id}"
        self.assertIn(f"{page}/compare", self.url_open(page).text)
        text = self.url_open(f"{page}/compare?earlier=1&later=3").text
        self.assertIn("damage.png", text)
        self.assertIn("new2.png", text)
        self.assertIn(f"{page}/photo/{claim.photo_ids[-1].id}", text)
        self.assertEqual(text.count("SHA-256"), 5)
        for junk in ("earlier=9&later=x", "earlier='&later=", ""):
            self.assertEqual(self.url_open(f"{page}/compare?{junk}").status_code, 200)
        single = self._create_submitted(lot_id=self._create_unit("T-9").id)
        answer = self.url_open(f"/my/claims/{single.id}/compare")
        self.assertTrue(answer.url.endswith(f"/my/claims/{single.id}"))
        self.authenticate("t_rival", "t_rival")
        self.assertEqual(self.url_open(f"{page}/compare").status_code, 404)

    def test_page_in_chinese(self):
        """F-05: labels in the reader's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "in", ("sales_base", "after_sales"))]
        )._update_translations(["zh_CN"])
        claim = self._create_resubmitted()
        self.authenticate("t_mechanic", "t_mechanic")
        self.opener.cookies["frontend_lang"] = "zh_CN"
        text = self.url_open(f"/my/claims/{claim.id}/compare").text
        self.assertIn("新增", text)
