from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestRepTour(FieldSalesCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_rep(self):
        """FS-09, FS-12: from the board to the quotation with one thumb at 390 px."""
        product = self._create_product("Tour Crisps")
        self.env["field.sales.assortment"].search([]).active = False
        self._create_listed(product)
        store = self._create_store("Tour Store")
        before = self._create_visit(store)
        before.action_start()
        before.line_ids.write(
            {"stock_shelf": 40, "price_tag": 5.5, "order_quantity": 24}
        )
        before.action_done()
        self._require("price", "stock_shelf", "stock_back", "order")
        visit = self._create_visit(store, day_order=1)
        self.start_tour("/odoo/field-sales", "field_sales_rep_tour", login="t_rep")
        line = visit.line_ids
        self.assertEqual(visit.state, "done")
        self.assertEqual((line.stock_shelf, line.stock_back), (22, 8))
        self.assertEqual((line.price_tag, line.order_quantity), (5.5, 24))
        self.assertEqual(visit.order_ids.partner_id, store)
        self.assertEqual(visit.order_ids.order_line.product_uom_qty, 24)


@tagged("post_install", "-at_install")
class TestSupervisorTour(FieldSalesCommon, HttpCase):
    def test_supervisor(self):
        """FS-06, FS-20 first form: plans are approved from the board."""
        self.rep.name = "Tour Rep"
        self._create_store("Forgotten Store").write(
            {"field_sales_due_date": self.today - timedelta(days=900)}
        )
        plan = self.env["field.sales.plan"]._generate(
            self.rep, self.next_monday, self.company
        )
        plan.with_user(self.rep).action_submit()
        self.start_tour(
            "/odoo/field-sales", "field_sales_supervisor_tour", login="t_supervisor"
        )
        self.assertEqual(plan.state, "approved")
        self.assertEqual(plan.approved_by_id, self.supervisor)


@tagged("post_install", "-at_install")
class TestHoot(HttpCase):
    def _get_suite(self, name):
        """The runner's id of a suite: a 32 bit hash of its name."""
        number = 0
        for letter in name:
            number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
        return f"{number:08x}"

    def test_suggestion_in_javascript(self):
        """FS-12: the client's rule passes the table that tests the server's."""
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self._get_suite('@field_sales')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
        )
