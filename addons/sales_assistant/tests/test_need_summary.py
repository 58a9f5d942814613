from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestNeedSummary(AssistantCommon):
    """SA-04: the report on customer needs for the general manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what the demo data left is not this report's
        cls.env["sales.assistant.need"].search([]).unlink()
        cls.price, cls.delivery = (
            cls.env.ref(f"sales_assistant.sales_assistant_need_category_{name}")
            for name in ("price", "delivery")
        )
        cls.other = cls._create_customer("Other")
        cls.first, cls.last = cls.today - timedelta(days=29), cls.today
        cls._note(cls.price, "A price list", quantity=5, product_id=cls.product.id)
        cls._note(cls.price, "Lower prices", partner_id=cls.other.id)
        cls._note(cls.delivery, "Four weeks", is_answered=True, date=cls.first)
        cls._note(cls.delivery, "Five weeks", date=cls.first - timedelta(days=1))
        cls._note(cls.delivery, "Too old", date=cls.first - timedelta(days=31))

    @classmethod
    def _note(cls, category, name, **values):
        return cls.env["sales.assistant.need"].create(
            {
                "name": name,
                "category_id": category.id,
                "partner_id": cls.customer.id,
                "user_id": cls.assistant.id,
                "date": cls.today,
                "company_id": cls.company.id,
                **values,
            }
        )

    def _report(self, user=None, **values):
        return (
            self.env["sales.assistant.need.summarize"]
            .with_user(user or self.desk_manager)
            .create({"date_from": self.first, "date_to": self.last, **values})
        )

    def test_figures(self):
        """SA-04: what is asked for, by how many, against the time before, and what is
        open; the days of the time belong to it."""
        summary = self._report()._get_summary()
        self.assertEqual(
            [summary[key] for key in ("total", "before", "customers", "open")],
            [3, 1, 2, 2],
        )
        rows = [
            (
                row["category"],
                row["count"],
                row["customers"],
                row["before"],
                row["open"],
            )
            for row in summary["categories"]
        ]
        self.assertEqual(rows, [(self.price, 2, 2, 0, 2), (self.delivery, 1, 1, 1, 0)])
        self.assertEqual(summary["products"], [(self.product, 1, 1, 5)])
        names = summary["open_needs"].mapped("name")
        self.assertEqual(names, ["A price list", "Lower prices"])

    def test_own_needs_only(self):
        """F-11: who sees fewer needs reports fewer."""
        self.assertEqual(self._report(self.colleague)._get_summary()["total"], 0)

    def test_printed(self):
        """SA-04: the report on paper, empty times included."""
        report = self._report()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sales_assistant.report_need_summary", report.ids
        )
        text = html.decode()
        for word in ("Lower prices", self.price.name, self.product.name):
            self.assertIn(word, text)
        self.assertNotIn("Too old", text)
        old = self.today - timedelta(days=400)
        empty = self._report(date_from=old, date_to=old)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sales_assistant.report_need_summary", empty.ids
        )
        self.assertIn("No wish was noted", html.decode())

    def test_time(self):
        """F-14: a time does not end before it begins."""
        with self.assertRaises(ValidationError):
            self._report(date_from=self.last, date_to=self.first)
