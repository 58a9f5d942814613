import base64
import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.document_set_common import DocumentSetCommon


@tagged("post_install", "-at_install")
class TestDocumentSetPaper(DocumentSetCommon):
    """SA-17a: commercial invoice and packing list from the delivery (S2 外贸 8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["zh_CN"])

    def _create_shipped(self, **values):
        order = self._create_export()
        order.action_confirm()
        picking = order.picking_ids
        picking.move_ids.quantity = 45
        picking.move_ids.picked = True
        picking._action_done()
        return self._create_set(order=order, picking_id=picking.id, **values)

    def test_goods_of_the_delivery(self):
        """SA-17a: quantities as shipped, prices after discount, weights of the product,
        cartons of its packaging; freight and insurance in the total."""
        one = self._create_shipped(freight_amount=100, insurance_amount=7.5)
        self.assertRecordValues(
            one.line_ids,
            [
                {
                    "quantity": 45,
                    "price_unit": 7.2,
                    "amount": 324,
                    "carton_count": 3,
                    "carton_numbers": "1-3",
                    "net_weight": 22.5,
                    "gross_weight": 22.5,
                    "volume": 0.45,
                }
            ],
        )
        self.assertAlmostEqual(one.amount_total, 431.5)
        self.assertEqual((one.carton_count, one.net_weight), (3, 22.5))
        one.line_ids.gross_weight = 25
        self.assertEqual(one.gross_weight, 25)
        one.action_take_goods()
        self.assertEqual(one.gross_weight, 22.5)

    def test_before_the_delivery(self):
        """SA-17a: without a delivery the goods are those of the order; a set of another
        kind lists none."""
        order = self._create_export(quantity=20)
        one = self._create_set(order=order)
        self.assertEqual(one.line_ids.mapped("quantity"), [20])
        tender = self._create_set(order=order, template="tender")
        with self.assertRaisesRegex(UserError, "lists no goods"):
            tender.action_take_goods()

    def test_printed_in_two_languages(self):
        """SA-17a, F-08: both papers in English and Chinese, with parties, terms, marks,
        weights and cartons; the printed invoice is kept with the set."""
        one = self._create_shipped(marks="ROSSI\nGENOA", port_loading="Shanghai")
        reports = self.env["ir.actions.report"].with_user(self.assistant)
        for paper, texts in (
            (
                "invoice",
                ("Commercial Invoice 商业发票", "Unit Price 单价", "324.00", "FOB"),
            ),
            ("packing", ("Packing List 装箱单", "Gross Weight", "22.50", "1-3")),
        ):
            html, _kind = reports._render_qweb_html(
                f"sales_assistant.report_document_set_{paper}_document", one.ids
            )
            html = html.decode()
            for text in (*texts, one.invoice_number, "Rossi", "GENOA", "Shanghai"):
                with self.subTest(paper=paper, text=text):
                    self.assertIn(text, html)
        invoice = one.item_ids.filtered(lambda item: item.kind == "invoice")
        invoice.action_make()
        self.assertEqual((invoice.state, invoice.reference), ("done", one.name))
        self.assertTrue(invoice.file)
        other = one.item_ids.filtered(lambda item: item.kind == "origin")
        with self.assertRaisesRegex(UserError, "Only commercial invoice"):
            other.action_make()

    def test_as_spreadsheet(self):
        """SA-17a, F-09: both papers as XLSX with typed cells and totals."""
        one = self._create_shipped(freight_amount=100)
        for kind, title, total in (
            ("invoice", "Commercial Invoice 商业发票", 424),
            ("packing", "Packing List 装箱单", 22.5),
        ):
            item = one.item_ids.filtered(lambda item, kind=kind: item.kind == kind)
            url = item.action_download()["url"]
            attachment = self.env["ir.attachment"].browse(
                int(url.split("/")[-1].partition("?")[0])
            )
            content = base64.b64decode(attachment.datas)
            page = openpyxl.load_workbook(io.BytesIO(content)).active
            cells = [cell for row in page.iter_rows(values_only=True) for cell in row]
            with self.subTest(kind=kind):
                self.assertEqual(page["A1"].value, title)
                self.assertIn(total, cells)
                self.assertIn(45, cells)
