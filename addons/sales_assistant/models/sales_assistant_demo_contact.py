# pylint: disable=consider-merging-classes-inherited
# Own file: the contacts of the story.
from datetime import time, timedelta

from odoo import api, fields, models

from odoo.addons.sales_base.demo.sales_base_demo import OLD_DAYS

PHONES = {
    "rossi": "+39 051 555 0142",
    "mueller": "+49 9721 555 0178",
    "rolamentos": "+55 11 5550 0163",
    "shree": "+91 281 555 0119",
    "anadolu": "+90 224 555 01 37",
    "lodz": "+48 41 555 01 84",
    "monterrey": "+52 81 5550 0126",
    "midwest": "+1 312-555-0151",
    "saigon": "+84 28 5550 0195",
    "cairo": "+20 2 5550 0108",
}
#: (customer, channel, wish, subject, what was said, answer), told in turn
STORY = [
    (
        "rossi",
        "phone",
        "order",
        "When does the 6204 of this month ship?",
        "Their line stands without it from the 20th.",
        "Vessel and date told.",
    ),
    (
        "mueller",
        "email",
        "enquiry",
        "Price for 12,000 pcs 6305-2RS",
        "Needs C3 clearance, delivery in two lots.",
        "Quotation follows tomorrow.",
    ),
    (
        "rolamentos",
        "message",
        "payment",
        "Copy of the bill of lading for the bank",
        "The bank wants it before it pays.",
        "Copy sent.",
    ),
    (
        "shree",
        "letter",
        "enquiry",
        "Agency for Gujarat",
        "Asks for terms of an exclusive agency.",
        "Manager writes back.",
    ),
    (
        "anadolu",
        "phone",
        "sample",
        "Two UCP205 to try",
        "For a conveyor maker in Bursa.",
        "Samples go with the next courier.",
    ),
    (
        "lodz",
        "fax",
        "order",
        "Order confirmation signed",
        "Signed copy of the confirmation.",
        "Received with thanks.",
    ),
    (
        "midwest",
        "email",
        "complaint",
        "Labels without part number",
        "Forty cartons, picture attached.",
        "Labels sent by courier.",
    ),
    (
        "monterrey",
        "phone",
        "other",
        "New purchasing manager",
        "Mr Garza has taken over purchasing.",
        "Welcome letter sent.",
    ),
]
OLD_CONTACTS, ANSWERED_CONTACTS = 24, 14
#: working hours until they were answered, in turn
ANSWERED_IN = (0.5, 2, 1, 6, 3.5, 1.5, 9)


class SalesAssistantDemo(models.AbstractModel):
    """Five months of visits, calls and letters, and those that wait this morning."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load(self):
        result = super()._load()
        self = self.with_company(self.env.ref("base.main_company"))
        self._note_phones()
        self._make_answered_contacts()
        self._make_open_contacts()
        self._make_visit()
        return result

    def _note_phones(self):
        for name, phone in PHONES.items():
            self.env.ref(f"sales_assistant.partner_{name}_demo").phone = phone

    def _prepare_contact(self, place, moment):
        name, channel, wish, subject, note, answer = STORY[place % len(STORY)]
        partner = self.env.ref(f"sales_assistant.partner_{name}_demo")
        return {
            "partner_id": partner.id,
            "phone": partner.phone if channel == "phone" else False,
            "channel": channel,
            "wish": wish,
            "subject": subject,
            "note": note,
            "answer": answer,
            "contact_at": moment,
            "company_id": self.env.company.id,
        }

    def _get_past_moment(self, days, number):
        """A moment of a weekday about so many days ago, within office hours."""
        company = self.env.company
        day = company._get_sales_today() - timedelta(days=days)
        day -= timedelta(days=max(day.weekday() - 4, 0))
        return company._get_sales_moment(day, time(9 + number % 7, (number * 13) % 60))

    def _make_answered_contacts(self):
        """The older ones as they ended; the younger through their steps."""
        company = self.env.company
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        contacts = self.env["sales.assistant.contact"].create(
            [
                self._prepare_contact(
                    n, self._get_past_moment(OLD_DAYS + 2 + 4 * (OLD_CONTACTS - n), n)
                )
                for n in range(OLD_CONTACTS)
            ]
            + [
                self._prepare_contact(
                    n + 3, self._get_past_moment(3 + 3 * (ANSWERED_CONTACTS - n), n)
                )
                for n in range(ANSWERED_CONTACTS)
            ]
        )
        young = contacts[OLD_CONTACTS:]
        young.with_user(assistant).action_answer()
        young[:-4].with_user(assistant).action_close()
        hours = [ANSWERED_IN[n % len(ANSWERED_IN)] for n in range(len(contacts))]
        moments = company._plan_sales_hours(
            list(zip(contacts.mapped("contact_at"), hours, strict=True))
        )
        for contact, hour, moment in zip(contacts, hours, moments, strict=True):
            contact._write_guarded(
                {
                    "state": "closed" if contact not in young[-4:] else "answered",
                    "answered_at": moment,
                    "answered_by_id": assistant.id,
                    "answer_hours": hour,
                    "is_answered_late": moment > contact.due_at,
                }
            )

    def _make_open_contacts(self):
        """Yesterday evening and the days before: two are overdue, one superior knows;
        one enquiry has led to an opportunity."""
        now = fields.Datetime.now()
        rows = [
            ("mueller", "letter", "enquiry", "Drawing 30206 rev. C to be quoted", 6),
            ("shree", "email", "payment", "Asks for 30 days more", 2),
            ("saigon", "phone", "enquiry", "HK2016 in stock?", 0.1),
            ("midwest", "message", "order", "Wants 4122 a week earlier", 0.05),
            ("rossi", "phone", "complaint", "Rings with scratches in two boxes", 0.02),
        ]
        contacts = self.env["sales.assistant.contact"].create(
            [
                {
                    "partner_id": self.env.ref(
                        f"sales_assistant.partner_{name}_demo"
                    ).id,
                    "channel": channel,
                    "wish": wish,
                    "subject": subject,
                    "contact_at": now - timedelta(days=days),
                    "company_id": self.env.company.id,
                }
                for name, channel, wish, subject, days in rows
            ]
            + [
                {
                    "contact_name": "Nordic Pump, Ms Lindqvist",
                    "phone": "+46 8 5550 0177",
                    "channel": "phone",
                    "wish": "enquiry",
                    "subject": "Catalogue and agency in Sweden",
                    "contact_at": now - timedelta(hours=2),
                    "company_id": self.env.company.id,
                    "user_id": self.env.ref("sales_assistant.user_assistant_demo").id,
                }
            ]
        )
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        contacts[0].with_user(assistant).action_create_lead()
        contacts[-2].with_user(assistant).action_create_complaint()
        contacts[:2].filtered("is_overdue")._do_escalate()

    def _make_visit(self):
        """Buyers from Bursa come next week."""
        today = self.env.company._get_sales_today()
        day = today + timedelta(days=7 - today.weekday() + 1)
        salesperson = self.env.ref("sales_base.user_salesperson_demo")
        visit = self.env["sales.assistant.contact"].create(
            {
                "partner_id": self.env.ref("sales_assistant.partner_anadolu_demo").id,
                "channel": "visit",
                "wish": "order",
                "subject": "Two buyers look at the grinding shop",
                "contact_at": self.env.company._get_sales_moment(day, time(10)),
                "visit_hours": 4,
                "host_id": salesperson.id,
                "room": "Meeting Room 2",
                "programme": "10:00 welcome, 10:30 grinding shop, 12:00 lunch, "
                "13:00 prices of next year.",
                "company_id": self.env.company.id,
            }
        )
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        visit.with_user(assistant).action_plan_visit()
