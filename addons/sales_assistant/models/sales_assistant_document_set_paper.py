# pylint: disable=consider-merging-classes-inherited
# Invoice and packing list on paper and as sheets are a concept of their own.
import base64
import io

from odoo import api, models
from odoo.tools import format_date

from odoo.addons.sales_base.tools import sheet

#: tried as the second language of a paper, after the company's own
SECOND = ("zh_CN",)


class SalesAssistantDocumentSet(models.Model):
    """SA-17a: commercial invoice and packing list in two languages, as PDF and XLSX
    (能独立制作整套单据, S2 外贸 8): English first, then the company's own."""

    _inherit = "sales.assistant.document.set"

    @api.model
    def _get_words(self):
        """The words of both papers in the language of the environment."""
        _ = self.env._
        return {
            "invoice": _("Commercial Invoice"),
            "packing": _("Packing List"),
            "seller": _("Seller"),
            "buyer": _("Buyer"),
            "consignee": _("Consignee"),
            "notify": _("Notify Party"),
            "number": _("Invoice Number"),
            "date": _("Invoice Date"),
            "order": _("Order"),
            "customer_ref": _("Customer Reference"),
            "incoterm": _("Delivery Term"),
            "payment": _("Payment Term"),
            "credit": _("Letter of Credit"),
            "loading": _("Port of Loading"),
            "discharge": _("Port of Discharge"),
            "vessel": _("Vessel or Flight"),
            "marks": _("Shipping Marks"),
            "cartons": _("Cartons"),
            "carton_numbers": _("Carton Numbers"),
            "description": _("Description"),
            "quantity": _("Quantity"),
            "unit": _("Unit"),
            "price": _("Unit Price"),
            "amount": _("Amount"),
            "net": _("Net Weight (kg)"),
            "gross": _("Gross Weight (kg)"),
            "volume": _("Volume (m³)"),
            "freight": _("Freight"),
            "insurance": _("Insurance"),
            "total": _("Total"),
            "signature": _("Signature and Seal"),
        }

    def _get_second_language(self):
        """Language beside English on the papers, or False."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = (self.company_id.partner_id.lang, *SECOND, self.partner_id.lang)
        return next(
            (
                lang
                for lang in wanted
                if lang in installed and not lang.startswith("en")
            ),
            False,
        )

    def _get_paper_words(self):
        """{key: word in English and in the second language}."""
        english = self.with_context(lang="en_US")._get_words()
        second = self._get_second_language()
        if not second:
            return english
        other = self.with_context(lang=second)._get_words()
        return {
            key: word if other[key] == word else f"{word} {other[key]}"
            for key, word in english.items()
        }

    def _get_head(self):
        """What stands above the goods.

        :returns: list of (key of the word, text)
        """
        order = self.order_id
        term = " ".join(filter(None, (self.incoterm_id.code, self.incoterm_location)))
        day = self.date_invoice and format_date(self.env, self.date_invoice)
        head = [
            ("number", self.invoice_number),
            ("date", day),
            ("order", order.name),
            ("customer_ref", order.client_order_ref),
            ("incoterm", term),
            ("payment", self.payment_term_id.name),
            ("credit", self.letter_of_credit),
            ("loading", self.port_loading),
            ("discharge", self.port_discharge),
            ("vessel", self.vessel),
        ]
        return [(key, text) for key, text in head if text]

    def _get_parties(self):
        """:returns: list of (key of the word, partner)"""
        parties = [
            ("seller", self.company_id.partner_id),
            ("buyer", self.partner_id),
            ("consignee", self.consignee_id - self.partner_id),
            ("notify", self.notify_id),
        ]
        return [(key, partner) for key, partner in parties if partner]

    # ------------------------------------------------------------------------ sheet

    def _download_paper(self, paper):
        """:param str paper: invoice or packing"""
        self.ensure_one()
        stream = io.BytesIO()
        self._write_paper(stream, paper)
        title = self.with_context(lang="en_US")._get_words()[paper]
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{title} {self.invoice_number}.xlsx",
                "datas": base64.b64encode(stream.getvalue()),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=1",
            "target": "download",
        }

    def _write_paper(self, stream, paper):
        """Write one of the papers as a sheet.

        :param stream: binary file that can seek
        :param str paper: invoice or packing
        :returns: number of rows
        """
        words = self._get_paper_words()
        notes = [
            f"{words[key]}: {partner.display_name}"
            for key, partner in self._get_parties()
        ]
        notes += [f"{words[key]}: {text}" for key, text in self._get_head()]
        if self.marks:
            notes.append(f"{words['marks']}: {' / '.join(self.marks.splitlines())}")
        columns, rows = getattr(self, f"_get_{paper}_table")(words)
        page = sheet.Sheet(
            title=words[paper],
            columns=columns,
            notes=notes,
            total_label=words["total"],
            currencies=self.env["sales.assistant.document.set"]._get_sheet_currencies(),
        )
        return sheet.write(stream, page, rows)

    def _get_invoice_table(self, words):
        currency = self.currency_id.id
        columns = [
            sheet.Column("name", label=words["description"], kind="text"),
            sheet.Column("quantity", label=words["quantity"], kind="float", total=True),
            sheet.Column("unit", label=words["unit"], kind="text"),
            sheet.Column("price", label=words["price"], kind="float"),
            sheet.Column("amount", label=words["amount"], kind="money", total=True),
        ]
        rows = [
            [
                line.name,
                line.quantity,
                line.uom_id.name,
                line.price_unit,
                line.amount,
                currency,
            ]
            for line in self.line_ids
        ]
        for key in ("freight", "insurance"):
            amount = self[f"{key}_amount"]
            if amount:
                rows.append([words[key], None, None, None, amount, currency])
        return columns, rows

    def _get_packing_table(self, words):
        columns = [
            sheet.Column("numbers", label=words["carton_numbers"], kind="text"),
            sheet.Column("name", label=words["description"], kind="text"),
            sheet.Column("quantity", label=words["quantity"], kind="float", total=True),
            sheet.Column("unit", label=words["unit"], kind="text"),
            sheet.Column("cartons", label=words["cartons"], kind="integer", total=True),
            sheet.Column("net", label=words["net"], kind="float", total=True),
            sheet.Column("gross", label=words["gross"], kind="float", total=True),
            sheet.Column("volume", label=words["volume"], kind="float", total=True),
        ]
        rows = [
            [
                line.carton_numbers,
                line.name,
                line.quantity,
                line.uom_id.name,
                line.carton_count,
                line.net_weight,
                line.gross_weight,
                line.volume,
            ]
            for line in self.line_ids
        ]
        return columns, rows
