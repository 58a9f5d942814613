from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestVisitFacts(FieldSalesCommon):
    def _begin(self, store=None):
        visit = self._create_visit(store)
        visit.with_user(self.rep).action_start()
        return visit

    def _finish(self, visit, **facts):
        visit.line_ids.with_user(self.rep).write(facts)
        visit.with_user(self.rep).action_done()
        return visit

    def test_lines_from_assortment(self):
        """FS-03, FS-09: the visit lists what the store must list."""
        second = self._create_product("Second", case=6)
        self._create_listed(second, target_facings=4)
        visit = self._begin()
        self.assertEqual(visit.line_ids.product_id, self.product | second)
        self.assertEqual(visit.line_ids.mapped("target_facings"), [2, 4])

    def test_last_figures(self):
        """FS-09: last visit's figures stand beside each entry, whoever counted."""
        first = self._finish(
            self._begin(), stock_shelf=20, stock_back=4, price_tag=5.5, facings=3
        )
        self.store.user_id = self.colleague
        visit = self._create_visit(user=self.colleague)
        visit.with_user(self.colleague).action_start()
        line = visit.line_ids.with_user(self.colleague)
        self.assertEqual(visit.previous_visit_id, first)
        self.assertEqual(line.last_stock_shelf, 20)
        self.assertEqual((line.last_price_tag, line.last_facings), (5.5, 3))

    def test_a_counted_zero_is_no_gap(self):
        """FS-09: zero is a count; what nobody entered is missing."""
        self._require("stock_shelf", "stock_back")
        visit = self._begin()
        line = visit.line_ids.with_user(self.rep)
        with self.assertRaisesRegex(UserError, "Test Crisps: Stock on Shelf"):
            visit.with_user(self.rep).action_done()
        line.stock_shelf = 0
        with self.assertRaisesRegex(UserError, "Stock Behind"):
            visit.with_user(self.rep).action_done()
        line.stock_back = 0
        self.assertTrue(line.is_out_of_stock)
        visit.with_user(self.rep).action_done()

    def test_required_is_a_setting(self):
        """FS-09: which fields every visit must fill is a setting, all by default."""
        fresh = self.env["res.company"].create({"name": "Fresh"})
        flags = [
            name for name in fresh._fields if name.startswith("field_sales_require_")
        ]
        self.assertEqual(len(flags), 13)
        self.assertTrue(all(fresh[name] for name in flags))
        self._require("price", "opinion")
        visit = self._begin()
        with self.assertRaises(UserError) as caught:
            visit.with_user(self.rep).action_done()
        self.assertIn("Price on Tag", str(caught.exception))
        self.assertIn("Store's Opinion", str(caught.exception))
        self.assertNotIn("Facings", str(caught.exception))
        visit.line_ids.with_user(self.rep).price_tag = 4.9
        visit.with_user(self.rep).store_opinion = "More gifts, please"
        visit.with_user(self.rep).action_done()

    def test_out_of_stock_tells_no_level(self):
        """FS-09, FS-11: what is not there has no production date, level, facings."""
        self._require("stock_shelf", "production_date", "shelf_level", "facings")
        visit = self._begin()
        line = visit.line_ids.with_user(self.rep)
        line.write({"stock_shelf": 3})
        with self.assertRaises(UserError):
            visit.with_user(self.rep).action_done()
        line.write({"stock_shelf": 0})
        visit.with_user(self.rep).action_done()

    def test_take_over(self):
        """FS-09: unchanged figures are taken over with one tap, entered ones kept."""
        self._finish(
            self._begin(),
            stock_shelf=20,
            stock_back=0,
            price_tag=5.5,
            shelf_level="eye",
            order_quantity=12,
        )
        visit = self._begin()
        line = visit.line_ids.with_user(self.rep)
        line.price_tag = 4.9
        visit.with_user(self.rep).action_take_over()
        self.assertEqual((line.price_tag, line.stock_shelf), (4.9, 20))
        self.assertEqual(line.shelf_level, "eye")
        self.assertEqual(line.order_quantity, 0)
        self.assertNotIn("order_quantity", line._get_entered())
        self.assertIn("stock_back", line._get_entered())
        self.assertNotIn("facings", line._get_entered())

    def test_suggestion(self):
        """FS-12: the suggestion follows the counts; its arithmetic is told."""
        self._finish(self._begin(), stock_shelf=40, order_quantity=24)
        visit = self._begin()
        line = visit.line_ids.with_user(self.rep)
        self.assertEqual(line.suggested_quantity, 0)
        self.assertFalse(line.suggestion_text)
        line.write({"stock_shelf": 22, "stock_back": 8})
        self.assertEqual(line.suggested_quantity, 24)
        self.assertIn("(40 + 24 − 30) × 1.5 − 30 = 21", line.suggestion_text)
        self.assertIn("up to cases of 12: 24", line.suggestion_text)

    def test_suggestion_keeps_its_facts(self):
        """FS-12, F-06: the factor is a setting; a past suggestion keeps its own."""
        self._finish(self._begin(), stock_shelf=40, order_quantity=24)
        visit = self._begin()
        self.company.field_sales_order_factor = 3
        visit.line_ids.with_user(self.rep).stock_shelf = 30
        self.assertEqual(visit.line_ids.suggested_quantity, 24)
        visit.with_user(self.rep).action_done()
        later = self._begin()
        later.line_ids.with_user(self.rep).stock_shelf = 20
        self.assertEqual(later.line_ids.facts["factor"], 3)
        with self.assertRaises(ValidationError):
            self.company.field_sales_order_factor = 0

    def test_missing_listed_product_is_proposed(self):
        """FS-12: a listed SKU that is not there is proposed at its safety stock."""
        line = self._begin().line_ids.with_user(self.rep)
        line.stock_shelf = 0
        self.assertEqual(line.suggested_quantity, 12)
        self.assertIn("safety stock of 10", line.suggestion_text)

    def test_chinese_sentence(self):
        """FS-12, F-08: the sentence is made in the reader's language from facts."""
        line = self._begin().line_ids
        line.stock_shelf = 0
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["field_sales"], ["zh_CN"])
        self.assertIn("安全库存", line.with_context(lang="zh_CN").suggestion_text)

    def test_who_enters(self):
        """FS-09, F-12: facts are entered in the store, by who is there."""
        visit = self._create_visit()
        with self.assertRaises(UserError):
            visit.with_user(self.rep).store_opinion = "early"
        with self.assertRaises(UserError):
            self.env["field.sales.visit.line"].with_user(self.rep).create(
                {"visit_id": visit.id, "product_id": self.product.id}
            )
        with self.assertRaises(UserError):
            visit.create({"store_id": self.store.id}).with_user(self.rep).create(
                {"store_id": self.store.id, "proposal": "sneaked in"}
            )
        visit.with_user(self.rep).action_start()
        for user in (self.supervisor, self.field_boss):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    visit.with_user(user).proposal = "mine"
                with self.assertRaises(AccessError):
                    visit.line_ids.with_user(user).stock_shelf = 1
                with self.assertRaises(AccessError):
                    visit.line_ids.with_user(user).unlink()

    def test_done_is_frozen(self):
        """FS-09, F-12: a finished visit and its lines are not changed."""
        visit = self._finish(self._begin(), stock_shelf=5)
        with self.assertRaises(UserError):
            visit.with_user(self.rep).proposal = "later"
        with self.assertRaises(UserError):
            visit.line_ids.with_user(self.rep).stock_shelf = 1
        with self.assertRaises(UserError):
            visit.line_ids.with_user(self.rep).unlink()
        with self.assertRaises(UserError):
            visit.with_user(self.rep).action_take_over()

    def test_closed_line_fields(self):
        """FS-12, F-12: the facts of the suggestion are not for writing."""
        line = self._begin().line_ids.with_user(self.rep)
        for vals in (
            {"facts": {"last_stock": 9999}},
            {"last_line_id": line.id},
            {"target_facings": 0},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                line.write(vals)
        line.write({"entered": "facts,stock_shelf"})
        self.assertEqual(line._get_entered(), {"stock_shelf"})

    def test_emptied_figure_is_no_zero(self):
        """FS-09: a figure that is taken back is a gap again, a counted zero is not."""
        line = self._begin().line_ids.with_user(self.rep)
        line.write({"stock_shelf": 0, "facings": 0})
        line.write({"facings": False, "entered": "stock_shelf"})
        self.assertEqual(line._get_entered(), {"stock_shelf"})

    def test_line_stays_with_its_visitor(self):
        """FS-09, F-11: a line is not pushed into somebody else's visit."""
        foreign = self._create_visit(user=self.colleague)
        foreign.with_user(self.colleague).action_start()
        foreign.line_ids.sudo().unlink()
        line = self._begin().line_ids.with_user(self.rep)
        with self.assertRaises(AccessError):
            line.visit_id = foreign.id

    def test_bad_figures(self):
        """FS-09, F-14: negative counts and dates in the future are refused."""
        line = self._begin().line_ids.with_user(self.rep)
        for vals in (
            {"stock_shelf": -1},
            {"stock_back": -1},
            {"facings": -1},
            {"price_tag": -1},
            {"order_quantity": -1},
            {"date_production": self.today + timedelta(days=1)},
            {
                "date_promotion_start": self.today,
                "date_promotion_end": self.today - timedelta(days=1),
            },
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                line.write(vals)

    def test_start_query_growth(self):
        """FS-09: beginning a visit costs no statement per product."""
        stores = iter(range(100))

        def prepare(number):
            self.env["field.sales.visit"].search(
                [("state", "=", "in_progress"), ("visitor_id", "=", self.rep.id)]
            )._write_guarded({"state": "cancelled"})
            self.env["field.sales.assortment"].search([]).active = False
            for index in range(number):
                self._create_listed(self._create_product(f"P{index} {number}"))
            store = self._create_store(f"Q{next(stores)}")
            return self._create_visit(store).with_user(self.rep)

        self.assertQueryGrowth(lambda visit: visit.action_start(), prepare, growth=4)
