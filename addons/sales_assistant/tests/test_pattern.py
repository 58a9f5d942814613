from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.sales_assistant.tests.common import PIXEL, AssistantCommon

QUANTITIES = (900, 1100, 1000, 1300, 950, 1200, 1050, 1400, 1000)
ENGLISH = {"lang": "en_US"}


class PatternCommon(AssistantCommon):
    """``regular`` ordered nine times, every 28 to 32 days, 900 to 1,400 at 10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        cls.company.sales_assistant_pattern_enabled = True
        cls.regular = cls._create_customer("Regular Bearings")
        cls.past = cls._create_past(cls.regular)

    @classmethod
    def _create_past(cls, customer, quantities=QUANTITIES, last=30, **values):
        """Confirmed orders of the past, oldest first; their own check is not asked."""
        cls.company.sales_assistant_pattern_enabled = False
        orders = cls.env["sale.order"].create(
            [
                cls._prepare_order_values(partner=customer, quantity=quantity, **values)
                for quantity in quantities
            ]
        )
        orders.action_confirm()
        for place, order in enumerate(reversed(orders)):
            day = cls.today - timedelta(days=last + 30 * place + (0, 2, -2)[place % 3])
            order.date_order = cls._as_moment(day)
        cls.company.sales_assistant_pattern_enabled = True
        cls.env.flush_all()
        return orders

    @classmethod
    def _find(cls, order):
        order.invalidate_recordset(["sales_pattern_findings"])
        return {
            row["key"]: row
            for row in order.with_context(**ENGLISH).sales_pattern_findings or []
        }

    @classmethod
    def _check(cls, order, answer="confirmed", user=None, **values):
        wizard = (
            cls.env["sales.assistant.pattern.check"]
            .with_user(user or cls.assistant)
            .create(
                {
                    "order_id": order.id,
                    "contact_name": "Ms Bianchi",
                    "channel": "phone",
                    **values,
                }
            )
        )
        wizard.line_ids.answer = answer
        wizard.action_apply()
        return order.sales_pattern_finding_ids


@tagged("post_install", "-at_install")
class TestPattern(PatternCommon):
    def test_usual_order(self):
        """SA-09: an order like the others is not flagged and confirms."""
        order = self._create_order(partner=self.regular, quantity=1150)
        self.assertFalse(self._find(order))
        order.with_user(self.salesperson).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_quantity_in_words(self):
        """SA-09: the deviation is told in words and figures, with n and the orders."""
        order = self._create_order(partner=self.regular, quantity=12000)
        row = self._find(order)["quantity"]
        self.assertIn("12000", row["sentence"])
        self.assertIn("the last 9 orders were 900 to 1400", row["sentence"])
        self.assertEqual(set(row["orders"]), set(self.past.ids))

    def test_price(self):
        """SA-09: a price unlike the customer's own."""
        order = self._create_order(partner=self.regular, quantity=1100, price=7.0)
        self.assertEqual(list(self._find(order)), ["price"])

    def test_price_in_another_currency(self):
        """SA-09: prices are compared within their currency."""
        currency = self.env["res.currency"].search(
            [
                ("id", "!=", self.company.currency_id.id),
                ("active", "in", (True, False)),
            ],
            limit=1,
        )
        currency.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )
        order = self._create_order(
            partner=self.regular, quantity=1100, price=7.0, pricelist_id=pricelist.id
        )
        self.assertNotIn("price", self._find(order))

    def test_unit_of_measure(self):
        """SA-09: dozens are compared with pieces."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order(partner=self.regular, quantity=90, price=120.0)
        order.order_line.product_uom_id = dozen
        order.order_line.price_unit = 120.0
        self.assertFalse(self._find(order))
        order.order_line.product_uom_qty = 1080
        self.assertEqual(list(self._find(order)), ["quantity"])

    def test_interval(self):
        """SA-09: a second order on the day after the first."""
        self._create_past(self.regular, [1000], last=1)
        order = self._create_order(partner=self.regular, quantity=1100)
        self.assertEqual(list(self._find(order)), ["interval"])

    def test_product_and_destination(self):
        """SA-09: what a customer with a long history never ordered, and where to."""
        steady = self._create_customer("Steady")
        self._create_past(steady, [1000] * 40)
        branch = self.env["res.partner"].create(
            {"name": "New Branch", "parent_id": steady.id, "type": "delivery"}
        )
        order = self._create_order(partner=steady, quantity=1000)
        order.partner_shipping_id = branch
        self.assertEqual(list(self._find(order)), ["destination"])
        order.order_line = [
            Command.create({"product_id": self.product_b.id, "product_uom_qty": 5})
        ]
        self.assertEqual(set(self._find(order)), {"destination", "product"})

    def test_companion(self):
        """SA-09: an item that always came with another is missing."""
        steady = self._create_customer("Pairs")
        both = [
            Command.create(
                {"product_id": product.id, "product_uom_qty": 100, "price_unit": 10}
            )
            for product in (self.product, self.product_b)
        ]
        self._create_past(steady, [100] * 40, order_line=both)
        order = self._create_order(partner=steady, quantity=100)
        row = self._find(order)["companion"]
        self.assertIn("Bearing 6305 is missing", row["sentence"])
        self.assertIn("40 of 40", row["sentence"])

    def test_thin_history(self):
        """SA-09: fewer orders than the shortest history: silent."""
        thin = self._create_customer("Thin")
        self._create_past(thin, [100, 100, 100, 100])
        order = self._create_order(partner=thin, quantity=100000)
        self.assertFalse(self._find(order))

    def test_other_company_and_customer(self):
        """SA-09: the past of another customer, and of another company, is not his."""
        other = self._create_customer("Other")
        order = self._create_order(partner=other, quantity=12000)
        self.assertFalse(self._find(order))
        company = self.env["res.company"].create({"name": "Sister"})
        order = self._create_order(
            partner=self.regular, quantity=12000, company_id=company.id, team_id=False
        )
        self.assertFalse(self._find(order))

    def test_branches_share_their_past(self):
        """SA-09: the customer is the company, whichever contact orders."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.regular.id}
        )
        order = self._create_order(partner=contact, quantity=12000)
        self.assertIn("quantity", self._find(order))

    def test_as_lines_change(self):
        """SA-09: the finding appears and goes while the quotation is written."""
        order = self._create_order(partner=self.regular, quantity=1100)
        with Form(order.with_user(self.salesperson)) as form:
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 12000
            self.assertEqual(form.sales_pattern_findings[0]["key"], "quantity")
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 1200
            self.assertFalse(form.sales_pattern_findings)

    def test_chinese(self):
        """F-08: the sentence is made in the reader's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        order = self._create_order(partner=self.regular, quantity=12000)
        row = order.with_context(lang="zh_CN").sales_pattern_findings[0]
        self.assertIn("最近 9 张订单", row["sentence"])

    def test_query_growth(self):
        """SA-09: a constant number of statements, for lines and for quotations."""

        def prepare(count):
            lines = [
                Command.create({"product_id": self.product.id, "product_uom_qty": 9000})
            ] * count
            return self._create_orders(
                count, partner=self.regular, order_line=lines[:4]
            )

        self.assertQueryGrowth(
            lambda orders: orders.mapped("sales_pattern_findings"), prepare
        )


@tagged("post_install", "-at_install")
class TestPatternLessons(PatternCommon):
    def test_confirmed_surprise_teaches(self):
        """B-04: what the customer confirmed counts as usual: asked less next time."""
        for quantity in (2600, 2600, 2600):
            order = self._create_order(partner=self.regular, quantity=quantity)
            if "quantity" in self._find(order):
                self._check(order)
            order.action_confirm()
            order.date_order = self._as_moment(self.today - timedelta(days=29))
        order = self._create_order(partner=self.regular, quantity=2600)
        self.assertNotIn("quantity", self._find(order))

    def test_error_teaches_nothing(self):
        """B-04: a typing error that went through is no part of the usual."""
        self.company.sales_assistant_pattern_enabled = False
        for _n in range(4):
            wrong = self._create_order(partner=self.regular, quantity=12000)
            self._check(wrong, "error")
            wrong.action_confirm()
        order = self._create_order(partner=self.regular, quantity=12000)
        row = self._find(order)["quantity"]
        self.assertFalse(set(row["orders"]) & set(wrong.ids))
        self.assertIn("the last 9 orders were 900 to 1400", row["sentence"])

    def test_corrected_error(self):
        """B-04: the corrected order is as good as any."""
        wrong = self._create_order(partner=self.regular, quantity=12000)
        self._check(wrong, "error")
        with self.assertRaises(UserError):
            wrong.action_confirm()
        wrong.order_line.product_uom_qty = 1200
        wrong.action_confirm()
        order = self._create_order(partner=self.regular, quantity=12000)
        self.assertIn(wrong.id, self._find(order)["quantity"]["orders"])

    def test_false_alarms_lower_the_sensitivity(self):
        """SA-09: false alarms are counted and lower the sensitivity per customer; an
        error found takes one back."""
        rhythm = self.env["sales.assistant.pattern"]
        for _n in range(2):
            order = self._create_order(partner=self.regular, quantity=12000)
            self._check(order, "usual")
        rhythm._refresh(self.regular, self.company)
        rhythm = rhythm.search([("partner_id", "=", self.regular.id)])
        self.assertEqual((rhythm.false_alarm_count, rhythm.sensitivity), (2, 49))
        order = self._create_order(partner=self.regular, quantity=12000)
        self._check(order, "error")
        rhythm.invalidate_recordset()
        self.assertEqual((rhythm.error_count, rhythm.sensitivity), (1, 70))


@tagged("post_install", "-at_install")
class TestPatternGuard(PatternCommon):
    """SA-09: no way of confirming passes the check by, where the company wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(partner=cls.regular, quantity=12000)

    def assertStays(self, function):
        with self.assertRaises(UserError) as caught:
            function()
        self.assertIn("unusual for this customer", str(caught.exception))
        self.order.invalidate_recordset()
        self.assertEqual(self.order.state, "draft")

    def test_every_way(self):
        """SA-09: button, mass action, state written, context, sudo, born confirmed."""
        for user in (self.salesperson, self.assistant, self.desk_manager):
            order = self.order.with_user(user)
            self.assertStays(order.action_confirm)
            self.assertStays(lambda order=order: order.write({"state": "sale"}))
        self.assertStays(self.order.sudo().action_confirm)
        usual = self._create_order(partner=self.regular, quantity=1000)
        self.assertStays((self.order | usual).action_confirm)
        self.assertStays(
            self.order.with_context(default_state="sale", lang="en_US").action_confirm
        )
        values = self._prepare_order_values(partner=self.regular, quantity=12000)
        orders = self.env["sale.order"].with_user(self.salesperson)
        self.assertStays(lambda: orders.create({**values, "state": "sale"}))

    def test_changed_in_the_same_write(self):
        """SA-09: a customer changed in the very write that confirms."""
        other = self._create_order(quantity=12000)
        values = {"state": "sale", "partner_id": self.regular.id}
        self.assertStays(lambda: other.write(values))

    def test_checked_confirms(self):
        """SA-09: who checked it, with whom and how is on record; then it confirms."""
        finding = self._check(self.order)
        self.assertEqual(finding.user_id, self.assistant)
        self.assertEqual(finding.contact_name, "Ms Bianchi")
        self.assertEqual(finding.channel, "phone")
        self.order.with_user(self.salesperson).action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_changed_after_the_check(self):
        """SA-09: another quantity is another question."""
        self._check(self.order)
        self.order.order_line.product_uom_qty = 15000
        self.assertStays(self.order.with_user(self.salesperson).action_confirm)

    def test_error_is_no_consent(self):
        """SA-09: an error that was not corrected does not confirm."""
        self._check(self.order, "error")
        self.assertStays(self.order.with_user(self.salesperson).action_confirm)

    def test_setting_off(self):
        """SA-09: off by default; each company for itself; off with the part."""
        company = self.env["res.company"].create({"name": "New"})
        self.assertFalse(company.sales_assistant_pattern_enabled)
        self._switch_off("pattern")
        self.order.with_user(self.salesperson).action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_signature_waits(self):
        """SA-09: whoever signs is not sent away; the check confirms the order."""
        self.order.write(
            {
                "signature": PIXEL,
                "signed_by": "Buyer",
                "signed_on": self._as_moment(self.today),
            }
        )
        self.order.sudo().action_confirm()
        self.assertEqual(self.order.state, "draft")
        self.assertTrue(self.order.is_accepted_by_customer)
        self.assertFalse(self.order.sales_review_ids)
        self._check(self.order)
        self.assertEqual(self.order.state, "sale")

    def test_window_refuses(self):
        """F-14: no answer, nobody named, changed meanwhile, twice, confirmed."""
        for values in ({"contact_name": " "}, {"channel": False}):
            with self.subTest(values), self.assertRaises(UserError):
                self._check(self.order, **values)
        with self.assertRaises(UserError):
            self._check(self.order, answer=False)
        model = self.env["sales.assistant.pattern.check"].with_user(self.assistant)
        values = {"order_id": self.order.id, "contact_name": "B", "channel": "email"}
        first, second = model.create([values, values])
        (first | second).line_ids.answer = "confirmed"
        self.order.order_line.product_uom_qty = 15000
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            first.action_apply()
        self.order.order_line.product_uom_qty = 12000
        first.action_apply()
        with self.assertRaisesRegex(UserError, "nothing left"):
            second.action_apply()
        self.assertEqual(len(self.order.sales_pattern_finding_ids), 1)

    def test_persons(self):
        """F-11: a stranger to the order records nothing; nobody changes a record."""
        with self.assertRaises(AccessError):
            self._check(self.order, user=self.colleague)
        finding = self._check(self.order)
        for user in (self.assistant, self.desk_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                finding.with_user(user).write({"answer": "usual"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                finding.with_user(user).copy()


@tagged("post_install", "-at_install")
class TestRhythm(PatternCommon):
    """SA-09: customers who are overdue against their own rhythm."""

    def _refresh(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_assistant.ir_cron_find_overdue").method_direct_trigger()
        return self.env["sales.assistant.pattern"].search(
            [("partner_id", "=", self.regular.id)]
        )

    def test_expected_and_overdue(self):
        """SA-09: about 30 days apart; missing when nearly all would have come."""
        rhythm = self._refresh()
        self.assertAlmostEqual(rhythm.usual_days, 30, delta=2)
        self.assertGreater(rhythm.date_overdue, self.today)
        self.assertFalse(rhythm.is_overdue)
        with freeze_time(self._as_moment(self.today + timedelta(days=60))):
            self.assertTrue(self._refresh().is_overdue)

    def test_job_twice(self):
        """F-15: run twice, one rhythm each; a batch at a time covers all."""
        first = self._refresh()
        self.assertEqual(first, self._refresh())
        self.assertEqual(len(first), 1)
        position, steps = 0, 0
        while position is not None:
            position = first._refresh_batch(self.company, position, size=5)
            steps += 1
        self.assertGreater(steps, 2)

    def test_handed_over_once(self):
        """SA-09: a missing order is handed over once, and again after the next one."""
        seen = []
        model = type(self.env["sales.assistant.pattern"])
        self.patch(model, "_hand_over", lambda self: seen.extend(self.ids))
        with freeze_time(self._as_moment(self.today + timedelta(days=60))):
            rhythm = self._refresh()
            self._refresh()
        self.assertEqual(seen.count(rhythm.id), 1)

    def test_callback(self):
        """SA-09, SA-04: whoever looks after the customer calls him; the call falls away
        when the order comes. Customers lost long ago are not called."""
        with freeze_time(self._as_moment(self.today + timedelta(days=25))):
            callback = self._refresh().callback_id
            self.assertEqual(callback.partner_id, self.regular)
            self.assertEqual(
                (callback.user_id, callback.state), (self.assistant, "open")
            )
            self.assertEqual(callback.date_due, self.company._get_sales_today())
            self.assertIn("55 days", callback.subject)
            self.assertEqual(self._refresh().callback_id, callback)
            order = self._create_order(partner=self.regular, quantity=1000)
            if self._find(order):
                self._check(order)
            order.action_confirm()
            self.assertEqual(callback.state, "cancelled")
            self.assertFalse(self._refresh().callback_id)

    def test_no_callback(self):
        """SA-09: neither of a customer lost long ago nor where callbacks are off."""
        with freeze_time(self._as_moment(self.today + timedelta(days=300))):
            rhythm = self._refresh()
            self.assertTrue(rhythm.is_overdue)
            self.assertFalse(rhythm.callback_id)
        rhythm.sudo().unlink()
        self._switch_off("callback")
        with freeze_time(self._as_moment(self.today + timedelta(days=25))):
            rhythm = self._refresh()
            self.assertTrue(rhythm.is_overdue)
            self.assertFalse(rhythm.callback_id)

    def test_order_ends_it(self):
        """SA-09: an order ends the waiting at once."""
        with freeze_time(self._as_moment(self.today + timedelta(days=60))):
            rhythm = self._refresh()
            self.assertTrue(rhythm.is_overdue)
            order = self._create_order(partner=self.regular, quantity=1000)
            if self._find(order):
                self._check(order)
            order.action_confirm()
            self.assertFalse(rhythm.is_overdue)

    def test_put_off(self):
        """SA-09: put off with a reason; nothing else is written by hand."""
        with freeze_time(self._as_moment(self.today + timedelta(days=60))):
            rhythm = self._refresh().with_user(self.assistant)
            day = self.company._get_sales_today() + timedelta(days=10)
            rhythm.write({"date_snoozed": day, "snooze_reason": "Works holiday"})
            self.assertFalse(rhythm.is_overdue)
            self.assertNotIn(rhythm, rhythm.search([("is_overdue", "=", True)]))
            with self.assertRaises(AccessError):
                rhythm.write({"date_overdue": False})

    def test_lane(self):
        """SA-01, SA-09: the lane tells since when, to those who look after him."""
        with freeze_time(self._as_moment(self.today + timedelta(days=60))):
            self._refresh()
            table = {self.assistant: 1, self.colleague: 0, self.desk_manager: 1}
            for user, count in table.items():
                with self.subTest(user=user.login):
                    board = self.env["sales.assistant.board"].with_user(user)
                    board = board.with_context(**ENGLISH).get_board()
                    lanes = {lane["key"]: lane for lane in board["lanes"]}
                    rows = lanes["missing_orders"]["rows"]
                    names = [row["title"] for row in rows]
                    self.assertEqual(names.count("Regular Bearings"), count)
