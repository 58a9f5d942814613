from datetime import timedelta

from odoo.tests import tagged

from .common import SalesCommon


@tagged("post_install", "-at_install")
class TestRateLimit(SalesCommon):
    """architecture.md 10: public pages are limited per token and address."""

    def test_window(self):
        """architecture.md 10: so many calls a window, each key by itself."""
        limits = self.env["sales.rate.limit"]
        for _n in range(3):
            self.assertTrue(limits._hit({"a": 3, "b": 9}, 60))
        self.assertFalse(limits._hit({"a": 3, "b": 9}, 60))
        self.assertTrue(limits._hit({"b": 9}, 60))
        row = limits.search([("key", "=", "a")])
        self.assertEqual(row.count, 4)
        row.window_at -= timedelta(seconds=61)
        row.flush_recordset()
        self.assertTrue(limits._hit({"a": 3}, 60))
        row.invalidate_recordset()
        self.assertEqual(row.count, 1)

    def test_nobody_reads_it(self):
        """architecture.md 10: who came how often is nobody's to read."""
        self.assertAccessTable(
            {
                self.user: {"sales.rate.limit": ""},
                self.manager: {"sales.rate.limit": ""},
            }
        )

    def test_old_windows_go(self):
        """architecture.md 10: nothing is kept beyond a day."""
        limits = self.env["sales.rate.limit"]
        limits._hit({"old": 1, "new": 1}, 60)
        limits.search([("key", "=", "old")]).window_at -= timedelta(days=2)
        limits._gc_windows()
        self.assertEqual(
            limits.search([("key", "in", ("old", "new"))]).mapped("key"), ["new"]
        )
