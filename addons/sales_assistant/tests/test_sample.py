from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.sales_assistant.models.sales_assistant_sample import SAMPLE_STATES
from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestSample(AssistantCommon):
    """SA-15: a sample from the request to its outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room = cls._fill_sample_room(200)
        cls.stranger = cls._create_customer("Kowalski Lozyska")
        cls.why = cls.env.ref("sales_assistant.sales_reason_sample_outcome_quality")

    def _close(self, sample, outcome, reason=None, note=False, user=None):
        wizard = (
            self.env["sales.assistant.sample.close"]
            .with_user(user or self.assistant)
            .create(
                {
                    "sample_id": sample.id,
                    "outcome": outcome,
                    "reason_id": reason and reason.id,
                    "note": note,
                }
            )
        )
        return wizard.action_apply()

    # ------------------------------------------------------------------- charge

    def test_first_rule_that_fits(self):
        """SA-15: new customers are charged and pay the courier, known ones are not
        (如是新客户，样品是否向客户收费, S0 二·5); valuable ones are the manager's."""
        table = [
            ({}, "known", "free", "prepaid", "approved"),
            ({"partner": self.stranger}, "new", "charged", "collect", "approved"),
            (
                {"partner": self.stranger, "purpose": "replacement"},
                "replacement",
                "free",
                "prepaid",
                "approved",
            ),
            ({"quantity": 49}, "known", "free", "prepaid", "approved"),
            ({"quantity": 50}, "valuable", "charged", "collect", "to_approve"),
        ]
        for values, rule, charge, courier, state in table:
            with self.subTest(rule=rule, state=state):
                sample = self._create_sample(**values)
                self.assertEqual(
                    sample.rule_id,
                    self.env.ref(f"sales_assistant.sales_assistant_sample_rule_{rule}"),
                )
                self.assertEqual(
                    (sample.charge, sample.courier_terms), (charge, courier)
                )
                sample.with_user(self.salesperson).action_submit()
                self.assertEqual(sample.state, state)

    def test_special_case_says_why(self):
        """SA-15: what differs from its rule goes to the manager, with the reason."""
        sample = self._create_sample(partner=self.stranger)
        sample.with_user(self.salesperson).charge = "free"
        sample.with_user(self.salesperson).action_submit()
        self.assertEqual(sample.state, "to_approve")
        self.assertIn("Free of Charge", sample.special_reason)
        self.assertIn("Charged", sample.special_reason)
        with self.assertRaises(AccessError):
            sample.with_user(self.lead).action_approve()
        sample.with_user(self.desk_manager).action_approve()
        self.assertEqual(
            (sample.state, sample.approved_by_id), ("approved", self.desk_manager)
        )
        self.assertTrue(sample.picking_id)

    def test_no_rule_fits(self):
        """SA-15: without a rule somebody says who pays, and the manager agrees."""
        self.env["sales.assistant.sample.rule"].search([]).active = False
        sample = self._create_sample()
        as_seller = sample.with_user(self.salesperson)
        with self.assertRaises(UserError):
            as_seller.action_submit()
        as_seller.write({"charge": "free", "courier_terms": "prepaid"})
        as_seller.action_submit()
        self.assertEqual(sample.state, "to_approve")
        self.assertTrue(sample.special_reason)

    def test_rules_are_asked_again(self):
        """SA-15: what counts is the rule on the day of the request's submission."""
        sample = self._create_sample(partner=self.stranger)
        self.assertEqual(sample.charge, "charged")
        self.env.ref(
            "sales_assistant.sales_assistant_sample_rule_new"
        ).is_special = True
        sample.with_user(self.salesperson).action_submit()
        self.assertEqual(sample.state, "to_approve")

    def test_rule_of_another_company(self):
        """F-11: rules of another company count for nobody else."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        rules = self.env["sales.assistant.sample.rule"]
        rules.create({"name": "First", "sequence": 1, "company_id": other.id})
        self.assertEqual(
            self._create_sample().rule_id,
            self.env.ref("sales_assistant.sales_assistant_sample_rule_known"),
        )

    def test_sent_back(self):
        """SA-15: the manager sends back with a reason, the request is open again."""
        sample = self._create_sample(quantity=60)
        sample.with_user(self.salesperson).action_submit()
        with self.assertRaises(UserError):
            sample.with_user(self.salesperson).line_ids.quantity = 3
        reason = self.env.ref("sales_assistant.sales_reason_sample_return_value")
        sample.with_user(self.desk_manager)._do_with_reason("send_back", reason, False)
        self.assertEqual((sample.state, sample.cancel_reason_id), ("draft", reason))
        sample.with_user(self.salesperson).line_ids.quantity = 3
        sample.with_user(self.salesperson).action_submit()
        self.assertEqual(sample.state, "approved")

    # -------------------------------------------------------------------- steps

    def test_every_other_step_is_refused(self):
        """SA-15: from each state only its own steps."""
        sample = self._create_sample()
        for state, _label in SAMPLE_STATES:
            sample._write_guarded({"state": state})
            for verb, step in sample._steps.items():
                if state in step.sources:
                    continue
                with self.subTest(state=state, verb=verb), self.assertRaises(UserError):
                    sample.with_user(self.desk_manager)._check_can(verb)

    def test_closed_fields(self):
        """F-11: nobody writes what steps decide, nor what was sent."""
        sample = self._create_sample()
        for vals in (
            {"state": "closed"},
            {"outcome": "accepted"},
            {"courier_cost": 1},
            {"date_sent": self.today},
            {"picking_id": False},
            {"special_facts": {}},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                sample.with_user(self.desk_manager).write(vals)
        sent = self._send_sample().with_user(self.assistant)
        for vals in ({"purpose": "show"}, {"date_sent": self.today}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                sent.write(vals)

    def test_own_check_before_sending(self):
        """SA-15: nothing leaves before our own check (应仔细审核样品, S0 二·5), neither
        from the desk nor from the warehouse."""
        sample = self._submit_sample()
        check = sample.check_ids.filtered("is_required")[:1]
        self.assertEqual(check.done_by_id, self.assistant)
        check.with_user(self.assistant).is_done = False
        self.assertFalse(check.done_by_id)
        with self.assertRaisesRegex(UserError, "check is not complete"):
            sample.with_user(self.assistant).action_send()
        stock_user = self._create_persona("t_stock", "stock.group_stock_user")
        picking = sample.picking_id.with_user(stock_user)
        picking.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "check is not complete"):
            picking._action_done()
        check.with_user(self.assistant).is_done = True
        picking._action_done()
        self.assertEqual(sample.state, "sent")
        with self.assertRaises(UserError):
            check.with_user(self.assistant).is_done = False

    def test_what_a_parcel_needs(self):
        """SA-15: courier, waybill and the charge as offered before it leaves."""
        sample = self._submit_sample()
        as_assistant = sample.with_user(self.assistant)
        for vals, words in (
            ({"courier_id": False}, "courier"),
            ({"waybill": " - "}, "waybill"),
            ({"courier_estimate": 0}, "charge as offered"),
        ):
            with self.subTest(vals=vals):
                before = {name: sample[name] for name in vals}
                as_assistant.write(vals)
                with self.assertRaisesRegex(UserError, words):
                    as_assistant.action_send()
                as_assistant.write(
                    {
                        name: value.id if name == "courier_id" else value
                        for name, value in before.items()
                    }
                )
        by_hand = self.env.ref("sales_assistant.sales_assistant_courier_hand")
        as_assistant.write(
            {"courier_id": by_hand.id, "waybill": False, "courier_estimate": 0}
        )
        as_assistant.action_send()
        self.assertEqual(sample.state, "sent")

    def test_charged_sample_travels_with_its_invoice(self):
        """SA-15: a charged sample has a real invoice (样品发票) before it leaves."""
        sample = self._submit_sample(partner=self.stranger, quantity=3)
        as_assistant = sample.with_user(self.assistant)
        with self.assertRaisesRegex(UserError, "sample invoice"):
            as_assistant.action_send()
        as_assistant.action_invoice()
        invoice = sample.invoice_id
        self.assertEqual(
            (invoice.move_type, invoice.state, invoice.amount_untaxed),
            ("out_invoice", "draft", 30),
        )
        self.assertEqual(invoice.invoice_origin, sample.name)
        with self.assertRaises(UserError):
            as_assistant.action_invoice()
        as_assistant.action_send()
        self.assertEqual(sample.state, "sent")

    def test_half_the_price(self):
        """SA-15: how much is charged is said by the rule, in percent of the price."""
        self.env.ref("sales_assistant.sales_assistant_sample_rule_new").percent = 40
        sample = self._create_sample(partner=self.stranger, quantity=5)
        self.assertEqual((sample.amount_total, sample.amount_charged), (50, 20))
        sample.with_user(self.salesperson).action_submit()
        sample.with_user(self.salesperson).action_invoice()
        self.assertEqual(sample.invoice_id.amount_untaxed, 20)

    def test_free_sample_has_no_invoice(self):
        """SA-15: a free sample has a pro forma with its value for customs."""
        sample = self._submit_sample()
        with self.assertRaises(UserError):
            sample.with_user(self.assistant).action_invoice()
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "sales_assistant.report_sample_invoice", sample.ids
        )
        self.assertIn(b"customs purposes only", html)
        self.assertIn(sample.name.encode(), html)

    # -------------------------------------------------------------------- stock

    def test_leaves_the_sample_room(self):
        """SA-15: a sample is a real transfer out of the sample room; its cost is that
        of the day."""
        self.product.standard_price = 4
        quants = self.env["stock.quant"]
        before = quants._get_available_quantity(self.product, self.room)
        sample = self._submit_sample(quantity=5)
        self.assertEqual(sample.picking_id.location_id, self.room)
        self.assertEqual(sample.line_ids.available_quantity, before)
        sample.with_user(self.assistant).action_send()
        self.assertEqual(sample.picking_id.state, "done")
        self.assertEqual(
            quants._get_available_quantity(self.product, self.room), before - 5
        )
        self.product.standard_price = 9
        self.assertEqual(
            (sample.cost_product, sample.cost_total), (20, 60), "courier as expected"
        )
        self.assertEqual(sample.date_sent, self.today)
        self.assertEqual(
            sample.date_follow_up, self.company._get_sales_sample_arrival_day()
        )

    def test_short_in_the_sample_room(self):
        """SA-15: what is not there is named, and asked of the warehouse once."""
        product = self.env["product.product"].create(
            {"name": "Bearing 51105", "is_storable": True}
        )
        sample = self._submit_sample(
            line_ids=[Command.create({"product_id": product.id, "quantity": 3})]
        )
        self.assertTrue(sample.line_ids.is_short)
        as_assistant = sample.with_user(self.assistant)
        with self.assertRaisesRegex(UserError, "3 wanted, 0 there"):
            as_assistant.action_send()
        as_assistant.action_fetch()
        transfer = self.env["stock.picking"].search(
            [("location_dest_id", "=", self.room.id)], order="id desc", limit=1
        )
        self.assertEqual(transfer.move_ids.product_uom_qty, 3)
        self.assertIn(sample.name, transfer.origin)
        with self.assertRaises(UserError):
            as_assistant.action_fetch()
        self.env["stock.quant"]._update_available_quantity(product, self.room, 3)
        as_assistant.action_send()
        self.assertEqual(sample.state, "sent")

    def test_sample_room_is_not_for_sale(self):
        """SA-15: every company has one sample room; its pieces are not sold."""
        self.assertEqual(self.product.qty_available, 0)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        room = other._get_sales_sample_room()
        self.assertEqual(room.company_id, other)
        other._create_sales_sample_room()
        self.assertEqual(other._get_sales_sample_room(), room)
        self.assertNotEqual(room, self.room)

    def test_cancelled(self):
        """SA-15: a cancelled sample gives its pieces back; a sent one stays."""
        sample = self._submit_sample()
        reason = self.env.ref("sales_assistant.sales_reason_sample_cancel_withdrawn")
        sample.with_user(self.assistant)._do_with_reason("cancel", reason, False)
        self.assertEqual(
            (sample.state, sample.picking_id.state), ("cancelled", "cancel")
        )
        with self.assertRaises(UserError):
            self._send_sample().with_user(self.assistant).action_cancel()

    # ---------------------------------------------------------------- follow-up

    def test_follow_up_until_the_outcome(self):
        """SA-15: arrival, evaluation, likelihood, next question (应及时询问客户对样品的
        评价，是否有下单的可能, S0 二·6)."""
        sample = self._send_sample()
        as_assistant = sample.with_user(self.assistant)
        as_assistant.action_arrive()
        self.assertEqual(
            (sample.date_arrived, sample.date_follow_up),
            (self.today, self.company._get_sales_sample_question_day()),
        )
        wizard = (
            self.env["sales.assistant.sample.follow"]
            .with_user(self.assistant)
            .create(
                {
                    "sample_id": sample.id,
                    "evaluation": "Runs <quietly>",
                    "order_likely": "yes",
                }
            )
        )
        self.assertEqual(
            wizard.date_next, self.company._get_sales_sample_question_day()
        )
        wizard.date_next = self.today
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard.date_next = self.today + timedelta(days=4)
        wizard.action_apply()
        self.assertEqual(
            (sample.evaluation, sample.order_likely, sample.follow_up_count),
            ("Runs <quietly>", "yes", 1),
        )
        self.assertEqual(sample.date_follow_up, self.today + timedelta(days=4))
        self.assertIn("Runs", sample.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._close(sample, "rejected")
        wrong = self.env.ref("sales_assistant.sales_reason_sample_cancel_other")
        with self.assertRaises(UserError):
            self._close(sample, "rejected", wrong)
        self._close(sample, "rejected", self.why)
        self.assertEqual(
            (sample.state, sample.outcome, sample.outcome_reason_id),
            ("closed", "rejected", self.why),
        )
        with self.assertRaises(UserError):
            self._close(sample, "accepted")
        as_assistant.action_reopen()
        self.assertEqual((sample.state, sample.outcome), ("arrived", False))

    def test_new_round(self):
        """SA-15: changes wanted lead to a new sample, linked to the first."""
        sample = self._send_sample()
        with self.assertRaises(UserError):
            sample.with_user(self.assistant).action_new_round()
        self._close(sample, "changes", self.why)
        action = sample.with_user(self.assistant).action_new_round()
        second = sample.browse(action["res_id"])
        self.assertEqual((second.previous_id, second.state), (sample, "draft"))
        self.assertEqual(second.line_ids.product_id, self.product)
        self.assertFalse(second.waybill or second.outcome or second.check_ids)

    def test_tracking_page(self):
        """SA-15: a waybill leads to the courier's page; nothing else does."""
        sample = self._submit_sample()
        sample.waybill = "AB 12/3"
        self.assertTrue(sample.tracking_url.endswith("tracking-id=AB%2012%2F3"))
        courier = sample.courier_id
        for url in ("javascript:{waybill}", "https://example.org/"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                courier.tracking_url = url

    # ------------------------------------------------------------ people, board

    def test_who_sees_samples(self):
        """F-11: samples: own, stand-in, team, all; lines and checks with them."""
        sample = self._submit_sample()
        for records in (sample, sample.line_ids, sample.check_ids):
            for user, sees in (
                (self.salesperson, True),
                (self.assistant, True),
                (self.standin, True),
                (self.colleague, False),
                (self.lead, True),
                (self.desk_manager, True),
            ):
                with self.subTest(user=user.login, model=records._name):
                    found = records.with_user(user).search([("id", "in", records.ids)])
                    self.assertEqual(bool(found), sees)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        with self.assertRaises(AccessError):
            sample.with_user(stranger).action_send()
        with self.assertRaises(AccessError):
            sample.with_user(self.colleague).action_cancel()

    def _get_lanes(self, user):
        self.env.flush_all()
        board = self.env["sales.assistant.board"].with_user(user).get_board()
        return {lane["key"]: lane for lane in board["lanes"]}

    def test_lanes(self):
        """SA-01, SA-15: to decide, to send, to follow up; each with its reason."""
        special = self._create_sample(quantity=60)
        special.with_user(self.salesperson).action_submit()
        ready = self._submit_sample()
        sent = self._send_sample()
        sent._write_guarded({"date_follow_up": self.today - timedelta(days=1)})
        lanes = self._get_lanes(self.assistant)
        self.assertIn(sent.id, [row["id"] for row in lanes["samples_due"]["rows"]])
        self.assertIn(ready.id, [row["id"] for row in lanes["samples_to_send"]["rows"]])
        self.assertNotIn("samples_to_approve", lanes)
        self.assertIn("has it arrived", lanes["samples_due"]["rows"][0]["reason"])
        lanes = self._get_lanes(self.desk_manager)
        row = next(
            one
            for one in lanes["samples_to_approve"]["rows"]
            if one["id"] == special.id
        )
        self.assertIn("Valuable", row["reason"])
        self.assertFalse(self._get_lanes(self.colleague)["samples_due"]["rows"])

    def test_switched_off(self):
        """F-06: without the part there is no lane and no menu."""
        menu = self.env.ref("sales_assistant.sales_assistant_sample_menu_root")
        menus = self.env["ir.ui.menu"]
        self.env["res.config.settings"].create(
            {"group_sales_assistant_sample": False}
        ).execute()
        # as the next request begins: groups read before the switch are forgotten
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        lanes = self._get_lanes(self.assistant)
        self.assertFalse([key for key in lanes if key.startswith("samples_")])
        self.assertNotIn(menu.id, menus.with_user(self.assistant)._visible_menu_ids())
        lanes = self._get_lanes(self.env.ref("base.user_admin"))
        self.assertFalse([key for key in lanes if key.startswith("samples_")])

    # ------------------------------------------------------------------ queries

    def test_submitting_special_ones_in_a_batch(self):
        """F-13: rules, customers and grades are read once for a batch."""

        def prepare(count):
            return self.env["sales.assistant.sample"].create(
                [self._prepare_sample_values(quantity=60) for _n in range(count)]
            )

        def run(samples):
            self.assertTrue(all(samples._judge().values()))

        self.assertQueryGrowth(run, prepare)

    def test_arrival_in_a_batch(self):
        """F-13: the arrival of many samples costs as that of few."""

        def prepare(count):
            samples = self.env["sales.assistant.sample"].create(
                [self._prepare_sample_values() for _n in range(count)]
            )
            samples._write_guarded({"state": "sent"})
            return samples.with_user(self.assistant)

        self.assertQueryGrowth(lambda samples: samples.action_arrive(), prepare)
