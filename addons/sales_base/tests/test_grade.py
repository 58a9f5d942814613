import doctest
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.sales_base.tests.common import SalesCommon
from odoo.addons.sales_base.tools import grade as grading

MONTH = date(2026, 11, 1)


@tagged("post_install", "-at_install")
class TestGrade(SalesCommon):
    """F-20: customers are graded by what they bought and how they paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Bearings Ltd."})
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        accounts = cls.env["account.account"].create(
            [
                {
                    "code": code,
                    "name": name,
                    "account_type": kind,
                    "reconcile": kind == "asset_receivable",
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for code, name, kind in (
                    ("T1100", "Receivable", "asset_receivable"),
                    ("T4000", "Sales", "income"),
                    ("T1000", "Bank", "asset_cash"),
                )
            ]
        )
        cls.receivable, cls.income, cls.bank = accounts
        cls.journal, cls.misc = cls.env["account.journal"].create(
            [
                {
                    "name": name,
                    "code": name[:4].upper(),
                    "type": kind,
                    "company_id": cls.company.id,
                    "default_account_id": cls.income.id if kind == "sale" else False,
                }
                for name, kind in (("Sales", "sale"), ("Misc", "general"))
            ]
        )
        cls.company.sales_grade_enabled = True
        group = "sales_base.group_sales_base_"
        cls.seller = cls._create_persona(
            "t_seller", f"{group}user", company_id=cls.company.id
        )
        cls.boss = cls._create_persona(
            "t_boss",
            f"{group}manager,base.group_partner_manager",
            company_id=cls.company.id,
        )
        cls.customer = cls._create_customer("Rossi")
        cls.grades = {
            name: cls.env.ref(f"sales_base.sales_grade_{name}") for name in "abcd"
        }

    @classmethod
    def _create_customer(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "customer_rank": 1,
                "user_id": cls.seller.id,
                "company_id": cls.company.id,
                "property_account_receivable_id": cls.receivable.id,
                **values,
            }
        )

    @classmethod
    def _sell(cls, customer, day, amount, kind="out_invoice"):
        """A posted invoice that is due on its own day."""
        move = cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": customer.id,
                "journal_id": cls.journal.id,
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Bearings",
                            "quantity": 1,
                            "price_unit": amount,
                            "account_id": cls.income.id,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        move.action_post()
        return move

    @classmethod
    def _pay(cls, invoice, day, amount=None):
        due = invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        amount = amount or due.amount_residual
        values = {"partner_id": invoice.partner_id.id, "name": "Payment"}
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": cls.misc.id,
                "date": day,
                "line_ids": [
                    Command.create(
                        {**values, "account_id": cls.bank.id, "debit": amount}
                    ),
                    Command.create(
                        {**values, "account_id": cls.receivable.id, "credit": amount}
                    ),
                ],
            }
        )
        move.action_post()
        (due | move.line_ids.filtered("credit")).reconcile()

    @classmethod
    def _compute(cls, partners=None, month=MONTH):
        partners = cls.customer if partners is None else partners
        return cls.env["sales.grade.score"]._compute_scores(
            partners, cls.company, month
        )

    def _get_score(self, partner=None, month=MONTH):
        return self.env["sales.grade.score"].search(
            [("partner_id", "=", (partner or self.customer).id), ("month", "=", month)]
        )

    def _make_good_customer(self):
        """1.2 million this year, 12 % more than before, paid three days late."""
        self._sell(self.customer, date(2025, 5, 4), 1_071_428.57)
        invoice = self._sell(self.customer, date(2026, 5, 4), 1_200_000)
        self._pay(invoice, date(2026, 5, 7))

    def test_arithmetic(self):
        """F-20: points, growth and cut-offs at their edges."""
        failed, tried = doctest.testmod(grading)
        self.assertFalse(failed)
        self.assertGreater(tried, 10)

    def test_reason(self):
        """F-20: the grade says what it was computed from, in the reader's language."""
        self._make_good_customer()
        self._compute()
        score = self._get_score()
        self.assertEqual(self.customer.sales_grade_id, self.grades["a"])
        self.assertEqual((score.points, score.grade_id), (92, self.grades["a"]))
        self.assertRegex(
            score.sentence,
            r"A: 92 points: turnover .*1,200,000.00.* \(60\), pays 3 days late \(18\),"
            r" growth 12 % \(14\)",
        )
        self.assertEqual(self.customer.sales_grade_reason, score.sentence)
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search(
            [("name", "=", "sales_base")]
        )._update_translations(["zh_CN"])
        score.invalidate_recordset()
        self.assertIn("平均迟付 3 天", score.with_context(lang="zh_CN").sentence)

    def test_open_is_late(self):
        """F-20: what is unpaid counts until the last day judged; a part paid early
        counts as in time, weighted by amount; a credit note is no payment."""
        self._pay(
            self._sell(self.customer, date(2026, 10, 11), 100), date(2026, 10, 1), 50
        )
        self._compute()
        self.assertEqual(self._get_score().days_late, 10)  # half of 20 days
        other = self._create_customer("Other")
        invoice = self._sell(other, date(2026, 10, 1), 100)
        refund = self._sell(other, date(2026, 10, 21), 60, "out_refund")
        (invoice | refund).line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).reconcile()
        self._compute(other)
        self.assertEqual(self._get_score(other).days_late, 30)
        self.assertEqual(self._get_score(other).turnover_amount, 40)

    def test_payment_afterwards_changes_nothing(self):
        """F-20: a month has the same figures on whatever day it is computed."""
        invoice = self._sell(self.customer, date(2026, 10, 11), 100)
        self._compute()
        facts = self._get_score().facts
        self._pay(invoice, date(2026, 11, 20))
        self._compute()
        self.assertEqual(self._get_score().facts, facts)

    def test_window(self):
        """F-20: rolling months: neither this month nor what lies before counts."""
        self._sell(self.customer, date(2026, 11, 1), 1000)
        self._sell(self.customer, date(2026, 10, 31), 300)
        self._sell(self.customer, date(2025, 11, 1), 20)
        self._sell(self.customer, date(2025, 10, 31), 160)
        self._compute()
        score = self._get_score()
        self.assertEqual(score.turnover_amount, 320)
        self.assertEqual(score.growth_percent, 100)
        self.company.sales_grade_months = 1
        self._compute()
        self.assertEqual(self._get_score().turnover_amount, 300)

    def test_new_and_idle(self):
        """F-20: unknown parts count half; who never bought gets no grade, who has one
        and buys no more gets the last."""
        new, idle, gone = (
            self._create_customer(name) for name in ("New", "Idle", "Gone")
        )
        self._sell(new, date(2026, 10, 30), 500_000)
        gone.sudo().sales_grade_id = self.grades["a"]
        left_out = self._compute(new | idle | gone)
        self.assertEqual(left_out, idle)
        self.assertFalse(idle.sales_grade_id)
        self.assertEqual(gone.sales_grade_id, self.grades["d"])
        self.assertIn(
            "nothing was sold the year before (10)", self._get_score(new).sentence
        )

    def test_weights_and_cutoffs(self):
        """F-20: weights and cut-offs per company."""
        self._make_good_customer()
        self.company.write(
            {
                "sales_grade_turnover_weight": 20,
                "sales_grade_growth_weight": 60,
            }
        )
        self._compute()
        self.assertEqual(self._get_score().points, 20 + 18 + 42)
        other = self.env["res.company"].create({"name": "Other"})
        grade = self.grades["a"]
        grade.min_points = 81
        self.assertEqual(grade.with_company(other).min_points, 80)
        self._compute()
        self.assertEqual(self.customer.sales_grade_id, self.grades["b"])
        with self.assertRaises(ValidationError):
            self.company.sales_grade_payment_weight = 30
        with self.assertRaises(ValidationError):
            self.company.sales_grade_growth_full = -30

    def test_run(self):
        """F-20, F-15: a run grades all, goes on where it stopped, and run twice it
        changes nothing."""
        customers = self.customer | self.customer.browse(
            self._create_customer(f"C {n}").id for n in range(4)
        )
        for n, one in enumerate(customers):
            self._sell(one, date(2026, 10, 1), 100_000 * (n + 1))
        self.patch(self.registry["sales.run"], "_get_batch_size", lambda run: 2)
        scores = self.env["sales.grade.score"]
        run = scores._start_run(self.company, MONTH).sudo()
        run.position = min(customers.ids) - 1  # other companies' customers are done
        run._work_batch()
        self.assertEqual(scores.search_count([("partner_id", "in", customers.ids)]), 2)
        while run._work_batch():
            pass
        self.assertEqual((run.state, run.done_count), ("done", 5))
        self.assertTrue(all(one.sales_grade_id for one in customers))
        found = scores.search([("partner_id", "in", customers.ids)])
        written = found.mapped("write_date")
        again = scores._start_run(self.company, MONTH).sudo()
        while again._work_batch():
            pass
        found.invalidate_recordset()
        self.assertEqual(scores.search([("partner_id", "in", customers.ids)]), found)
        self.assertEqual(found.mapped("write_date"), written)
        changes = self.env["sales.grade.change"].search(
            [("partner_id", "in", customers.ids)]
        )
        self.assertEqual(len(changes), 5)

    def test_once_a_month(self):
        """F-20: the daily job starts one run a month, where the company wants it."""
        scores, runs = self.env["sales.grade.score"], self.env["sales.run"]
        domain = [("kind", "=", "sales_grade"), ("company_id", "=", self.company.id)]
        scores._cron_compute()
        scores._cron_compute()
        self.assertEqual(runs.search_count(domain), 1)
        self.company.sales_grade_enabled = False
        runs.search(domain).sudo().unlink()
        scores._cron_compute()
        self.assertFalse(runs.search_count(domain))

    def test_statements(self):
        """F-20: statements of a batch do not grow with it."""

        def prepare(count):
            customers = self.customer.browse(
                self._create_customer(f"C {n}").id for n in range(count)
            )
            for one in customers:
                self._sell(one, date(2026, 10, 1), 100)
            return customers

        self.assertQueryGrowth(self._compute, prepare)

    # ---------------------------------------------------------------- override

    def _override(self, user=None, **values):
        return (
            self.env["sales.grade.override"]
            .with_user(user or self.boss)
            .with_company(self.company)
            .create(
                {
                    "partner_id": self.customer.id,
                    "grade_id": self.grades["a"].id,
                    "reason": "Sole buyer of the new series.",
                    "date_to": self.company._get_sales_today(),
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def _end_overdue(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_base.ir_cron_grade_override").method_direct_trigger()
        self.env.invalidate_all()

    def test_override(self):
        """F-20: an override holds against the run, with its reason, until its day."""
        self._sell(self.customer, date(2026, 10, 1), 100)
        self._compute()
        self.assertEqual(self.customer.sales_grade_id, self.grades["d"])
        override = self._override()
        self.assertEqual(self.customer.sales_grade_id, self.grades["a"])
        self._compute()
        self.assertEqual(self.customer.sales_grade_id, self.grades["a"])
        self.assertEqual(self._get_score().grade_id, self.grades["d"])
        self._end_overdue()
        self.assertEqual(override.state, "running")  # its last day is part of it
        override.sudo().date_to = date(2026, 1, 1)
        self._end_overdue()
        self.assertEqual(override.state, "ended")
        self.assertEqual(self.customer.sales_grade_id, self.grades["d"])
        changes = self.env["sales.grade.change"].search(
            [("partner_id", "=", self.customer.id)], order="id"
        )
        self.assertEqual(changes.mapped("cause"), ["computed", "override", "ended"])
        self.assertEqual(changes[1].reason, "Sole buyer of the new series.")
        self.assertEqual(changes.mapped("direction"), [False, "up", "down"])

    def test_override_guards(self):
        """F-20, F-12: a manager, once, with a day to come and a grade of customers."""
        with self.assertRaises(AccessError):
            self._override(self.seller)
        with self.assertRaises(ValidationError):
            self._override(date_to=date(2020, 1, 1))
        override = self._override()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._override()
        with self.assertRaises(UserError):
            override.with_user(self.boss).grade_id = self.grades["b"]
        with self.assertRaises(UserError):
            override.with_user(self.boss).state = "ended"
        with self.assertRaises(AccessError):
            override.with_user(self.seller).action_end()
        override.with_user(self.boss).action_end()
        with self.assertRaises(UserError):
            override.with_user(self.boss).action_end()
        with self.assertRaises(UserError):
            override.unlink()

    def test_no_grade_by_hand(self):
        """F-20: where grades are computed nobody types one in; elsewhere the change is
        kept in the history."""
        self._sell(self.customer, date(2026, 10, 1), 100)
        self._compute()
        partner = self.customer.with_user(self.boss)
        with self.assertRaises(UserError):
            partner.sales_grade_id = self.grades["a"]
        partner.sales_grade_id = self.grades["d"]  # as it is
        self.company.sales_grade_enabled = False
        partner.sales_grade_id = self.grades["a"]
        change = self.customer.sales_grade_change_ids[:1]
        self.assertEqual((change.cause, change.user_id), ("manual", self.boss))

    def test_override_from_the_form(self):
        """F-20: the button of the customer opens the window with him in it."""
        action = self.customer.with_user(self.boss).action_override_grade()
        overrides = self.env["sales.grade.override"].with_user(self.boss)
        with Form(
            overrides.with_context(
                **action["context"], allowed_company_ids=self.company.ids
            ),
            view=action["views"][0][0],
        ) as form:
            form.grade_id = self.grades["b"]
            form.reason = "Will order in spring."
            form.date_to = self.company._get_sales_today()
        self.assertEqual(form.record.partner_id, self.customer)
        self.assertEqual(self.customer.sales_grade_id, self.grades["b"])

    # ------------------------------------------------------------------ rights

    def test_rights(self):
        """F-11: a salesperson reads the figures of his customers, a manager all of the
        company, nobody writes them."""
        self._sell(self.customer, date(2026, 10, 1), 100)
        self._compute()
        other = self._create_persona(
            "t_other_seller",
            "sales_base.group_sales_base_user",
            company_id=self.company.id,
        )
        stranger = self._create_persona(
            "t_stranger_boss",
            "sales_base.group_sales_base_manager",
            company_id=self.env["res.company"].create({"name": "Elsewhere"}).id,
        )
        override = self._override()
        records = (self._get_score(), self.customer.sales_grade_change_ids, override)
        for user, sees in (
            (self.seller, True),
            (self.boss, True),
            (other, False),
            (stranger, False),
        ):
            for record in records:
                with self.subTest(user=user.login, model=record._name):
                    model = record.browse().with_user(user)
                    model = model.with_context(allowed_company_ids=user.company_ids.ids)
                    found = model.search([("id", "in", record.ids)])
                    self.assertEqual(bool(found), sees)
        self.assertAccessTable(
            {
                self.seller: {
                    "sales.grade.score": "r",
                    "sales.grade.change": "r",
                    "sales.grade.override": "r",
                },
                self.boss: {
                    "sales.grade.score": "r",
                    "sales.grade.change": "r",
                    "sales.grade.override": "crw",
                },
            }
        )
        with self.assertRaises(AccessError):
            self.grades["a"].with_user(self.seller).action_compute()
        action = (
            self.grades["a"].with_user(self.boss).with_company(self.company)
        ).action_compute()
        run = self.env["sales.run"].browse(action["res_id"])
        self.assertEqual((run.kind, run.company_id), ("sales_grade", self.company))
