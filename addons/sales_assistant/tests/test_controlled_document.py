import io
import random
from datetime import timedelta

import openpyxl
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_assistant.tests.common import PIXEL, AssistantCommon


@tagged("post_install", "-at_install")
class TestControlledDocument(AssistantCommon):
    """SA-17b: 单证领取、发放、回收: who holds which number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ranges = cls.env["sales.assistant.controlled.document.range"]
        cls.moves = cls.env["sales.assistant.controlled.document.move"]
        cls.document = cls.env["sales.assistant.controlled.document"].create(
            {
                "name": "Certificate of Conformity",
                "prefix": "QC-",
                "digits": 5,
                "keeper_id": cls.assistant.id,
                "minimum_stock": 50,
            }
        )
        cls.void_reason = cls.env.ref("sales_assistant.sales_reason_void_spoiled")

    def _move(self, user, kind, numbers, document=None, **values):
        return self.moves.with_user(user).create(
            {
                "document_id": (document or self.document).id,
                "kind": kind,
                "numbers": numbers,
                **values,
            }
        )

    def _receive(self, numbers="1-100", **values):
        move = self._move(self.assistant, "receive", numbers, **values)
        move.action_post()
        return move

    def _sign(self, moves, user):
        moves.with_user(user)._do_sign(user.name, PIXEL)

    def _issue(self, numbers, to):
        move = self._move(self.assistant, "issue", numbers, to_id=to.id)
        move.action_hand()
        self._sign(move, to)
        return move

    def _get_ledger(self, document=None):
        return [
            (one.number_from, one.number_to, one.state, one.holder_id)
            for one in self.ranges.search(
                [("document_id", "=", (document or self.document).id)]
            )
        ]

    def test_life_of_numbers(self):
        """SA-17b: received, issued, passed on, used, voided, returned."""
        self._receive()
        self._issue("11-30", self.salesperson)
        passed = self._move(
            self.salesperson, "transfer", "QC-00021-QC-00025", to_id=self.colleague.id
        )
        passed.action_hand()
        self._sign(passed, self.colleague)
        self._move(
            self.salesperson, "use", "11-12", order_id=self.known_order.id
        ).action_post()
        self._move(
            self.salesperson, "void", "13", void_reason_id=self.void_reason.id
        ).action_post()
        back = self._move(self.salesperson, "return", "26-30")
        self.assertEqual(back.to_id, self.assistant)
        back.action_hand()
        self._sign(back, self.assistant)
        self.assertEqual(
            self._get_ledger(),
            [
                (1, 10, "stock", self.assistant),
                (11, 12, "used", self.salesperson),
                (13, 13, "voided", self.salesperson),
                (14, 20, "issued", self.salesperson),
                (21, 25, "issued", self.colleague),
                (26, 100, "stock", self.assistant),
            ],
        )
        self.assertEqual(
            [
                self.document[f"{state}_count"]
                for state in ("stock", "issued", "used", "voided")
            ],
            [85, 12, 2, 1],
        )
        found = self.ranges.search(
            [("document_id", "=", self.document.id), ("number", "=", 23)]
        )
        self.assertEqual(found.holder_id, self.colleague)
        self.assertEqual(
            self.moves.search(found.action_view_moves()["domain"]).mapped("kind"),
            ["transfer", "issue", "receive"],
        )

    def test_unsigned_numbers_stay(self):
        """SA-17b: until the receiver has signed nothing has changed hands; what waits
        for a signature is not handed to a second person."""
        self._receive()
        move = self._move(self.assistant, "issue", "1-20", to_id=self.salesperson.id)
        move.action_hand()
        self.assertEqual(self._get_ledger(), [(1, 100, "stock", self.assistant)])
        second = self._move(self.assistant, "issue", "20-25", to_id=self.colleague.id)
        with self.assertRaisesRegex(UserError, "wait for a signature"):
            second.action_hand()
        for user in (self.assistant, self.colleague):
            with self.assertRaises(UserError):
                self._sign(move, user)
        self._sign(move, self.salesperson)
        self.assertEqual(move.signed_by, self.salesperson.name)
        self.assertTrue(move.signature)
        with self.assertRaisesRegex(UserError, "not possible in state"):
            self._sign(move, self.salesperson)

    def test_signature_is_asked_for(self):
        """SA-17b: the window of the signature takes no empty one."""
        self._receive()
        move = self._move(self.assistant, "issue", "1-20", to_id=self.salesperson.id)
        move.action_hand()
        action = move.with_user(self.salesperson).action_sign()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        with self.assertRaisesRegex(UserError, "Sign in the box"):
            wizard.action_apply()
        wizard.signature = PIXEL
        wizard.action_apply()
        self.assertEqual(move.state, "done")

    def test_who_moves_what(self):
        """SA-17b, F-12: only who has the numbers moves them; the stock is the keeper's;
        his stand-in acts for him."""
        self._receive()
        self._issue("1-10", self.salesperson)
        for user, kind, values in (
            (self.colleague, "use", {"from_id": self.salesperson.id}),
            (self.colleague, "use", {}),
            (self.salesperson, "issue", {"to_id": self.colleague.id}),
            (self.salesperson, "receive", {}),
            (self.assistant, "use", {}),
            (self.salesperson, "void", {}),
        ):
            with self.subTest(user=user.login, kind=kind):
                with self.assertRaises(UserError):  # no right on it, or no such step
                    move = self._move(user, kind, "5", **values)
                    move.action_hand() if kind == "issue" else move.action_post()
        move = self._move(
            self.standin, "issue", "50", to_id=self.colleague.id
        )  # stands in for the keeper
        move.action_hand()
        self.assertEqual(move.state, "handed")
        lost = self._move(
            self.desk_manager,
            "void",
            "1-2",
            from_id=self.salesperson.id,
            void_reason_id=self.void_reason.id,
        )
        lost.action_post()
        self.assertEqual(self._get_ledger()[0][:3], (1, 2, "voided"))

    def test_refused_with_number_and_place(self):
        """B-10: a number that is elsewhere is named with its place; nothing is
        written."""
        self._receive()
        self._issue("1-10", self.salesperson)
        before = self._get_ledger()
        move = self._move(self.salesperson, "use", "9-12")
        with self.assertRaisesRegex(UserError, r"QC-00011.*In Stock.*t_assistant"):
            move.action_post()
        again = self._move(self.assistant, "receive", "100-120")
        with self.assertRaisesRegex(UserError, "QC-00100"):
            again.action_post()
        self.assertEqual(self._get_ledger(), before)
        self.assertEqual(move.state, "draft")

    def test_bad_numbers(self):
        """F-14: what is no range is named."""
        for numbers in ("abc", "10-5", "1, 1", ""):
            with self.subTest(numbers=numbers), self.assertRaises(ValidationError):
                self._move(self.assistant, "receive", numbers)

    def test_ledger_is_closed(self):
        """F-12: nobody writes the ledger or a state himself, and the database refuses
        a number in two ranges."""
        self._receive()
        move = self._move(self.assistant, "receive", "200")
        one = self.ranges.search([("document_id", "=", self.document.id)])
        for user in (self.assistant, self.desk_manager):
            with self.assertRaises(AccessError):
                one.with_user(user).write({"state": "used"})
            with self.assertRaises(AccessError):
                move.with_user(user).write({"state": "done"})
        with (
            self.assertRaises(ExclusionViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.ranges.create(
                {
                    "document_id": self.document.id,
                    "number_from": 100,
                    "number_to": 101,
                    "state": "used",
                    "holder_id": self.assistant.id,
                }
            )
        with self.assertRaises(UserError):
            self.document.unlink()

    def test_cancel_frees_the_numbers(self):
        """SA-17b: a hand-over that is not signed is cancelled with a reason."""
        self._receive()
        move = self._move(self.assistant, "issue", "1-20", to_id=self.salesperson.id)
        move.action_hand()
        action = move.with_user(self.salesperson).action_cancel()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create(
                {
                    "reason_id": self.env.ref(
                        "sales_assistant.sales_reason_paper_refused"
                    ).id
                }
            )
        )
        wizard.action_apply()
        self.assertEqual(move.state, "cancelled")
        self._issue("1-20", self.colleague)

    def test_new_keeper(self):
        """SA-17b: the stock goes to the next keeper by a signed hand-over."""
        self._receive("1-60")
        with self.assertRaises(ValidationError):
            self.document.keeper_id = self.colleague
        for numbers, keeper in (("1-40", self.assistant), ("41-60", self.colleague)):
            move = self._move(
                self.assistant, "keeper", numbers, to_id=self.colleague.id
            )
            move.action_hand()
            self._sign(move, self.colleague)
            self.assertEqual(self.document.keeper_id, keeper)

    def test_count(self):
        """SA-17b: counted by somebody else, missing and unexpected numbers named."""
        self._receive("1-60")
        self._issue("1-10", self.salesperson)
        counts = self.env["sales.assistant.controlled.document.count"]
        values = {"document_id": self.document.id, "numbers": "1-4, 6-10, 30"}
        with self.assertRaisesRegex(ValidationError, "his own hand"):
            counts.with_user(self.salesperson).create(
                {**values, "holder_id": self.salesperson.id}
            )
        count = counts.with_user(self.colleague).create(
            {**values, "holder_id": self.salesperson.id}
        )
        with self.assertRaises(UserError):
            count.with_user(self.desk_manager).action_close()
        count.action_close()
        self.assertEqual(count.expected_count, 10)
        self.assertEqual((count.missing, count.surplus), ("QC-00005", "QC-00030"))
        self.assertTrue(count.has_difference)
        with self.assertRaises(UserError):
            count.write({"numbers": "1-10"})

    def test_random_histories(self):
        """B-10, F-13: 10,000 numbers in the database: after random movements each is in
        the one state and hand where a book of single numbers has it; the balances add
        up to the ledger month by month."""
        rng = random.Random(17)
        people = [self.salesperson, self.colleague, self.lead]
        book = dict.fromkeys(range(1, 10_001), ("stock", self.assistant))
        first = self._receive("1-10000")
        first._write_guarded({"date_done": self.today - timedelta(days=70)})
        done = 0
        for _step in range(60):
            start = rng.randint(1, 9_900)
            state, hand = book[start]
            last = start
            limit = start + rng.choice((0, 5, 60))
            while last < limit and book.get(last + 1) == (state, hand):
                last += 1
            if state in ("used", "voided"):
                continue
            kind = (
                rng.choice(("issue", "issue", "void_stock"))
                if state == "stock"
                else rng.choice(("transfer", "return", "use", "void"))
            )
            values = {"from_id": hand.id}
            target = {"use": "used", "void": "voided", "void_stock": "voided"}.get(kind)
            new = hand
            if kind in ("issue", "transfer"):
                new = rng.choice([one for one in people if one != hand])
                values["to_id"], target = new.id, "issued"
            elif kind == "return":
                new, target = self.assistant, "stock"
            else:
                values["void_reason_id"] = self.void_reason.id
            move = self._move(hand, kind, f"{start}-{last}", **values)
            if move.is_signed:
                move.action_hand()
                self._sign(move, new)
            else:
                move.action_post()
            day = self.today - timedelta(days=70 - done)
            move._write_guarded({"date_done": min(day, self.today)})
            book.update(dict.fromkeys(range(start, last + 1), (target, new)))
            done += 1
        self.assertGreater(done, 30)
        ledger = {}
        for low, high, state, hand in self._get_ledger():
            for number in range(low, high + 1):
                self.assertNotIn(number, ledger)
                ledger[number] = (state, hand)
        self.assertEqual(ledger, book)
        self.assertBalances(book)

    def assertBalances(self, book):
        self.env.flush_all()
        rows = self.env["sales.assistant.controlled.document.balance"].search(
            [("document_id", "=", self.document.id)], order="month"
        )
        self.assertGreater(len(set(rows.mapped("month"))), 1)
        closing = {}
        for row in rows:
            self.assertEqual(row.opening, closing.get(row.holder_id, 0))
            came, went = row.received + row.taken, row.given + row.used + row.voided
            self.assertEqual(row.opening + came - went, row.closing)
            closing[row.holder_id] = row.closing
        held = {}
        for state, hand in book.values():
            if state in ("stock", "issued"):
                held[hand] = held.get(hand, 0) + 1
        self.assertEqual({hand: n for hand, n in closing.items() if n}, held)
        self.assertEqual(sum(rows.mapped("taken")), sum(rows.mapped("given")))

    def test_low_stock(self):
        """SA-17b: fewer in stock than the minimum shows, on the kind and in the
        search."""
        kinds = self.env["sales.assistant.controlled.document"]
        self._receive("1-50")
        self.assertFalse(self.document.is_low)
        self._issue("1", self.salesperson)
        self.document.invalidate_recordset()
        self.assertTrue(self.document.is_low)
        self.assertIn(self.document, kinds.search([("is_low", "=", True)]))
        self.assertNotIn(self.document, kinds.search([("is_low", "=", False)]))

    def test_board_lane(self):
        """SA-01, SA-17b: the board shows what waits for my signature; switched off,
        the lane is gone."""
        self._receive()
        move = self._move(self.assistant, "issue", "1-20", to_id=self.salesperson.id)
        move.action_hand()
        board = self.env["sales.assistant.board"].with_user(self.salesperson)
        [lane] = [
            lane for lane in board.get_board()["lanes"] if lane["key"] == "paper_sign"
        ]
        self.assertEqual([row["id"] for row in lane["rows"]], move.ids)
        group = self.env.ref("sales_assistant.group_sales_assistant_document")
        self._switch_off("document")
        self.assertFalse(self.salesperson.has_group(group.get_external_id()[group.id]))
        lanes = [lane["key"] for lane in board.get_board()["lanes"]]
        self.assertNotIn("paper_sign", lanes)

    def test_rules(self):
        """F-11: the numbers of others are not shown; the keeper sees his kind's."""
        self._receive()
        move = self._issue("1-10", self.salesperson)
        held = self.ranges.search(
            [("document_id", "=", self.document.id), ("state", "=", "issued")]
        )
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        for user, sees in (
            (self.salesperson, True),
            (self.assistant, True),
            (self.colleague, False),
            (self.desk_manager, True),
            (stranger, False),
        ):
            for records in (move, held):
                with self.subTest(user=user.login, model=records._name):
                    found = records.with_user(user).search([("id", "in", records.ids)])
                    self.assertEqual(bool(found), sees)

    def test_batch_of_movements(self):
        """F-15: the ledger is read and written once, whatever the number of
        movements."""
        self._receive("1-5000")
        self._issue("1-5000", self.salesperson)
        numbers = iter(range(1, 5000, 2))

        def prepare(count):
            moves = self.moves
            for _n in range(count):
                moves |= self._move(self.salesperson, "use", str(next(numbers)))
            return moves

        self.assertQueryGrowth(
            lambda moves: moves.with_user(self.salesperson).action_post(), prepare
        )

    def test_receipt_on_paper(self):
        """SA-17b: the receipt with kind, numbers, hands and signature, as PDF."""
        self._receive()
        move = self._issue("1-10", self.salesperson)
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.salesperson)
            ._render_qweb_html(
                "sales_assistant.report_controlled_document_receipt_document", move.ids
            )
        )
        html = html.decode()
        for text in (
            move.name,
            "QC-00001-QC-00010",
            self.assistant.name,
            self.salesperson.name,
            "data:image",
        ):
            self.assertIn(text, html)

    def test_sheets(self):
        """F-09: ledger, movements and balances as XLSX."""
        self._receive()
        self.env.flush_all()
        for model, value in (("range", 100), ("move", "1-100"), ("balance", 100)):
            records = self.env[f"sales.assistant.controlled.document.{model}"]
            stream = io.BytesIO()
            records.with_user(self.assistant)._write_sheet(
                stream, [("document_id", "=", self.document.id)]
            )
            page = openpyxl.load_workbook(stream).active
            cells = [cell for row in page.iter_rows(values_only=True) for cell in row]
            with self.subTest(model=model):
                self.assertIn(value, cells)
                self.assertIn("Certificate of Conformity", cells)
