from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import Form, tagged
from odoo.tools.misc import file_path

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestReviewRuleMore(AssistantCommon):
    """SA-11: margin, overdue receivables, grade, special requirement, oral contract;
    and the preview of a rule over the last orders."""

    def _find(self, order):
        review = self._request(order)
        return {finding.key: finding for finding in review.finding_ids}

    def assertFails(self, order, key):
        """Exactly this rule fails, or none; its finding or None is returned."""
        findings = self._find(order)
        failed = {one for one, found in findings.items() if found.verdict == "fail"}
        self.assertEqual(failed, {key} if key else set())
        return findings.get(key)

    def test_margin(self):
        """SA-11: the margin itself at the limit is normal; discount counts."""
        self.product.standard_price = 9
        finding = self._find(self._create_order(price=10))["margin"]
        self.assertEqual(
            (finding.verdict, finding.facts["margin_percent"]), ("pass", 10)
        )
        finding = self.assertFails(self._create_order(price=10, discount=1), "margin")
        self.assertEqual(finding.sentence, "The margin of 9.09 % is under 10 %.")

    def test_margin_without_cost(self):
        """SA-11: without a cost nothing is said about the margin, and that is said."""
        finding = self._find(self._create_order())["margin"]
        self.assertEqual(finding.verdict, "pass")
        self.assertIn("not known", finding.sentence)

    def test_margin_in_another_unit_and_currency(self):
        """SA-11: cost per unit against a price per dozen in foreign currency."""
        currency = self.env["res.currency"].create(
            {
                "name": "TSM",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2.0})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        self.product.standard_price = 8
        order = self._create_order(quantity=1, price=240, pricelist_id=pricelist.id)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.order_line.price_unit = 240
        finding = self._find(order)["margin"]  # 12 × 8 = 96 against 240 / 2 = 120
        self.assertEqual(finding.facts["margin_percent"], 20)

    def test_overdue(self):
        """SA-11: an unpaid invoice past its day, never one that is due today."""
        self._deliver(self.known_order)
        invoice = self._invoice(self.known_order)
        line = invoice.line_ids.filtered("date_maturity")
        line.date_maturity = self.today
        self.assertFails(self._create_order(), None)
        line.date_maturity = self.today - timedelta(days=1)
        finding = self.assertFails(self._create_order(), "overdue")
        self.assertEqual(finding.facts["overdue_amount"][0], invoice.amount_residual)
        self.rules["overdue"].limit = invoice.amount_residual
        self.assertFails(self._create_order(), None)
        self.rules["overdue"].limit = 0
        self._pay(invoice)
        self.assertFails(self._create_order(), None)

    def test_low_grade(self):
        """SA-11: the grade of the rule and worse ones; better and none pass."""
        grade = self.env.ref("sales_base.sales_grade_c")
        self.rules["low_grade"].grade_id = grade
        for letter, fails in (("b", False), ("c", True), ("d", True)):
            with self.subTest(grade=letter):
                self.customer.sales_grade_id = self.env.ref(
                    f"sales_base.sales_grade_{letter}"
                )
                key = "low_grade" if fails else None
                self.assertFails(self._create_order(), key)
        self.customer.sales_grade_id = False
        self.assertFails(self._create_order(), None)

    def test_requirement_and_oral(self):
        """SA-11: what deviates from the standard, and what is not in writing."""
        order = self._create_order(sales_special_requirement="Grease LGHP 2")
        finding = self.assertFails(order, "requirement")
        self.assertIn("LGHP 2", finding.sentence)
        self.assertFails(self._create_order(is_sales_oral_contract=True), "oral")
        self.assertFails(self._create_order(sales_special_requirement="  "), None)

    def test_requirement_is_a_term(self):
        """SA-11: a requirement named after the review asks for it again; emptying an
        empty one does not."""
        order = self._create_approved_order()
        order.with_user(self.salesperson).sales_special_requirement = ""
        self.assertEqual(order.sales_review_state, "approved")
        order.with_user(self.salesperson).sales_special_requirement = "Laser marking"
        review = order.sales_review_id
        self.assertEqual((review.state, review.kind), ("in_review", "special"))
        self.assertIn("Laser marking", review.changes_html)

    def test_new_rules_wait_after_an_upgrade(self):
        """SA-11: what an upgrade brings stops nobody's order that day; the rules that
        were there before go on."""
        rules = self.env["sales.assistant.review.rule"].search([])
        old = rules.filtered(
            lambda rule: (
                rule.key
                in ("amount", "discount", "payment_term", "lead_time", "new_customer")
            )
        )
        self.assertEqual((len(old), len(rules)), (5, 10))
        self.env.flush_all()
        path = "sales_assistant/migrations/19.0.1.1.0/post-review_rules.py"
        load_script(file_path(path), "review_rules").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(rules.filtered("active"), old)

    # ----------------------------------------------------------------- preview

    def _preview(self, key, user=None, **values):
        action = self.rules[key].with_user(user or self.desk_manager).action_preview()
        model = self.env["sales.assistant.review.rule.preview"]
        return model.with_user(user or self.desk_manager).new(
            {
                name.removeprefix("default_"): value
                for name, value in action["context"].items()
            }
            | {"company_id": self.company.id, "last_count": 3}
            | values
        )

    def _create_confirmed(self, **values):
        self.company.sales_assistant_review_enabled = False
        order = self._create_order(**values)
        order.action_confirm()
        self.company.sales_assistant_review_enabled = True
        return order

    def test_preview(self):
        """SA-11: how many of the last orders a rule would catch, and by itself."""
        small = self._create_confirmed()
        large = self._create_confirmed(quantity=500)
        both = self._create_confirmed(quantity=500, discount=50)
        preview = self._preview("amount", limit=1000)
        self.assertEqual(preview.order_count, 3)
        self.assertEqual(preview.caught_ids._origin, both | large)
        self.assertEqual((preview.caught_count, preview.alone_count), (2, 1))
        self.assertAlmostEqual(preview.caught_percent, 200 / 3)
        self.assertEqual(preview.special_count, 2)
        self.assertNotIn(small, preview.caught_ids._origin)
        self.assertEqual(self.rules["amount"].limit, 50000, "nothing is written")

    def test_preview_tries_a_limit(self):
        """SA-11: another limit is tried on the screen and used only on request."""
        self._create_confirmed(quantity=500)
        action = self.rules["amount"].with_user(self.desk_manager).action_preview()
        model = self.env["sales.assistant.review.rule.preview"]
        model = model.with_user(self.desk_manager).with_context(**action["context"])
        with Form(model) as form:
            form.last_count = 1
            self.assertEqual(form.caught_count, 0)
            form.limit = 4999.99
            self.assertEqual(form.caught_count, 1)
        self.assertEqual(self.rules["amount"].limit, 50000)
        preview = form.record
        found = self.env["sale.order"].search(preview.action_open_caught()["domain"])
        self.assertEqual(len(found), 1)
        preview.action_use()
        self.assertEqual(self.rules["amount"].limit, 4999.99)

    def test_preview_looks_from_the_day_of_the_order(self):
        """SA-11: a customer's first order was one of a new customer then, and its lead
        time counts from its own day."""
        new = self._create_customer("Erstkunde GmbH")
        first = self._create_confirmed(partner=new, commitment_date=self._promise(5))
        first.date_order -= timedelta(days=60)
        second = self._create_confirmed(partner=new)
        preview = self._preview("new_customer", last_count=5000)
        self.assertIn(first, preview.caught_ids._origin)
        self.assertNotIn(second, preview.caught_ids._origin)
        preview = self._preview("lead_time", last_count=5000)
        self.assertNotIn(first, preview.caught_ids._origin)

    def test_preview_is_the_managers(self):
        """F-11: rules are weighed by who keeps them."""
        with self.assertRaises(AccessError):
            self.env["sales.assistant.review.rule.preview"].with_user(
                self.assistant
            ).create({"rule_id": self.rules["amount"].id})

    def test_preview_queries(self):
        """SA-11: the statements of a preview do not grow with the orders."""

        def prepare(count):
            orders = self._create_orders(count)
            self.env.cr.execute(
                "UPDATE sale_order SET state = 'sale' WHERE id = ANY(%s)", (orders.ids,)
            )
            self.env.invalidate_all()
            return count

        def run(count):
            preview = self._preview("amount", last_count=count)
            self.assertEqual(preview.order_count, count)

        self.assertQueryGrowth(run, prepare)
