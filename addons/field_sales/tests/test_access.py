from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FieldSalesCommon

CATALOGUES = (
    "field.sales.channel",
    "field.sales.route",
    "field.sales.visit.rule",
    "field.sales.assortment",
)
DOCUMENTS = ("field.sales.plan", "field.sales.visit", "field.sales.visit.line")
WIZARDS = ("field.sales.plan.generate", "field.sales.visit.move")


@tagged("post_install", "-at_install")
class TestAccess(FieldSalesCommon):
    def test_table(self):
        """F-11: persona × model × verb."""

        def rights(catalogues, documents, wizards):
            return {
                **dict.fromkeys(CATALOGUES, catalogues),
                **dict.fromkeys(DOCUMENTS, documents),
                **dict.fromkeys(WIZARDS, wizards),
            }

        self.assertAccessTable(
            {
                self.outsider: rights("", "", ""),
                self.user: rights("", "", ""),
                self.rep: rights("r", "crwu", "crw"),
                self.ka: rights("r", "crwu", "crw"),
                self.supervisor: rights("r", "crwu", "crw"),
                self.field_boss: rights("crwu", "crwu", "crw"),
            }
        )

    def _sees(self, user, records):
        return records.with_user(user).search([("id", "in", records.ids)])

    def test_own_and_standin(self):
        """F-11: a salesperson sees his visits and those of whom he stands in for."""
        visit = self._bring_to(self._create_visit(), "in_progress")
        records = (visit, visit.line_ids, self._create_plan())
        for record in records:
            self.assertTrue(self._sees(self.rep, record))
            self.assertFalse(self._sees(self.colleague, record))
        self.rep.sales_standin_id = self.colleague
        for record in records:
            self.assertTrue(self._sees(self.colleague, record))

    def test_visits_of_own_stores(self):
        """F-11: visits somebody else made in one's store are read, not written."""
        visit = self._create_visit(user=self.colleague)
        self.assertTrue(self._sees(self.rep, visit))
        with self.assertRaises(AccessError):
            visit.with_user(self.rep).write({"day_order": 1})

    def test_visits_follow_the_store(self):
        """F-11: visits show to the store's salesperson of today, at once."""
        visit = self._bring_to(self._create_visit(user=self.colleague), "in_progress")
        records = (visit, visit.line_ids)
        self.store.user_id = self.ka
        for record in records:
            self.assertFalse(self._sees(self.rep, record))
            self.assertTrue(self._sees(self.ka, record))
        self.store.user_id = False
        self.assertFalse(visit.store_user_id)
        visit = self._create_visit(self.key_store, user=self.colleague)
        visit.store_id = self.store
        self.assertFalse(self._sees(self.rep, visit))

    def test_team(self):
        """F-11: a supervisor sees the teams he leads, at once when they change."""
        visit, plan = self._create_visit(), self._create_plan()
        for record in (visit, plan):
            self.assertTrue(self._sees(self.supervisor, record))
        self.team.user_id = self.field_boss
        for record in (visit, plan):
            self.assertFalse(self._sees(self.supervisor, record))

    def test_manager(self):
        """F-11: a manager sees all of his company."""
        foreign = self._create_visit(user=self.colleague)
        self.assertTrue(self._sees(self.field_boss, foreign))
        other = self.env["res.company"].create({"name": "Other"})
        self.rep.company_ids |= other
        store = self._create_store("Foreign", company_id=other.id)
        visit = self.env["field.sales.visit"].create(
            {"store_id": store.id, "user_id": self.rep.id, "company_id": other.id}
        )
        plan = self._create_plan(company_id=other.id)
        for record in (visit, plan):
            self.assertFalse(self._sees(self.field_boss, record))

    def test_key_account(self):
        """F-11: a key account manager reads the visits of his chains, no others."""
        chained = self._bring_to(self._create_visit(self.key_store), "in_progress")
        other = self._create_visit()
        for record in (chained, chained.line_ids):
            self.assertTrue(self._sees(self.ka, record))
        self.assertFalse(self._sees(self.ka, other))
        with self.assertRaises(AccessError):
            chained.with_user(self.ka).write({"day_order": 1})

    def test_catalogues_of_another_company(self):
        """F-11: rules, assortments and routes of another company do not show."""
        other = self.env["res.company"].create({"name": "Other"})
        records = [
            self.env["field.sales.visit.rule"].create(
                {"name": "R", "company_id": other.id}
            ),
            self._create_listed(self._create_product("P"), company_id=other.id),
            self.env["field.sales.route"].create({"name": "R", "company_id": other.id}),
        ]
        for record in records:
            self.assertFalse(self._sees(self.field_boss, record))
            record.company_id = self.company
            self.assertTrue(self._sees(self.field_boss, record))
