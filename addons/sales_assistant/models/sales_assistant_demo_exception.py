# pylint: disable=consider-merging-classes-inherited
# Each part of the desk tells its own part of the story.
from datetime import timedelta

from odoo import api, models

from .sales_assistant_demo import QUIET

#: cause, department, days of delay, cost, what happened, measure
PAST = (
    (
        "quality",
        "quality",
        6,
        1850,
        "一批滚道粗糙度超差 / Raceways of a batch are too rough",
        "砂轮由每 600 套修整改为每 400 套修整。 "
        "Grinding wheels are dressed every 400 rings instead of every 600.",
    ),
    (
        "delivery",
        "sales",
        3,
        420,
        "船期提前一周开航 / The vessel left a week early",
        "截关前三天与货代再次确认订舱。 "
        "Bookings are confirmed with the forwarder three days before closing.",
    ),
    (
        "equipment",
        "production",
        8,
        2600,
        "二号线热处理炉停机 / The furnace of line 2 stood still",
        "加热元件备库存，每两年更换。 "
        "Heating elements are kept in stock, and changed every two years.",
    ),
    (
        "documents",
        "sales",
        2,
        160,
        "产地证写了旧地址 / Certificate of origin with the old address",
        "申请前将地址与信用证核对。 "
        "Addresses are compared with the letter of credit before applying.",
    ),
    (
        "technical",
        "technical",
        5,
        900,
        "指定油脂与密封件不相容 / Grease does not go with the seal",
        "油脂和密封件写入每张订单的工艺要求。 "
        "Grease and seal stand in the process requirements of each order.",
    ),
    (
        "quality",
        "quality",
        4,
        1240,
        "外购保持架试验断裂 / Cages of a supplier break in the test",
        "保持架进厂逐批抽样做弯曲试验。 "
        "Incoming cages are bent in samples of each lot.",
    ),
    (
        "accident",
        "production",
        12,
        5400,
        "一托成品从货架跌落 / A pallet fell from the rack",
        "货架每月检查，顶层不放重托盘。 "
        "Racks are checked monthly; the top level takes no heavy pallets.",
    ),
    (
        "equipment",
        "production",
        0,
        300,
        "包装机维修 / The packing machine had to be repaired",
        "包装机保养列入每周计划。 "
        "Service of the packing machine is part of the weekly plan.",
    ),
)


class SalesAssistantDemo(models.AbstractModel):
    """SA-14: eight exceptions of the past months are over; of the orders under way one
    waits for the customer's word, one for production, one has just been found."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_exceptions(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        company.sales_assistant_exception_superior_id = self.env.ref(
            "sales_base.user_manager_demo"
        )
        self._make_past_exceptions()
        self._make_open_exceptions()

    def _make_past_exceptions(self):
        """Closed ones, spread over the orders that are delivered."""
        manager = self.env.ref("sales_base.user_manager_demo")
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        orders = self._get_exception_orders([("delivery_status", "=", "full")])
        moment = self.env.company._get_sales_moment
        vals_list = []
        step = max(len(orders) // len(PAST), 1)
        for place, (cause, department, days, cost, subject, measure) in enumerate(PAST):
            order = orders[place * step]
            agreed = order.sales_promised_date
            before = agreed - timedelta(days=days)
            found = before - timedelta(days=6 + place % 4)
            vals_list.append(
                {
                    "order_id": order.id,
                    "picking_id": order.picking_ids[:1].id if place % 2 else False,
                    "cause": cause,
                    "subject": subject,
                    "measure": measure,
                    "date_found": found,
                    "department_id": self._get_department(department).id,
                    "cost_amount": cost,
                    "date_promised": before,
                    "date_forecast": agreed if days else False,
                    "date_agreed": agreed if days else False,
                    "contact_id": order.partner_id.id if days else False,
                    "channel": ("phone", "email")[place % 2] if days else False,
                    "agreed_at": moment(found) if days else False,
                    "agreed_by_id": assistant.id if days else False,
                    "rescheduled_at": moment(found) if days else False,
                    "rescheduled_by_id": assistant.id if days else False,
                    "told_user_id": manager.id,
                    "told_at": moment(found),
                    "state": "closed",
                    "closed_at": moment(agreed),
                    "closed_by_id": assistant.id,
                    "handling_days": (agreed - found).days,
                }
            )
        self.env["sales.assistant.exception"].create(vals_list)

    def _make_open_exceptions(self):
        today = self.env.company._get_sales_today()
        assistant = self._as("sales_assistant.user_assistant_demo")
        orders = self._get_exception_orders(
            [
                ("delivery_status", "!=", "full"),
                ("sales_promised_date", ">", today + timedelta(days=8)),
            ]
        )
        words = (
            (
                "quality",
                "quality",
                7,
                "外圈尺寸超差 / Outer rings are out of tolerance",
            ),
            (
                "equipment",
                "production",
                5,
                "超精机停机 / The superfinishing machine stands still",
            ),
            (
                "documents",
                "sales",
                0,
                "检验报告缺签字 / The inspection report lacks a signature",
            ),
        )
        model = assistant(self.env["sales.assistant.exception"]).with_context(
            mail_activity_automation_skip=False, mail_activity_quick_update=True
        )
        exceptions = model.create(
            [
                {
                    "order_id": order.id,
                    "cause": cause,
                    "subject": subject,
                    "date_found": today - timedelta(days=place),
                    "department_id": self._get_department(department).id,
                    "date_forecast": days
                    and order.sales_promised_date + timedelta(days=days),
                }
                for place, (order, (cause, department, days, subject)) in enumerate(
                    zip(orders, words, strict=False)
                )
            ]
        )
        waiting = exceptions[1]
        waiting._check_can("agree")
        waiting._do_agree(
            waiting.date_forecast,
            waiting.partner_id,
            "phone",
            "补差价可先空运一半。 Half of it goes by air if we pay the difference.",
            self.env.ref("sales_assistant.sales_reason_move_equipment"),
        )

    def _get_exception_orders(self, domain):
        return self.env["sale.order"].search(
            [
                ("state", "=", "sale"),
                ("company_id", "=", self.env.company.id),
                ("sales_promised_date", "!=", False),
                ("assistant_id", "!=", False),
                *domain,
            ],
            order="sales_promised_date, id",
        )

    def _get_department(self, name):
        return self.env.ref(f"sales_assistant.sales_department_{name}_demo")
