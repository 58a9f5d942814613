from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestProductionMilestone(AssistantCommon):
    """An order of two products that are made to order: production, then shipment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_assistant_review_enabled = False
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        to_order = warehouse.mto_pull_id.route_id
        to_order.active = True
        cls.products = cls.product | cls.product_b
        cls.products.route_ids = to_order | warehouse.manufacture_pull_id.route_id
        ring = cls.env["product.product"].create(
            {"name": "Ring", "is_storable": True, "taxes_id": False}
        )
        cls.env["mrp.bom"].create(
            [
                {
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "bom_line_ids": [
                        Command.create({"product_id": ring.id, "product_qty": 2})
                    ],
                }
                for product in cls.products
            ]
        )
        templates = cls.env["sales.assistant.milestone.template"]
        templates.search([]).active = False
        templates.create(
            {
                "name": "Made",
                "line_ids": [
                    Command.create(
                        {
                            "sequence": 10,
                            "name": "Production",
                            "offset_days": -10,
                            "duration_days": 5,
                            "trigger": "production",
                        }
                    ),
                    Command.create(
                        {
                            "sequence": 20,
                            "name": "Shipment",
                            "duration_days": 2,
                            "trigger": "delivery",
                        }
                    ),
                ],
            }
        )
        cls.order = cls._create_confirmed()

    @classmethod
    def _create_confirmed(cls):
        lines = [
            Command.create({"product_id": product.id, "product_uom_qty": 10})
            for product in cls.products
        ]
        order = cls._create_order(commitment_date=cls._promise(60), order_line=lines)
        order.with_user(cls.salesperson).action_confirm()
        return order

    def _get(self, name, order=None):
        steps = (order or self.order).sales_milestone_ids
        return steps.filtered(lambda one: one.name == name)

    def _produce(self, productions):
        for production in productions:
            production.qty_producing = production.product_qty
            production._set_qty_producing()
            production.move_raw_ids.picked = True
        productions.button_mark_done()

    def test_done_by_the_last_of_them(self):
        """SA-10: real manufacturing orders complete the production, the last of them,
        and nobody ticks it."""
        production = self._get("Production")
        made = self.order.mrp_production_ids
        self.assertEqual(len(made), 2)
        with self.assertRaises(UserError):
            production.with_user(self.assistant).action_done()
        self._produce(made[0])
        self.assertEqual(production.state, "pending")
        self._produce(made[1])
        self.assertEqual(production.state, "done")
        self.assertEqual(production.date_done, self.today)
        self.assertFalse(production.done_by_id)

    def test_worker_without_rights_on_orders(self):
        """SA-10: somebody without rights on orders completes it by producing."""
        worker = self._create_persona(
            "t_worker", "mrp.group_mrp_user,stock.group_stock_user"
        )
        self._produce(self.order.mrp_production_ids.with_user(worker))
        self.assertEqual(self._get("Production").state, "done")

    def test_one_of_them_is_cancelled(self):
        """SA-10: what is not made does not hold up the order's production."""
        made = self.order.mrp_production_ids
        self._produce(made[0])
        made[1].action_cancel()
        self.assertEqual(self._get("Production").state, "done")

    def test_planned_end_is_the_risk(self):
        """SA-10: the planned end of production tells whether the milestone, and what
        follows it, can be kept."""
        production, shipment = self._get("Production"), self._get("Shipment")
        made = self.order.mrp_production_ids
        day = production.date_planned
        for late, at_risk in ((0, False), (1, True)):
            with self.subTest(late=late):
                moment = self._as_moment(day + timedelta(days=late))
                made.date_finished = moment
                self.assertEqual(production.date_expected, moment.date())
                self.assertEqual(production.is_at_risk, at_risk)
                self.assertFalse(shipment.is_at_risk)
        made[0].date_finished = self._as_moment(shipment.date_planned)
        self.assertTrue(shipment.is_at_risk)

    def test_shown_on_the_milestone(self):
        """SA-10: the assistant sees each manufacturing order, state and dates."""
        made = self.order.mrp_production_ids
        milestone = self._get("Production").with_user(self.assistant)
        self.assertEqual(milestone.production_count, 2)
        for production in made:
            self.assertIn(production.name, milestone.production_text)
        self.assertFalse(self._get("Shipment").production_count)

    def test_taken_from_stock(self):
        """SA-10: an order without manufacturing orders is ticked by hand."""
        self.products.route_ids = False
        milestone = self._get("Production", self._create_confirmed())
        self.assertFalse(milestone.production_count)
        milestone.with_user(self.assistant).action_done()
        self.assertEqual(milestone.state, "done")

    def test_shipped_steps(self):
        """SA-10: the shipped production steps wait for production."""
        for step in ("export", "all"):
            line = self.env.ref(
                f"sales_assistant.sales_assistant_milestone_template_{step}_production"
            )
            self.assertEqual(line.trigger, "production")

    def test_queries(self):
        """SA-10: looking after many orders costs no statement for each."""

        def prepare(count):
            orders = self._create_orders(count, commitment_date=self._promise(60))
            orders.action_confirm()
            return orders

        self.assertQueryGrowth(
            lambda orders: orders.sudo()._update_milestones(), prepare, growth=3
        )
