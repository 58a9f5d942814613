import io

from openpyxl import load_workbook

from odoo.tests import tagged

from .common import AfterSalesCommon

#: lanes of urgent parts that all of the maker's people have
KIND_LANES = {"to_ship", "transfers"}
#: lanes of the documents that all apps share
SHARED_LANES = {"complaints", "callbacks", "proposals", "notices"}


@tagged("post_install", "-at_install")
class TestSheetsAndBoard(AfterSalesCommon):
    def _read_sheet(self, model, domain, user):
        stream = io.BytesIO()
        self.env[model].with_user(user)._write_sheet(stream, domain)
        stream.seek(0)
        return [
            [cell.value for cell in row] for row in load_workbook(stream).active.rows
        ]

    def test_claims_register(self):
        """F-09: the register has a row per claim, typed cells and totals."""
        claims = self._create_approved() | self._create_submitted()
        rows = self._read_sheet(
            "after.sales.claim", [("id", "in", claims.ids)], self.auditor
        )
        self.assertEqual(rows[0][0], "Claims Register")
        flat = [row for row in rows if row[0] in claims.mapped("name")]
        self.assertEqual(len(flat), 2)
        self.assertIn("T-0001", flat[0])
        self.assertIn("Light Truck T1", flat[0])
        total = next(row for row in rows if row[0] == "Total")
        self.assertIn(800, total)

    def test_settlement_statement(self):
        """AS-12, F-09: the statement has a row per claim and the settlement's total."""
        claim = self._create_approved()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        action = claim.settlement_id.with_user(self.clerk).action_download_statement()
        rows = self._read_sheet(
            action["params"]["model"], action["params"]["domain"], self.clerk
        )
        self.assertEqual(rows[0][0], "Settlement Statement")
        self.assertTrue(any(claim.name in row for row in rows))
        total = next(row for row in rows if row[0] == "Total")
        goodwill = sum(claim.settlement_id.line_ids.mapped("approved_goodwill"))
        self.assertEqual(total[-2:], [claim.settlement_id.amount_total, goodwill])

    def test_printed_forms(self):
        """AS-06, AS-12: the printed forms carry number, lines, findings and totals."""
        claim = self._create_approved()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        html, _kind = reports._render_qweb_html(
            "after_sales.report_claim_document", claim.ids
        )
        for text in (claim.name, "T-0001", "Water Pump", "Coolant leak"):
            self.assertIn(text, html.decode())
        html, _kind = reports._render_qweb_html(
            "after_sales.report_settlement_document", claim.settlement_id.ids
        )
        self.assertIn(claim.settlement_id.name, html.decode())
        self.assertIn(claim.name, html.decode())

    def test_board_lanes(self):
        """F-05: each lane shows what it says, to whom it concerns."""
        self._create_submitted(photos=False)
        board = self.env["after.sales.board"].with_user(self.auditor).get_board()
        lanes = {lane["key"]: lane for lane in board["lanes"]}
        self.assertEqual(
            set(lanes),
            {
                "flagged",
                "review",
                "returned",
                "sample",
                "appraisal",
                "to_call",
                *KIND_LANES,
                "asked",
                *SHARED_LANES,
            },
        )
        self.assertGreaterEqual(lanes["flagged"]["count"], 1)
        self.assertGreaterEqual(lanes["review"]["count"], 1)
        board = self.env["after.sales.board"].with_user(self.clerk).get_board()
        self.assertEqual(
            {lane["key"] for lane in board["lanes"]},
            {
                "confirm",
                "objections",
                "post",
                "part_receive",
                "part_overdue",
                "time_bar",
                "recover",
                "line_dispute",
                *KIND_LANES,
                "to_clear",
                *SHARED_LANES,
            },
        )
        for lane in board["lanes"]:
            counted = self.env[lane["model"]].search_count(lane["domain"])
            self.assertEqual(lane["count"], counted)

    def test_board_does_not_grow(self):
        """performance.md: the board needs the same statements for 4 and 40 claims."""

        def prepare(number):
            for _n in range(number):
                self._create_submitted(photos=False)

        self.assertQueryGrowth(
            lambda _none: (
                self.env["after.sales.board"].with_user(self.auditor).get_board()
            ),
            prepare,
            small=5,
        )
