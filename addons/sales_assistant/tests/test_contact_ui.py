from odoo.tests import HttpCase, tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestContactUi(AssistantCommon, HttpCase):
    def test_call(self):
        """SA-03: a call is logged in two clicks from anywhere, the caller recognised by
        number, his last dealings shown."""
        self.customer.phone = "+39 (051) 777-0142"
        before = self.customer.sudo().sales_contact_count
        self.start_tour(
            "/odoo/contacts", "sales_assistant_contact", login="t_assistant"
        )
        contact = self.env["sales.assistant.contact"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(len(contact), before + 1)
        self.assertEqual(contact.subject, "Price of 6305")
        self.assertEqual(contact.phone, "051 777 01 42")
        self.assertEqual((contact.state, contact.user_id), ("open", self.assistant))
