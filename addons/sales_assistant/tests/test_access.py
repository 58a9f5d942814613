from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon

PREFIX = "sales.assistant."


@tagged("post_install", "-at_install")
class TestAccess(AssistantCommon):
    def test_access_table(self):
        """F-11: persona, model, verb."""
        buyer = self._create_portal_persona("t_buyer", self.customer)
        table = {
            "review": ("", "r", "crwu", "crwu", "crwu"),
            "review.check": ("", "", "rw", "rw", "rw"),
            "review.opinion": ("", "r", "r", "r", "crw"),
            "finding": ("", "r", "r", "r", "r"),
            "review.rule": ("", "", "r", "r", "crwu"),
            "authority": ("", "", "r", "r", "crwu"),
            "check": ("", "", "rw", "rw", "rw"),
            "check.item": ("", "", "r", "r", "crwu"),
            "care.plan": ("", "", "crwu", "crwu", "crwu"),
            "care.event": ("", "", "crwu", "crwu", "crwu"),
            "care.done": ("", "", "crw", "crw", "crw"),
            "campaign": ("", "", "crwu", "crwu", "crwu"),
            "campaign.participant": ("", "", "r", "r", "r"),
            "campaign.answer": ("", "", "r", "r", "r"),
            "improvement": ("", "", "crw", "crw", "crw"),
            "improvement.close": ("", "", "crw", "crw", "crw"),
            "satisfaction.report": ("", "", "", "r", "r"),
            "need.summarize": ("", "", "crw", "crw", "crw"),
            "contact": ("", "", "crw", "crw", "crw"),
            "contact.deadline": ("", "", "r", "r", "crwu"),
            "exception": ("", "r", "crw", "crw", "crw"),
            "exception.agree": ("", "", "crw", "crw", "crw"),
            "milestone": ("", "", "crw", "crwu", "crwu"),
            "milestone.change": ("", "", "r", "r", "r"),
            "milestone.replan": ("", "", "crw", "crw", "crw"),
            "telling": ("", "", "r", "r", "r"),
            "telling.log": ("", "", "crw", "crw", "crw"),
            "order.type": ("", "r", "r", "r", "crwu"),
            "milestone.report": ("", "", "r", "r", "r"),
            "followup": ("", "", "r", "r", "r"),
            "requirement": ("", "", "crwu", "crwu", "crwu"),
            "requirement.detail": ("", "", "crwu", "crwu", "crwu"),
            "milestone.template": ("", "", "r", "r", "crwu"),
            "milestone.template.line": ("", "", "r", "r", "crwu"),
            "pattern": ("", "", "rw", "rw", "rw"),
            "pattern.finding": ("", "", "r", "r", "r"),
            "pattern.check": ("", "", "crw", "crw", "crw"),
            "pattern.check.line": ("", "", "crw", "crw", "crw"),
            "contract": ("", "", "crwu", "crwu", "crwu"),
            "contract.handover": ("", "", "crwu", "crwu", "crwu"),
            "controlled.document": ("", "", "r", "r", "crwu"),
            "controlled.document.range": ("", "", "r", "r", "r"),
            "controlled.document.move": ("", "", "crwu", "crwu", "crwu"),
            "controlled.document.count": ("", "", "crwu", "crwu", "crwu"),
            "controlled.document.balance": ("", "", "r", "r", "r"),
            "controlled.document.sign": ("", "", "crw", "crw", "crw"),
            "document.set": ("", "", "crwu", "crwu", "crwu"),
            "document.set.item": ("", "", "crwu", "crwu", "crwu"),
            "document.set.line": ("", "", "crwu", "crwu", "crwu"),
            "document.set.hand.in": ("", "", "crw", "crw", "crw"),
            "document.template": ("", "", "r", "r", "crwu"),
            "document.template.line": ("", "", "r", "r", "crwu"),
            "performance.report": ("", "", "r", "r", "r"),
            "performance.download": ("", "", "crw", "crw", "crw"),
            "review.decide": ("", "", "", "", "crw"),
            "review.rule.preview": ("", "", "", "", "crw"),
            "opinion.answer": ("", "crw", "crw", "crw", "crw"),
            "sample": ("", "", "crwu", "crwu", "crwu"),
            "sample.line": ("", "", "crwu", "crwu", "crwu"),
            "sample.check": ("", "", "rw", "rw", "rw"),
            "sample.rule": ("", "", "r", "r", "crwu"),
            "sample.report": ("", "", "r", "r", "r"),
            "sample.follow": ("", "", "crw", "crw", "crw"),
            "sample.close": ("", "", "crw", "crw", "crw"),
            "promise": ("", "r", "crwu", "crwu", "crwu"),
            "promise.settle": ("", "crw", "crw", "crw", "crw"),
            "customer.property": ("", "", "crwu", "crwu", "crwu"),
            "property.move": ("", "", "r", "r", "r"),
            "property.ledger": ("", "", "r", "r", "r"),
            "property.count": ("", "", "crwu", "crwu", "crwu"),
            "property.count.line": ("", "", "crwu", "crwu", "crwu"),
            "property.handle": ("", "", "crw", "crw", "crw"),
            "proposal.measure": ("", "crw", "crw", "crw", "crw"),
            "courier": ("", "", "r", "r", "crwu"),
            "courier.bill": ("", "", "crwu", "crwu", "crwu"),
            "courier.bill.line": ("", "", "crwu", "crwu", "crwu"),
        }
        personas = (
            self.outsider,
            self.technician,
            self.assistant,
            self.lead,
            self.desk_manager,
        )
        self.assertAccessTable(
            {
                user: {PREFIX + model: verbs[place] for model, verbs in table.items()}
                for place, user in enumerate(personas)
            }
        )
        shown = {"property.count": "r"}
        self.assertAccessTable(
            {buyer: {PREFIX + model: shown.get(model, "") for model in table}}
        )

    def assertSees(self, records, table):
        self.env.flush_all()
        for user, sees in table.items():
            with self.subTest(user=user.login, model=records._name):
                model = records.with_user(user).browse()
                found = model.search([("id", "in", records.ids)])
                self.assertEqual(bool(found), sees)

    def test_rule_of_reviews(self):
        """F-11: reviews: own, stand-in, team, all, departments asked."""
        review = self._create_special()
        table = {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: False,
            self.lead: True,
            self.desk_manager: True,
            self.technician: True,
            self.other_tech: False,
        }
        self.assertSees(review, table)
        self.assertSees(review.opinion_ids, table)
        self.assertSees(review.finding_ids, table)

    def test_rule_of_checks(self):
        """F-11: checks follow their review."""
        review = self._request(self._create_order())
        self.assertSees(
            review.check_ids,
            {
                self.salesperson: True,
                self.assistant: True,
                self.colleague: False,
                self.lead: True,
                self.desk_manager: True,
            },
        )

    def test_rule_of_milestones(self):
        """F-11: milestones: own, stand-in, responsible, team, all."""
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        one = order.sales_milestone_ids[0]
        table = {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: False,
            self.lead: True,
            self.desk_manager: True,
        }
        self.assertSees(one, table)
        one.user_id = self.colleague
        self.assertSees(one, {**table, self.colleague: True})

    def test_rule_of_contacts(self):
        """F-11, SA-03: contacts: responsible, the customer's people, stand-in, team,
        whoever took it down; nobody's are everybody's."""
        self.team.member_ids = self.salesperson
        contact = self._log_contact()
        table = {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: False,
            self.lead: True,
            self.desk_manager: True,
            self.technician: False,
        }
        for user in (self.technician, self.outsider):
            with self.assertRaises(AccessError):
                contact.with_user(user).read(["subject"])
        del table[self.technician]
        self.assertSees(contact, table)
        contact.host_id = self.colleague
        self.assertSees(contact, {**table, self.colleague: True})
        contact.host_id = False
        taken = self._log_contact(self.colleague)
        self.assertSees(taken, {**table, self.colleague: True})
        contact.partner_id = self.env["res.partner"].create({"name": "Somebody"})
        contact.user_id = False
        self.assertSees(contact, {self.colleague: True, self.standin: True})

    def test_contacts_of_another_company(self):
        """F-11, SA-03: nobody sees the contacts of another company."""
        other = self.env["res.company"].create({"name": "Other Works"})
        contact = self.env["sales.assistant.contact"].create(
            {"company_id": other.id, "contact_name": "Buyer", "user_id": False}
        )
        self.assertSees(contact, {self.assistant: False, self.desk_manager: False})

    def test_rule_of_orders(self):
        """F-11: the assistant and the stand-ins see the order and its lines."""
        order = self._create_order()
        self.salesperson.sales_standin_id = self.colleague
        other = self._create_persona(
            "t_other", "sales_assistant.group_sales_assistant_user"
        )
        table = {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: True,
            other: False,
        }
        self.assertSees(order, table)
        self.assertSees(order.order_line, table)
        self.salesperson.sales_standin_id = False
        self.assertSees(order, {self.colleague: False})

    def test_lead_of_another_team(self):
        """F-11: a lead sees the teams he leads, not the others'."""
        other = self._create_persona(
            "t_other_lead", "sales_assistant.group_sales_assistant_lead"
        )
        self.assertSees(self._create_special(), {other: False, self.lead: True})

    def test_other_company(self):
        """F-11: nothing of another company, not even for its manager."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        review = self._create_special()
        order = self._create_approved_order(commitment_date=self._promise(60))
        order.action_confirm()
        for records in (
            review,
            review.opinion_ids,
            review.finding_ids,
            order.sales_milestone_ids,
            order.sales_review_ids.check_ids,
            self.env["sales.assistant.performance.report"].browse(order.ids),
        ):
            self.assertSees(records, {stranger: False})
        rule = self.rules["amount"].copy({"company_id": self.company.id})
        self.assertSees(rule, {stranger: False, self.desk_manager: True})
        with self.assertRaises(AccessError):
            review.with_user(stranger).action_approve()

    def test_department_without_rights_on_orders(self):
        """SA-11: a department reads the reviewed terms, never the order."""
        review = self._create_special()
        as_technician = review.with_user(self.technician)
        self.assertIn("Bearing 6204", as_technician.terms_html)
        self.assertTrue(as_technician.finding_ids[0].sentence)
        self.assertFalse(
            self.env["sale.order"].with_user(self.technician).has_access("read")
        )
        with self.assertRaises(AccessError):
            as_technician.write({"order_id": review.order_id.id})

    def test_wizard_is_no_window(self):
        """F-11: the answer's wizard shows no terms to who is not asked."""
        review = self._create_special()
        wizards = self.env["sales.assistant.opinion.answer"]
        values = {"opinion_id": review.opinion_ids.id}
        asked = wizards.with_user(self.technician).create(values)
        self.assertIn("Bearing 6204", asked.terms_html)
        stranger = wizards.with_user(self.other_tech).create(values)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            stranger.read(["terms_html"])
