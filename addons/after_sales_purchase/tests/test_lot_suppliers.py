from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.after_sales.tests.recovery_common import RecoveryCommon


@tagged("post_install", "-at_install")
class TestLotSuppliers(RecoveryCommon):
    """AS-09: the supplier found from lot, receipt and purchase order. The catalogue
    says that pumps come from Pump Works; these came from Filter Works."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump.write({"is_storable": True, "tracking": "lot"})
        cls.buyer = cls._create_persona("t_buyer", "purchase.group_purchase_user")

    @classmethod
    def _receive(cls, name, partner=None, product=None):
        """A lot that came by a purchase order.

        :returns: (``stock.lot``, ``purchase.order``)
        """
        product = product or cls.pump
        order = cls.env["purchase.order"].create(
            {
                "partner_id": (partner or cls.works_2).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": 1,
                            "price_unit": 90,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        lot = cls.env["stock.lot"].search(
            [("name", "=", name), ("product_id", "=", product.id)]
        ) or cls.env["stock.lot"].create(
            {"name": name, "product_id": product.id, "company_id": cls.company.id}
        )
        move = order.picking_ids.move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create({"product_id": product.id, "lot_id": lot.id, "quantity": 1})
        ]
        move.picked = True
        order.picking_ids.button_validate()
        return lot, order

    def _create_with_lot(self, lot):
        lines = self._prepare_claim()["line_ids"]
        lines[0][2]["part_lot_id"] = lot.id
        return self._create_responsibility(line_ids=lines)

    def test_lot_wins_over_catalogue(self):
        """AS-09: the order by which the lot came names the supplier."""
        lot, order = self._receive("P-1")
        record = self._create_with_lot(lot)
        self.assertEqual(record.supplier_id, self.supplier_2)
        self.assertEqual(record.purchase_order_id, order)
        self.assertEqual(record.share_supplier, 100)

    def test_catalogue_without_lot(self):
        """AS-09: without a lot, or with one never received, the catalogue says."""
        unknown = self.env["stock.lot"].create(
            {"name": "P-0", "product_id": self.pump.id, "company_id": self.company.id}
        )
        for lot in (self.env["stock.lot"], unknown):
            with self.subTest(lot=lot.name):
                record = self._create_with_lot(lot)
                self.assertEqual(record.supplier_id, self.supplier)
                self.assertFalse(record.purchase_order_id)

    def test_last_receipt_counts(self):
        """AS-09: a lot that went back and came again is the last vendor's."""
        self._receive("P-2", self.works_2)
        lot, order = self._receive("P-2", self.works)
        record = self._create_with_lot(lot)
        self.assertEqual(record.supplier_id, self.supplier)
        self.assertEqual(record.purchase_order_id, order)

    def test_lot_found_later(self):
        """AS-09: the quality engineer, who buys nothing, reads the lot off the part and
        enters it: the supplier follows. A supplier he names himself is kept, without an
        order that is not its own."""
        lot, order = self._receive("P-3")
        record = self._create_responsibility().with_user(self.quality)
        self.assertEqual(record.supplier_id, self.supplier)
        record.part_lot_id = lot
        self.assertEqual(record.supplier_id, self.supplier_2)
        self.assertEqual(record.sudo().purchase_order_id, order)
        record.supplier_id = self.supplier
        self.assertFalse(record.sudo().purchase_order_id)

    def test_unit_bought_as_a_whole(self):
        """AS-09: no catalogue names the part, but the unit itself was bought: its
        vendor answers."""
        unit, order = self._receive("T-9", self.works, self.truck)
        unit.write({"date_sold": self.unit.date_sold, "sold_station_id": self.station})
        self.pump.seller_ids.unlink()
        record = self._create_responsibility(lot_id=unit.id)
        self.assertEqual(record.supplier_id, self.supplier)
        self.assertEqual(record.purchase_order_id, order)

    def test_replaced_part_goes_there_too(self):
        """AS-09, AS-10: the tag of the replaced part names the same supplier."""
        lot, _order = self._receive("P-4")
        self.env["after.sales.old.part.policy"].create({"product_id": self.pump.id})
        record = self._create_with_lot(lot)
        self.assertEqual(record.claim_id.old_part_ids.supplier_id, self.works_2)

    def test_both_ways(self):
        """AS-09: from the responsibility to the order and back; who has no right on one
        side sees nothing of it; the link is nobody's to write."""
        lot, order = self._receive("P-5")
        record = self._create_with_lot(lot)
        action = record.action_view_purchase_order()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        self.assertEqual(order.after_sales_responsibility_count, 1)
        action = order.action_view_after_sales_responsibilities()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, record)
        with self.assertRaises(AccessError):
            order.with_user(self.buyer).read(["after_sales_responsibility_count"])
        with self.assertRaises(AccessError):
            record.with_user(self.chief).write({"purchase_order_id": False})

    def test_statements_do_not_grow(self):
        """performance.md: 40 lots take the statements of 4."""

        def prepare(number):
            lots = self.env["stock.lot"]
            for place in range(number):
                lots |= self._receive(f"Q-{number}-{place}")[0]
            return lots

        self.assertQueryGrowth(
            lambda lots: lots._get_lot_suppliers(), prepare, large=12
        )
