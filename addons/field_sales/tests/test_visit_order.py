from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestVisitOrder(FieldSalesCommon):
    def _begin(self, store=None, quantity=24):
        visit = self._create_visit(store)
        visit.with_user(self.rep).action_start()
        if quantity:
            visit.line_ids.with_user(self.rep).order_quantity = quantity
        return visit

    def test_direct_store(self):
        """FS-12: one tap makes the quotation of what the store orders."""
        visit = self._begin()
        action = visit.with_user(self.rep).action_order()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.partner_id, self.store)
        self.assertEqual(order.store_id, self.store)
        self.assertEqual(order.user_id, self.rep)
        self.assertEqual(order.order_line.product_id, self.product)
        self.assertEqual(order.order_line.product_uom_qty, 24)
        self.assertEqual((visit.order_count, order.origin), (1, visit.name))
        self.assertEqual(self.store.field_sales_order_count, 1)
        back = order.with_user(self.rep).action_view_field_sales_visit()
        self.assertEqual(back["res_id"], visit.id)

    def test_distributor(self):
        """FS-12: a distributor is the customer, the store the delivery address."""
        distributor = self.env["res.partner"].create(
            {"name": "Distributor", "is_company": True}
        )
        self.store.distributor_id = distributor
        visit = self._begin()
        visit.with_user(self.rep).action_order()
        order = visit.order_ids
        self.assertEqual(order.partner_id, distributor)
        self.assertEqual(order.partner_invoice_id, distributor)
        self.assertEqual(order.partner_shipping_id, self.store)
        self.assertEqual(order.store_id, self.store)
        self.assertEqual(self.store.field_sales_order_count, 1)

    def test_second_tap(self):
        """FS-12, F-12: a second tap opens the quotation; a cancelled one is redone."""
        visit = self._begin()
        first = visit.with_user(self.rep).action_order()["res_id"]
        self.assertEqual(visit.with_user(self.rep).action_order()["res_id"], first)
        self.assertEqual(len(visit.order_ids), 1)
        visit.with_user(self.rep).action_done()
        self.assertEqual(visit.with_user(self.rep).action_order()["res_id"], first)
        self.env["sale.order"].browse(first)._action_cancel()
        self.assertNotEqual(visit.with_user(self.rep).action_order()["res_id"], first)

    def test_nothing_ordered(self):
        """FS-12, F-14: without a quantity there is no quotation."""
        visit = self._begin(quantity=0)
        with self.assertRaises(UserError):
            visit.with_user(self.rep).action_order()
        self.assertFalse(visit.order_ids)

    def test_wrong_person(self):
        """FS-12, F-11: the quotation is the visitor's to make."""
        visit = self._begin()
        with self.assertRaises(UserError):
            visit.with_user(self.supervisor).action_order()
        with self.assertRaises(AccessError):
            visit.with_user(self.colleague).action_order()

    def test_standin_orders(self):
        """FS-12: who stands in makes the quotation as his own."""
        visit = self._create_visit()
        self.rep.sales_standin_id = self.colleague
        mine = visit.with_user(self.colleague)
        mine.action_start()
        mine.line_ids.order_quantity = 12
        mine.action_order()
        self.assertEqual(visit.order_ids.user_id, self.colleague)

    def test_visit_of_an_order_is_closed(self):
        """FS-12, F-12: no order is passed off as the result of a visit."""
        visit = self._begin()
        orders = self.env["sale.order"].with_user(self.rep)
        values = {"partner_id": self.store.id}
        with self.assertRaises(AccessError):
            orders.create({**values, "field_sales_visit_id": visit.id})
        with self.assertRaises(AccessError):
            orders.with_context(default_field_sales_visit_id=visit.id).create(values)
        order = orders.create(values)
        with self.assertRaises(AccessError):
            order.field_sales_visit_id = visit.id
        self.assertFalse(visit.order_ids)

    def test_order_of_a_store_by_hand(self):
        """FS-12: an order for a store joins its history, visit or not."""
        order = self.env["sale.order"].create({"partner_id": self.store.id})
        self.assertEqual(order.store_id, self.store)
        order.partner_id = self.chain
        self.assertFalse(order.store_id)

    def test_quotation_query_growth(self):
        """FS-12: the quotation's own work adds no search per line."""
        visits = []
        for number in (2, 12):
            self.env["field.sales.assortment"].search([]).active = False
            for index in range(number):
                self._create_listed(self._create_product(f"L{index} {number}"))
            store = self._create_store(f"Store of {number}")
            visit = self._begin(store)
            visit._write_guarded({"state": "done"})
            visits.append(visit.with_user(self.rep))
        counts = []
        for visit in visits:
            self.env.invalidate_all()
            with self._count_queries() as counter:
                visit._prepare_order_values()
            counts.append(counter["queries"])
        self.assertLessEqual(counts[1], counts[0] + 1)
