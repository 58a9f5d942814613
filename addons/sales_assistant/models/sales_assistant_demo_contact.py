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
        "本月的 6204 何时发运？ / When does this month's 6204 ship?",
        "20 日起对方产线将缺料。 / Their line stands from the 20th.",
        "已告知船名和船期。 / Vessel and date told.",
    ),
    (
        "mueller",
        "email",
        "enquiry",
        "询价 6305-2RS 12000 套 / Price for 12,000 pcs 6305-2RS",
        "C3 游隙，分两批交货。 / C3 clearance, in two lots.",
        "明天报价。 / Quotation follows tomorrow.",
    ),
    (
        "rolamentos",
        "message",
        "payment",
        "银行要提单副本 / Copy of the bill of lading for the bank",
        "银行见副本后付款。 / The bank wants it before it pays.",
        "副本已发。 / Copy sent.",
    ),
    (
        "shree",
        "letter",
        "enquiry",
        "古吉拉特邦代理 / Agency for Gujarat",
        "询问独家代理条件。 / Asks for terms of an exclusive agency.",
        "由经理回信。 / Manager writes back.",
    ),
    (
        "anadolu",
        "phone",
        "sample",
        "试用 UCP205 两套 / Two UCP205 to try",
        "给布尔萨一家输送机厂。 / For a conveyor maker in Bursa.",
        "样品随下一班快递寄出。 / Samples go by the next courier.",
    ),
    (
        "lodz",
        "fax",
        "order",
        "订单确认书已签回 / Order confirmation signed",
        "签字的确认书副本。 / Signed copy of the confirmation.",
        "已收到，致谢。 / Received with thanks.",
    ),
    (
        "midwest",
        "email",
        "complaint",
        "标签缺型号 / Labels without part number",
        "四十箱，附照片。 / Forty cartons, picture attached.",
        "标签已快递。 / Labels sent by courier.",
    ),
    (
        "monterrey",
        "phone",
        "other",
        "新任采购经理 / New purchasing manager",
        "Garza 先生接管采购。 / Mr Garza has taken over purchasing.",
        "欢迎信已发。 / Welcome letter sent.",
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
            (
                "mueller",
                "letter",
                "enquiry",
                "按 30206 图纸 C 版报价 / Quote drawing 30206 rev. C",
                6,
            ),
            (
                "shree",
                "email",
                "payment",
                "请求账期延长 30 天 / Asks for 30 days more",
                2,
            ),
            ("saigon", "phone", "enquiry", "HK2016 有库存吗？ / HK2016 in stock?", 0.1),
            (
                "midwest",
                "message",
                "order",
                "4122 要提前一周 / Wants 4122 a week earlier",
                0.05,
            ),
            (
                "rossi",
                "phone",
                "complaint",
                "两盒套圈有划痕 / Rings with scratches in two boxes",
                0.02,
            ),
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
                    "subject": "要样本，询问瑞典代理 / Catalogue and agency in Sweden",
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
                "subject": "两位采购参观磨加工车间 / Two buyers see the grinding shop",
                "contact_at": self.env.company._get_sales_moment(day, time(10)),
                "visit_hours": 4,
                "host_id": salesperson.id,
                "room": "二号会议室 Meeting Room 2",
                "programme": "10:00 欢迎 welcome, 10:30 磨加工车间 grinding shop, "
                "12:00 午餐 lunch, 13:00 明年价格 prices of next year.",
                "company_id": self.env.company.id,
            }
        )
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        visit.with_user(assistant).action_plan_visit()
