from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sales_assistant.models.res_partner_phone import to_digits
from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestContactCaller(AssistantCommon):
    """SA-03: caller found by number or name, last dealings shown while talking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "+39 (051) 777-9146"
        cls.buyer = cls.env["res.partner"].create(
            {
                "name": "Giulia Bianchi",
                "parent_id": cls.customer.id,
                "phone": "0039 340 77 70 199",
            }
        )
        cls.contacts = cls.env["sales.assistant.contact"].with_user(cls.assistant)

    def _find(self, text):
        return [caller["id"] for caller in self.contacts.find_callers(text)]

    def test_digits_follow_the_number(self):
        """SA-03: the digits are kept last first, and change with the number."""
        self.assertEqual(self.customer.phone_digits, "641977715093")
        self.customer.phone = False
        self.assertFalse(self.customer.phone_digits)
        self.assertEqual(to_digits("extension"), "")

    def test_by_number_however_written(self):
        """SA-03: found however the number is written, by its last digits."""
        for number in (
            "+390517779146",
            "0039 051 777 91 46",
            "051/7779146",
            "7779146",
            "9146",
            "(0)51-7779146",
        ):
            with self.subTest(number):
                self.assertEqual(self._find(number), self.customer.ids)
        self.assertFalse(self._find("46"))
        self.assertFalse(self._find("99999999"))

    def test_longest_agreement_first(self):
        """SA-03: who agrees in more digits comes first."""
        other = self._create_customer("Other", phone="+49 30 17779146")
        self.assertEqual(self._find("+49 30 1777 9146")[0], other.id)
        self.assertEqual(set(self._find("7779146")), {self.customer.id, other.id})

    def test_by_name(self):
        """SA-03: found by the name of the person or the company."""
        self.assertIn(self.buyer.id, self._find("bianchi"))
        self.assertIn(self.customer.id, self._find("Rossi Cus"))
        self.assertFalse(self._find("R"))

    def test_hostile_text(self):
        """F-14: what is typed is only text."""
        for text in (None, "", "%", "____", "'; DROP TABLE res_partner", "%%%%12"):
            with self.subTest(text):
                self.assertFalse(self._find(text))

    def test_other_company_is_not_found(self):
        """F-11: customers of another company are not found."""
        other = self.env["res.company"].create({"name": "Other Works"})
        self.customer.child_ids.company_id = self.customer.company_id = other
        self.assertFalse(self._find("7779146"))
        people = self.customer | self.buyer
        self.assertFalse(set(self._find("Rossi Cusc")) & set(people.ids))

    def test_last_dealings(self):
        """SA-03: orders, quotations, complaints, contacts of the whole company."""
        quotation = self._create_order()
        complaint = self.env["sales.complaint"].create(
            {
                "partner_id": self.buyer.id,
                "subject": "Rust",
                "user_id": self.assistant.id,
            }
        )
        contact = self._log_contact(partner_id=self.buyer.id)
        self.env.flush_all()
        found = {
            kind["key"]: {row["id"] for row in kind["rows"]}
            for kind in self.contacts.get_dealings(self.buyer.id)
        }
        self.assertIn(self.known_order.id, found["orders"])
        self.assertIn(quotation.id, found["quotations"])
        self.assertEqual(found["complaints"], set(complaint.ids))
        self.assertEqual(found["contacts"], set(contact.ids))

    def test_dealings_with_own_rights(self):
        """F-11: nobody learns of dealings that are not his."""
        self._log_contact()
        kinds = self.contacts.with_user(self.colleague).get_dealings(self.customer.id)
        self.assertFalse([kind for kind in kinds if kind["rows"]])
        for method, argument in (("get_dealings", self.customer.id),):
            with self.assertRaises(AccessError):
                getattr(self.contacts.with_user(self.outsider), method)(argument)

    def test_log(self):
        """SA-03: taken down from the window, with or without the answer."""
        made = self.contacts.log_contact(
            {
                "partner_id": self.customer.id,
                "channel": "phone",
                "wish": "order",
                "state": "closed",
                "user_id": self.colleague.id,
            }
        )
        contact = self.contacts.browse(made["id"])
        self.assertEqual((contact.state, contact.wish), ("open", "order"))
        self.assertEqual(contact.user_id, self.assistant)
        made = self.contacts.log_contact({"contact_name": "Ms Lindqvist"}, True)
        contact = self.contacts.browse(made["id"])
        self.assertEqual(contact.state, "answered")
        with self.assertRaises(AccessError):
            self.contacts.with_user(self.outsider).log_contact({"phone": "12345"})

    def test_costs(self):
        """SA-03: finding a caller asks the same for many customers."""

        def prepare(count):
            for number in range(count):
                self._create_customer(f"Caller {number}", phone=f"88 800 {number:04}")
            return "Caller"

        self.assertQueryGrowth(lambda text: self.contacts.find_callers(text), prepare)

    def test_index_is_used(self):
        """SA-03: a number is found by its index."""
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM res_partner WHERE phone_digits LIKE '2401777%'"
        )
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("phone_digits_idx", plan)
