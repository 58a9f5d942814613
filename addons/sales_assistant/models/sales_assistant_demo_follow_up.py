# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
import base64
import io
from datetime import time, timedelta

from PIL import Image, ImageDraw

from odoo import Command, api, models

from .sales_assistant_demo import QUIET


class SalesAssistantDemo(models.AbstractModel):
    """SA-10, SA-12: what customers were told, dates that moved, and requirement sheets,
    on top of the orders of the desk's story."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_follow_up(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        orders = self.env["sale.order"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
                ("sales_promised_date", "!=", False),
                ("sales_milestone_ids", "!=", False),
            ],
            order="sales_promised_date, id",
        )
        today = company._get_sales_today()
        running = orders.filtered(
            lambda one: (
                one.sales_promised_date > today + timedelta(days=4)
                and one._get_open_milestones().filtered(lambda m: m.offset_days < 0)
            )
        )
        self._type_orders(orders)
        self._tell_past(orders - running)
        self._tell_running(running)
        self._write_requirements(running)

    def _type_orders(self, orders):
        kinds = [
            self.env.ref(f"sales_assistant.sales_assistant_order_type_{name}")
            for name in ("made", "made", "stock")
        ]
        for place, kind in enumerate(kinds):
            orders[place :: len(kinds)].sales_order_type_id = kind

    def _tell_past(self, orders):
        """Delays of the last months: most told before the date, some too late."""
        moment = self.env.company._get_sales_moment
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        today = self.env.company._get_sales_today()
        reasons = [
            self.env.ref(f"sales_assistant.sales_reason_move_{name}")
            for name in ("material", "production", "transport")
        ]
        channels = ("phone", "email", "phone", "message")
        self.env["sales.assistant.telling"].create(
            [
                {
                    "order_id": order.id,
                    "user_id": assistant.id,
                    "told_at": moment(
                        min(today, known + timedelta(days=1 if n % 4 == 3 else -3)),
                        time(10),
                    ),
                    "channel": channels[n % 4],
                    "contact_id": order.partner_id.id,
                    "reason_id": reasons[n % 3].id,
                    "date_before": known,
                    "date_told": order.sales_promised_date,
                }
                for n, order in enumerate(orders[1::4])
                for known in (order.sales_promised_date - timedelta(days=4 + n % 3),)
            ]
        )

    def _tell_running(self, orders):
        """Customers know their dates; one delay was told in time, another one is to be
        told before the date comes."""
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        moment = self.env.company._get_sales_moment
        week_ago = self.env.company._get_sales_today() - timedelta(days=7)
        for order in orders[:6]:
            order.with_user(assistant)._do_tell(
                {
                    "told_at": moment(week_ago, time(11)),
                    "channel": "email",
                    "contact_id": order.partner_id.id,
                }
            )
        self._move(
            orders[1],
            "material",
            "套圈晚到一周。 / Rings come a week later.",
            is_told=True,
        )
        self._move(
            orders[3], "production", "磨加工滞后。 / Grinding is behind.", is_told=False
        )

    def _move(self, order, reason, note, is_told):
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        first = order._get_open_milestones()[:1].with_user(assistant)
        wizard = (
            self.env["sales.assistant.milestone.replan"]
            .with_user(assistant)
            .with_context(default_milestone_id=first.id)
            .create(
                {
                    "date_new": first.date_planned + timedelta(days=7),
                    "reason_id": self.env.ref(
                        f"sales_assistant.sales_reason_move_{reason}"
                    ).id,
                    "note": note,
                    "is_promise_moved": True,
                    "is_told_now": is_told,
                }
            )
        )
        wizard.action_apply()

    # ------------------------------------------------------------- requirements

    def _write_requirements(self, orders):
        """One sheet is acknowledged, one revision waits for production, one is being
        written."""
        acknowledged, revised, draft = (
            self._write_requirement(order, n) for n, order in enumerate(orders[:3])
        )
        for sheet in (acknowledged, revised):
            sheet.action_issue()
            self._acknowledge(sheet, "technical", "production")
        action = revised.action_revise()
        revision = revised.browse(action["res_id"])
        revision.write(
            {
                "change_note": "径向游隙由 CN 改为 C3。 / Radial clearance C3, not CN.",
                "drawing_revision": "B",
            }
        )
        revision.detail_ids[:1].write({"name": "径向游隙 / Radial clearance C3"})
        revision.action_issue()
        self._acknowledge(revision, "technical")
        return draft

    def _write_requirement(self, order, place):
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        line = order._get_term_lines()[:1]
        details = (
            (
                "装配 Assembly",
                "径向游隙 CN / Radial clearance CN",
                "13–28 µm",
                "量规，每百抽五 Gauge, 5 of 100",
            ),
            (
                "注脂 Greasing",
                "低温脂，占空间 30 % / Low-temperature grease, 30 % of the space",
                "± 5 %",
                "称重 Scale",
            ),
            (
                "打字 Marking",
                "激光刻客户号 / Laser marking with the customer's number",
                "",
                "目测 By eye",
            ),
            (
                "包装 Packing",
                "每管十套，油纸 / Ten in a tube, oiled paper",
                "",
                "目测 By eye",
            ),
        )
        return (
            self.env["sales.assistant.requirement"]
            .with_user(assistant)
            .create(
                {
                    "order_id": order.id,
                    "line_id": line.id,
                    "subject": "低温脂、刻客户号 / Low-temperature grease, marked",
                    "drawing_number": f"DR-{6200 + place}",
                    "drawing_revision": "A",
                    "department_ids": [
                        Command.set(
                            [
                                self.env.ref(
                                    f"sales_assistant.sales_department_{name}_demo"
                                ).id
                                for name in ("technical", "production")
                            ]
                        )
                    ],
                    "detail_ids": [
                        Command.create(
                            {
                                "process": process,
                                "name": name,
                                "tolerance": tolerance,
                                "check_method": method,
                            }
                        )
                        for process, name, tolerance, method in details
                    ],
                    "drawing_ids": [
                        Command.create(
                            {
                                "name": f"DR-{6200 + place}-A.png",
                                "datas": self._draw_bearing(),
                            }
                        )
                    ],
                }
            )
        )

    def _acknowledge(self, sheet, *names):
        for name in names:
            department = self.env.ref(f"sales_assistant.sales_department_{name}_demo")
            reader = department.user_id or department.member_ids[:1]
            # sudo: the notice belongs to its readers
            notice = sheet.sudo().notice_id.with_user(reader)
            if not notice._get_own_receipts().read_at:
                notice.action_read()

    def _draw_bearing(self):
        image = Image.new("RGB", (480, 360), "white")
        draw = ImageDraw.Draw(image)
        for radius in (150, 120, 80, 55):
            box = (240 - radius, 180 - radius, 240 + radius, 180 + radius)
            draw.ellipse(box, outline=(20, 20, 20), width=3)
        for x, y in ((100, 0), (-100, 0), (0, 100), (0, -100), (71, 71), (-71, -71)):
            draw.ellipse((222 + x, 162 + y, 258 + x, 198 + y), outline=(20, 20, 20))
        draw.line((60, 180, 420, 180), fill=(150, 30, 30))
        draw.line((240, 10, 240, 350), fill=(150, 30, 30))
        stream = io.BytesIO()
        image.save(stream, "PNG")
        return base64.b64encode(stream.getvalue())
