import io
from datetime import date, datetime, timedelta

import openpyxl
from freezegun import freeze_time

from odoo.tests import tagged

from ..tools.period import month_of
from .test_complaint import ComplaintCommon

#: long before any demo data
OCTOBER = month_of(date(2020, 10, 5))
MONDAY = datetime(2020, 10, 5, 9)


@tagged("post_install", "-at_install")
class TestComplaintSummary(ComplaintCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create({"name": "Calm", "user_id": 2})
        cls.late = cls.env["sales.complaint.category"].create({"name": "Late"})

    def _take(self, day=MONDAY, **values):
        with freeze_time(day):
            return self._create_complaint(self.manager, received_at=day, **values)

    def _summary(self):
        complaints = self.env["sales.complaint"].with_user(self.manager)
        return complaints._get_summary(self.company, OCTOBER)

    def test_month(self):
        """F-21: the month's complaints by the company's days; cancelled ones are none,
        those of other months are the trend."""
        self._take()
        self._take(datetime(2020, 10, 31, 23, 59))
        self._take(datetime(2020, 11, 1, 0, 0))
        self._take(datetime(2020, 9, 30, 23, 59))
        cancelled = self._take()
        reason = self.env.ref("sales_base.sales_reason_cancel_twice")
        cancelled._do_with_reason("cancel", reason, False)
        summary = self._summary()
        self.assertEqual(summary["total"], 2)
        self.assertEqual(
            summary["trend"][-2:], [(date(2020, 9, 1), 1), (OCTOBER[0], 2)]
        )
        self.assertEqual(len(summary["trend"]), 6)

    def test_pareto(self):
        """F-21: the category customers are least content with comes first."""
        for _n in range(4):
            self._take(category_id=self.late.id)
        self._take()
        bars = [row["bar"] for row in self._summary()["categories"]]
        self.assertEqual([bar.key for bar in bars], [self.late, self.category])
        self.assertEqual([bar.cumulated_percent for bar in bars], [80, 100])
        self.assertEqual([bar.is_vital for bar in bars], [True, False])

    def test_repeat_customers(self):
        """F-21: who complained more than once, the most frequent first."""
        self._take()
        self._take()
        self._take(partner_id=self.other.id)
        self.assertEqual(self._summary()["repeat"], [(self.customer, 2)])

    def test_means_without_the_unfinished(self):
        """F-21: a complaint that nobody answered yet has no time to answer."""
        done, _open = self._take(), self._take()
        with freeze_time(MONDAY + timedelta(hours=2)):
            self._answer(done)
            self._close(done, 80)
        summary = self._summary()
        self.assertEqual((summary["respond_hours"], summary["resolve_hours"]), (2, 2))
        self.assertEqual(
            (summary["satisfaction"], summary["satisfaction_count"]), (80, 1)
        )

    def test_nothing(self):
        """F-21: a month without complaints is a summary, too."""
        summary = self._summary()
        self.assertEqual((summary["total"], summary["categories"]), (0, []))
        self.assertIsNone(summary["respond_hours"] or None)

    def test_sheet(self):
        """F-09: the Pareto as XLSX, with its total."""
        self._take()
        self._take(category_id=self.late.id)
        stream = io.BytesIO()
        self.env["sales.complaint"]._write_summary_sheet(stream, self._summary())
        page = openpyxl.load_workbook(stream).active
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        self.assertIn(["Noise", 1, 50, 50, 0, 1], rows)
        self.assertIn(["Total", 2, None, None, 0, 2], rows)

    def test_print(self):
        """F-21: the printed summary."""
        self._take()
        wizard = self.env["sales.complaint.summarize"].with_user(self.manager)
        wizard = wizard.create({"day": OCTOBER.first})
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "sales_base.report_complaint_summary_document", wizard.ids
        )
        self.assertIn("Noise", html.decode())
        self.assertIn("Repeat customers", html.decode())

    def test_wizard_default(self):
        """F-21: the month before is proposed."""
        with freeze_time(MONDAY):
            wizard = self.env["sales.complaint.summarize"].create({})
        self.assertEqual(wizard.date_from, date(2020, 9, 1))
        self.assertTrue(wizard.action_download()["url"])
