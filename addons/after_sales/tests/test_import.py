from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .common import AfterSalesCommon

#: {model: template}
TEMPLATES = {
    "stock.lot": "stock_lot.xlsx",
    "after.sales.station": "after_sales_station.xlsx",
    "after.sales.fault": "after_sales_fault.xlsx",
    "after.sales.labor": "after_sales_labor.xlsx",
    "after.sales.rule": "after_sales_rule.xlsx",
    "after.sales.coverage": "after_sales_coverage.xlsx",
}
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "sheet": "Import",
    "sheets": ["Import"],
}


@tagged("post_install", "-at_install")
class TestImport(AfterSalesCommon):
    """F-10: base data comes in by templates; a faulty file leaves nothing behind."""

    def _import(self, model, content, filename, dryrun=False):
        wizard = (
            self.env["base_import.import"]
            .with_user(self.chief)
            .create(
                {
                    "res_model": model,
                    "file": content,
                    "file_name": filename,
                    "file_type": "text/csv"
                    if filename.endswith("csv")
                    else "application/vnd.openxmlformats-officedocument"
                    ".spreadsheetml.sheet",
                }
            )
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertFalse(preview.get("error"), preview)
        headers = preview["headers"]
        return wizard.execute_import(headers, headers, dict(OPTIONS), dryrun=dryrun)

    def test_every_list_offers_its_template(self):
        """F-10: each list names a template file that exists and has known columns."""
        for model, name in TEMPLATES.items():
            with self.subTest(model=model):
                (template,) = self.env[model].get_import_templates()
                self.assertTrue(template["template"].endswith(f"/{name}"))
                with file_open(template["template"].lstrip("/"), "rb") as file:
                    wizard = self.env["base_import.import"].create(
                        {
                            "res_model": model,
                            "file": file.read(),
                            "file_name": name,
                            "file_type": "application/vnd.openxmlformats-"
                            "officedocument.spreadsheetml.sheet",
                        }
                    )
                preview = wizard.parse_preview(dict(OPTIONS))
                self.assertFalse(preview.get("error"))
                unknown = set(preview["headers"]) - set(self.env[model]._fields)
                self.assertFalse(unknown)

    def test_sold_units(self):
        """AS-01: serial numbers with sale, station, usage; the warranty follows."""
        self.env["res.partner"].create({"name": "T Import Customer"})
        rows = (
            "name,product_id,date_sold,sold_partner_id,sold_station_id,usage_reading\n"
            "IMP-1,Light Truck T1,2026-01-15,T Import Customer,TS1,12000\n"
            "IMP-2,Light Truck T1,2026-02-01,,TS2,0\n"
        )
        result = self._import("stock.lot", rows.encode(), "units.csv")
        self.assertFalse(result["messages"], result["messages"])
        units = self.env["stock.lot"].browse(result["ids"])
        self.assertEqual(units.sold_station_id, self.station | self.station_2)
        self.assertEqual(units[0].usage_reading, 12000)
        self.assertEqual(units[0].warranty_coverage_id, self.coverage)
        self.assertEqual(units[0].sold_partner_id.name, "T Import Customer")

    def test_faulty_units_are_refused_whole(self):
        """F-10: the bad row is named with its line and cause, nothing stays."""
        rows = (
            "name,product_id,date_sold,sold_station_id\n"
            "BAD-1,Light Truck T1,2026-01-15,TS1\n"
            "BAD-2,Light Truck T1,2026-01-15,NO-STATION\n"
        )
        result = self._import("stock.lot", rows.encode(), "units.csv")
        self.assertFalse(result["ids"])
        (message,) = result["messages"]
        self.assertEqual(message["rows"], {"from": 1, "to": 1})
        self.assertIn("NO-STATION", message["message"])
        self.assertFalse(self.env["stock.lot"].search([("name", "like", "BAD-%")]))

    def test_catalogues(self):
        """F-10: faults as a tree, standard times per product, stations, coverage."""
        for model, rows in (
            (
                "after.sales.fault",
                "code,name,parent_id,is_selectable\nTX,Head,,FALSE\nTX1,Leaf,T-E01,TRUE\n",
            ),
            (
                "after.sales.labor",
                "code,name,product_tmpl_id,standard_hours\nTX1,Op,,2.5\n"
                "TX1,Op,Light Truck T1,1.5\n",
            ),
            (
                "after.sales.coverage",
                "name,categ_id,months,usage_limit,start_rule\n"
                "T,Trucks,6,1000,Date of Sale\n",
            ),
            (
                "after.sales.rule",
                "key,name,limit,breach,company_id\n"
                f"Late submission,Own,10,Fail,{self.company.name}\n",
            ),
        ):
            with self.subTest(model=model):
                result = self._import(model, rows.encode(), "rows.csv")
                self.assertFalse(result["messages"], result["messages"])
                self.assertTrue(result["ids"])

    def test_faulty_labour_times_are_refused(self):
        """F-10: a negative standard time is refused with its line."""
        rows = "code,name,standard_hours\nTB1,Good,1\nTB2,Bad,-1\n"
        with mute_logger("odoo.sql_db"):
            result = self._import("after.sales.labor", rows.encode(), "rows.csv")
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["rows"]["from"], 1)
        found = self.env["after.sales.labor"].search([("code", "in", ("TB1", "TB2"))])
        self.assertFalse(found)
