from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AfterSalesCommon, png


@tagged("post_install", "-at_install")
class TestClaimGuards(AfterSalesCommon):
    """F-12: no way around the steps, tried as the personas who would try it."""

    CLOSED = {
        "state": "approved",
        "name": "AP-FREE",
        "amount_approved": 9999.0,
        "amount_claimed": 9999.0,
        "verdict": "pass",
        "date_approved": "2026-01-01",
        "currency_rate": 99.0,
        "auditor_id": 2,
        "revision": 9,
        "settlement_id": False,
    }

    def test_closed_fields_refuse_write(self):
        """F-12: nobody writes state, number or decided amounts, with any context."""
        claim = self._create_claim()
        for person in (self.entry, self.auditor, self.clerk, self.chief):
            for fname, value in self.CLOSED.items():
                with self.subTest(person=person.login, field=fname):
                    record = claim.with_user(person).with_context(
                        install_mode=True, import_file=True, tracking_disable=True
                    )
                    with self.assertRaises(AccessError):
                        record.write({fname: value})

    def test_closed_fields_refuse_create(self):
        """F-12: not at creation either."""
        for fname, value in self.CLOSED.items():
            with self.subTest(field=fname), self.assertRaises(AccessError):
                self.env["after.sales.claim"].with_user(self.chief).create(
                    self._prepare_claim(**{fname: value})
                )

    def test_defaults_are_no_way_in(self):
        """F-12: neither a default_ context nor a stored default opens a field."""
        claims = self.env["after.sales.claim"].with_user(self.entry)
        with self.assertRaises(AccessError):
            claims.with_context(default_state="approved").create(self._prepare_claim())
        self.env["ir.default"].with_user(self.entry).set(
            "after.sales.claim", "state", "approved", user_id=True
        )
        self.env["ir.default"].with_user(self.entry).set(
            "after.sales.claim.line", "decision", "approved", user_id=True
        )
        claim = claims.create(self._prepare_claim())
        self.assertEqual(claim.state, "draft")
        self.assertFalse(any(claim.line_ids.mapped("decision")))

    def test_import_is_no_way_in(self):
        """F-12: an import naming the state is refused."""
        claims = self.env["after.sales.claim"].with_user(self.chief)
        result = claims.load(
            ["station_id/.id", "lot_id/.id", "date_repair", "state"],
            [[str(self.station.id), str(self.unit.id), str(self.today), "approved"]],
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_decided_claims_are_frozen(self):
        """F-12: nobody edits a decided claim."""
        claim = self._create_approved()
        for person in (self.entry, self.auditor, self.chief):
            with self.subTest(person=person.login), self.assertRaises(UserError):
                claim.with_user(person).usage = 1

    def test_twice_does_nothing_twice(self):
        """F-12: a second click on a decided claim raises and changes nothing."""
        claim = self._create_approved()
        decided_at = claim.decided_at
        with self.assertRaises(UserError):
            claim.with_user(self.auditor).action_approve()
        self.assertEqual(claim.decided_at, decided_at)
        self.assertEqual(len(claim.submission_ids), 1)

    def test_state_is_read_again_after_the_lock(self):
        """F-12: what another transaction decided meanwhile is seen, not the cache."""
        claim = self._create_submitted().with_user(self.auditor)
        self.assertEqual(claim.state, "submitted")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE after_sales_claim SET state = 'rejected' WHERE id = %s", [claim.id]
        )
        with self.assertRaises(UserError):
            claim.action_approve()

    def test_other_company(self):
        """F-11: another company's manager neither sees nor decides."""
        claim = self._create_submitted()
        _company, foreign = self._create_foreign_company()
        with self.assertRaises(AccessError):
            claim.with_user(foreign).action_approve()
        found = self.env["after.sales.claim"].with_user(foreign).search([])
        self.assertNotIn(claim, found)

    def test_wizard_cannot_be_turned(self):
        """F-12: the reason wizard takes no step it was not made for."""
        claim = self._create_submitted().with_user(self.auditor)
        for values in (
            {"verb": "approve", "usage": "after_sales_return"},
            {"verb": "unlink", "usage": "after_sales_return"},
            {"res_model": "res.users", "verb": "return", "usage": "after_sales_return"},
        ):
            wizard = (
                self.env["sales.step.reason"]
                .with_user(self.auditor)
                .create(
                    {
                        "res_model": claim._name,
                        "res_ids": claim.ids,
                        "reason_id": self.return_reason.id,
                        **values,
                    }
                )
            )
            with self.subTest(**values), self.assertRaises(UserError):
                wizard.action_apply()
        self.assertEqual(claim.state, "submitted")

    def test_system_records_are_nobodys(self):
        """F-13: findings, submissions and photos are not written by people."""
        claim = self._create_submitted()
        for record, values in (
            (claim.finding_ids[0], {"verdict": "pass"}),
            (claim.submission_ids[0], {"content": {"x": 1}}),
            (claim.photo_ids[0], {"sha256": "0"}),
        ):
            for person in (self.auditor, self.chief):
                with self.subTest(model=record._name), self.assertRaises(AccessError):
                    record.with_user(person).write(values)
                if record != claim.photo_ids[0]:
                    with self.assertRaises(AccessError):
                        record.with_user(person).unlink()
        with self.assertRaises(UserError):
            claim.photo_ids[0].with_user(self.chief).unlink()

    def test_evidence_is_closed_with_the_claim(self):
        """F-12: nobody adds evidence to a claim that was submitted, by RPC either."""
        claim, draft = self._create_submitted(), self._create_claim(photos=False)
        photos = self.env["after.sales.claim.photo"].with_user(self.chief)
        photos._add_photo(draft, "a.png", png("pink"), kind="damage")
        with self.assertRaises(UserError):
            photos._add_photo(claim, "a.png", png("pink"), kind="damage")
        self.assertEqual(len(claim.photo_ids), 3)

    def test_photo_is_no_way_to_other_files(self):
        """F-11: a photo pointing at somebody's file would show that file."""
        secret = self.env["ir.attachment"].create(
            {"name": "salaries.pdf", "raw": b"%PDF-1.4 secret %%EOF"}
        )
        with self.assertRaises(ValidationError):
            self.env["after.sales.claim.photo"].with_user(self.entry).create(
                {"claim_id": self._create_claim().id, "attachment_id": secret.id}
            )

    def test_file_goes_with_the_photo_of_a_draft(self):
        """AS-06: what was never submitted leaves no file behind; what was submitted
        keeps the file that its hash belongs to."""
        draft, claim = self._create_claim(), self._create_submitted()
        self._take_with_reason(
            claim.with_user(self.auditor), "return", self.return_reason
        )
        dropped, kept = draft.photo_ids[0], claim.photo_ids[0]
        dropped_file, kept_file = dropped.attachment_id, kept.attachment_id
        (dropped | kept).with_user(self.entry).unlink()
        self.assertFalse(dropped_file.exists())
        self.assertTrue(kept_file.exists())

    def test_readings_of_claims_are_closed(self):
        """AS-08: who could rewrite what a claim's meter showed could steer the rule
        that looks for usage going backwards."""
        self._create_submitted()
        reading = self.unit.reading_ids
        for person in (self.entry, self.chief):
            with self.subTest(person=person.login), self.assertRaises(UserError):
                reading.with_user(person).value = 1
        with self.assertRaises(UserError):
            reading.with_user(self.chief).unlink()
        readings = self.env["after.sales.usage.reading"].with_user(self.entry)
        free = readings.create({"lot_id": self.unit.id, "value": 12500})
        free.value = 12600
        with self.assertRaises(AccessError):
            free.claim_id = reading.claim_id

    def test_copy_starts_anew(self):
        """F-12: a copied claim is a draft without decisions, dates or evidence."""
        claim = self._create_approved()
        copied = claim.with_user(self.entry).copy()
        self.assertEqual(copied.state, "draft")
        self.assertFalse(copied.submitted_at)
        self.assertFalse(copied.photo_ids)
        self.assertFalse(any(copied.line_ids.mapped("decision")))
        self.assertEqual(copied.amount_approved, 0)

    def test_lines_cannot_move_into_a_decided_claim(self):
        """F-12: a line of a draft is not moved into a submitted claim."""
        claim, draft = self._create_submitted(), self._create_claim()
        with self.assertRaises(UserError):
            draft.line_ids[0].with_user(self.entry).claim_id = claim
        with self.assertRaises(UserError):
            self.env["after.sales.claim.line"].with_user(self.entry).create(
                {"claim_id": claim.id, "line_type": "other", "name": "x"}
            )

    def test_write_many_commands(self):
        """F-12: decision and claimed values in one write are refused together."""
        claim = self._create_submitted().with_user(self.auditor)
        line = claim.line_ids[0]
        with self.assertRaises(UserError), self.env.cr.savepoint():
            claim.write(
                {
                    "line_ids": [
                        Command.update(
                            line.id, {"decision": "approved", "price_unit": 5000}
                        )
                    ]
                }
            )
        self.assertEqual(line.price_unit, 200)
        self.assertFalse(line.decision)
