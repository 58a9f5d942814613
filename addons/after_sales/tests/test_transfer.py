from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .kind_common import KindCommon


class TransferCommon(KindCommon):
    """An approved urgent part transfer of two pumps; a supplier with a portal user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Pump Works", "is_company": True}
        )
        cls.supplier = cls.env["after.sales.supplier"].create(
            {"partner_id": cls.vendor.id}
        )
        cls.seller = cls._create_contact("t_seller", cls.vendor, "claims")
        cls.porter = cls._create_contact("t_porter", cls.vendor, False)
        cls.pump.write({"is_storable": True, "standard_price": 200})
        cls.decline_reason = cls.env.ref("after_sales.reason_decline_1")

    def _create_granted(self, **values):
        return self._approve(self._submit(self._create_request(**values)))

    def _create_transfer(self, way="station", order=True, **values):
        transfer = self._create_granted(**values)._make_transfer()
        source = {
            "own": {},
            "station": {"from_station_id": self.station_2.id},
            "supplier": {"supplier_id": self.supplier.id},
        }[way]
        transfer.write(
            {"way": way, "from_station_id": False, "supplier_id": False, **source}
        )
        if order:
            transfer.with_user(self.auditor).action_order()
        return transfer

    def _dispatch(self, transfer, person, quantity="2", **values):
        lines = {str(line.id): quantity for line in transfer.line_ids}
        details = {"carrier": "SF", "waybill": "SF1", "freight_amount": "30", **values}
        transfer.with_user(person)._portal_dispatch(details, lines)

    def _receive(self, transfer, quantity="2", note=""):
        lines = {str(line.id): quantity for line in transfer.line_ids}
        notes = dict.fromkeys(lines, note)
        transfer.with_user(self.mechanic)._portal_receive(lines, notes)

    def _stock(self, quantity):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self.pump, warehouse.lot_stock_id, quantity
        )
        self.pump.invalidate_recordset(["free_qty"])


@tagged("post_install", "-at_install")
class TestPartTransfer(TransferCommon):
    """AS-11: the claim of an urgent part transfer."""

    def test_what_is_granted(self):
        """AS-11: the auditor grants no more than was asked for, in review only; the
        station decides nothing."""
        claim = self._submit(self._create_request(quantity=3))
        request = claim.request_ids
        self.assertEqual(request.granted_quantity, 3)
        request.with_user(self.auditor).granted_quantity = 1
        with self.assertRaises(ValidationError):
            request.with_user(self.auditor).granted_quantity = 4
        with self.assertRaises(AccessError):
            request.with_user(self.entry).granted_quantity = 2
        self._approve(claim)
        self.assertEqual(request.open_quantity, 1)
        with self.assertRaises(UserError):
            request.with_user(self.auditor).granted_quantity = 0

    def test_nothing_granted_is_rejected_instead(self):
        """F-14: an approval grants something."""
        claim = self._submit(self._create_request())
        claim.request_ids.with_user(self.auditor).granted_quantity = 0
        with self.assertRaisesRegex(UserError, "Reject"):
            self._approve(claim)

    def test_claims_no_money(self):
        """AS-11: it makes no tags of replaced parts, is in no settlement, and is no
        duplicate of the repair's own claim."""
        self.env["after.sales.old.part.policy"].create({"product_id": self.pump.id})
        claim = self._create_granted()
        self.assertFalse(claim.old_part_ids)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        self.assertFalse(claim.settlement_id)
        repair = self._submit(self._create_claim())
        self.assertEqual(self._get_verdicts(repair)["duplicate"], "pass")

    def test_nearest_with_stock(self):
        """AS-11: of the stations that declared the part the nearest by region, then the
        one that declared last; what the maker has comes first."""
        regions = self.env["sales.region"]
        country = regions.create({"name": "T-Country"})
        north = regions.create({"name": "T-North", "parent_id": country.id})
        south = regions.create({"name": "T-South", "parent_id": country.id})
        near = self.station.copy({"code": "TS3", "partner_id": self.vendor.id})
        (self.station | near).region_id = north
        self.station_2.region_id = south
        stocks = self.env["after.sales.station.stock"].create(
            [
                {
                    "station_id": station.id,
                    "product_id": self.pump.id,
                    "quantity": quantity,
                }
                for station, quantity in ((self.station_2, 5), (near, 2))
            ]
        )
        transfer = self._create_granted()._make_transfer()
        self.assertEqual(transfer.offer_ids, stocks[1] + stocks[0])
        self.assertEqual(transfer.from_station_id, near)
        stocks[1].quantity = 1
        self.assertEqual(self._propose().from_station_id, self.station_2)
        stocks.quantity = 0
        self.assertEqual(self._propose().way, "own")
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.vendor.id,
                "product_tmpl_id": self.pump.product_tmpl_id.id,
            }
        )
        self.assertEqual(self._propose().supplier_id, self.supplier)
        self._stock(2)
        self.assertEqual(self._propose().way, "own")

    def _propose(self):
        unit = self._create_unit(f"T-{self.env['stock.lot'].search_count([])}")
        return self._create_granted(lot_id=unit.id)._make_transfer()

    def test_declared_with_its_day(self):
        """AS-11: what a station declares carries the day it was written down."""
        stock = self.env["after.sales.station.stock"].create(
            {
                "station_id": self.station.id,
                "product_id": self.pump.id,
                "quantity": 1,
            }
        )
        self.assertEqual(stock.date, self.today)
        stock.date = self.today - timedelta(days=40)
        stock.with_user(self.chief).quantity = 1
        self.assertEqual(stock.date, self.today)
        with self.assertRaises(AccessError):
            stock.with_user(self.chief).date = self.today

    def test_no_more_than_granted(self):
        """AS-11: a second shipment brings the rest only."""
        claim = self._create_granted(quantity=3)
        transfer = claim._make_transfer()
        transfer.line_ids.quantity = 2
        rest = claim._make_transfer()
        self.assertEqual(rest.line_ids.quantity, 1)
        with self.assertRaisesRegex(UserError, "nothing is left"):
            claim._make_transfer()
        with self.assertRaises(ValidationError):
            rest.line_ids.with_user(self.auditor).quantity = 2


@tagged("post_install", "-at_install")
class TestTransfer(TransferCommon):
    """AS-11: shipments, own and on behalf."""

    def test_own_shipment(self):
        """AS-11: an own shipment is a delivery of the warehouse; done, it is on its way
        with what left the stock."""
        self._stock(5)
        transfer = self._create_transfer("own")
        picking = transfer.picking_id
        self.assertEqual(picking.state, "assigned")
        self.assertEqual(picking.partner_id, self.garage)
        with self.assertRaisesRegex(UserError, "warehouse"):
            transfer.with_user(self.auditor).action_dispatch()
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(set(picking.backorder_ids.mapped("state")), {"cancel"})
        self.assertEqual(transfer.state, "dispatched")
        self.assertEqual(transfer.line_ids.sent_quantity, 1)
        self.assertEqual(transfer.line_ids.request_id.open_quantity, 1)

    def test_own_shipment_cancelled(self):
        """AS-11: a shipment that is not wanted any more takes its delivery with it."""
        self._stock(5)
        transfer = self._create_transfer("own")
        self._take_with_reason(
            transfer.with_user(self.auditor), "cancel", self.cancel_reason
        )
        self.assertEqual(transfer.picking_id.state, "cancel")
        self.assertEqual(transfer.line_ids.request_id.open_quantity, 2)

    def test_on_behalf(self):
        """AS-11: another station or a supplier ships, the station receives, costs are
        cleared, the claim is over."""
        for way, person in (("station", self.rival), ("supplier", self.seller)):
            unit = self._create_unit(f"T-{way}")
            transfer = self._create_transfer(way, lot_id=unit.id)
            with self.subTest(way=way):
                self._dispatch(transfer, person)
                self.assertEqual(transfer.freight_amount, 30)
                self._receive(transfer)
                self.assertEqual(transfer.state, "received")
                self.assertFalse(transfer.has_difference)
                self.assertEqual(transfer.shipper_amount, 430)
                self.assertEqual(transfer.receiver_amount, 400)
                transfer.with_user(self.clerk).action_clear()
                self.assertEqual(transfer.state, "cleared")
                charges = transfer.charge_ids.sorted("amount")
                self.assertEqual(charges.mapped("amount"), [-400, 430])
                self.assertEqual(set(charges.mapped("state")), {"open"})
                self.assertEqual(charges[0].station_id, self.station)
                self.assertEqual(charges[1].station_id, transfer.from_station_id)
                self.assertEqual(charges[1].supplier_id, transfer.supplier_id)
                self.assertEqual(transfer.claim_id.state, "settled")

    def test_cleared_in_the_settlement(self):
        """AS-11, AS-12: both parties find the shipment in their next settlement."""
        transfer = self._create_transfer()
        self._dispatch(transfer, self.rival)
        self._receive(transfer)
        transfer.with_user(self.clerk).action_clear()
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        totals = {
            charge.station_id: charge.settlement_id.amount_total
            for charge in transfer.charge_ids
        }
        self.assertEqual(totals, {self.station: -400, self.station_2: 430})

    def test_currency_of_the_party(self):
        """AS-11: a charge is in the currency its station is settled in."""
        currency = self.env["res.currency"].create(
            {
                "name": "TTC",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2.0})],
            }
        )
        transfer = self._create_transfer()
        self.station_2.currency_id = currency
        self._dispatch(transfer, self.rival)
        self._receive(transfer)
        transfer.with_user(self.clerk).action_clear()
        credit = transfer.charge_ids.filtered(lambda charge: charge.kind == "credit")
        self.assertEqual((credit.currency_id, credit.value), (currency, 860))

    def test_difference(self):
        """AS-11: what is missing is borne by whom the maker says; it is to be shipped
        again."""
        transfer = self._create_transfer()
        self._dispatch(transfer, self.rival)
        self._receive(transfer, "1", "One is broken")
        self.assertTrue(transfer.has_difference)
        self.assertEqual(transfer.line_ids.note, "One is broken")
        self.assertEqual(transfer.line_ids.request_id.open_quantity, 1)
        clerk = transfer.with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "who bears"):
            clerk.action_clear()
        for bearer, credit, charge in (
            ("shipper", 230, 200),
            ("maker", 430, 200),
            ("receiver", 430, 400),
        ):
            clerk.difference_bearer = bearer
            with self.subTest(bearer=bearer):
                self.assertEqual(transfer.missing_amount, 200)
                self.assertEqual(transfer.shipper_amount, credit)
                self.assertEqual(transfer.receiver_amount, charge)
        clerk.action_clear()
        self.assertEqual(transfer.claim_id.state, "approved")
        self.assertTrue(transfer.claim_id.has_open_requests)

    def test_declined(self):
        """AS-11: who cannot ship says why; the parts come from elsewhere."""
        transfer = self._create_transfer()
        rival = transfer.with_user(self.rival).sudo()
        rival._do_with_reason("decline", self.decline_reason, "Sold")
        self.assertEqual(transfer.state, "declined")
        self.assertTrue(transfer.claim_id.has_open_requests)

    def test_wrong_person(self):
        """F-12: the receiver does not dispatch, the shipper does not receive, a third
        does neither, no portal user orders or clears."""
        transfer = self._create_transfer()
        for person in (self.mechanic, self.seller, self.nobody):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self._dispatch(transfer, person)
        self._dispatch(transfer, self.rival)
        for person in (self.rival, self.seller):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                transfer.with_user(person).sudo().action_receive()
        self._receive(transfer)
        for person in (self.mechanic, self.rival, self.auditor, self.quality):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                transfer.with_user(person).sudo().action_clear()
        _company, foreign = self._create_foreign_company()
        with self.assertRaises(AccessError):
            transfer.with_user(foreign).action_clear()

    def test_wrong_state_and_twice(self):
        """F-12: each step from its own state only; a second click changes nothing."""
        transfer = self._create_transfer()
        with self.assertRaises(UserError):
            transfer.with_user(self.auditor).action_order()
        with self.assertRaises(UserError):
            self._receive(transfer)
        self._dispatch(transfer, self.rival)
        with self.assertRaises(UserError):
            self._dispatch(transfer, self.rival, waybill="SF2")
        self.assertEqual(transfer.waybill, "SF1")
        with self.assertRaises(UserError):
            transfer.line_ids.with_user(self.auditor).quantity = 1
        self._receive(transfer)
        transfer.with_user(self.clerk).action_clear()
        with self.assertRaises(UserError):
            transfer.with_user(self.clerk).action_clear()
        with self.assertRaises(UserError):
            transfer.with_user(self.clerk).freight_amount = 1

    def test_closed_fields(self):
        """F-12: quantities sent and received, amounts and states are the steps'."""
        transfer = self._create_transfer(order=False)
        for record, fname, value in (
            (transfer, "state", "cleared"),
            (transfer, "shipper_amount", 999),
            (transfer.line_ids, "sent_quantity", 9),
            (transfer.line_ids, "received_quantity", 9),
        ):
            with self.subTest(field=fname), self.assertRaises(AccessError):
                record.with_user(self.chief).write({fname: value})

    def test_hostile_quantities(self):
        """F-14: more than was ordered, less than nothing, another shipment's line."""
        transfer = self._create_transfer()
        for quantity in ("3", "-1", "nan", "0", "many"):
            with self.subTest(quantity=quantity), self.assertRaises(UserError):
                self._dispatch(transfer, self.rival, quantity)
        with self.assertRaises(UserError):
            transfer.with_user(self.rival)._portal_dispatch(
                {"carrier": "SF", "waybill": "1"}, {"0": "2"}
            )
        with self.assertRaises(UserError):
            self._dispatch(transfer, self.rival, waybill="")
        self.assertEqual(transfer.state, "ordered")

    def test_no_more_comes_than_was_sent(self):
        """AS-11: what comes is paid to who sent it: not more than was sent."""
        transfer = self._create_transfer()
        self._dispatch(transfer, self.rival)
        with self.assertRaisesRegex(UserError, "not more than"):
            self._receive(transfer, "3")
        self.assertEqual(transfer.state, "dispatched")

    def test_who_sees_it(self):
        """F-11: both parties see a shipment once it is ordered, nobody else."""
        transfer = self._create_transfer(order=False)
        lines = transfer.line_ids
        for step, seen in ((None, ()), ("order", (self.rival, self.mechanic))):
            if step:
                transfer.with_user(self.auditor).action_order()
            for person in (self.rival, self.mechanic, self.seller, self.nobody):
                expected = person in seen
                with self.subTest(step=step, person=person.login):
                    for records in (transfer, lines):
                        found = records.with_user(person).search(
                            [("id", "in", records.ids)]
                        )
                        self.assertEqual(bool(found), expected)
        other = self._create_transfer("supplier", lot_id=self._create_unit("T-9").id)
        self.assertTrue(other.with_user(self.seller).search([("id", "=", other.id)]))
        self.assertFalse(other.with_user(self.porter).search([("id", "=", other.id)]))
        self.assertFalse(other.with_user(self.rival).search([("id", "=", other.id)]))

    def test_supplier_without_role(self):
        """F-11: a contact of the supplier who has no role ships nothing."""
        transfer = self._create_transfer("supplier")
        with self.assertRaises(AccessError):
            self._dispatch(transfer, self.porter)
        self.assertEqual(transfer.state, "ordered")

    def test_company_rules(self):
        """F-11: another company's manager sees none of it."""
        transfer = self._create_transfer()
        stock = self.env["after.sales.station.stock"].create(
            {"station_id": self.station.id, "product_id": self.pump.id, "quantity": 1}
        )
        assembly = self.env["after.sales.assembly"].create(
            {"lot_id": self.unit.id, "product_id": self.engine.id, "serial": "1"}
        )
        _company, foreign = self._create_foreign_company()
        for records in (
            transfer,
            transfer.line_ids,
            transfer.claim_id.request_ids,
            stock,
            assembly,
        ):
            with self.subTest(model=records._name):
                found = records.with_user(foreign).search([("id", "in", records.ids)])
                self.assertFalse(found)

    def test_board(self):
        """AS-11: the board's lanes follow a transfer from request to clearing."""
        board = self.env["after.sales.board"].with_user(self.chief)

        def count():
            return [
                lane["count"]
                for key in ("to_ship", "transfers", "to_clear")
                for lane in board.get_board()["lanes"]
                if lane["key"] == key
            ]

        before = count()
        transfer = self._create_granted()._make_transfer()
        self.assertEqual(count(), before)
        transfer.unlink()
        self.assertEqual(count(), [before[0] + 1, *before[1:]])
        transfer = self._create_transfer(lot_id=self._create_unit("T-8").id)
        self.assertEqual(count(), [before[0] + 1, before[1] + 1, before[2]])
        self._dispatch(transfer, self.rival)
        self._receive(transfer)
        self.assertEqual(count(), [before[0] + 1, before[1], before[2] + 1])
