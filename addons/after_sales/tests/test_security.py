from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AfterSalesCommon, png

CATALOGUES = (
    "after.sales.station",
    "after.sales.supplier",
    "after.sales.coverage",
    "after.sales.rule",
    "after.sales.evidence",
)
TIMES = ("after.sales.fault", "after.sales.labor")
PART_RECORDS = (
    "after.sales.old.part.move",
    "after.sales.old.part.seal",
    "after.sales.old.part.ledger",
)
TRANSFERS = ("after.sales.transfer", "after.sales.transfer.line")
KIND_RECORDS = (
    "after.sales.assembly",
    "after.sales.claim.request",
    "after.sales.station.stock",
)
SHIPMENTS = ("after.sales.part.shipment", "after.sales.part.shipment.line")
SUPPLIERS = (
    "after.sales.responsibility",
    "after.sales.responsibility.proof",
    "after.sales.recovery",
    "after.sales.recovery.line",
)
OWN = (
    "after.sales.claim",
    "after.sales.claim.line",
    "after.sales.claim.photo",
    "after.sales.claim.submission",
    "after.sales.finding",
    "after.sales.settlement",
    "after.sales.settlement.line",
    "after.sales.charge",
    "after.sales.settlement.objection",
    "after.sales.settlement.preview",
    "after.sales.usage.reading",
    "after.sales.claim.kind",
    "after.sales.repair",
    "after.sales.repair.line",
    "after.sales.repair.photo",
    "after.sales.repair.consent",
    "after.sales.bay",
    *SUPPLIERS,
    *CATALOGUES,
    *TIMES,
    "after.sales.old.part",
    "after.sales.old.part.policy",
    *PART_RECORDS,
    *SHIPMENTS,
    *TRANSFERS,
    *KIND_RECORDS,
    "after.sales.appraisal",
    "after.sales.appraisal.photo",
)


@tagged("post_install", "-at_install")
class TestSecurity(AfterSalesCommon):
    def test_access_table(self):
        """F-11: persona × model × verb."""
        user = {
            "after.sales.claim": "crwu",
            "after.sales.claim.line": "crwu",
            "after.sales.claim.photo": "cru",
            "after.sales.claim.submission": "r",
            "after.sales.finding": "r",
            "after.sales.settlement": "r",
            "after.sales.settlement.line": "r",
            "after.sales.charge": "r",
            "after.sales.settlement.objection": "r",
            "after.sales.settlement.preview": "",
            "after.sales.usage.reading": "crw",
            "after.sales.claim.kind": "r",
            "after.sales.repair": "crwu",
            "after.sales.repair.line": "crwu",
            "after.sales.repair.photo": "cr",
            "after.sales.repair.consent": "r",
            "after.sales.bay": "r",
            **dict.fromkeys(SUPPLIERS, "r"),
            **dict.fromkeys(CATALOGUES + TIMES, "r"),
            "stock.lot": "r",
            "after.sales.old.part": "r",
            "after.sales.old.part.policy": "r",
            **dict.fromkeys(PART_RECORDS, "r"),
            **dict.fromkeys(SHIPMENTS, "crwu"),
            **dict.fromkeys(TRANSFERS, "r"),
            "after.sales.claim.request": "crwu",
            "after.sales.assembly": "r",
            "after.sales.station.stock": "r",
            "after.sales.appraisal": "r",
            "after.sales.appraisal.photo": "r",
        }
        ships = {
            "after.sales.transfer": "crw",
            "after.sales.transfer.line": "crwu",
        }
        self.assertAccessTable(
            {
                self.outsider: {**dict.fromkeys(OWN, ""), "stock.lot": ""},
                self.entry: user,
                self.auditor: {
                    **user,
                    **ships,
                    "after.sales.appraisal": "rw",
                    "after.sales.appraisal.photo": "cru",
                },
                self.clerk: {
                    **user,
                    **ships,
                    "after.sales.settlement": "crw",
                    "after.sales.charge": "crwu",
                    "after.sales.settlement.objection": "rw",
                    "after.sales.settlement.preview": "r",
                    "after.sales.old.part": "rw",
                    "after.sales.recovery": "crw",
                },
                self.quality: {
                    **user,
                    **ships,
                    **dict.fromkeys(TIMES, "crwu"),
                    "after.sales.responsibility": "rw",
                    "after.sales.old.part": "rw",
                    "after.sales.old.part.policy": "crwu",
                },
                self.chief: {
                    **user,
                    **ships,
                    "after.sales.assembly": "crwu",
                    "after.sales.station.stock": "crwu",
                    **dict.fromkeys(CATALOGUES + TIMES, "crwu"),
                    "after.sales.settlement": "crw",
                    "after.sales.charge": "crwu",
                    "after.sales.settlement.objection": "rw",
                    "after.sales.settlement.preview": "r",
                    "after.sales.recovery": "crw",
                    "after.sales.responsibility": "rw",
                    "after.sales.claim.kind": "rw",
                    "after.sales.bay": "crwu",
                    "after.sales.usage.reading": "crwu",
                    "stock.lot": "crw",
                    "after.sales.appraisal": "rw",
                    "after.sales.appraisal.photo": "cru",
                    "after.sales.old.part": "rw",
                    "after.sales.old.part.policy": "crwu",
                },
                self.mechanic: {
                    **dict.fromkeys(OWN, ""),
                    "after.sales.station": "r",
                    "after.sales.supplier": "r",
                    "after.sales.claim": "r",
                    "after.sales.claim.line": "r",
                    "after.sales.claim.photo": "r",
                    "after.sales.repair": "r",
                    "after.sales.repair.line": "r",
                    "after.sales.repair.photo": "r",
                    "after.sales.repair.consent": "r",
                    "after.sales.bay": "r",
                    "after.sales.settlement": "r",
                    "after.sales.settlement.line": "r",
                    "stock.lot": "r",
                    "after.sales.old.part": "r",
                    **dict.fromkeys(SHIPMENTS, "r"),
                    **dict.fromkeys(TRANSFERS, "r"),
                    "after.sales.claim.request": "r",
                    "after.sales.station.stock": "r",
                    **dict.fromkeys(SUPPLIERS, "r"),
                },
            }
        )

    def _get_world(self):
        self.env["after.sales.old.part.policy"].create({"product_id": self.pump.id})
        claim = self._create_approved()
        shipment = self.env["after.sales.part.shipment"]._pack_parts(claim.old_part_ids)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        settlements._start_month(self.today, at_once=True)
        claim.settlement_id.with_user(self.clerk).action_send()
        bay = self.env["after.sales.bay"].create(
            {"name": "Bay 1", "station_id": self.station.id}
        )
        repair = self._create_repair(bay_id=bay.id)
        self.env["after.sales.repair.photo"]._add_photo(repair, "a.png", png())
        self._bring_repair_to(repair, "consented")
        return {
            "after.sales.bay": bay,
            "after.sales.repair": repair,
            "after.sales.repair.line": repair.line_ids,
            "after.sales.repair.photo": repair.photo_ids,
            "after.sales.repair.consent": repair.consent_ids,
            "after.sales.station": self.station,
            "after.sales.claim": claim,
            "after.sales.claim.line": claim.line_ids,
            "after.sales.claim.photo": claim.photo_ids,
            "stock.lot": self.unit,
            "after.sales.settlement": claim.settlement_id,
            "after.sales.settlement.line": claim.settlement_id.line_ids,
            "after.sales.old.part": claim.old_part_ids,
            "after.sales.part.shipment": shipment,
            "after.sales.part.shipment.line": shipment.line_ids,
        }

    def test_portal_rules(self):
        """F-11: a station's contact reads exactly his station's records, as far as his
        role goes; another station's contact and one without a role read none."""
        money = {"after.sales.settlement", "after.sales.settlement.line"}
        for model, records in self._get_world().items():
            for person in (self.owner, self.mechanic, self.rival, self.nobody):
                sees = person == self.owner or (
                    person == self.mechanic and model not in money
                )
                with self.subTest(model=model, person=person.login):
                    found = (
                        self.env[model]
                        .with_user(person)
                        .search([("id", "in", records.ids)])
                    )
                    self.assertEqual(found, records if sees else records.browse())
                    if not sees:
                        with self.assertRaises(AccessError):
                            records.with_user(person).check_access("read")

    def test_role_taken_away_counts_at_once(self):
        """F-11: cached rules do not outlive a changed role."""
        claim = self._create_claim()
        found = self.env["after.sales.claim"].with_user(self.mechanic)
        self.assertTrue(found.search([("id", "=", claim.id)]))
        self.mechanic.partner_id.after_sales_portal_role = False
        self.assertFalse(found.search([("id", "=", claim.id)]))

    def test_head_office_sees_branches_not_the_reverse(self):
        """F-11: child_of the user's commercial partner."""
        head = self.env["res.partner"].create({"name": "Group", "is_company": True})
        self.garage.parent_id = head
        boss = self._create_contact("t_boss", head, "all")
        claim = self._create_claim()
        claims = self.env["after.sales.claim"]
        self.assertTrue(claims.with_user(boss).search([("id", "=", claim.id)]))
        self.station_2.partner_id = head
        other = self._create_claim(station_id=self.station_2.id)
        self.assertFalse(claims.with_user(self.owner).search([("id", "=", other.id)]))

    def test_settlement_drafts_are_the_makers(self):
        """F-11: a station sees its settlement once it is sent."""
        self._create_approved()
        settlements = self.env["after.sales.settlement"]
        settlements.with_user(self.clerk)._start_month(self.today, at_once=True)
        self.assertFalse(settlements.with_user(self.owner).search([]))

    def test_internal_fields_are_closed_to_portal(self):
        """architecture.md 10: verdicts and notes of the maker are not the station's."""
        claim = self._create_submitted().with_user(self.mechanic)
        for fname in ("verdict", "audit_note", "client_key"):
            with self.subTest(field=fname), self.assertRaises(AccessError):
                claim.read([fname])

    def test_decisions_are_closed_to_portal_while_they_are_made(self):
        """AS-08: what the auditor is about to decide is not read by RPC; the pages show
        it once the claim is decided."""
        claim = self._create_submitted()
        claim.line_ids[0].with_user(self.auditor).decision = "approved"
        mine = claim.with_user(self.mechanic)
        for record, fnames in (
            (mine.line_ids, ("decision", "approved_amount", "decision_note")),
            (mine, ("amount_approved", "approved_part", "auditor_id", "our_hours")),
        ):
            self.assertTrue(record.read(["display_name"]))
            for fname in fnames:
                with self.subTest(field=fname), self.assertRaises(AccessError):
                    record.read([fname])
                with self.subTest(field=fname), self.assertRaises(AccessError):
                    record.search([(fname, "!=", False)])

    def test_unit_opens_without_rights_on_stock(self):
        """AS-01: the chatter of a unit asks for its people; an auditor, who reads no
        stock moves, opens it all the same."""
        customer = self.env["res.partner"].create(
            {"name": "Owner", "email": "owner@example.com"}
        )
        self.unit.sold_partner_id = customer
        unit = self.unit.with_user(self.auditor)
        self.assertEqual(unit._mail_get_partners()[unit.id], customer)

    def test_attachments_follow_their_claim(self):
        """AS-20: another station's contact does not read the photo's file by RPC."""
        attachment = self._create_claim().photo_ids[0].attachment_id
        for person in (self.rival, self.nobody):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                attachment.with_user(person).check_access("read")

    def test_portal_cannot_post_to_foreign_claims(self):
        """F-11: messages go to own claims only."""
        claim = self._create_claim()
        claim.with_user(self.mechanic).message_post(body="Hello")
        with self.assertRaises(AccessError):
            claim.with_user(self.rival).message_post(body="Hello")

    def test_company_rules(self):
        """F-11: one test per company rule: another company's manager sees nothing."""
        world = self._get_world()
        world["after.sales.claim.submission"] = world[
            "after.sales.claim"
        ].submission_ids
        world["after.sales.finding"] = world["after.sales.claim"].finding_ids
        world["after.sales.supplier"] = self.env["after.sales.supplier"].create(
            {"partner_id": self.garage.id}
        )
        for model in ("after.sales.coverage", "after.sales.fault", "after.sales.labor"):
            record = {
                "after.sales.coverage": self.coverage,
                "after.sales.fault": self.fault,
                "after.sales.labor": self.labor,
            }[model]
            record.company_id = self.company
            world[model] = record
        world["after.sales.rule"] = self.env.ref("after_sales.rule_late").copy(
            {"company_id": self.company.id}
        )
        world["after.sales.usage.reading"] = self.unit.reading_ids
        parts = world["after.sales.old.part"]
        world["after.sales.old.part.policy"] = parts.policy_id
        world["after.sales.old.part.move"] = parts.move_ids
        seals = self.env["after.sales.old.part.seal"]
        world["after.sales.old.part.seal"] = seals._seal(self.company)
        self.env.flush_all()
        world["after.sales.old.part.ledger"] = self.env[
            "after.sales.old.part.ledger"
        ].search([("station_id", "=", self.station.id)])
        _company, foreign = self._create_foreign_company()
        for model, records in world.items():
            with self.subTest(model=model):
                self.assertTrue(records)
                found = self.env[model].with_user(foreign)
                self.assertFalse(found.search([("id", "in", records.ids)]))
