from datetime import timedelta

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .settlement_common import SettlementCommon


class ObjectionCommon(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.objection_reason = cls.env.ref("after_sales.reason_objection_1")

    def _send_two(self):
        """A sent settlement of two claims and a deduction, 750 in all."""
        self._create_approved()
        self._create_charge()
        return self._settle_and_send()

    def _object(self, settlement, row, user=None):
        return settlement.with_user(user or self.owner)._portal_object(
            row.id, {"reason_id": self.objection_reason.id, "note": "Too little"}
        )

    def _answer(self, objection, outcome, value=0.0):
        wizard = self.env["after.sales.settlement.objection.answer"]
        wizard.with_user(self.clerk).create(
            {
                "objection_id": objection.id,
                "outcome": outcome,
                "value": value,
                "answer": "We have looked at it.",
            }
        ).action_apply()


@tagged("post_install", "-at_install")
class TestSettlementObjection(ObjectionCommon):
    def _get_rows(self, settlement):
        rows = settlement.line_ids.sorted("id")
        return rows[:1], rows.filtered("charge_id")

    def test_objection_stops_confirmation_and_posting(self):
        """AS-12: a settlement is confirmed and posted once all objections are
        answered, also where the station need not confirm."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        objection = self._object(settlement, row)
        self.assertEqual(row.objection_id, objection)
        self.assertEqual((objection.state, objection.amount), ("open", 400))
        with self.assertRaisesRegex(UserError, "not answered"):
            settlement.with_user(self.owner).sudo().action_confirm()
        self.company.after_sales_confirm_required = False
        with self.assertRaisesRegex(UserError, "not answered"):
            settlement.action_post()
        self._answer(objection, "kept")
        self.assertEqual(objection.answered_by_id, self.clerk)
        self.assertEqual(settlement.amount_total, 750)
        self._post(settlement)
        self.assertEqual(settlement.move_id.sudo().amount_untaxed, 750)

    def test_moved_claim_waits_for_the_next(self):
        """AS-12: the row leaves, the total follows, the next month's run takes the
        claim, nobody is paid twice."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        claim = row.claim_id
        self._answer(self._object(settlement, row), "moved")
        self.assertEqual(settlement.amount_total, 350)
        self.assertFalse(claim.settlement_id)
        self.assertEqual(self._settle(), settlement)
        self.assertFalse(claim.settlement_id)
        self._post(settlement)
        following = self._settle(self.month.last + timedelta(days=1))
        self.assertEqual(following.claim_ids, claim)
        self.assertEqual(following.amount_total, 400)
        self.assertEqual(settlement.move_id.sudo().amount_untaxed, 350)

    def test_moved_charge_is_open_again(self):
        """AS-12: a deduction that is objected to can wait, and be cancelled then."""
        settlement = self._send_two()
        _row, charge_row = self._get_rows(settlement)
        charge = charge_row.charge_id
        self._answer(self._object(settlement, charge_row), "moved")
        self.assertEqual((charge.state, charge.settlement_id.id), ("open", False))
        self.assertEqual((settlement.amount_total, settlement.claim_count), (800, 2))
        own = charge.with_user(self.clerk)
        self._take_with_reason(own, "cancel", self.cancel_reason)
        self.assertEqual(charge.state, "cancelled")

    def test_difference_is_credited_in_the_next(self):
        """AS-12: the row stays, the difference is a credit with its reason."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        objection = self._object(settlement, row)
        with self.assertRaises(ValidationError):
            self._answer(objection, "credited")
        self._answer(objection, "credited", 35.5)
        credit = objection.credit_id
        self.assertEqual((credit.state, credit.amount), ("open", 35.5))
        self.assertEqual(credit.claim_id, row.claim_id)
        self.assertIn(objection.name, credit.note)
        self.assertEqual(settlement.amount_total, 750)
        self._post(settlement)
        following = self._settle(self.month.last + timedelta(days=1))
        self.assertEqual(following.amount_total, 35.5)

    def test_row_is_objected_to_once(self):
        """F-12: twice the same objection is refused; a withdrawn one may be raised
        again; an answer is given once."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        objection = self._object(settlement, row)
        with self.assertRaises(UserError):
            self._object(settlement, row)
        objection.with_user(self.owner).sudo().action_withdraw()
        self.assertEqual(objection.state, "withdrawn")
        again = self._object(settlement, row)
        self._answer(again, "kept")
        for step in (
            lambda: self._answer(again, "moved"),
            lambda: again.with_user(self.owner).sudo().action_withdraw(),
            lambda: self._object(settlement, row),
        ):
            with self.assertRaises(UserError):
                step()

    def test_only_what_was_sent(self):
        """AS-12: no objection to a draft, a confirmed or a foreign row, none without
        reason and words."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        owner = settlement.with_user(self.owner)
        for values in (
            {"reason_id": self.objection_reason.id, "note": " "},
            {"reason_id": self.cancel_reason.id, "note": "x"},
            {"note": "x"},
            {"reason_id": self.objection_reason.id, "note": "x" * 2001},
        ):
            with self.subTest(**values), self.assertRaises(ValidationError):
                owner._portal_object(row.id, values)
        with self.assertRaises(UserError):
            owner._portal_object(
                999_999_999, {"reason_id": self.objection_reason.id, "note": "x"}
            )
        owner.sudo().action_confirm()
        with self.assertRaises(UserError):
            self._object(settlement, row)

    def test_who_objects_and_who_answers(self):
        """F-11: the contact who sees the money objects for his station; only a clerk
        answers; nobody writes an objection by hand."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        for person in (self.mechanic, self.rival, self.nobody):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self._object(settlement, row, person)
        objection = self._object(settlement, row)
        for person in (self.auditor, self.quality, self.owner):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                objection.with_user(person).sudo()._answer("moved", "x")
        with self.assertRaises(AccessError):
            objection.with_user(self.rival).sudo().action_withdraw()
        with self.assertRaises(AccessError):
            objection.with_user(self.clerk).outcome = "moved"
        with self.assertRaises(AccessError):
            self.env["after.sales.settlement.objection"].with_user(self.clerk).create(
                {"settlement_id": settlement.id, "line_ref": row.id}
            )

    def test_cancelled_settlement_closes_objections(self):
        """AS-12: with its settlement cancelled the row waits, the objection is done."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        objection = self._object(settlement, row)
        self._take_with_reason(settlement, "cancel", self.cancel_reason)
        self.assertEqual((objection.state, objection.outcome), ("answered", "moved"))
        self.assertEqual(self._settle().amount_total, 750)

    def test_board_lane(self):
        """F-07: the clerk's board names what waits for an answer."""
        settlement = self._send_two()
        row, _charge = self._get_rows(settlement)
        objection = self._object(settlement, row)
        board = self.env["after.sales.board"].with_user(self.clerk)
        domain = board._get_lane_domains()["objections"]
        self.assertIn(
            objection, self.env["after.sales.settlement.objection"].search(domain)
        )
        shown = board._get_objection_row(objection.with_user(self.clerk))
        self.assertIn("Too little", shown["reason"])

    def test_rows_ask_once(self):
        """F-15: the objections of a page of rows are one query."""

        def prepare(number):
            for _n in range(number):
                self._create_charge()
            return self._settle().line_ids.ids

        rows = self.env["after.sales.settlement.line"].with_user(self.clerk)
        self.assertQueryGrowth(
            lambda ids: rows.browse(ids).mapped("objection_id"), prepare
        )


@tagged("post_install", "-at_install")
class TestSettlementPages(HttpCase, ObjectionCommon):
    def _submit(self, url, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=data)

    def test_station_objects_in_the_portal(self):
        """AS-12, AS-20: row, reason, words; the page shows the objection and its
        answer, what left, and asks for no confirmation before."""
        settlement = self._send_two()
        row = settlement.line_ids.sorted("id")[0]
        self.authenticate("t_owner", "t_owner")
        page = self.url_open(f"/my/settlements/{settlement.id}").text
        self.assertIn(f"/my/settlements/{settlement.id}/object/{row.id}", page)
        self.assertIn(self.charge_reason.name, page)
        form = self.url_open(f"/my/settlements/{settlement.id}/object/{row.id}")
        self.assertIn(self.objection_reason.name, form.text)
        url = f"/my/settlements/{settlement.id}/object/{row.id}/save"
        reason = str(self.objection_reason.id)
        self.assertIn("error", self._submit(url, reason_id=reason, note="").json())
        answer = self._submit(url, reason_id=reason, note="Too <b>little</b>").json()
        self.assertEqual(answer, {"redirect": f"/my/settlements/{settlement.id}"})
        objection = settlement.objection_ids
        self.assertEqual(objection.note, "Too <b>little</b>")
        self.assertEqual(objection.create_uid, self.owner)
        page = self.url_open(f"/my/settlements/{settlement.id}").text
        self.assertIn(objection.name, page)
        self.assertNotIn("<b>little", page)
        self.assertNotIn(f"/my/settlements/{settlement.id}/confirm", page)
        self._answer(objection, "moved")
        page = self.url_open(f"/my/settlements/{settlement.id}").text
        self.assertIn("We have looked at it.", page)
        self.assertIn(f"/my/settlements/{settlement.id}/confirm", page)

    def test_foreign_rows_are_not_found(self):
        """AS-20: another station's settlement, row or objection looks like none."""
        settlement = self._send_two()
        row = settlement.line_ids.sorted("id")[0]
        objection = self._object(settlement, row)
        for login in ("t_rival", "t_mechanic"):
            self.authenticate(login, login)
            for url in (
                f"/my/settlements/{settlement.id}",
                f"/my/settlements/{settlement.id}/page/2",
                f"/my/settlements/{settlement.id}/object/{row.id}",
            ):
                with self.subTest(login=login, url=url):
                    self.assertEqual(self.url_open(url).status_code, 404)
            url = f"/my/settlements/{settlement.id}/withdraw/{objection.id}"
            self.assertEqual(self._submit(url).status_code, 404)
        self.assertEqual(objection.state, "open")

    def test_station_withdraws(self):
        """AS-12: what is withdrawn stops nothing any more."""
        settlement = self._send_two()
        objection = self._object(settlement, settlement.line_ids.sorted("id")[0])
        self.authenticate("t_owner", "t_owner")
        self._submit(f"/my/settlements/{settlement.id}/withdraw/{objection.id}")
        self.assertEqual(objection.state, "withdrawn")
        self._submit(f"/my/settlements/{settlement.id}/confirm")
        self.assertEqual(settlement.state, "confirmed")

    def test_statement_tells_objections(self):
        """AS-12: the printed statement has charges with reasons and objections with
        answers; the sheet adds up to the total."""
        settlement = self._send_two()
        row = settlement.line_ids.sorted("id")[0]
        objection = self._object(settlement, row)
        self._answer(objection, "kept")
        html = (
            self.env["ir.actions.report"]
            .with_user(self.clerk)
            ._render_qweb_html("after_sales.report_settlement", settlement.ids)[0]
            .decode()
        )
        for text in (objection.name, "Too little", self.charge_reason.name):
            self.assertIn(text, html)


@tagged("post_install", "-at_install")
class TestObjectionTour(ObjectionCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_station_objects_on_a_phone(self):
        """AS-12, AS-20: row, reason, words, and it stands beside the row."""
        settlement = self._settle_and_send()
        self.start_tour("/my/settlements", "after_sales_objection", login="t_owner")
        objection = settlement.objection_ids
        self.assertEqual(objection.note, "Half an hour is missing")
        self.assertEqual(objection.state, "open")
        self.assertEqual(objection.claim_id, settlement.claim_ids)
