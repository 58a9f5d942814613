from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import FieldSalesCommon


@tagged("post_install", "-at_install")
class TestStore(FieldSalesCommon):
    def test_default_rules(self):
        """FS-06: key stores three times a week every other day, regular ones once."""
        rules = self.env["field.sales.visit.rule"]._get_rules(
            self.key_store | self.store, self.company
        )
        key, regular = rules[self.key_store.id], rules[self.store.id]
        self.assertEqual((key.visits_per_week, key.is_every_other_day), (3, True))
        self.assertEqual((regular.visits_per_week, regular.weeks_between), (1, 1))

    def test_particular_rule_wins(self):
        """FS-06: the store's own rule beats its chain's, that its grade's."""
        rules = self.env["field.sales.visit.rule"]
        chain_rule = rules.create(
            {"name": "Chain", "chain_id": self.chain.id, "visits_per_week": 2}
        )
        found = rules._get_rules(self.key_store | self.store, self.company)
        self.assertEqual(found[self.key_store.id], chain_rule)
        self.assertNotEqual(found[self.store.id], chain_rule)
        own = rules.create(
            {"name": "Own", "store_id": self.key_store.id, "visits_per_week": 4}
        )
        found = rules._get_rules(self.key_store, self.company)
        self.assertEqual(found[self.key_store.id], own)

    def test_rule_limits(self):
        """FS-06, F-14: impossible frequencies are refused."""
        for values in (
            {"visits_per_week": 0},
            {"visits_per_week": 8},
            {"visits_per_week": 5, "is_every_other_day": True},
            {"weeks_between": 0},
            {"weeks_between": 2, "visits_per_week": 2},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.env["field.sales.visit.rule"].create({"name": "X", **values})

    def test_due_date_follows_visit_and_rule(self):
        """FS-06: a store is due when its rule says, and a new rule counts at once."""
        visit = self._bring_to(self._create_visit(self.key_store), "done")
        self.assertEqual(self.key_store.field_sales_last_visit_date, self.today)
        self.assertEqual(
            self.key_store.field_sales_due_date, self.today + timedelta(days=3)
        )
        self.assertEqual(visit.grade_id, self.grade_key)
        self.env["field.sales.visit.rule"].create(
            {"name": "Monthly", "store_id": self.key_store.id, "weeks_between": 4}
        )
        self.assertEqual(
            self.key_store.field_sales_due_date, self.today + timedelta(days=28)
        )

    def test_grade_kinds(self):
        """FS-01, F-20: stores have store grades, customers customer grades."""
        customer_grade = self.env.ref("sales_base.sales_grade_a")
        with self.assertRaises(ValidationError):
            self.store.sales_grade_id = customer_grade
        with self.assertRaises(ValidationError):
            self.chain.sales_grade_id = self.grade_key
        self.assertEqual(self.store.sales_grade_kind, "store")
        self.assertEqual(self.chain.sales_grade_kind, "customer")

    def test_salesperson_does_not_grade(self):
        """FS-01, F-11: a salesperson keeps the card, his supervisor the grade."""
        store = self.key_store.with_user(self.rep)
        store.field_sales_trade_area = "Two schools, one metro station"
        with self.assertRaises(AccessError):
            store.sales_grade_id = self.grade_regular
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.rep).create(
                {"name": "N", "is_store": True, "sales_grade_id": self.grade_key.id}
            )
        store.with_user(self.supervisor).sales_grade_id = self.grade_regular
        self.assertEqual(self.key_store.sales_grade_id, self.grade_regular)

    def test_days_of_visits_are_noted_not_written(self):
        """FS-01, F-12: nobody hides an overdue store by writing its days."""
        for name in ("field_sales_last_visit_date", "field_sales_due_date"):
            with self.assertRaises(AccessError):
                self.store.with_user(self.field_boss).write({name: self.today})
            with self.assertRaises(AccessError):
                self.env["res.partner"].with_user(self.rep).create(
                    {"name": "N", "is_store": True, name: self.today}
                )

    def test_card_is_for_field_sales(self):
        """FS-01, F-11: what is remembered of people is not everybody's to read."""
        with self.assertRaises(AccessError):
            self.store.with_user(self.outsider).read(["field_sales_birthday"])

    def test_bad_card(self):
        """FS-01, F-14: negative sizes and positions off the earth are refused."""
        for values in (
            {"field_sales_floor_area": -1},
            {"field_sales_age": -3},
            {"partner_latitude": 91},
            {"partner_longitude": -181},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.store.write(values)
        with self.assertRaises(ValidationError):
            self.store.chain_id = self.store

    def test_greetings_due(self):
        """FS-01: birthdays of the own stores' people show within the notice."""
        days = self.company.field_sales_greeting_days
        people = self.env["res.partner"]
        for ahead in (0, days, days + 1):
            people |= people.create(
                {
                    "name": f"In {ahead}",
                    "parent_id": self.store.id,
                    "field_sales_birthday": (
                        self.today + timedelta(days=ahead)
                    ).replace(year=1988),
                }
            )
        model = self.env["res.partner"].with_user(self.rep)
        found = model.search(model._get_greeting_domain())
        self.assertEqual(found & people, people[:2])
        other = self.env["res.partner"].with_user(self.colleague)
        self.assertFalse(other.search(other._get_greeting_domain()) & people)

    def test_assortment(self):
        """FS-03: per product the most particular line wins; unlisted takes it out."""
        wide = self.listed
        second = self._create_product("Second", case=6)
        self._create_listed(second, grade_id=self.grade_key.id)
        chain_line = self._create_listed(
            self.product, chain_id=self.chain.id, target_facings=5
        )
        model = self.env["field.sales.assortment"]
        listed = model._get_listed(self.key_store | self.store, self.company)
        self.assertEqual(listed[self.store.id], wide)
        self.assertEqual(listed[self.key_store.id].product_id, self.product | second)
        self.assertIn(chain_line, listed[self.key_store.id])
        self.assertNotIn(wide, listed[self.key_store.id])
        chain_line.is_listed = False
        listed = model._get_listed(self.key_store, self.company)
        self.assertEqual(listed[self.key_store.id].product_id, second)

    def test_recommended_needs_three_facings(self):
        """FS-03: a recommended SKU has at least 3 facings (S1, 二)."""
        with self.assertRaises(ValidationError):
            self.listed.write({"is_promoted": True, "target_facings": 2})
        self.listed.write({"is_promoted": True, "target_facings": 3})

    def test_case(self):
        """FS-12: a case is a packaging of the product, chosen or the smallest."""
        template = self.product.product_tmpl_id
        self.assertEqual(template._get_field_sales_case_quantity(), 12)
        pallet = self.env["uom.uom"].create(
            {
                "name": "Pallet",
                "relative_factor": 480,
                "relative_uom_id": self.env.ref("uom.product_uom_unit").id,
            }
        )
        template.uom_ids += pallet
        self.assertEqual(template._get_field_sales_case_quantity(), 12)
        template.field_sales_case_uom_id = pallet
        self.assertEqual(template._get_field_sales_case_quantity(), 480)
