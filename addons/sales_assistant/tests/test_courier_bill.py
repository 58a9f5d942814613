import io

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestCourierBill(AssistantCommon):
    """SA-15: a courier's bill, compared by waybill with what was sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._fill_sample_room(900)
        cls.courier = cls.env.ref("sales_assistant.sales_assistant_courier_dhl")
        cls.courier.partner_id = cls.env["res.partner"].create({"name": "Courier Ltd"})
        cls.samples = cls._send_sample() + cls._send_sample()
        cls.samples[0].waybill, cls.samples[1].waybill = "74 0001", "74 0002"

    @classmethod
    def _create_bill(cls, parcels, **values):
        return cls.env["sales.assistant.courier.bill"].create(
            {
                "courier_id": cls.courier.id,
                "line_ids": [
                    Command.create({"waybill": waybill, "amount": amount})
                    for waybill, amount in parcels
                ],
                **values,
            }
        )

    def _compare(self, parcels, **values):
        bill = self._create_bill(parcels, **values)
        bill.with_user(self.assistant).action_check()
        return bill

    def test_four_results(self):
        """SA-15: matched, over-charged, unknown, billed twice; what is accepted is
        proposed."""
        bill = self._compare(
            [("740001", 42), ("74-0002", 42.01), ("74 9999", 30), ("74 0001", 42)]
        )
        self.assertEqual(
            bill.line_ids.mapped("result"), ["matched", "over", "unknown", "twice"]
        )
        self.assertEqual(bill.line_ids.mapped("accepted_amount"), [42, 40, 0, 0])
        self.assertEqual(bill.line_ids[3].other_id, bill.line_ids[0])
        self.assertIn(self.samples[0].name, bill.line_ids[0].sample_names)
        self.assertEqual(
            (bill.issue_count, bill.amount_total, bill.accepted_total),
            (3, 156.01, 82),
        )

    def test_tolerance_is_a_setting(self):
        """SA-15: how much more is let pass is the company's."""
        self.company.sales_sample_courier_tolerance = 10
        bill = self._compare([("740001", 44), ("740002", 44.01)])
        self.assertEqual(bill.line_ids.mapped("result"), ["matched", "over"])

    def test_customer_pays_the_courier(self):
        """SA-15: a parcel that the customer pays is not ours to pay."""
        self.samples[0]._write_guarded({"courier_terms": "collect"})
        line = self._compare([("740001", 40)]).line_ids
        self.assertEqual((line.result, line.accepted_amount), ("over", 0))

    def test_two_samples_in_a_parcel(self):
        """SA-15: a parcel with two samples is shared by what each was expected to
        cost."""
        self.samples.waybill = "74 0001"
        self.samples[1].courier_estimate = 10
        bill = self._compare([("740001", 50)])
        self.assertEqual(bill.line_ids.result, "matched")
        bill.with_user(self.lead).action_close()
        self.assertEqual(self.samples.mapped("courier_cost"), [40, 10])

    def test_billed_in_an_earlier_bill(self):
        """SA-15: twice counts over all bills of the courier; a cancelled one does
        not."""
        first = self._compare([("740001", 40)], reference="A1")
        second = self._compare([("740001", 40)], reference="A2")
        self.assertEqual(second.line_ids.result, "twice")
        self.assertEqual(second.line_ids.other_id, first.line_ids)
        first.with_user(self.assistant).action_check()
        self.assertEqual(first.line_ids.result, "matched", "the first stays the first")
        first.with_user(self.assistant).action_cancel()
        second.with_user(self.assistant).action_check()
        self.assertEqual(second.line_ids.result, "matched")

    def test_closed(self):
        """SA-15: closing makes a vendor bill and the samples' cost; a lead does it."""
        bill = self._compare([("740001", 42), ("740002", 90)])
        with self.assertRaises(AccessError):
            bill.with_user(self.assistant).action_close()
        bill.line_ids[1].with_user(self.assistant).accepted_amount = 45
        bill.with_user(self.lead).action_close()
        move = bill.move_id
        self.assertEqual(
            (move.move_type, move.state, move.partner_id, move.amount_untaxed),
            ("in_invoice", "draft", self.courier.partner_id, 87),
        )
        self.assertEqual(self.samples.mapped("courier_cost"), [42, 45])
        self.assertEqual(self.samples[1].cost_total, self.samples[1].cost_product + 45)
        for vals in ({"amount": 1}, {"note": "later"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                bill.line_ids[0].with_user(self.lead).write(vals)
        with self.assertRaises(UserError):
            bill.with_user(self.lead).action_close()

    def test_changed_parcels_are_compared_again(self):
        """SA-15: a changed parcel has no result until it is compared again."""
        bill = self._compare([("740001", 42)])
        bill.line_ids.with_user(self.assistant).amount = 300
        self.assertFalse(bill.line_ids.result)
        with self.assertRaisesRegex(UserError, "compare again"):
            bill.with_user(self.lead).action_close()
        with self.assertRaises(AccessError):
            bill.line_ids.with_user(self.assistant).result = "matched"
        with self.assertRaisesRegex(UserError, "no parcels"):
            self._create_bill([]).with_user(self.assistant).action_check()

    def test_import_and_sheet(self):
        """F-10, F-09: the courier's list comes in by Odoo's import; the result goes
        out as a sheet."""
        bill = self._create_bill([])
        lines = self.env["sales.assistant.courier.bill.line"]
        template = lines.get_import_templates()[-1]["template"]
        with file_open(template.lstrip("/"), "rb") as stream:
            content = stream.read()
        wizard = (
            self.env["base_import.import"]
            .with_user(self.assistant)
            .with_context(default_bill_id=bill.id)
            .create(
                {
                    "res_model": lines._name,
                    "file": content,
                    "file_name": "list.xlsx",
                    "file_type": "application/vnd.openxmlformats-officedocument."
                    "spreadsheetml.sheet",
                }
            )
        )
        head = ["waybill", "date", "description", "weight", "amount"]
        options = {
            "has_headers": True,
            "quoting": '"',
            "separator": ",",
            "date_format": "%Y-%m-%d",
            "float_thousand_separator": "",
            "float_decimal_separator": ".",
        }
        result = wizard.execute_import(head, head, options)
        self.assertFalse(result["messages"])
        self.assertEqual(len(bill.line_ids), 2)
        bill.with_user(self.assistant).action_check()
        stream = io.BytesIO()
        lines.with_user(self.assistant)._write_sheet(
            stream, [("bill_id", "=", bill.id)]
        )
        page = openpyxl.load_workbook(stream).active
        cells = {cell.value for row in page.iter_rows() for cell in row}
        self.assertIn("Unknown", cells)
        self.assertIn(bill.line_ids[0].waybill, cells)

    def test_comparing_costs_the_same(self):
        """F-13: a long bill is compared with as many statements as a short one."""

        def prepare(count):
            return self._create_bill(
                [(f"74 {n:04d}", 40) for n in range(count)]
            ).with_user(self.assistant)

        self.assertQueryGrowth(lambda bill: bill.action_check(), prepare)
