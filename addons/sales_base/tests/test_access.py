from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SalesCommon

CATALOGUES = ("sales.grade", "sales.reason", "sales.department", "sales.region")


@tagged("post_install", "-at_install")
class TestAccess(SalesCommon):
    def test_table(self):
        """F-11: persona, model, verb."""
        catalogue = dict.fromkeys(CATALOGUES)
        self.assertAccessTable(
            {
                self.outsider: {
                    **dict.fromkeys(catalogue, ""),
                    "sales.grade": "r",
                    "sales.run": "",
                },
                self.user: {**dict.fromkeys(catalogue, "r"), "sales.run": "r"},
                self.manager: {**dict.fromkeys(catalogue, "crwu"), "sales.run": "r"},
            }
        )

    def test_company_rule(self):
        """F-11: a catalogue of another company is not there."""
        other = self.env["res.company"].create({"name": "Other"})
        for model in ("sales.grade", "sales.department", "sales.region"):
            record = self.env[model].create({"name": "x", "company_id": other.id})
            with self.subTest(model=model), self.assertRaises(AccessError):
                record.with_user(self.manager).read(["name"])

    def test_runs_of_others(self):
        """F-11: a user sees his own runs, the manager all of his company."""
        rules = self.env["ir.rule"]
        own = rules.with_user(self.user)._compute_domain("sales.run", "read")
        every = rules.with_user(self.manager)._compute_domain("sales.run", "read")
        self.assertIn(("user_id", "in", [self.user.id]), self._leaves(own))
        self.assertNotIn("user_id", [leaf[0] for leaf in self._leaves(every)])

    def _leaves(self, domain):
        domain = domain.optimize(self.env["sales.run"])
        return [
            (leaf.field_expr, leaf.operator, list(leaf.value))
            for leaf in domain.iter_conditions()
        ]

    def test_grade_per_company(self):
        """Architecture 4: the grade is the company's own."""
        other = self.env["res.company"].create({"name": "Other"})
        partner = self.env["res.partner"].create({"name": "x"})
        grade = self.env.ref("sales_base.sales_grade_a")
        partner.sales_grade_id = grade
        self.assertEqual(partner.sales_grade_id, grade)
        self.assertFalse(partner.with_company(other).sales_grade_id)

    def test_grades_are_imported(self):
        """F-10: grades come in from a spreadsheet, with their kind."""
        result = (
            self.env["sales.grade"]
            .with_user(self.manager)
            .load(["name", "kind", "sequence"], [["A+", "Customer", "5"]])
        )
        self.assertFalse(result["messages"])
        result = (
            self.env["sales.grade"]
            .with_user(self.manager)
            .load(["name", "kind"], [["E", "Customer"], ["F", "Nonsense"]])
        )
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["rows"]["from"], 1)

    def test_standin(self):
        """S4 工作替补: everybody names his own stand-in, never himself."""
        own = self.user.with_user(self.user)
        own.sales_standin_id = self.manager
        self.assertEqual(self.user.sales_standin_id, self.manager)
        with self.assertRaises(ValidationError):
            self.user.sales_standin_id = self.user

    def test_region_tree(self):
        region = self.env["sales.region"].create({"name": "North"})
        child = region.create({"name": "Beijing", "parent_id": region.id})
        self.assertEqual(child.display_name, "North / Beijing")
        region.name = "Nord"
        self.assertEqual(child.display_name, "Nord / Beijing")
        with self.assertRaises(UserError):
            region.parent_id = child

    def test_partner_form_shows_the_grade(self):
        """The form of a customer offers the grades of customers where none is
        computed."""
        self.env.ref("base.user_admin").company_id.sales_grade_enabled = False
        with Form(
            self.env["res.partner"].with_user(self.env.ref("base.user_admin"))
        ) as form:
            form.name = "x"
            form.sales_grade_id = self.env.ref("sales_base.sales_grade_b")
        self.assertEqual(form.record.sales_grade_id.name, "B")


@tagged("post_install", "-at_install")
class TestBusinessDay(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Shanghai", "tz": "Asia/Shanghai"}
        )

    def test_day_of_the_company(self):
        """Architecture 5: the day does not depend on who asks."""
        moment = datetime(2026, 3, 1, 17, 0)
        self.assertEqual(self.company._get_sales_day(moment), date(2026, 3, 2))
        self.assertEqual(
            self.company._get_sales_moment(date(2026, 3, 2)),
            datetime(2026, 3, 1, 16, 0),
        )

    def test_leaves_are_no_working_days(self):
        """Architecture 5: working days follow the company's calendar and its leaves."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "National day",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": datetime(2026, 9, 30, 16, 0),
                "date_to": datetime(2026, 10, 7, 15, 59),
            }
        )
        days = self.company._get_sales_working_days(
            date(2026, 9, 1), date(2026, 10, 31)
        )
        self.assertEqual(days.add(date(2026, 9, 30), 1), date(2026, 10, 8))
        self.assertNotIn(date(2026, 10, 10), days)

    def test_no_calendar(self):
        self.company.resource_calendar_id = False
        days = self.company._get_sales_working_days(
            date(2026, 11, 16), date(2026, 11, 22)
        )
        self.assertEqual(len(days.days), 5)
