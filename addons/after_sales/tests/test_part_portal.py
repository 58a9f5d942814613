from odoo import http
from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_base.controllers.portal_pages import LOOKUPS

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestPartPortal(AfterSalesCommon, HttpCase):
    """AS-05, AS-06, AS-09: what a station says of the part that failed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lots = cls.env["stock.lot"]
        cls.pump_lot = lots.create({"name": "PL-77", "product_id": cls.pump.id})
        cls.filter_lot = lots.create({"name": "FL-01", "product_id": cls.filter.id})
        cls.foreign_lot = lots.create(
            {
                "name": "PL-99",
                "product_id": cls.pump.id,
                "company_id": cls.env["res.company"].create({"name": "Other"}).id,
            }
        )

    def setUp(self):
        super().setUp()
        self.authenticate("t_mechanic", "t_mechanic")

    def _post(self, url, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data).json()

    def _get_line(self, **values):
        return {
            "line_id": "",
            "line_line_type": "part",
            "line_ref": str(self.pump.id),
            "line_name": "",
            "line_quantity": "1",
            "line_price_unit": "200",
            "line_part_lot": "",
            "line_is_causal": "0",
            **values,
        }

    def _save_claim(self, **values):
        answer = self._post(
            "/my/claims/save",
            serial="T-0001",
            date_repair=str(self.today),
            usage="12000",
            fault_id=str(self.fault.id),
            step="draft",
            **self._get_line(**values),
        )
        self.env.invalidate_all()
        return answer

    def _get_claims(self):
        return self.env["after.sales.claim"].search(
            [("station_id", "=", self.station.id)]
        )

    def test_claim_names_lot_and_causal_part(self):
        """AS-06, AS-09: lot and mark are stored, shown again in the form and on the
        page, and taken back by another save; a labour line has neither."""
        answer = self._save_claim(line_part_lot=" PL-77 ", line_is_causal="1")
        claim = self._get_claims()
        line = claim.line_ids
        self.assertEqual(answer, {"redirect": f"/my/claims/{claim.id}"})
        self.assertEqual((line.part_lot_id, line.is_causal), (self.pump_lot, True))
        page = self.url_open(f"/my/claims/{claim.id}").text
        self.assertIn("PL-77", page)
        self.assertIn("Causal", page)
        form = self.url_open(f"/my/claims/{claim.id}/edit").text
        self.assertIn('value="PL-77"', form)
        self._save_claim(claim_id=str(claim.id), line_id=str(line.id))
        self.assertEqual(claim.line_ids, line)
        self.assertFalse(line.part_lot_id or line.is_causal)
        self._save_claim(
            claim_id=str(claim.id),
            line_line_type="labor",
            line_ref=str(self.labor.id),
            line_part_lot="PL-77",
            line_is_causal="1",
        )
        self.assertFalse(claim.line_ids.part_lot_id or claim.line_ids.is_causal)

    def test_strange_lots_look_alike(self):
        """AS-20: a lot of another part, of another company and one that nobody knows
        get the same words, and nothing is kept."""
        said = set()
        for number in (self.filter_lot.name, self.foreign_lot.name, "NONE", "%", "PL"):
            with self.subTest(number=number):
                error = self._save_claim(line_part_lot=number)["error"]
                self.assertIn(f"“{number}”", error)
                said.add(error.replace(number, ""))
                self.assertFalse(self._get_claims())
        self.assertEqual(len(said), 1)
        self.assertIn("Water Pump", said.pop())
        self.assertIn("error", self._save_claim(line_part_lot="x" * 101))

    def test_repair_hands_both_to_its_claim(self):
        """AS-05: lot and mark of the estimate go into the claim; the consent stands
        when only they change; a wrong lot is refused."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "consented")
        url = f"/my/repairs/{repair.id}/step"
        part = repair.line_ids.filtered("product_id")
        others = [
            {
                "line_id": str(row.id),
                "line_line_type": row.line_type,
                "line_ref": str(row.labor_id.id or ""),
                "line_name": row.name or "",
                "line_quantity": str(row.quantity),
                "line_price_unit": str(row.price_unit),
                "line_payer": row.payer,
            }
            for row in repair.line_ids - part
        ]
        own = {
            "line_id": str(part.id),
            "line_quantity": str(part.quantity),
            "line_price_unit": str(part.price_unit),
            "line_payer": part.payer,
        }

        def save(**values):
            rows = [
                self._get_line(**own, **values),
                *map(lambda row: self._get_line(**row), others),
            ]
            columns = {name: [row[name] for row in rows] for name in rows[0]}
            answer = self._post(url, step="lines", **columns)
            self.env.invalidate_all()
            return answer

        self.assertIn("not known", save(line_part_lot="FL-01")["error"])
        answer = save(line_part_lot="PL-77", line_is_causal="1")
        self.assertEqual(answer, {"redirect": f"/my/repairs/{repair.id}"})
        self.assertEqual((part.part_lot_id, part.is_causal), (self.pump_lot, True))
        self.assertFalse(repair.needs_consent)
        for page in ("", "?edit=lines"):
            self.assertIn("PL-77", self.url_open(f"/my/repairs/{repair.id}{page}").text)
        repair.sudo().action_start()
        repair.sudo().action_accept()
        line = repair.with_user(self.entry)._make_claim().line_ids
        line = line.filtered(lambda row: row.product_id == self.pump)
        self.assertEqual((line.part_lot_id, line.is_causal), (self.pump_lot, True))

    def test_lots_cannot_be_tried_through(self):
        """AS-20: an estimate that names a lot counts as a look-up."""
        repair = self._create_repair()
        self._bring_repair_to(repair, "received")
        form = self._get_line(line_payer="warranty", line_part_lot="NONE", step="lines")
        url = f"/my/repairs/{repair.id}/step"
        self.assertIn("not known", self._post(url, **form)["error"])
        self.env["sales.rate.limit"].search(
            [("key", "=", f"unit:{self.mechanic.id}")]
        ).count = LOOKUPS["person"]
        self.env.flush_all()
        self.assertIn("Too many", self._post(url, **form)["error"])

    def test_lot_is_one_of_the_part(self):
        """AS-09: in the backend too."""
        claim, repair = self._create_claim(photos=False), self._create_repair()
        for document in (claim, repair):
            line = document.line_ids.filtered(lambda row: row.product_id == self.pump)
            with self.subTest(document=document._name):
                with self.assertRaises(ValidationError):
                    line.part_lot_id = self.filter_lot
                line.part_lot_id = self.pump_lot
