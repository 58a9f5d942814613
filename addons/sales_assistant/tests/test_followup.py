import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo import Command
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestFollowup(AssistantCommon):
    """The daily list and the stage report: three orders, one late, one at risk, one on
    time, of a template with material (5 working days) and shipment (2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        templates = cls.env["sales.assistant.milestone.template"]
        templates.search([]).active = False
        cls.template = templates.create(
            {
                "name": "Test",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": 10,
                            "name": "Material",
                            "offset_days": -10,
                            "duration_days": 5,
                        }
                    ),
                    Command.create(
                        {
                            "sequence": 20,
                            "name": "Shipment",
                            "duration_days": 2,
                            "trigger": "delivery",
                        }
                    ),
                ],
            }
        )
        cls.late, cls.at_risk, cls.on_time = (
            cls._create_confirmed(days) for days in (30, 40, 60)
        )
        cls._get(cls.late, "Material").date_planned = cls.today - timedelta(days=2)
        cls._get(cls.at_risk, "Material").date_planned = cls.today + timedelta(days=1)
        cls.env.flush_all()

    @classmethod
    def _create_confirmed(cls, days):
        order = cls._create_order(commitment_date=cls._promise(days))
        order.with_user(cls.salesperson).action_confirm()
        return order

    @classmethod
    def _get(cls, order, name):
        return order.sales_milestone_ids.filtered(lambda one: one.name == name)

    def _get_rows(self, user=None):
        orders = self.late | self.at_risk | self.on_time
        rows = self.env["sales.assistant.followup"].with_user(user or self.assistant)
        return rows.search([("order_id", "in", orders.ids)])

    def test_one_row_each(self):
        """SA-10: each order under way has one row: next step, its day, the state."""
        rows = {row.order_id: row for row in self._get_rows()}
        for order, status in (
            (self.late, "late"),
            (self.at_risk, "at_risk"),
            (self.on_time, "on_time"),
        ):
            with self.subTest(status=status):
                row = rows[order]
                material = self._get(order, "Material")
                self.assertEqual(row.status, status)
                self.assertEqual(row.next_name, "Material")
                self.assertEqual(row.date_next, material.date_planned)
                self.assertEqual(row.open_count, 2)
                self.assertEqual(row.date_promised, order.sales_promised_date)
                self.assertEqual(row.date_forecast, order.sales_forecast_date)
                self.assertEqual(len(row.timeline), 2)
        self.assertEqual(rows[self.late].late_count, 1)

    def test_goes_on_and_ends(self):
        """SA-10: the next step is the first open one; a finished order leaves."""
        self._get(self.late, "Material").with_user(self.assistant).action_done()
        self.env.flush_all()
        [row] = self._get_rows().filtered(lambda one: one.order_id == self.late)
        self.assertEqual(row.next_name, "Shipment")
        self._deliver(self.late)
        self.env.flush_all()
        self.assertNotIn(self.late, self._get_rows().order_id)

    def test_who_sees_it(self):
        """F-11: own, stand-in, team, all."""
        for user, count in (
            (self.salesperson, 3),
            (self.standin, 3),
            (self.colleague, 0),
            (self.lead, 3),
            (self.desk_manager, 3),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(len(self._get_rows(user)), count)

    def test_sheet_and_print(self):
        """SA-10: the daily list as a sheet and on paper."""
        rows = self._get_rows()
        stream = io.BytesIO()
        rows._write_sheet(stream, [("id", "in", rows.ids)])
        page = load_workbook(stream).active
        cells = [cell.value for line in page.iter_rows() for cell in line]
        for text in (self.late.name, "Material", "Late", "At Risk"):
            self.assertIn(text, cells)
        self.assertTrue(any("→ Shipment" in str(cell) for cell in cells))
        report = self.env["ir.actions.report"].with_user(self.assistant)
        content, _kind = report._render_qweb_html(
            "sales_assistant.report_followup", rows.ids
        )
        self.assertIn(self.at_risk.name, content.decode())

    def test_opens_its_order(self):
        """SA-10: a row leads to its order and to what the customer was told."""
        [row] = self._get_rows().filtered(lambda one: one.order_id == self.late)
        self.assertEqual(row.action_open_order()["res_id"], self.late.id)
        self.assertEqual(
            row.action_tell_customer()["context"]["default_order_id"], self.late.id
        )

    # ------------------------------------------------------------------ report

    def test_plan_against_actual(self):
        """SA-10: per stage, against the first plan, with reason, template, category."""
        material = self._get(self.on_time, "Material").with_user(self.assistant)
        first = material.date_planned
        reason = self.env.ref("sales_assistant.sales_reason_move_material")
        days = {material.id: self.today - timedelta(days=1)}
        material.sudo().date_first = self.today - timedelta(days=4)
        material._do_move(days, {material.id: first}, reason, "Late steel")
        material.action_done()
        self.env.flush_all()
        row = (
            self.env["sales.assistant.milestone.report"]
            .with_user(self.assistant)
            .search([("milestone_id", "=", material.id)])
        )
        self.assertEqual(row.delay_days, 4)
        self.assertEqual(row.moved_days, 3)
        self.assertEqual(row.in_time_percent, 0)
        self.assertEqual(row.reason_id, reason)
        self.assertEqual(row.template_id, self.template)
        self.assertEqual(row.categ_id, self.product.categ_id)

    def test_stages_in_their_order(self):
        """SA-10: the report groups by stage in the order of the steps."""
        groups = self.env["sales.assistant.milestone.report"].formatted_read_group(
            [("order_id", "in", (self.late | self.on_time).ids)],
            ["name"],
            ["__count", "delay_days:avg"],
        )
        self.assertEqual([one["name"] for one in groups], ["Material", "Shipment"])
        self.assertEqual([one["__count"] for one in groups], [2, 2])

    def test_report_shows_what_one_sees(self):
        """F-11: the report follows the rules of milestones."""
        report = self.env["sales.assistant.milestone.report"]
        domain = [("order_id", "=", self.late.id)]
        self.assertFalse(report.with_user(self.colleague).search(domain))
        self.assertEqual(len(report.with_user(self.lead).search(domain)), 2)
