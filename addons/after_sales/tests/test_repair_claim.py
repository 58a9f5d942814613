from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestRepairClaim(AfterSalesCommon):
    """AS-05, AS-06: the claim of a repair by one click."""

    def _create_finished(self, **values):
        repair = self._create_repair(**values)
        photos = self.env["after.sales.repair.photo"]
        photos._add_photo(repair, "a.png", png("red"), kind="damage")
        photos._add_photo(repair, "b.png", png("blue"), kind="plate")
        return self._bring_repair_to(repair, "accepted")

    def test_one_click(self):
        """AS-05: lines of warranty and goodwill, unit, usage and photos become the
        claim; the customer's lines stay out; twice gives the same claim."""
        repair = self._create_finished()
        repair.line_ids[0].sudo().copy({"payer": "goodwill", "price_unit": 30})
        mechanic = repair.with_user(self.mechanic).sudo()
        claim = mechanic._make_claim().with_env(self.env)
        self.assertEqual(mechanic._make_claim(), claim)
        self.assertEqual((claim.repair_id, repair.claim_id), (repair, claim))
        self.assertEqual(claim.state, "draft")
        self.assertEqual(claim.lot_id, self.unit)
        self.assertEqual(claim.usage, 12000)
        self.assertEqual(claim.fault_id, self.fault)
        self.assertEqual(claim.correction, "Pump replaced")
        self.assertEqual(claim.line_ids.mapped("is_goodwill"), [False, True])
        self.assertEqual(claim.amount_claimed, 230)

    def test_evidence_shares_the_bytes(self):
        """AS-05: photos are evidence with their hash, on the same stored bytes, and
        belong to the claim."""
        repair = self._create_finished()
        claim = repair.with_user(self.entry)._make_claim()
        self.assertEqual(claim.photo_ids.mapped("kind"), ["damage", "plate"])
        self.assertEqual(
            claim.photo_ids.mapped("sha256"), repair.photo_ids.mapped("sha256")
        )
        mine, theirs = claim.photo_ids.attachment_id, repair.photo_ids.attachment_id
        self.assertFalse(mine & theirs)
        self.assertTrue(all(mine.mapped("store_fname")))
        self.assertEqual(mine.mapped("store_fname"), theirs.mapped("store_fname"))
        self.assertEqual(set(mine.mapped("res_id")), {claim.id})

    def test_when(self):
        """AS-05: no claim before the work is accepted, none without a line of warranty
        or goodwill, a new one after the first was cancelled."""
        repair = self._create_repair()
        with self.assertRaises(UserError):
            repair.with_user(self.entry).action_claim()
        paid = self._create_finished()
        paid.sudo().line_ids.payer = "customer"
        with self.assertRaisesRegex(UserError, "warranty or goodwill"):
            paid.with_user(self.entry).action_claim()
        repair = self._create_finished()
        claim = repair.with_user(self.entry)._make_claim()
        self._take_with_reason(
            claim.with_user(self.entry), "cancel", self.cancel_reason
        )
        again = repair.with_user(self.entry)._make_claim()
        self.assertNotEqual(again, claim)
        self.assertEqual(repair.claim_id, again)

    def test_link_is_closed(self):
        """architecture.md 7: nobody links a claim to a repair by hand."""
        claim = self._create_claim(photos=False)
        repair = self._create_finished()
        with self.assertRaises(AccessError):
            claim.with_user(self.chief).repair_id = repair
        with self.assertRaises(AccessError):
            claim.line_ids.with_user(self.chief).is_goodwill = True
