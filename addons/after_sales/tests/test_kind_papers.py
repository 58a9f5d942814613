from odoo.tests import tagged

from .kind_common import KindCommon


@tagged("post_install", "-at_install")
class TestKindPapers(KindCommon):
    """AS-06: the printed form of each kind, in both languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env["ir.module.module"].search(
            [("name", "=", "after_sales")]
        )._update_translations(["zh_CN"])

    #: {kind: (what stands on it in any language, labels, labels in Chinese)}
    PAPERS = {
        "rescue": (
            ["G6 km 41", "60", "360.00", "760.00", "40.30000, 116.40000"],
            ["Roadside Rescue Claim", "Place of the Breakdown", "Departure"],
            ["外出急救单", "故障地点", "出发", "序列号", "申报金额"],
        ),
        "purchase": (
            ["Parts Shop", "FP-001", "300.00", "The unit blocks a road"],
            ["Outside Purchase Request", "Bought From", "Invoice Amount"],
            ["外购申请单", "外购商家", "发票金额", "序列号", "申报金额"],
        ),
        "running_in": (
            ["C-77", "100.00"],
            ["Running-in Card", "Card Number", "Asked For On"],
            ["走保卡", "走保卡号", "序列号", "申报金额"],
        ),
        "major_assembly": (
            ["E-OLD", "E-NEW", "Engine E4", "5,000.00"],
            ["Major-Assembly Claim", "Taken Out", "Put In"],
            ["大总成单", "拆下", "装上", "序列号", "申报金额"],
        ),
        "part_transfer": (
            ["Water Pump", "2.00"],
            ["Urgent Part Transfer", "Asked For", "Granted"],
            ["紧急调件单", "申请", "同意", "序列号"],
        ),
    }

    def _create(self, kind):
        make = {
            "rescue": lambda: self._create_rescue(
                rescue_latitude=40.3, rescue_longitude=116.4
            ),
            "purchase": self._create_purchase,
            "running_in": self._create_card,
            "major_assembly": self._create_swap,
            "part_transfer": self._create_request,
        }
        return make[kind]()

    def _print(self, claim, lang):
        report = self.env["ir.actions.report"].with_context(lang=lang)
        html, _kind = report._render_qweb_html("after_sales.report_claim", claim.ids)
        return html.decode()

    def test_what_stands_on_them(self):
        """AS-06: number, unit, station, amounts, and what the kind asks for; labels in
        the reader's language, and no word of the other one."""
        for kind, (always, english, chinese) in self.PAPERS.items():
            claim = self._create(kind)
            always = [claim.name, "T-0001", "Garage North", *always]
            papers = {lang: self._print(claim, lang) for lang in ("en_US", "zh_CN")}
            for lang, words, foreign in (
                ("en_US", english, chinese),
                ("zh_CN", chinese, english),
            ):
                for text in (*always, *words):
                    with self.subTest(kind=kind, lang=lang, text=text):
                        self.assertIn(text, papers[lang])
                for text in foreign:
                    with self.subTest(kind=kind, lang=lang, not_there=text):
                        self.assertNotIn(text, papers[lang])

    def test_the_lot_of_the_part_stands_on_it(self):
        """AS-06, AS-09: the causal part and its lot are printed."""
        claim = self._create_claim(photos=False)
        lot = self.env["stock.lot"].create(
            {"name": "PL-77", "product_id": self.pump.id}
        )
        part = claim.line_ids.filtered("product_id")
        part.write({"part_lot_id": lot.id, "is_causal": True})
        for lang, mark in (("en_US", "causal part"), ("zh_CN", "肇因件")):
            with self.subTest(lang=lang):
                paper = self._print(claim, lang)
                self.assertIn("PL-77", paper)
                self.assertIn(mark, paper)
