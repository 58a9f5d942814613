from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .old_part_common import OldPartCommon
from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementPreview(OldPartCommon, SettlementCommon):
    def _preview(self, day=None, user=None):
        self.env.invalidate_all()  # what was read of another month
        until = (day or self.month.last).isoformat()
        preview = self.env["after.sales.settlement.preview"].with_user(
            user or self.clerk
        )
        return preview.with_context(after_sales_settle_until=until).search(
            [("station_id", "in", (self.station | self.station_2).ids)]
        )

    def _fill(self):
        """Two claims, a kept part, a charge, and one of each that waits."""
        self._create_part()
        self._create_part(station=self.station_2)
        self._create_charge()
        self._create_charge(value=7.77, kind="credit", station_id=self.station_2.id)
        self.policy.write({"disposal": "keep", "residual_percent": 12.5})
        self._create_part()
        self.policy.write({"disposal": "return", "residual_percent": 0})
        held = self._create_part()
        held.date_due = self.today - timedelta(days=1)
        later = self._create_part().claim_id
        later.date_approved = self.month.last + timedelta(days=3)
        return held, later

    def test_preview_is_what_the_run_does(self):
        """AS-12: per station, the rows that would be settled add up to what is settled
        then, to the cent; what waits, waits."""
        held, later = self._fill()
        rows = self._preview()
        ready = rows.filtered(lambda row: row.status == "ready")
        totals = {
            station: sum(own.mapped("amount"))
            for station, own in ready.grouped("station_id").items()
        }
        expected = set(ready.mapped(lambda row: (row.kind, row.id)))
        settlements = self._settle()
        self.assertEqual(set(totals), set(settlements.station_id))
        for settlement in settlements:
            with self.subTest(station=settlement.station_id.code):
                self.assertAlmostEqual(
                    settlement.amount_total, totals[settlement.station_id], 2
                )
        lines = settlements.line_ids
        self.assertEqual(set(lines.mapped(lambda line: (line.kind, line.id))), expected)
        self.assertFalse((held.claim_id | later).settlement_id)
        self.assertEqual(set(self._preview().mapped("status")), {"held", "later"})

    def test_preview_says_why(self):
        """AS-12: each row that waits names its reason."""
        held, later = self._fill()
        rows = {row.claim_id: row for row in self._preview() if row.kind == "claim"}
        self.assertEqual(rows[held.claim_id].status, "held")
        self.assertIn(held.name, rows[held.claim_id].sentence)
        self.assertEqual(rows[later].status, "later")
        next_month = self._preview(self.month.last + timedelta(days=3))
        statuses = {row.claim_id: row.status for row in next_month}
        self.assertEqual(statuses[later], "ready")
        settlements = self._settle()
        settlements.action_send()
        late = self._create_part().claim_id
        row = self._preview().filtered(lambda row: row.claim_id == late)
        self.assertEqual(row.status, "sent")
        self.assertIn(row.settlement_id.name, row.sentence)

    def test_preview_writes_nothing(self):
        """AS-12: looking settles nothing and makes no settlement."""
        self._fill()
        before = self.env["after.sales.settlement"].search_count([])
        rows = self._preview()
        rows.mapped("sentence")
        self.assertFalse(rows.claim_id.settlement_id)
        self.assertEqual(self.env["after.sales.settlement"].search_count([]), before)

    def test_part_transfers_stay_out(self):
        """AS-11, AS-12: an urgent part transfer is cleared with the transfer itself:
        its claim is neither in the preview nor in the settlement."""
        claim = self._create_claim(
            kind="part_transfer",
            line_ids=False,
            request_ids=[Command.create({"product_id": self.pump.id, "quantity": 2})],
        )
        claim.with_user(self.mechanic).sudo().action_submit()
        claim.with_user(self.auditor).action_approve()
        part = self._create_part()
        self.assertEqual(claim.state, "approved")
        self.assertEqual(self._preview().claim_id, part.claim_id)
        self.assertEqual(self._settle().claim_ids, part.claim_id)
        self.assertFalse(self._preview().claim_id)

    def test_who_looks(self):
        """F-11: the clerk's; no other company's rows."""
        self._fill()
        for person in (self.auditor, self.owner):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self._preview(user=person)
        _company, foreigner = self._create_foreign_company()
        self.assertFalse(self._preview(user=foreigner))

    def test_wizard_shows_and_settles(self):
        """AS-12: any day of a month stands for it; the preview opens on it."""
        self._fill()
        wizard = self.env["after.sales.settlement.start"].with_user(self.clerk)
        start = wizard.create({"date": self.today})
        self.assertEqual((start.date_from, start.date_to), tuple(self.month))
        action = start.action_preview()
        self.assertEqual(
            action["context"]["after_sales_settle_until"], str(self.month.last)
        )
        start.action_settle()
        self.assertTrue(
            self.env["after.sales.settlement"].search(
                [("station_id", "=", self.station.id), ("state", "=", "draft")]
            )
        )
        future = wizard.create({"date": self.month.last + timedelta(days=40)})
        with self.assertRaises(UserError):
            future.action_settle()

    def test_sheet(self):
        """F-09: the preview as a sheet, with reasons."""
        self._fill()
        rows = self._preview()
        attachment = rows._create_sheet_attachment([("id", "in", rows.ids)])
        self.assertTrue(attachment.file_size)
