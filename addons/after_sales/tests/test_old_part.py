from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .old_part_common import OldPartCommon


@tagged("post_install", "-at_install")
class TestOldPart(OldPartCommon):
    def test_approval_makes_a_tag_per_piece(self):
        """AS-10: quantity n of a line gives n tags whose values add up to the cent;
        a part without policy and a rejected line give none."""
        claim = self._create_submitted(
            line_ids=[
                self._part_line(self.pump, quantity=3, price_unit=33.35),
                self._part_line(self.filter, quantity=2, price_unit=20),
                self._part_line(self.pump, quantity=1, price_unit=10),
            ]
        )
        claim.line_ids[2].write(
            {"decision": "rejected", "cut_reason_id": self.cut_reason.id}
        )
        claim.with_user(self.auditor).action_approve()
        parts = claim.old_part_ids
        self.assertEqual(len(parts), 3)
        self.assertEqual(parts.product_id, self.pump)
        self.assertEqual(set(parts.mapped("quantity")), {1.0})
        self.assertAlmostEqual(sum(parts.mapped("value")), 100.05, 2)
        self.assertEqual(len(set(parts.mapped("name"))), 3)
        self.assertEqual(set(parts.mapped("state")), {"at_station"})
        self.assertEqual(parts[0].date_due, self.today + timedelta(days=30))
        self.assertEqual(parts[0].holder_id, self.garage)

    def test_approval_of_a_day(self):
        """AS-10: a decision that is taken over from earlier brings its day along, to
        the claim and to the first link of the part's chain."""
        claim = self._create_submitted()
        day = self.today - timedelta(days=90)
        claim.with_user(self.auditor)._do_approve(day=day)
        self.assertEqual((claim.state, claim.date_approved), ("approved", day))
        self.assertEqual(claim.old_part_ids.move_ids.date, day)

    def test_one_tag_with_a_quantity(self):
        """AS-10: where single tags are not worth it, or there would be hundreds, one
        tag carries the quantity."""
        self.policy.is_tagged_singly = False
        part = self._create_part(quantity=4)
        self.assertEqual(part.quantity, 4)
        self.policy.is_tagged_singly = True
        part = self._create_part(quantity=500)
        self.assertEqual(part.quantity, 500)

    def test_nearest_policy_wins(self):
        """AS-04: part and supplier, then part, then supplier, then all others."""
        policies = self.env["after.sales.old.part.policy"]
        supplier = self.env["res.partner"].create({"name": "Pump Works"})
        other = self.env["res.partner"].create({"name": "Other Works"})
        for_all = policies.create({"disposal": "scrap"})
        of_supplier = policies.create(
            {"supplier_id": supplier.id, "disposal": "supplier"}
        )
        both = policies.create(
            {
                "product_id": self.pump.id,
                "supplier_id": supplier.id,
                "disposal": "supplier",
            }
        )
        expected = {
            (self.pump, supplier): both,
            (self.pump, other): self.policy,
            (self.filter, supplier): of_supplier,
            (self.filter, other): for_all,
        }
        self.assertEqual(policies._get_for(self.company, expected), expected)

    def test_supplier_of_the_part(self):
        """AS-10: the supplier comes from the part's catalogue; the policy sends it
        straight there."""
        works = self._set_supplier()
        self.policy.disposal = "supplier"
        part = self._create_part()
        self.assertEqual((part.supplier_id, part.disposal), (works, "supplier"))

    def test_way_to_the_maker_and_on(self):
        """AS-10: at station, in transit, received, forwarded, written off; every step
        adds a move with who, from, to, condition."""
        self._set_supplier()
        part = self._create_part()
        shipment = self._ship(part)
        self.assertEqual(part.state, "in_transit")
        line = shipment.line_ids.with_user(self.quality)
        line.write({"result": "accepted", "condition": "damaged", "note": "Dented"})
        shipment.with_user(self.quality).action_receive()
        self.assertEqual((part.state, part.condition), ("received", "damaged"))
        part.with_user(self.quality).action_forward()
        self._take_with_reason(
            part.with_user(self.clerk), "write_off", self._write_off_reason
        )
        self.assertEqual(part.state, "written_off")
        moves = part.move_ids
        self.assertEqual(
            moves.mapped("to_state"),
            ["at_station", "in_transit", "received", "forwarded", "written_off"],
        )
        self.assertEqual(moves.mapped("from_state")[1:], moves.mapped("to_state")[:-1])
        self.assertEqual(moves[2].user_id, self.quality)
        self.assertEqual(moves[2].note, "Dented")
        self.assertEqual(moves[3].partner_id, part.supplier_id)
        self.assertFalse(self._find_breaks(part))

    def test_straight_to_the_supplier(self):
        """AS-10: a parcel to the supplier ends there."""
        works = self._set_supplier()
        self.policy.disposal = "supplier"
        part = self._create_part()
        shipment = self._ship(part)
        self.assertEqual(
            (shipment.destination, shipment.supplier_id), ("supplier", works)
        )
        shipment.line_ids.with_user(self.quality).result = "accepted"
        shipment.with_user(self.quality).action_receive()
        self.assertEqual((part.state, part.holder_id), ("forwarded", works))

    def test_missing_part_is_owed_again(self):
        """AS-10: what did not arrive is at the station again and can be sent again."""
        parts = self._create_part() | self._create_part()
        shipment = self._ship(parts).with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "accepted, refused or missing"):
            shipment.action_receive()
        shipment.scan(parts[0].name.lower())
        shipment.action_miss_rest()
        shipment.action_receive()
        self.assertEqual(parts.mapped("state"), ["received", "at_station"])
        self.assertEqual(parts[0].acceptance, "accepted")
        self._ship(parts[1])
        self.assertEqual(parts[1].state, "in_transit")

    def assertRefused(self, text, call):
        with self.assertRaises(UserError) as caught:
            call()
        self.assertIn(text, str(caught.exception))

    def test_parcel_refuses_what_does_not_belong(self):
        """AS-10: a part travels in one parcel, of its station, to where it goes."""
        part = self._create_part()
        shipments = self.env["after.sales.part.shipment"]
        first = shipments._pack_parts(part)
        other = shipments.create({"station_id": self.station.id})
        self.assertRefused("packed already", lambda: first._pack(part))
        self.assertRefused("packed already", lambda: other._pack(part))
        first.action_unpack()
        foreign = shipments.create({"station_id": self.station_2.id})
        self.assertRefused("another station", lambda: foreign._pack(part))
        works = self._set_supplier()
        self.policy.disposal = "supplier"
        straight = self._create_part()
        self.assertEqual(straight.supplier_id, works)
        self.assertRefused("another place", lambda: other._pack(straight))
        self.policy.disposal = "scrap"
        scrap = self._create_part()
        self.assertRefused("not to be sent", lambda: other._pack(scrap))
        self.assertRefused("at least one part", other.action_send)
        other._pack(part)
        self.assertRefused("carrier", other.action_send)

    def test_without_supplier_it_comes_to_the_maker(self):
        """AS-10: a part that should go straight to a supplier nobody knows comes back
        to the maker."""
        self.policy.disposal = "supplier"
        self.assertEqual(self._create_part().disposal, "return")

    def test_scan_packs_and_receives(self):
        """AS-10: one part after another, by number or QR code; a foreign, unknown,
        forged or repeated tag is refused in words."""
        part, second = self._create_part(), self._create_part()
        shipment = self.env["after.sales.part.shipment"].create(
            {"station_id": self.station.id}
        )
        clerk = shipment.with_user(self.clerk)
        self.assertTrue(clerk.scan(part.tag_code)["ok"])
        self.assertIn("packed", clerk.scan(part.tag_code)["message"].lower())
        self.assertFalse(clerk.scan("OP9999999")["ok"])
        self.assertFalse(clerk.scan("")["ok"])
        forged = clerk.scan(f"{second.name}|{'f' * 16}")
        self.assertIn("chain", forged["message"])
        self.assertEqual(clerk.scan(second.name)["done"], 2)
        old_tag = part.tag_code
        shipment.write({"carrier": "Fast", "waybill": "W1"})
        shipment.with_user(self.entry).action_send()
        self.assertNotEqual(part.tag_code, old_tag)
        answer = clerk.scan(old_tag)
        self.assertEqual((answer["ok"], answer["done"], answer["total"]), (True, 1, 2))
        self.assertIn("counted already", clerk.scan(old_tag)["message"])
        self.assertIn("packing list", clerk.scan(self._create_part().name)["message"])

    def test_every_step_from_every_state(self):
        """AS-10: the table of steps is the only way."""
        self._set_supplier()
        reason = self._write_off_reason
        for state in dict(self.env["after.sales.old.part"]._fields["state"].selection):
            for verb in ("forward", "keep", "write_off"):
                part = self._create_part()
                part.state = state
                allowed = state in part._steps[verb].sources
                with self.subTest(state=state, verb=verb):
                    self.assertEqual(part.with_user(self.chief)[f"can_{verb}"], allowed)
                    take = (
                        (lambda p: self._take_with_reason(p, "write_off", reason))
                        if verb == "write_off"
                        else (lambda p, v=verb: getattr(p, f"action_{v}")())
                    )
                    if allowed:
                        take(part.with_user(self.chief))
                        self.assertEqual(part.state, part._steps[verb].target)
                    else:
                        with self.assertRaises(UserError):
                            take(part.with_user(self.chief))

    def test_who_takes_which_step(self):
        """AS-10: clerk and quality work at the maker; the residual value is the
        clerk's; an auditor looks on."""
        self._set_supplier()
        part = self._create_part()
        shipment = self._ship(part)
        for person in (self.entry, self.auditor):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                shipment.line_ids.with_user(person).result = "accepted"
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                shipment.with_user(person).action_receive()
        shipment.line_ids.with_user(self.clerk).result = "accepted"
        shipment.with_user(self.clerk).action_receive()
        with self.assertRaises(AccessError):
            part.with_user(self.quality).action_keep()
        with self.assertRaises(AccessError):
            part.with_user(self.auditor).action_forward()

    def test_sent_parcel_is_closed(self):
        """AS-10: neither its head nor its parts change once it is sent."""
        part, second = self._create_part(), self._create_part()
        shipment = self._ship(part).with_user(self.clerk)
        with self.assertRaises(UserError):
            shipment.station_id = self.station_2
        with self.assertRaises(UserError):
            shipment.line_ids.part_id = second
        with self.assertRaises(UserError):
            shipment.line_ids.unlink()
        with self.assertRaises(UserError):
            shipment.write({"line_ids": [Command.create({"part_id": second.id})]})

    def test_closed_fields(self):
        """AS-10: what steps decide is closed to everybody."""
        part = self._create_part().with_user(self.chief)
        for fname, value in (
            ("state", "written_off"),
            ("chain_head", "0"),
            ("sealed_length", 0),
            ("residual_amount", 0),
            ("acceptance", "accepted"),
            ("quantity", 5),
        ):
            with self.subTest(field=fname), self.assertRaises(AccessError):
                part.write({fname: value})
