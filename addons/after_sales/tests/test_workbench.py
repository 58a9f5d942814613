from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestWorkbench(AfterSalesCommon):
    """AS-08: the auditor decides claim after claim, with the claim's own guards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the claims of the test wait
        cls.env["after.sales.claim"].search([]).write({"state": "cancelled"})
        cls.bench = cls.env["after.sales.workbench"].with_user(cls.auditor)
        cls.colleague = cls._create_persona(
            "t_auditor_2", "after_sales.group_after_sales_auditor"
        )

    def _step(self, claim, verb, bench=None, **values):
        bench = self.bench if bench is None else bench
        return bench.take_step(claim.id, claim.revision, verb, values)

    def test_queue_is_the_lane_of_the_board(self):
        """AS-08: the queue holds what the board's lane holds, in its order."""
        late, soon = self._create_submitted(), self._create_submitted()
        late.date_due, soon.date_due = "2020-01-01", "2030-01-01"
        clean = self._create_submitted(lot_id=self._create_unit("T-0002").id)
        clean.verdict = "pass"
        queue = self.bench.get_queue("review")
        board = self.env["after.sales.board"].with_user(self.auditor).get_board()
        lane = next(row for row in board["lanes"] if row["key"] == "review")
        self.assertEqual(
            [row["id"] for row in queue["rows"]], [row["id"] for row in lane["rows"]]
        )
        self.assertEqual(queue["rows"][0]["id"], late.id)
        self.assertEqual(queue["rows"][0]["level"], "danger")
        flagged = self.bench.get_queue("flagged")
        self.assertNotIn(clean.id, [row["id"] for row in flagged["rows"]])
        counts = {row["key"]: row["count"] for row in flagged["lanes"]}
        self.assertEqual(counts["review"], 3)
        self.assertEqual(counts["flagged"], len(flagged["rows"]))

    def test_page_puts_the_worst_verdict_first(self):
        """AS-08: verdicts in words, fails before warnings before passes, beside photos,
        coverage, readings, and earlier claims that name the same part."""
        earlier = self._create_approved()
        claim = self._create_submitted(photos=False)
        page = self.bench.get_claim(claim.id)
        levels = [row["verdict"] for row in page["findings"]]
        order = ["fail", "warn", "pass"]
        self.assertEqual(levels, sorted(levels, key=order.index))
        self.assertIn("fail", levels)
        sentences = " ".join(row["sentence"] for row in page["findings"])
        self.assertIn(f"Water Pump was already claimed on {earlier.name}", sentences)
        self.assertEqual(page["photos"], [])
        self.assertEqual(page["history"][0]["name"], earlier.name)
        self.assertEqual(page["history"][0]["parts"], "Water Pump")
        self.assertEqual(page["coverage"]["name"], "Truck 12 months")
        self.assertEqual(page["coverage"]["readings"][0]["value"], 12000)
        self.assertEqual([row["number"] for row in page["lines"]], [1, 2])
        kinds = {row["kind"] for row in self.bench.get_claim(earlier.id)["photos"]}
        self.assertEqual(kinds, {"Damage", "Serial Number Plate", "Meter Reading"})

    def test_page_in_chinese(self):
        """F-05: the page speaks the auditor's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "in", ("sales_base", "after_sales"))]
        )._update_translations(["zh_CN"])
        claim = self._create_submitted(photos=False)
        page = self.bench.with_context(lang="zh_CN").get_claim(claim.id)
        self.assertEqual(page["state_label"], "已提交")
        self.assertIn("服务站", [row["label"] for row in page["facts"]])

    def test_submissions_show_what_changed(self):
        """AS-07: a claim submitted again shows what the station changed."""
        claim = self._create_submitted()
        self.assertEqual(self.bench.get_claim(claim.id)["submissions"], [])
        self._step(claim, "return", reason_id=self.return_reason.id, note="Hours")
        claim.line_ids[1].quantity = 1.5
        claim.with_user(self.mechanic).sudo().action_submit()
        last, first = self.bench.get_claim(claim.id)["submissions"]
        self.assertEqual((last["revision"], first["revision"]), (2, 1))
        self.assertIn(
            ("2.00", "1.50"),
            [(change["before"], change["after"]) for change in last["changes"]],
        )
        self.assertEqual(first["changes"], [])

    def test_statements_do_not_grow(self):
        """F-15: a page with ten times the lines, photos and history needs no more
        statements; nor does a longer queue."""

        def prepare(number):
            unit = self._create_unit(f"T-Q{number}-{self._next()}")
            for _n in range(number):
                self._create_submitted(lot_id=unit.id)
            claim = self._create_claim(lot_id=unit.id)
            claim.line_ids = [
                Command.create(
                    {
                        "line_type": "part",
                        "product_id": self.env["product.product"]
                        .create({"name": f"Part {n}", "is_spare_part": True})
                        .id,
                        "price_unit": 1,
                    }
                )
                for n in range(number)
            ]
            claim.with_user(self.mechanic).sudo().action_submit()
            return claim

        self.assertQueryGrowth(
            lambda claim: self.bench.open_workbench("review", claim.id), prepare
        )

    def _next(self):
        self.number = getattr(self, "number", 0) + 1
        return self.number

    # ------------------------------------------------------------------- decisions

    def test_lines_are_decided_one_by_one(self):
        """AS-08: approve, cut to an amount and reject with a reason; undo; the first
        decision takes the claim into review."""
        claim = self._create_submitted()
        part, labor = claim.line_ids
        page = self.bench.decide_line(part.id, 1, "approved")
        self.assertEqual(claim.state, "in_review")
        self.assertEqual(claim.auditor_id, self.auditor)
        self.assertEqual(page["lines"][0]["decision"], "approved")
        values = {"amount": 150, "reason_id": self.cut_reason.id, "note": "Too long"}
        page = self.bench.decide_line(labor.id, 1, "cut", values)
        self.assertEqual(page["lines"][1]["approved_amount"], 150)
        self.assertEqual(page["lines"][1]["note"], "Too long")
        self.bench.decide_line(
            part.id, 1, "rejected", {"reason_id": self.cut_reason.id}
        )
        self.assertEqual(part.approved_amount, 0)
        self.bench.decide_line(part.id, 1, False)
        self.assertFalse(part.decision)
        self.assertFalse(part.cut_reason_id)
        self._step(claim, "approve")
        self.assertEqual(claim.amount_approved, 350)

    def test_decisions_need_reason_and_amount(self):
        """AS-08: a cut keeps something and less than all, and says why."""
        claim = self._create_submitted()
        line = claim.line_ids[0]
        reason = {"reason_id": self.cut_reason.id}
        for decision, values in (
            ("cut", {"amount": 100}),
            ("cut", {"amount": 0, **reason}),
            ("cut", {"amount": 200, **reason}),
            ("cut", {"amount": 201, **reason}),
            ("cut", {"amount": -1, **reason}),
            ("rejected", {}),
        ):
            with (
                self.subTest(decision=decision, values=values),
                self.assertRaises(UserError),
                self.cr.savepoint(),
            ):
                self.bench.decide_line(line.id, 1, decision, values)

    def test_next_claim_comes_at_once(self):
        """AS-08: a decision answers with the claim to go on with, and at last with
        none."""
        first, second, third = (self._create_submitted() for _n in range(3))
        answer = self._step(first, "approve", lane="review", then=third.id)
        self.assertEqual(answer["claim"]["id"], third.id)
        self.assertEqual(
            [row["id"] for row in answer["queue"]["rows"]], [second.id, third.id]
        )
        answer = self._step(
            third, "reject", lane="review", reason_id=self.reject_reason.id, note="No"
        )
        self.assertEqual(third.state, "rejected")
        self.assertEqual(answer["claim"]["id"], second.id)
        answer = self._step(second, "return", reason_id=self.return_reason.id, note="x")
        self.assertFalse(answer["claim"])
        self.assertEqual(second.state, "returned")
        self.assertEqual(second.reason_note, "x")

    def test_reason_belongs_to_the_step(self):
        """AS-08: return and reject take only reasons of their own."""
        claim = self._create_submitted()
        for verb, values in (
            ("return", {"reason_id": self.reject_reason.id}),
            ("reject", {"reason_id": self.return_reason.id}),
            ("post", {}),
            ("cancel", {"reason_id": self.cancel_reason.id}),
            ("unlink", {}),
        ):
            with (
                self.subTest(verb=verb),
                self.assertRaises(UserError),
                self.cr.savepoint(),
            ):
                self._step(claim, verb, **values)
        self.assertEqual(claim.state, "submitted")

    def test_second_auditor_is_told(self):
        """AS-08: who comes second learns who decided what; a line of a claim that was
        submitted again in the meantime is not decided unseen."""
        claim = self._create_submitted()
        line = claim.line_ids[0]
        other = self.bench.with_user(self.colleague)
        self._step(claim, "approve")
        with self.assertRaisesRegex(UserError, "Approved by t_auditor"):
            self._step(claim, "reject", other, reason_id=self.reject_reason.id)
        with self.assertRaisesRegex(UserError, "not in review any more"):
            other.decide_line(line.id, 1, "approved")
        again = self._create_submitted(lot_id=self._create_unit("T-0003").id)
        self._step(again, "return", reason_id=self.return_reason.id, note="x")
        again.with_user(self.mechanic).sudo().action_submit()
        with self.assertRaisesRegex(UserError, "submitted again"):
            other.take_step(again.id, 1, "approve")
        self.assertEqual(again.state, "submitted")
        row = next(
            row for row in other.get_queue("review")["rows"] if row["id"] == again.id
        )
        self.assertFalse(row["auditor"])
        self.bench.decide_line(again.line_ids[0].id, 2, "approved")
        row = other.get_queue("review")["rows"][0]
        self.assertEqual((row["auditor"], row["is_mine"]), (self.auditor.name, False))

    def test_auditors_only(self):
        """F-11: neither clerk nor portal work here, not even on what they may read;
        another company's auditor does not find the claim."""
        claim = self._create_submitted()
        line = claim.line_ids[0]
        for person in (self.clerk, self.entry, self.mechanic, self.outsider):
            bench = self.bench.with_user(person)
            for attempt in (
                lambda bench=bench: bench.open_workbench(),
                lambda bench=bench: bench.get_claim(claim.id),
                lambda bench=bench: bench.decide_line(line.id, 1, "approved"),
                lambda bench=bench: bench.take_step(claim.id, 1, "approve"),
            ):
                with self.subTest(person=person.login), self.assertRaises(AccessError):
                    attempt()
        _company, foreign = self._create_foreign_company()
        bench = self.bench.with_user(foreign)
        self.assertFalse(bench.get_queue()["rows"])
        for attempt in (
            lambda: bench.get_claim(claim.id),
            lambda: bench.decide_line(line.id, 1, "approved"),
            lambda: bench.take_step(claim.id, 1, "approve"),
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertEqual(claim.state, "submitted")

    def test_over_the_amount_only_a_manager_approves(self):
        """AS-08: the page says why the auditor cannot approve."""
        self.company.after_sales_manager_amount = 100
        claim = self._create_submitted()
        page = self.bench.get_claim(claim.id)
        self.assertIn("only a manager approves", page["cannot"]["approve"])
        self.assertFalse(page["cannot"]["reject"])
        with self.assertRaises(UserError):
            self._step(claim, "approve")

    # ----------------------------------------------------------------------- board

    def test_board_of_each_group(self):
        """F-13: each group finds its own lanes first; auditors open claims in the
        workbench, others as a form."""
        first = {}
        for person in (self.auditor, self.clerk, self.quality, self.chief):
            board = self.env["after.sales.board"].with_user(person).get_board()
            first[person] = board["lanes"][0]["key"]
            lanes = {row["key"]: row["row_action"] for row in board["lanes"]}
            if person in (self.auditor, self.chief):
                self.assertTrue(lanes["review"] and lanes["flagged"])
                self.assertFalse(lanes["returned"])
            else:
                self.assertFalse({"review", "returned", "to_call"} & set(lanes))
        self.assertEqual(first[self.auditor], "flagged")
        self.assertEqual(first[self.clerk], "objections")
        self.assertEqual(first[self.quality], "complaints")
        board = self.env["after.sales.board"].with_user(self.entry).get_board()
        lanes = {row["key"]: row["row_action"] for row in board["lanes"]}
        self.assertIs(lanes["review"], False)

    def test_figures_of_each_group(self):
        """F-13: auditors see reviews, clerks money, the manager the month's money and
        pace."""
        self._create_approved()
        keys = {
            person: {
                row["key"]
                for row in self.env["after.sales.board"]
                .with_user(person)
                ._get_shown_figures()
            }
            for person in (self.auditor, self.clerk, self.quality, self.chief)
        }
        self.assertLessEqual({"waiting", "overdue", "share"}, keys[self.auditor])
        self.assertFalse({"amount", "money", "pace"} & keys[self.auditor])
        self.assertLessEqual({"unsettled", "amount"}, keys[self.clerk])
        self.assertFalse({"waiting", "share"} & keys[self.clerk])
        self.assertFalse({"waiting", "amount", "money"} & keys[self.quality])
        self.assertLessEqual({"claims_30", "top_fault"}, keys[self.quality])
        self.assertLessEqual(
            {"waiting", "amount", "money", "money_before", "pace"}, keys[self.chief]
        )

    def test_large_claims_wait_for_the_manager(self):
        """AS-08: what only a manager may approve stands first on his board, and he
        works it through in the workbench; auditors have no such lane."""
        self.company.after_sales_manager_amount = 399
        large = self._create_submitted()
        boards = self.env["after.sales.board"]
        lane = boards.with_user(self.chief).get_board()["lanes"][0]
        self.assertEqual((lane["key"], lane["rows"][0]["id"]), ("large", large.id))
        queue = self.bench.with_user(self.chief).get_queue("large")
        self.assertEqual([row["id"] for row in queue["rows"]], [large.id])
        keys = [row["key"] for row in self.bench.get_queue("large")["lanes"]]
        self.assertEqual(keys, ["flagged", "review"])
        self.company.after_sales_manager_amount = 400
        self.assertFalse(self.bench.with_user(self.chief).get_queue("large")["rows"])
