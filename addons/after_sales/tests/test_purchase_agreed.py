from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .kind_common import KindCommon


@tagged("post_install", "-at_install")
class TestPurchaseAgreed(KindCommon):
    """AS-06: what the maker has seen of a request is what it grants, and what it
    granted is what is bought."""

    def _create_asked(self):
        claim = self._create_purchase(granted=False)
        claim.with_user(self.mechanic).sudo().action_ask()
        return claim

    def _get_changes(self, claim):
        """Changes of a purchase: {name: function of the claim}."""
        line = claim.line_ids
        new = {"line_type": "purchase", "product_id": self.filter.id, "price_unit": 1}
        words = {"line_type": "other", "name": "Pump", "product_id": False}

        def write(**vals):
            return lambda own: line.with_env(own.env).write(vals)

        return {
            "same": write(
                quantity=1, name=" ", product_id=self.pump.id, line_type="purchase"
            ),
            "sequence": write(sequence=99),
            "price": write(price_unit=900),
            "less": write(quantity=0.5),
            "more": write(quantity=2),
            "product": write(product_id=self.filter.id),
            "name": write(name="Another pump"),
            "type": write(**words),
            "new": lambda own: own.write({"line_ids": [Command.create(new)]}),
            "labor": lambda own: own.write(
                {"line_ids": [Command.create({"line_type": "other", "name": "Way"})]}
            ),
            "gone": lambda own: own.write({"line_ids": [Command.delete(line.id)]}),
            "exchange": lambda own: own.write(
                {"line_ids": [Command.delete(line.id), Command.create(new)]}
            ),
            "unit": lambda own: own.write({"lot_id": self._create_unit("T-9").id}),
            "same unit": lambda own: own.write(
                {
                    "lot_id": claim.lot_id.id,
                    "purchase_reason": "The unit\r\nblocks a road ",
                }
            ),
            "reason": lambda own: own.write({"purchase_reason": "Cheaper"}),
            "station": lambda own: own.write({"station_id": self.station_2.id}),
            "kind": lambda own: own.write({"kind": "appraisal"}),
            "meter": lambda own: own.write({"usage": 12001}),
        }

    def test_what_may_change(self):
        """AS-06: while it is asked for, the request waits as it is; once granted, less
        or at another price may be bought, nothing else, no more and for no other unit;
        whether the portal or the backend writes."""
        open_always = {"same", "same unit", "sequence", "labor", "meter"}
        for request, allowed in (
            ("asked", open_always),
            ("granted", open_always | {"price", "less", "gone", "type"}),
        ):
            claim = self._create_asked()
            if request == "granted":
                claim.with_user(self.auditor).action_grant()
            people = (
                claim.with_user(self.mechanic).sudo(),
                claim.with_user(self.chief),
            )
            for own in people:
                for name, change in self._get_changes(claim).items():
                    with (
                        self.subTest(request=request, by=own.env.user, change=name),
                        self.cr.savepoint() as savepoint,
                    ):
                        if name in allowed:
                            change(own)
                        else:
                            with self.assertRaises(UserError):
                                change(own)
                                self.env.flush_all()
                        self.env.flush_all()
                        savepoint.rollback()
                    self.env.invalidate_all()

    def test_line_of_another_claim(self):
        """AS-06: no purchase is moved under a grant, nor taken from a request."""
        granted, other = self._create_purchase(), self._create_purchase(granted=False)
        with self.assertRaisesRegex(UserError, "has not granted"):
            other.line_ids.sudo().claim_id = granted
        asked = self._create_asked()
        with self.assertRaisesRegex(UserError, "is looking"):
            asked.line_ids.sudo().claim_id = other

    def test_returned_stays_granted(self):
        """AS-06: a returned claim is corrected within what was granted."""
        claim = self._submit(self._create_purchase())
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        with self.assertRaisesRegex(UserError, "has not granted"):
            claim.line_ids.with_user(self.mechanic).sudo().quantity = 2
        claim.with_user(self.mechanic).sudo().action_withdraw()
        self.assertEqual(claim.state, "returned")
        claim.line_ids.with_user(self.mechanic).sudo().quantity = 2

    def test_withdraw_and_ask_again(self):
        """AS-06: the station withdraws what it asked for or was granted, changes it and
        asks again; another station does not. Who still looks at the first request does
        not grant the second."""
        claim = self._create_asked()
        own = claim.with_user(self.mechanic).sudo()
        with self.assertRaises(AccessError):
            claim.with_user(self.rival).sudo().action_withdraw()
        claim.with_user(self.auditor).action_grant()
        own.action_withdraw()
        self.assertEqual(
            (claim.purchase_request, claim.purchase_granted_amount), ("none", 0)
        )
        self.assertFalse(claim.purchase_granted_by_id or claim.purchase_asked_at)
        with self.assertRaises(UserError):
            own.action_withdraw()
        own.line_ids.quantity = 2
        own.action_ask()
        claim.purchase_asked_at += timedelta(seconds=5)
        first = fields.Datetime.to_string(
            claim.purchase_asked_at - timedelta(seconds=5)
        )
        auditor = claim.with_user(self.auditor)
        with self.assertRaisesRegex(UserError, "asked again"):
            auditor.with_context(purchase_seen_at=first).action_grant()
        seen = fields.Datetime.to_string(claim.purchase_asked_at)
        auditor.with_context(purchase_seen_at=seen).action_grant()
        self.assertEqual(claim.purchase_granted_amount, 600)
