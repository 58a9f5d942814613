# pylint: disable=consider-merging-classes-inherited
# Own file: the story of one part.
from datetime import timedelta

from odoo import api, models
from odoo.fields import Command

from .sales_assistant_demo import QUIET

GOALS = (
    "Sole supplier of the new gearbox series. 成为新系列减速机的唯一供应商。",
    "Two complaints less than last year, and 92 points. 投诉比去年少两起，满意度92分。",
)
#: (days from today, kind, what, what came of it)
EVENTS = (
    (
        -75,
        "visit",
        "Visit of the purchasing manager 拜访采购经理",
        "Forecast of the year received. 已取得全年预测。",
    ),
    (
        -40,
        "training",
        "Seminar on mounting 安装技术讲座",
        "Fourteen fitters took part. 十四名装配工参加。",
    ),
    (-3, "survey", "Survey of satisfaction 满意度调查", ""),
    (4, "visit", "Visit before the holidays 节前拜访", ""),
    (12, "call", "Call about the needs of next quarter 了解下季度需求", ""),
    (25, "meeting", "Meeting of key customers 大客户联谊会", ""),
)
#: customers of the story who have a plan
PLANS = 2


class SalesAssistantDemo(models.AbstractModel):
    """Care plans of two key customers, with what was done, is overdue and coming."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load(self):
        result = super()._load()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        customers = self._get_story_customers().sorted(
            lambda one: (one.sales_grade_id.sequence or 99, one.id)
        )
        for goal, customer in zip(GOALS, customers[:PLANS], strict=True):
            self._plan_care(customer, goal)
        return result

    def _plan_care(self, customer, goal):
        """Events that would lie in another year are not part of this year's plan."""
        today = self.env.company._get_sales_today()
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        story = [
            (today + timedelta(days=days), *words)
            for days, *words in EVENTS
            if (today + timedelta(days=days)).year == today.year
        ]
        plan = (
            self.env["sales.assistant.care.plan"]
            .with_user(assistant)
            .create(
                {
                    "partner_id": customer.id,
                    "goal": goal,
                    "user_id": assistant.id,
                    "event_ids": [
                        Command.create(
                            {"date_planned": day, "kind": kind, "name": name}
                        )
                        for day, kind, name, _result in story
                    ],
                }
            )
        )
        plan.action_start()
        for event, (day, _kind, _name, result) in zip(
            plan.event_ids.sorted("date_planned"), story, strict=True
        ):
            if result:
                event._do_done(result)
                event._write_guarded({"date_done": day})
