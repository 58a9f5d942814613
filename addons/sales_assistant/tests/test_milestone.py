from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.models.sales_assistant_milestone import (
    MILESTONE_STATES,
)
from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestMilestone(AssistantCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        templates = cls.env["sales.assistant.milestone.template"]
        templates.search([]).active = False
        cls.template = templates.create(
            {
                "name": "Test",
                "line_ids": [
                    (0, 0, {"sequence": 10, "name": "Material", "offset_days": -10}),
                    (0, 0, {"sequence": 20, "name": "Packing", "offset_days": -2}),
                    (
                        0,
                        0,
                        {
                            "sequence": 30,
                            "name": "Shipment",
                            "offset_days": 0,
                            "trigger": "delivery",
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "sequence": 40,
                            "name": "Invoice",
                            "offset_days": 1,
                            "trigger": "invoice",
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "sequence": 50,
                            "name": "Payment",
                            "offset_days": 22,
                            "trigger": "payment",
                            "responsible": "salesperson",
                        },
                    ),
                ],
            }
        )
        cls.order = cls._create_confirmed()

    @classmethod
    def _create_confirmed(cls, days=60, **values):
        order = cls._create_order(commitment_date=cls._promise(days), **values)
        order.with_user(cls.salesperson).action_confirm()
        return order

    def _get(self, order, name):
        return order.sales_milestone_ids.filtered(lambda one: one.name == name)

    # ------------------------------------------------------------------- plan

    def test_planned_backwards(self):
        """SA-10: working days before and after the promised date."""
        promised = self.order.sales_promised_date
        days = self.company._get_sales_working_days(
            promised - timedelta(days=90), promised + timedelta(days=90)
        )
        for one in self.order.sales_milestone_ids:
            with self.subTest(milestone=one.name):
                self.assertEqual(one.date_planned, days.add(promised, one.offset_days))
        self.assertEqual(len(self.order.sales_milestone_ids), 5)

    def test_people(self):
        """SA-10: the template says who is responsible."""
        self.assertEqual(self._get(self.order, "Packing").user_id, self.assistant)
        self.assertEqual(self._get(self.order, "Payment").user_id, self.salesperson)

    def test_names_in_every_language(self):
        """SA-10: who reads a milestone reads it in his language."""
        self.env["res.lang"]._activate_lang("fr_FR")
        line = self.template.line_ids[0]
        line.with_context(lang="fr_FR").name = "Matière prête"
        order = self._create_confirmed()
        first = order.sales_milestone_ids.sorted("sequence")[0]
        self.assertEqual(first.name, "Material")
        self.assertEqual(first.with_context(lang="fr_FR").name, "Matière prête")
        rows = order.with_context(lang="fr_FR")._get_portal_timeline()
        self.assertEqual(rows[0]["name"], "Matière prête")

    def test_language_loaded_later(self):
        """SA-10: milestones from before take the new language, renamed ones do not."""
        self.env["res.lang"]._activate_lang("fr_FR")
        renamed = self._get(self.order, "Packing")
        renamed.with_user(self.assistant).name = "Packing in crates"
        for line in self.template.line_ids:
            line.with_context(lang="fr_FR").name = f"{line.name} (fr)"
        self.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["fr_FR"])
        names = self.order.with_context(lang="fr_FR").sales_milestone_ids
        names = names.sorted("sequence").mapped("name")
        self.assertEqual(names[:2], ["Material (fr)", "Packing in crates"])

    def test_leaves_are_left_out(self):
        """SA-10: a closed week moves the plan."""
        promised = self.order.sales_promised_date
        monday = promised - timedelta(days=promised.weekday() + 7)
        before = self._get(self.order, "Material").date_planned
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Spring Festival",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": self.company._get_sales_moment(monday),
                "date_to": self.company._get_sales_moment(monday + timedelta(days=7)),
            }
        )
        order = self._create_confirmed()
        self.assertLess(self._get(order, "Material").date_planned, before)

    def test_without_promised_date(self):
        """SA-10: without a promise the plan counts back from the expected date."""
        order = self._create_order()
        order.action_confirm()
        expected = self.company._get_sales_day(order.expected_date)
        days = self.company._get_sales_working_days(
            expected - timedelta(days=60), expected + timedelta(days=60)
        )
        self.assertEqual(
            self._get(order, "Packing").date_planned, days.add(expected, -2)
        )

    def test_calendar_without_working_days(self):
        """SA-10: an empty calendar does not stop an order."""
        self.company.resource_calendar_id.attendance_ids.unlink()
        order = self._create_confirmed()
        self.assertEqual(len(order.sales_milestone_ids), 5)

    def test_replanned(self):
        """SA-10: when the promise moves, what the template planned follows."""
        material = self._get(self.order, "Material")
        material.with_user(self.assistant).action_done()
        by_hand = self.env["sales.assistant.milestone"].create(
            {
                "order_id": self.order.id,
                "name": "Visit",
                "date_planned": self.today,
            }
        )
        packing = self._get(self.order, "Packing")
        old = {one: one.date_planned for one in material | by_hand | packing}
        self.order.with_user(self.salesperson).commitment_date = self._promise(90)
        self.assertEqual(material.date_planned, old[material])
        self.assertEqual(by_hand.date_planned, old[by_hand])
        self.assertGreater(packing.date_planned, old[packing])

    def test_template_by_market(self):
        """SA-10: export orders take the template of export orders."""
        self.company.country_id = self.env.ref("base.cn")
        export = self.template.copy(
            {"name": "Export", "market": "export", "sequence": 1}
        )
        customer = self._create_customer(
            "Rossi Due", country_id=self.env.ref("base.it").id
        )
        order = self._create_confirmed(partner=customer)
        self.assertEqual(order.sales_milestone_ids.template_line_id.template_id, export)
        customer = self._create_customer(
            "Suzhou", country_id=self.env.ref("base.cn").id
        )
        order = self._create_confirmed(partner=customer)
        self.assertEqual(
            order.sales_milestone_ids.template_line_id.template_id, self.template
        )

    def test_switched_off(self):
        """SA-10: a company without milestones gets none."""
        self.company.sales_assistant_milestone_enabled = False
        order = self._create_confirmed()
        self.assertFalse(order.sales_milestone_ids)
        self.company.sales_assistant_milestone_enabled = True
        order.with_user(self.salesperson).action_create_milestones()
        self.assertEqual(len(order.sales_milestone_ids), 5)

    def test_not_twice(self):
        """SA-10: planning again adds nothing."""
        self.order.with_user(self.salesperson).action_create_milestones()
        self.assertEqual(len(self.order.sales_milestone_ids), 5)

    # ----------------------------------------------------------------- effects

    def test_delivery_invoice_payment(self):
        """SA-10: real deliveries, invoices and payments complete milestones."""
        self._deliver(self.order)
        shipment = self._get(self.order, "Shipment")
        self.assertEqual((shipment.state, shipment.date_done), ("done", self.today))
        self.assertEqual(self._get(self.order, "Invoice").state, "pending")
        invoice = self._invoice(self.order)
        self.assertEqual(self._get(self.order, "Invoice").state, "done")
        self.assertEqual(self._get(self.order, "Payment").state, "pending")
        self._pay(invoice)
        self.assertEqual(self._get(self.order, "Payment").state, "done")
        self.assertEqual(self._get(self.order, "Packing").state, "pending")

    def test_partial_delivery(self):
        """SA-10: part of the goods does not complete the shipment."""
        picking = self.order.picking_ids
        picking.move_ids.quantity = 4
        picking.move_ids.picked = True
        picking._action_done()
        shipment = self._get(self.order, "Shipment")
        self.assertEqual(shipment.state, "pending")
        self._deliver(
            self.order.picking_ids.filtered(lambda p: p.state != "done").sale_id
        )
        self.assertEqual(shipment.state, "done")

    def test_partial_payment(self):
        """SA-10: a part payment does not complete the payment."""
        self._deliver(self.order)
        invoice = self._invoice(self.order)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 10}).action_create_payments()
        self.assertEqual(self._get(self.order, "Payment").state, "pending")

    def test_invoice_taken_back(self):
        """SA-10: an invoice reset to draft opens its milestones again."""
        self._deliver(self.order)
        invoice = self._invoice(self.order)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(self._get(self.order, "Invoice").state, "pending")
        self.assertFalse(self._get(self.order, "Invoice").date_done)
        self.assertEqual(self._get(self.order, "Shipment").state, "done")

    def test_automatic_is_not_ticked(self):
        """SA-10: what something in Odoo completes is ticked by nobody, nor made one
        that is ticked by hand."""
        shipment = self._get(self.order, "Shipment")
        for person in (self.assistant, self.lead, self.desk_manager):
            with self.subTest(person=person.login):
                with self.assertRaises(UserError):
                    shipment.with_user(person).action_done()
                with self.assertRaises(UserError):
                    shipment.with_user(person).trigger = "hand"
        self.assertFalse(shipment.with_user(self.assistant).can_done)
        self.assertEqual(shipment.state, "pending")

    def test_confirmed_by_hand_stays(self):
        """SA-10: what a person had confirmed before is not opened by an event."""
        shipment = self._get(self.order, "Shipment")
        shipment._write_guarded({"state": "done", "done_by_id": self.assistant.id})
        self.order._update_milestones()
        self.assertEqual(shipment.state, "done")
        self.assertEqual(shipment.done_by_id, self.assistant)

    def test_warehouse_worker(self):
        """SA-10: somebody without rights on orders completes by delivering."""
        worker = self._create_persona("t_worker", "stock.group_stock_user")
        picking = self.order.picking_ids.with_user(worker)
        picking.move_ids.quantity = 10
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(self._get(self.order, "Shipment").state, "done")

    def test_cancelled_order(self):
        """SA-10: a cancelled order is not followed up any further."""
        self._get(self.order, "Material").with_user(self.assistant).action_done()
        # sudo: where purchases are installed too, Odoo reads them on the way
        self.order.with_user(self.salesperson).sudo()._action_cancel()
        self.assertEqual(
            set(self.order.sales_milestone_ids.mapped("state")), {"done", "skipped"}
        )

    # -------------------------------------------------------------------- flags

    def assertFlag(self, flag, milestones):
        of_order = [("order_id", "=", self.order.id)]
        model = self.env["sales.assistant.milestone"]
        self.env.flush_all()
        self.env.invalidate_all()
        found = model.search([*of_order, (flag, "=", True)])
        self.assertEqual(found, milestones)
        self.assertEqual(self.order.sales_milestone_ids.filtered(flag), milestones)
        self.assertEqual(
            model.search([*of_order, (flag, "=", False)]),
            self.order.sales_milestone_ids - milestones,
        )

    def test_late(self):
        """SA-10: late from the day after the planned one; done is never late."""
        packing = self._get(self.order, "Packing")
        packing.date_planned = self.today
        self.assertFlag("is_late", packing.browse())
        packing.date_planned = self.today - timedelta(days=1)
        self.assertFlag("is_late", packing)
        packing.with_user(self.assistant).action_done()
        self.assertFlag("is_late", packing.browse())
        self.assertEqual(packing.delay_days, 1)

    def test_at_risk_behind_a_late_one(self):
        """SA-10: what follows a late milestone is at risk."""
        steps = self.order.sales_milestone_ids.sorted("sequence")
        self.assertFlag("is_at_risk", steps.browse())
        steps[1].date_planned = self.today - timedelta(days=1)
        self.assertFlag("is_at_risk", (steps - steps[:2]).sorted())
        steps[1].with_user(self.assistant).action_done()
        self.assertFlag("is_at_risk", steps.browse())

    def test_at_risk_when_due_soon(self):
        """SA-10: due within the company's days while an earlier one is open."""
        steps = self.order.sales_milestone_ids.sorted("sequence")
        steps[1].date_planned = self.company._get_sales_risk_day()
        self.assertFlag("is_at_risk", steps[1])
        steps[1].date_planned = self.company._get_sales_risk_day() + timedelta(days=1)
        self.assertFlag("is_at_risk", steps.browse())
        steps[1].date_planned = self.company._get_sales_risk_day()
        steps[0].with_user(self.assistant).action_done()
        self.assertFlag("is_at_risk", steps.browse())

    def test_at_risk_while_it_is_edited(self):
        """SA-10: moving a milestone on the form, it is not behind itself."""
        first = self.order.sales_milestone_ids.sorted("sequence")[0]
        form = self.env["sales.assistant.milestone"].new(origin=first)
        form.date_planned = self.company._get_sales_risk_day()
        form.sequence = first.sequence + 1
        self.assertFalse(form.is_at_risk)
        (self.order.sales_milestone_ids - first).sequence = 1
        form.invalidate_recordset(["is_at_risk"])
        self.assertTrue(form.is_at_risk)

    def test_keeps_what_the_order_says(self):
        """SA-10: customer and people are the order's, at creation and when they
        change; neither values nor defaults say otherwise."""
        milestones = self.env["sales.assistant.milestone"]
        self.env["ir.default"].set(
            milestones._name, "assistant_id", self.salesperson.id
        )
        added = milestones.with_user(self.assistant).create(
            {"order_id": self.order.id, "name": "Seal", "date_planned": self.today}
        )
        kept = self.order.sales_milestone_ids
        self.assertIn(added, kept)
        for one in kept:
            self.assertEqual(one.company_id, self.order.company_id)
            self.assertEqual(one.partner_id, self.order.partner_id)
            self.assertEqual(one.salesperson_id, self.order.user_id)
            self.assertEqual(one.assistant_id, self.order.assistant_id)
            self.assertEqual(one.team_id, self.order.team_id)
        self.order.assistant_id = self.standin
        self.assertEqual(kept.assistant_id, self.standin)

    def test_only_on_orders_one_sees(self):
        """F-11: nobody adds a milestone to a stranger's order, or moves one there: its
        customer would read it."""
        values = {
            "order_id": self.order.id,
            "name": "Your order is late",
            "date_planned": self.today,
            "user_id": self.colleague.id,
        }
        milestones = self.env["sales.assistant.milestone"].with_user(self.colleague)
        with self.assertRaises(AccessError):
            milestones.create(values)
        own = self._create_order(user_id=self.colleague.id)
        one = milestones.create({**values, "order_id": own.id})
        with self.assertRaises(UserError):
            one.order_id = self.order.id
        self.assertEqual(one.order_id, own)

    def test_groups_in_the_order_of_the_steps(self):
        """SA-10: the board by milestone begins with the first step."""
        steps = self.order.sales_milestone_ids.sorted("sequence")
        self.assertNotEqual(steps.mapped("name"), sorted(steps.mapped("name")))
        groups = self.env["sales.assistant.milestone"].formatted_read_group(
            [("order_id", "=", self.order.id)], ["name"], ["__count"]
        )
        self.assertEqual([one["name"] for one in groups], steps.mapped("name"))

    def test_timeline(self):
        """SA-10: the timeline on the order tells done, late and at risk apart."""
        steps = self.order.sales_milestone_ids.sorted("sequence")
        steps[0].with_user(self.assistant).action_done()
        steps[1].date_planned = self.today - timedelta(days=1)
        self.env.invalidate_all()
        states = [step["state"] for step in self.order.sales_timeline]
        self.assertEqual(states, ["done", "late", "at_risk", "at_risk", "at_risk"])
        portal = [step["state"] for step in self.order._get_portal_timeline()]
        self.assertEqual(portal, ["done", "next", "pending", "pending", "pending"])

    # ------------------------------------------------------------------- guards

    def test_transition_table(self):
        """SA-10: every allowed pair passes, every other raises."""
        skip = self.env.ref("sales_assistant.sales_reason_skip_not_needed")
        one = self._get(self.order, "Packing")
        for verb, step in one._steps.items():
            for state, _label in MILESTONE_STATES:
                one._write_guarded({"state": state})
                as_person = one.with_user(self.lead)
                with self.subTest(verb=verb, state=state):
                    if state not in step.sources:
                        with self.assertRaises(UserError):
                            as_person._check_can(verb)
                        continue
                    as_person._check_can(verb)
                    if verb == "move":
                        continue  # the wizard decides, the state stays
                    if verb == "skip":
                        as_person._do_skip(skip, False)
                    else:
                        getattr(as_person, f"_do_{verb}")()
                    self.assertEqual(one.state, step.target)

    def test_who_reopens(self):
        """SA-10: a done milestone is opened again by a lead only."""
        one = self._get(self.order, "Packing")
        one.with_user(self.assistant).action_done()
        with self.assertRaises(AccessError):
            one.with_user(self.assistant).action_reopen()
        one.with_user(self.lead).action_reopen()
        self.assertEqual(one.state, "pending")

    def test_stranger_does_nothing(self):
        """SA-10: a colleague cannot complete the milestones of others."""
        one = self._get(self.order, "Packing")
        with self.assertRaises(AccessError):
            one.with_user(self.colleague).action_done()

    def test_closed_fields(self):
        """SA-10: state and actual date come from the step alone."""
        one = self._get(self.order, "Packing").with_user(self.assistant)
        for vals in ({"state": "done"}, {"date_done": self.today}, {"team_id": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                one.write(vals)
        values = {
            "order_id": self.order.id,
            "name": "By hand",
            "date_planned": self.today,
        }
        with self.assertRaises(AccessError):
            one.create({**values, "state": "done"})
        with self.assertRaises(AccessError):
            one.with_context(default_state="done").create(values)
        self.assertEqual(one.create(values).state, "pending")

    def test_done_twice(self):
        """SA-10: a second click does nothing."""
        one = self._get(self.order, "Packing").with_user(self.assistant)
        one.action_done()
        with self.assertRaises(UserError):
            one.action_done()
        self.assertEqual(one.done_by_id, self.assistant)

    def test_done_is_frozen(self):
        """SA-10: a done milestone is neither moved nor deleted."""
        one = self._get(self.order, "Packing")
        one.with_user(self.assistant).action_done()
        with self.assertRaises(UserError):
            one.with_user(self.assistant).write({"date_planned": self.today})
        with self.assertRaises(UserError):
            one.with_user(self.lead).unlink()
