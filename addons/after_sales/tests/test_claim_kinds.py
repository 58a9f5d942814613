from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .kind_common import KindCommon


@tagged("post_install", "-at_install")
class TestClaimKinds(KindCommon):
    """AS-06: each kind has its numbers, its section, its evidence and its effect."""

    def test_series_and_evidence(self):
        """AS-06: a number series and an evidence list of its own; nothing is found on a
        claim that has all its kind asks for."""
        for create, prefix, photos in (
            (self._create_rescue, "RS", ("place",)),
            (self._create_purchase, "PU", ("invoice",)),
            (self._create_card, "RI", ("card",)),
            (self._create_swap, "MA", ("assembly",)),
            (self._create_request, "UT", ()),
        ):
            claim = create(lot_id=self._create_unit(f"U-{prefix}").id)
            with self.subTest(kind=claim.kind):
                self.assertTrue(claim.name.startswith(prefix))
                self._submit(claim)
                expected = "fail" if photos else "pass"
                self.assertEqual(self._get_verdicts(claim)["evidence"], expected)
                self._take_with_reason(
                    claim.with_user(self.auditor), "return", self.return_reason
                )
                self._submit(claim, *photos)
                verdicts = self._get_verdicts(claim)
                verdicts.pop("authority")
                self.assertEqual(set(verdicts.values()), {"pass"}, verdicts)

    def test_kind_stays(self):
        """AS-06: the kind is in the number; it does not change."""
        claim = self._create_claim()
        with self.assertRaises(UserError):
            claim.with_user(self.entry).kind = "rescue"
        claim.with_user(self.entry).kind = "appraisal"

    def test_what_a_kind_lacks(self):
        """F-14: what is missing in the section of a kind is named before submission."""
        for create, values in (
            (self._create_rescue, {"rescue_place": False}),
            (self._create_rescue, {"rescue_distance": 0}),
            (self._create_rescue, {"arrived_at": False}),
            (self._create_purchase, {"granted": False}),
            (self._create_card, {"card_number": False}),
            (self._create_card, {"has_defect": True}),
            (self._create_swap, {"assembly_product_id": False}),
            (self._create_swap, {"assembly_new_serial": False}),
            (self._create_swap, {"assembly_product_id": self.pump.id}),
            (self._create_request, {"request_ids": False}),
        ):
            claim = create(**values)
            with self.subTest(kind=claim.kind, **values):
                with self.assertRaises(UserError):
                    self._submit(claim)

    def test_only_its_own_rules(self):
        """AS-08: a rule of a kind leaves no finding on claims of the others."""
        claim = self._submit(self._create_claim())
        keys = set(self._get_verdicts(claim))
        self.assertFalse(keys & {"rescue_speed", "invoice_twice", "running_in"})

    def test_facts_do_not_grow_with_claims(self):
        """F-15: judging many claims of all kinds asks no more often than few."""
        creators = (
            self._create_rescue,
            self._create_swap,
            self._create_card,
            self._create_request,
        )

        def prepare(number):
            return self.env["after.sales.claim"].union(
                *(creators[n % 4](photos=False) for n in range(number))
            )

        self.assertQueryGrowth(lambda claims: claims._get_rule_facts(), prepare)


@tagged("post_install", "-at_install")
class TestRescue(KindCommon):
    """AS-06: roadside rescue 外出急救单."""

    def test_costs_in_words_are_judged(self):
        """AS-08: the trip of a rescue has rules of its own, towing in words has not:
        it counts as an extra cost."""
        claim = self._create_rescue()
        facts = claim._get_rule_facts()[claim.id]
        self.assertEqual(facts["extra_amount"], 0)
        towing = {"line_type": "other", "name": "Towing", "price_unit": 1900}
        claim.write({"line_ids": [Command.create(towing)]})
        facts = claim._get_rule_facts()[claim.id]
        self.assertEqual(facts["extra_amount"], 1900)

    def test_trip_line(self):
        """AS-06: there and back at the station's rate per km, whatever is typed."""
        claim = self._create_rescue()
        trip = claim.line_ids.filtered("is_trip")
        with self.assertRaises(AccessError):
            claim.line_ids[1].with_user(self.chief).is_trip = True
        self.assertEqual(
            (trip.line_type, trip.quantity, trip.amount), ("travel", 120, 360)
        )
        claim.with_user(self.entry).rescue_distance = 10
        self.assertEqual(trip.amount, 60)
        trip.with_user(self.entry).price_unit = 99
        self.station.km_rate = 4
        self._submit(claim)
        self.assertEqual(claim.line_ids.filtered("is_trip").amount, 80)

    def test_plausible(self):
        """AS-06: speed, order, distance and another trip of the station at once."""
        first = self._submit(self._create_rescue())
        day = self.today - timedelta(days=2)
        second = self._create_rescue(
            lot_id=self._create_unit("T-2").id,
            rescue_distance=200,
            departed_at=self._get_moment(day, 10),
            arrived_at=self._get_moment(day, 11),
            returned_at=self._get_moment(day, 10, 30),
        )
        self._submit(second)
        verdicts = self._get_verdicts(second)
        self.assertEqual(verdicts["rescue_times"], "fail")
        self.assertEqual(verdicts["rescue_speed"], "fail")
        self.assertEqual(verdicts["rescue_distance"], "warn")
        self.assertEqual(verdicts["rescue_overlap"], "warn")
        self.assertIn(first.name, self._find(second, "rescue_overlap").sentence)

    def test_position_of_the_phone(self):
        """AS-06: distance and position are set against each other once both positions
        are known, that of the partner serving where the station has none; the verdict
        is told in words."""
        at_the_unit = {"rescue_latitude": 40.3, "rescue_longitude": 116.4}
        unknown = self._submit(self._create_rescue(**at_the_unit))
        self.assertNotIn("rescue_position", self._get_verdicts(unknown))
        self.assertFalse(unknown.rescue_air_distance)
        self.garage.write({"partner_latitude": 39.9, "partner_longitude": 116.4})
        for place, distance, verdict, words in (
            ({}, 60, None, ""),
            (at_the_unit, 60, "pass", "44.5 km from the station"),
            (at_the_unit, 75, "warn", "75 km are claimed, at most 74.2 km by road"),
            (at_the_unit, 20, "warn", "farther away than the 20 km claimed"),
        ):
            with self.subTest(distance=distance, **place):
                claim = self._create_rescue(rescue_distance=distance, **place)
                self._submit(claim)
                finding = self._find(claim, "rescue_position")
                self.assertEqual(finding.verdict or None, verdict)
                self.assertIn(words, finding.sentence or "")
        self.station.write({"latitude": 40.3, "longitude": 116.4})
        self.assertEqual(claim._get_air_km(), 0.0)

    def test_overlap_is_the_stations(self):
        """AS-06: a trip that begins when the other ends, or of another station, or of
        a cancelled claim, does not overlap."""
        day = self.today - timedelta(days=2)
        self._submit(self._create_rescue())
        cancelled = self._submit(self._create_rescue())
        self._take_with_reason(cancelled.sudo(), "cancel", self.cancel_reason)
        other = self._create_rescue(station_id=self.station_2.id)
        other.with_user(self.rival).sudo().action_submit()
        self.assertEqual(self._get_verdicts(other)["rescue_overlap"], "pass")
        later = self._create_rescue(
            departed_at=self._get_moment(day, 11),
            arrived_at=self._get_moment(day, 12),
            returned_at=self._get_moment(day, 14),
        )
        self._submit(later)
        self.assertEqual(self._get_verdicts(later)["rescue_overlap"], "pass")


@tagged("post_install", "-at_install")
class TestPurchase(KindCommon):
    """AS-06: outside purchase 外购申请单."""

    def test_ask_and_grant(self):
        """AS-06: the station asks before it buys, the maker grants an amount."""
        claim = self._create_purchase(granted=False)
        claim.with_user(self.mechanic).sudo().action_ask()
        self.assertEqual(claim.purchase_request, "asked")
        with self.assertRaisesRegex(UserError, "answer"):
            self._submit(claim)
        with self.assertRaises(AccessError):
            claim.with_user(self.entry).action_grant()
        claim.with_user(self.auditor).action_grant()
        self.assertEqual(claim.purchase_granted_amount, 300)
        self.assertEqual(claim.purchase_granted_by_id, self.auditor)
        for verb in ("ask", "grant"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                getattr(claim.with_user(self.auditor), f"action_{verb}")()

    def test_refused_and_asked_again(self):
        """AS-06: a refusal has its reason; the station may ask again."""
        claim = self._create_purchase(granted=False)
        claim.with_user(self.mechanic).sudo().action_ask()
        self._take_with_reason(
            claim.with_user(self.auditor), "refuse", self.reject_reason
        )
        self.assertEqual(claim.purchase_request, "refused")
        self.assertEqual(claim.cancel_reason_id, self.reject_reason)
        claim.with_user(self.mechanic).sudo().action_ask()
        self.assertFalse(claim.cancel_reason_id)

    def test_who_asks(self):
        """F-12: another station does not ask; only a purchase is asked for; what was
        granted is closed to all."""
        claim = self._create_purchase(granted=False)
        with self.assertRaises(AccessError):
            claim.with_user(self.rival).sudo().action_ask()
        with self.assertRaises(UserError):
            self._create_claim().with_user(self.mechanic).sudo().action_ask()
        with self.assertRaises(AccessError):
            claim.with_user(self.chief).purchase_granted_amount = 999
        with self.assertRaises(AccessError):
            claim.with_user(self.chief).purchase_request = "granted"

    def test_manager_amount_counts_for_the_promise(self):
        """AS-08: who may not approve an amount does not grant it either."""
        self.company.after_sales_manager_amount = 200
        claim = self._create_purchase(granted=False)
        claim.with_user(self.mechanic).sudo().action_ask()
        with self.assertRaises(UserError):
            claim.with_user(self.auditor).action_grant()
        claim.with_user(self.chief).action_grant()

    def test_not_granted_is_seen(self):
        """AS-06: bought without asking is claimed all the same, and seen."""
        claim = self._create_purchase(granted=False)
        claim.write(
            {
                "vendor_name": "Parts Shop",
                "invoice_number": "FP-001",
                "date_invoice": self.today,
                "invoice_amount": 250,
            }
        )
        verdicts = self._get_verdicts(self._submit(claim))
        self.assertEqual(verdicts["purchase_request"], "warn")
        self.assertEqual(verdicts["invoice_amount"], "fail")

    def test_invoice_twice(self):
        """AS-06: the same invoice on a second claim is a finding, typed differently or
        with another vendor's name on the same day; another invoice is none. Another
        station is not told the claim."""
        first = self._submit(self._create_purchase())
        unit = self._create_unit("T-2")
        for values, verdict in (
            ({"invoice_number": "fp 001"}, "fail"),
            ({"invoice_number": "FP001", "vendor_name": "P. Shop"}, "fail"),
            ({"invoice_number": "FP-002"}, "pass"),
            (
                {
                    "vendor_name": "Elsewhere",
                    "date_invoice": self.today - timedelta(days=1),
                },
                "pass",
            ),
        ):
            claim = self._create_purchase(lot_id=unit.id)
            claim.write(values)
            with self.subTest(**values):
                self._submit(claim)
                finding = self._find(claim, "invoice_twice")
                self.assertEqual(finding.verdict, verdict)
            self._take_with_reason(claim.sudo(), "cancel", self.cancel_reason)
        other = self._create_purchase(
            granted=False,
            lot_id=unit.id,
            station_id=self.station_2.id,
            vendor_name="Parts Shop",
            invoice_number="FP-001",
            date_invoice=self.today,
            invoice_amount=300,
        )
        other.with_user(self.rival).sudo().action_submit()
        finding = self._find(other, "invoice_twice")
        self.assertIn(first.name, finding.sentence)
        self.assertNotIn(first.name, finding._get_portal_sentence())


@tagged("post_install", "-at_install")
class TestRunningIn(KindCommon):
    """AS-06: running-in card 走保单."""

    def test_service_is_recorded(self):
        """AS-06, AS-02: approved, it is the unit's running-in service; the coverage is
        not shortened any more."""
        claim = self._submit(self._create_card(), "card")
        self.assertFalse(self.unit.running_in_date)
        self._approve(claim)
        self.assertEqual(self.unit.running_in_date, claim.date_repair)
        self.assertEqual(self.unit.running_in_usage, 12000)
        late = self._submit(self._create_claim(usage=40000))
        self.assertEqual(self._get_verdicts(late)["coverage"], "pass")

    def test_missed_service_shortens(self):
        """AS-02: the neighbour: without the card the warranty is the shorter one."""
        self.coverage.shortened_months = 3
        claim = self._submit(self._create_claim(usage=40000))
        self.assertEqual(self._get_verdicts(claim)["coverage"], "fail")

    def test_once(self):
        """AS-06: a second card of the same unit is a finding, by the register too."""
        first = self._submit(self._create_card())
        second = self._submit(self._create_card())
        finding = self._find(second, "running_in")
        self.assertEqual(finding.verdict, "fail")
        self.assertIn(first.name, finding.sentence)
        unit = self._create_unit("T-2", running_in_date=self.today - timedelta(days=9))
        known = self._submit(self._create_card(lot_id=unit.id))
        self.assertEqual(self._get_verdicts(known)["running_in"], "fail")

    def test_too_late(self):
        """AS-06: within the running-in period of the unit's coverage."""
        unit = self._create_unit("T-2", date_sold=self.today - timedelta(days=113))
        claim = self._submit(self._create_card(lot_id=unit.id))
        self.assertEqual(self._get_verdicts(claim)["running_in"], "fail")
        unit = self._create_unit("T-3", date_sold=self.today - timedelta(days=112))
        claim = self._submit(self._create_card(lot_id=unit.id))
        self.assertEqual(self._get_verdicts(claim)["running_in"], "pass")

    def test_defect_goes_with_an_appraisal(self):
        """AS-06: one click makes the appraisal claim of the defect, once."""
        card = self._create_card()
        appraisal = card.with_user(self.mechanic).sudo()._make_defect_claim()
        self.assertEqual(appraisal.kind, "appraisal")
        self.assertEqual(appraisal.lot_id, self.unit)
        self.assertEqual(appraisal.running_in_claim_id, card)
        self.assertEqual(card.with_user(self.entry)._make_defect_claim(), appraisal)
        self.assertTrue(card.has_defect)
        with self.assertRaises(AccessError):
            card.with_user(self.rival).sudo()._make_defect_claim()
        with self.assertRaises(UserError):
            self._create_claim().with_user(self.entry)._make_defect_claim()


@tagged("post_install", "-at_install")
class TestMajorAssembly(KindCommon):
    """AS-06: major assembly 大总成单."""

    def test_register(self):
        """AS-06: approved, the unit's register has the old serial number out and the
        new one in; the next claim must take out what was put in."""
        first = self._approve(self._submit(self._create_swap(), "assembly"))
        out, new = self.unit.assembly_ids.sorted("id")
        self.assertEqual((out.serial, out.date_to), ("E-OLD", first.date_repair))
        self.assertEqual(out.removal_claim_id, first)
        self.assertEqual((new.serial, new.date_to), ("E-NEW", False))
        self.assertEqual((new.claim_id, new.usage_from), (first, 12000))
        wrong = self._submit(self._create_swap(assembly_new_serial="E-3"))
        finding = self._find(wrong, "assembly_serial")
        self.assertEqual(finding.verdict, "fail")
        self.assertIn("ENEW", finding.sentence)
        right = self._create_swap(
            assembly_old_serial="e new", assembly_new_serial="E-3"
        )
        self._submit(right)
        self.assertEqual(self._find(right, "assembly_serial").verdict, "pass")
        self._approve(right)
        self.assertEqual(new.removal_claim_id, right)
        self.assertEqual(len(self.unit.assembly_ids), 3)

    def test_register_of_a_claim_approved_again(self):
        """AS-06: an approval that is given a second time writes the register anew."""
        claim = self._approve(self._submit(self._create_swap(), "assembly"))
        claim.assembly_new_serial = "E-NEW-2"
        self.env["after.sales.assembly"]._replace(claim)
        out, new = self.unit.assembly_ids.sorted("date_from, id")
        self.assertEqual((out.serial, out.removal_claim_id), ("E-OLD", claim))
        self.assertEqual((new.serial, new.date_to), ("E-NEW-2", False))

    def test_in_another_unit(self):
        """AS-06: an assembly that is in another unit is a finding; the station is not
        told in which."""
        other = self._create_unit("T-OTHER")
        self.env["after.sales.assembly"].create(
            {"lot_id": other.id, "product_id": self.engine.id, "serial": "E NEW"}
        )
        claim = self._submit(self._create_swap())
        finding = self._find(claim, "assembly_serial")
        self.assertEqual(finding.verdict, "fail")
        self.assertIn("T-OTHER", finding.sentence)
        self.assertNotIn("T-OTHER", finding._get_portal_sentence())

    def test_inherits_the_remainder(self):
        """AS-02: the assembly put in keeps what was left of the old, and gets at least
        what the policy says."""
        self.coverage.write({"running_in_effect": "none", "least_months": 24})
        unit = self._create_unit("T-2", date_sold=self.today - timedelta(days=380))
        early = self.today - timedelta(days=100)
        claim = self._create_swap(lot_id=unit.id, date_repair=early, usage=20000)
        self._approve(self._submit(claim))
        again = self._create_swap(
            lot_id=unit.id, assembly_old_serial="E-NEW", assembly_new_serial="E-3"
        )
        self._submit(again)
        self.assertEqual(self._get_verdicts(again)["coverage"], "pass")
        pump = self._submit(self._create_claim(lot_id=unit.id, usage=21000))
        self.assertEqual(self._get_verdicts(pump)["coverage"], "fail")


@tagged("post_install", "-at_install")
class TestRepairKinds(KindCommon):
    def test_kind_is_chosen_at_the_repair(self):
        """AS-05, AS-06: the claim of a repair is of the kind its station chooses; it
        stays the same claim."""
        repair = self._bring_repair_to(self._create_repair(), "accepted")
        mechanic = repair.with_user(self.mechanic).sudo()
        claim = mechanic._portal_claim("rescue")
        self.assertEqual(claim.kind, "rescue")
        self.assertTrue(claim.name.startswith("RS"))
        self.assertEqual(mechanic._portal_claim("purchase"), claim)

    def test_hostile_kind(self):
        """F-14: a part transfer or nonsense is no kind of claim for a repair."""
        for kind in ("part_transfer", "gold", None):
            repair = self._bring_repair_to(self._create_repair(), "accepted")
            claim = repair.with_user(self.mechanic).sudo()._portal_claim(kind)
            with self.subTest(kind=kind):
                self.assertEqual(claim.kind, "appraisal")


@tagged("post_install", "-at_install")
class TestKindSnapshots(KindCommon):
    def test_section_is_kept(self):
        """AS-07: a submission keeps the section of its kind and can be compared."""
        claim = self._submit(self._create_rescue())
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        claim.rescue_distance = 50
        self._submit(claim)
        changed = {
            row["field"] for row in claim.submission_ids[0]._get_changes_before()
        }
        self.assertIn("rescue_distance", changed)
        self.assertNotIn("rescue_place", changed)
        asked = self._submit(self._create_request())
        content = asked.submission_ids.content
        self.assertEqual(content["lines"]["request_ids"][0]["shown"], "Water Pump")
