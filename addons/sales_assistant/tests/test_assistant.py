from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestAssistant(AssistantCommon):
    def test_assistant_of_the_customer(self):
        """SA-10: the customer's assistant is the order's."""
        self.assertEqual(self.known_order.assistant_id, self.assistant)

    def test_assistant_of_the_head_office(self):
        """SA-10: a contact without assistant takes that of its company."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        order = self._create_order(partner=contact)
        self.assertEqual(order.assistant_id, self.assistant)

    def test_assistant_of_the_team(self):
        """SA-10: a customer without assistant takes that of the sales team."""
        self.team.assistant_id = self.standin
        customer = self._create_customer("Ohne Assistent", assistant_id=False)
        self.assertEqual(
            self._create_order(partner=customer).assistant_id, self.standin
        )

    def test_promised_day_is_the_company_day(self):
        """SA-10: the promised date is the business day in the company's time zone."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        order = self._create_order(commitment_date="2027-03-01 17:30:00")
        self.assertEqual(str(order.sales_promised_date), "2027-03-02")
        order.commitment_date = False
        self.assertFalse(order.sales_promised_date)
