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

    def _create_part(self, disposal, state, number):
        """A responsibility whose replaced part is somewhere on its way.

        :returns: responsibility as the quality engineer, part
        """
        self.env["after.sales.old.part.policy"].search(
            [("product_id", "=", self.pump.id)]
        ).unlink()
        self.env["after.sales.old.part.policy"].create(
            {"product_id": self.pump.id, "disposal": disposal}
        )
        lot_id = self._create_unit(f"T-{number}").id
        record = self._create_responsibility(lot_id=lot_id)
        part = record.claim_id.old_part_ids
        self.assertEqual(part.supplier_id, self.works)
        if state != "at_station":
            part._move(state, partner_id=self.works_2.id)
        return record.with_user(self.quality), part

    def test_tag_follows_the_lot(self):
        """AS-09, AS-10: a lot that is read off the part later also says whom the part
        goes to, as long as it can be redirected. The chain has one more link and stays
        whole, the ledger counts no way."""
        lot, _order = self._receive("P-6")
        ledger = self.env["after.sales.old.part.ledger"]
        for number, (disposal, state, follows) in enumerate(
            (
                ("return", "at_station", True),
                ("return", "in_transit", True),
                ("return", "received", True),
                ("supplier", "at_station", True),
                ("supplier", "in_transit", False),
                ("return", "forwarded", False),
                ("return", "written_off", False),
            ),
            50,
        ):
            with self.subTest(disposal=disposal, state=state):
                record, part = self._create_part(disposal, state, number)
                self.env["after.sales.old.part.seal"]._seal(self.company)
                links, holder = len(part.move_ids), part.holder_id
                station = [("station_id", "=", part.station_id.id)]
                before = ledger.search(station).mapped("quantity_in")
                record.part_lot_id = lot
                self.assertEqual(record.supplier_id, self.supplier_2)
                expected = self.works_2 if follows else self.works
                self.assertEqual(part.supplier_id, expected)
                self.assertEqual(len(part.move_ids), links + follows)
                self.assertEqual((part.state, part.holder_id), (state, holder))
                self.assertFalse(part._find_breaks(self.company))
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(ledger.search(station).mapped("quantity_in"), before)
                if follows:
                    last = part.move_ids.sorted("sequence")[-1]
                    self.assertIn("P-6", last.note)
                    self.assertEqual(last.user_id, self.quality)
                    self.assertFalse(part.is_sealed)

    def test_packed_for_another_supplier(self):
        """AS-10: a part that is packed for the wrong supplier leaves the parcel; the
        other parts stay in it."""
        lot, _order = self._receive("P-7")
        record, part = self._create_part("supplier", "at_station", 80)
        _other, stays = self._create_part("supplier", "at_station", 81)
        shipment = self.env["after.sales.part.shipment"]._pack_parts(part | stays)
        self.assertEqual(shipment.supplier_id, self.works)
        record.part_lot_id = lot
        self.assertEqual(shipment.line_ids.part_id, stays)
        parcel = self.env["after.sales.part.shipment"]._pack_parts(part)
        self.assertEqual(parcel.supplier_id, self.works_2)

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
