import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestGoodwill(SettlementCommon, HttpCase):
    """AS-02, AS-12: what goodwill pays is told apart from what warranty pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coverage.write(
            {
                "goodwill_ids": [
                    Command.create({"level": "2", "months": 6, "percent": 50})
                ],
                "part_ids": [
                    Command.create({"product_id": cls.filter.id, "months": 36})
                ],
            }
        )
        sold = fields.Date.subtract(cls.today, months=13)
        cls.old_unit = cls._create_unit("T-OLD", date_sold=sold)

    def _part(self, part, price, **values):
        line = {"product_id": part.id, "price_unit": price, **values}
        return Command.create(line)

    def _labor(self, price):
        return Command.create(
            {"line_type": "labor", "labor_id": self.labor.id, "price_unit": price}
        )

    def test_what_is_goodwill(self):
        """AS-02: a part by its own term; labour where no part is under warranty; a
        line that the repair gives to goodwill; only what was approved counts."""
        pump, filter_ = self._part(self.pump, 200), self._part(self.filter, 20)
        for unit, lines, expected in (
            (self.unit, [pump, self._labor(100)], 0),
            (self.old_unit, [pump, self._labor(100)], 300),
            (self.old_unit, [filter_, self._labor(100)], 0),
            (self.old_unit, [pump, filter_, self._labor(100)], 200),
            (self.old_unit, [self._labor(100)], 100),
            (self.unit, [self._part(self.pump, 30, is_goodwill=True), pump], 30),
        ):
            with self.subTest(unit=unit.name, lines=len(lines), expected=expected):
                claim = self._create_submitted(lot_id=unit.id, line_ids=lines)
                self.assertFalse(claim.approved_goodwill)
                claim.with_user(self.auditor).action_approve()
                self.assertEqual(claim.approved_goodwill, expected)

    def test_mark_follows_the_claim(self):
        """AS-07: a claim corrected and submitted again is marked anew; nobody marks by
        hand, and the station reads no sum before the decision."""
        claim = self._create_submitted(
            lot_id=self.old_unit.id, line_ids=[self._part(self.pump, 200)]
        )
        line = claim.line_ids
        self.assertTrue(line.is_after_warranty)
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        with self.assertRaises(AccessError):
            line.with_user(self.chief).is_after_warranty = False
        claim.lot_id = self.unit
        claim.with_user(self.mechanic).sudo().action_submit()
        self.assertFalse(line.is_after_warranty)
        with self.assertRaises(AccessError):
            claim.with_user(self.mechanic).read(["approved_goodwill"])

    def test_statement(self):
        """AS-12: rows, sheet, paper and portal page show goodwill with its own
        subtotal; it is contained in the total, not added; nothing where there is
        none."""
        self._create_approved()
        self._create_approved(
            lot_id=self.old_unit.id, line_ids=[self._part(self.pump, 123)]
        )
        settlement = self._settle()
        settlement.action_send()
        settlement = settlement.with_env(self.env)
        self.assertEqual(
            (settlement.amount_total, settlement.amount_goodwill), (523, 123)
        )
        rows = settlement.line_ids
        self.assertEqual(sorted(rows.mapped("approved_goodwill")), [0, 123])
        stream = io.BytesIO()
        rows.with_user(self.clerk)._write_sheet(stream, [("id", "in", rows.ids)])
        cells = [list(row) for row in load_workbook(stream).active.values]
        head = next(row for row in cells if "Of Which Goodwill" in row)
        place = head.index("Of Which Goodwill")
        column = [row[place] for row in cells]
        self.assertEqual(column.count(123), 2)  # the row and the total
        self.authenticate("t_owner", "t_owner")
        page = self.url_open(f"/my/settlements/{settlement.id}").text
        paper, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "after_sales.report_settlement", settlement.ids
        )
        # the page: row, mark, subtotal; the paper: claimed and parts, too
        for text, count in ((page, 3), (paper.decode(), 5)):
            self.assertIn("Of which goodwill", text)
            self.assertEqual(text.count("123.00"), count)
        none = self._settle(self.month_first - timedelta(days=1))
        self.assertFalse(none.amount_goodwill)
