from odoo.exceptions import UserError
from odoo.tests import tagged

from .kind_common import KindCommon


@tagged("post_install", "-at_install")
class TestReopenEffects(KindCommon):
    """AS-06, AS-08: what an approval did is undone with it."""

    def _reopen(self, claim):
        self._take_with_reason(
            claim.with_user(self.auditor),
            "reopen",
            self.env.ref("after_sales.reason_reopen_1"),
        )

    def test_running_in_is_forgotten(self):
        """AS-02: the unit has no service any more, or an earlier approved one."""
        card = self._approve(self._submit(self._create_card(), "card"))
        self.assertEqual(self.unit.running_in_date, card.date_repair)
        self._reopen(card)
        self.assertFalse(self.unit.running_in_date or self.unit.running_in_usage)
        self._approve(card)
        self.assertEqual(self.unit.running_in_date, card.date_repair)

    def test_assembly_is_back(self):
        """AS-06: the old serial number is in the unit again, the new one is not."""
        swap = self._approve(self._submit(self._create_swap(), "assembly"))
        self._reopen(swap)
        row = self.unit.assembly_ids
        self.assertEqual((row.serial, row.date_to), ("E-OLD", False))

    def test_asked_supplier_stands_in_the_way(self):
        """AS-09: a draft of the responsibility goes, one that is asked stays."""
        works = self.env["res.partner"].create({"name": "Pump Works"})
        self.env["product.supplierinfo"].create(
            {"product_tmpl_id": self.pump.product_tmpl_id.id, "partner_id": works.id}
        )
        self.env["after.sales.supplier"].create(
            {"partner_id": works.id, "share_percent": 80, "reaction_days": 5}
        )
        claim = self._create_approved()
        responsibilities = self.env["after.sales.responsibility"]
        draft = responsibilities._prepare_claims(claim)
        self._reopen(claim)
        self.assertFalse(draft.exists())
        self._approve(claim)
        asked = responsibilities._prepare_claims(claim)
        asked.with_user(self.quality).action_ask()
        with self.assertRaisesRegex(UserError, "has been asked"):
            self._reopen(claim)

    def test_shipped_parts_stand_in_the_way(self):
        """AS-11: parts under way are not taken back by reopening; a draft is."""
        claim = self._submit(self._create_request())
        claim.request_ids.with_user(self.auditor).granted_quantity = 2
        self._approve(claim)
        claim.with_user(self.auditor).action_ship()
        transfer = claim.transfer_ids
        self._reopen(claim)
        self.assertFalse(transfer.exists())

    def test_a_person_decides_where_parts_come_from(self):
        """AS-08, AS-11: a part transfer costs nothing yet, the policy lets it be."""
        self.company.after_sales_policy = "submission"
        claim = self._submit(self._create_request())
        self.assertEqual((claim.state, claim.policy_result), ("submitted", "rules"))
