# pylint: disable=consider-merging-classes-inherited
# Own file: the story of one part.
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_base.tools import period as periods

from .sales_assistant_demo import QUIET

#: what customers said in the calls of these months: score, result, need
CALLS = [
    (
        95,
        "wish",
        ("product", "多尘场合用密封轴承 / Sealed bearings for dusty places", 500),
    ),
    (88, "nothing", None),
    (72, "complaint", ("delivery", "交期缩短两周 / Delivery two weeks shorter", 0)),
    (91, "order", ("product", "C3 游隙的 6204 / Bearing 6204 with C3 clearance", 2000)),
    (0, "nothing", None),
    (84, "wish", ("price", "按年用量的价格表 / Price list for yearly quantities", 0)),
    (97, "nothing", None),
    (79, "wish", ("technical", "三维图纸 / Drawings as 3D models", 0)),
    (90, "order", ("sample", "新保持架样品十件 / Ten samples of the new cage", 10)),
    (86, "wish", ("payment", "账期 60 天代替 30 天 / Sixty days instead of thirty", 0)),
]
#: months whose grades are in the history, and months judged in the story
GRADED_MONTHS, JUDGED_MONTHS = 3, 2


class SalesAssistantDemo(models.AbstractModel):
    """Grades of these months and the calls that follow from them (F-20, SA-04)."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load(self):
        result = super()._load()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        self._date_payments()
        self._grade_customers()
        self._make_calls()
        return result

    def _get_story_customers(self):
        return self.env["res.partner"].union(*self._get_customers())

    def _date_payments(self):
        """Payments on the day of the story: some customers pay in time, some late."""
        self.env.flush_all()
        for table in ("account_move_line", "account_move"):
            key = "move_id" if table == "account_move_line" else "id"
            # table names are the two constants above
            self.env.cr.execute(
                f"""
                UPDATE {table} moved
                   SET date = LEAST(%s, due.date_maturity
                                        + CASE due.partner_id %% 4
                                          WHEN 0 THEN 0 ELSE due.partner_id %% 9 END)
                  FROM account_partial_reconcile partial
                  JOIN account_move_line due ON due.id = partial.debit_move_id
                  JOIN account_move_line paid ON paid.id = partial.credit_move_id
                 WHERE moved.{key} = paid.move_id
                   AND paid.company_id = %s
                   AND due.partner_id = ANY(%s)
                """,
                (
                    self.env.company._get_sales_today(),
                    self.env.company.id,
                    self._get_story_customers().ids,
                ),
            )
        self.env.invalidate_all()

    def _grade_customers(self):
        """The runs of the last months; a manager keeps one customer at A."""
        company = self.env.company
        company.write(
            {"sales_grade_enabled": True, "sales_grade_months": JUDGED_MONTHS}
        )
        scores = self.env["sales.grade.score"]
        customers = self._get_story_customers()
        this_month = company._get_sales_today().replace(day=1)
        turnover = scores._get_turnovers(
            customers,
            company,
            this_month,
            periods.add_months(this_month, -JUDGED_MONTHS),
            JUDGED_MONTHS,
        )
        best = max((now for now, _before in turnover.values()), default=0)
        company.sales_grade_turnover_full = max(1000, round(0.8 * best, -3))
        for back in range(GRADED_MONTHS - 1, -1, -1):
            month = periods.add_months(this_month, -back)
            scores._compute_scores(customers, company, month)
        manager = self.env.ref("sales_base.user_manager_demo")
        weakest = min(
            scores.search([("month", "=", this_month)]), key=lambda one: one.points
        )
        self.env["sales.grade.override"].with_user(manager).create(
            {
                "partner_id": weakest.partner_id.id,
                "grade_id": self.env.ref("sales_base.sales_grade_b").id,
                "reason": "Framework contract for next year is being negotiated.",
                "date_to": periods.add_months(this_month, 3),
                "company_id": company.id,
            }
        )

    def _make_calls(self):
        """Calls of the last weeks, what is due today, and what is late."""
        company = self.env.company
        today = company._get_sales_today()
        callbacks, needs = self.env["sales.assistant.callback"], []
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        customers = self._get_story_customers()
        for n, (partner, call) in enumerate(zip(customers, CALLS, strict=False)):
            score, result, need = call
            day = today - timedelta(days=(10, 9, 5, 44, 13, 34, 71, 20, 102, 6)[n])
            callback = callbacks.create(
                {
                    "partner_id": partner.id,
                    "grade_id": partner.sales_grade_id.id,
                    "user_id": assistant.id,
                    "date_due": day,
                    "date_planned": day,
                    "date_done": day,
                    "done_by_id": assistant.id,
                    "state": "done",
                    "result": result,
                    "is_rated": bool(score),
                    "satisfaction": score,
                    "company_id": company.id,
                }
            )
            if need:
                category, name, quantity = need
                needs.append(
                    {
                        "name": name,
                        "partner_id": partner.id,
                        "category_id": self.env.ref(
                            f"sales_assistant.sales_assistant_need_category_{category}"
                        ).id,
                        "quantity": quantity,
                        "date": day,
                        "user_id": assistant.id,
                        "callback_id": callback.id,
                        "company_id": company.id,
                    }
                )
        self.env["sales.assistant.need"].create(needs)
        self.env["sales.assistant.callback.programme"]._plan(customers, company)
        planned = callbacks.search([("state", "=", "open")], order="date_due, id")
        for callback, days in zip(planned[:4], (4, 2, 0, 0), strict=False):
            callback.date_due = today - timedelta(days=days)
        planned[1:2].with_user(assistant)._do_retry(
            today, "Nobody answered, the contact is at a fair."
        )
        planned[4:5].with_user(assistant)._do_snooze(
            today + timedelta(days=5),
            self.env.ref("sales_assistant.sales_reason_callback_snooze_holiday"),
            False,
        )
