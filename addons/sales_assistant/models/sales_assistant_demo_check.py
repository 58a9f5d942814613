# pylint: disable=consider-merging-classes-inherited
# Each part of the desk tells its own part of the story.
from datetime import time, timedelta

from odoo import Command, api, models

from .sales_assistant_demo import QUIET

#: weeks of history that went through the real steps
STEP_WEEKS = 8
#: every so many checks of the history found an error
ERROR_EVERY = 5
ERRORS = (
    ("price", "与客户约定的价格更低。 / The agreed price is lower."),
    ("date", "交期落在客户的公休日。 / Promised on a public holiday there."),
    ("quantity", "单位错：应为箱，写成套。 / Pieces instead of boxes."),
    ("terms", "客户要求 FOB，报价写成 CIF。 / FOB asked for, CIF quoted."),
)


class SalesAssistantDemo(models.AbstractModel):
    """SA-13: the bearing maker's quotations are checked by a second person before they
    are sent; orders go through the contract review."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_checks(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        self._check_history()
        company.sales_assistant_check_quotation = 1
        self._check_now()

    def _check_history(self):
        """What was sold until today was checked before; now and then with an error."""
        today = self.env.company._get_sales_today()
        salesperson = self._as("sales_base.user_salesperson_demo").user
        orders = self.env["sale.order"].search(
            [
                ("state", "=", "sale"),
                ("company_id", "=", self.env.company.id),
                ("user_id", "=", salesperson.id),
            ],
            order="date_order, id",
        )
        begin = self.env.company._get_sales_moment(
            today - timedelta(weeks=STEP_WEEKS), time(0)
        )
        old = orders.filtered(lambda order: order.date_order < begin)
        self._create_old_checks(old)
        self._take_check_steps(orders - old)

    def _create_old_checks(self, orders):
        salesperson = self._as("sales_base.user_salesperson_demo").user
        assistant = self._as("sales_assistant.user_assistant_demo").user
        contents = orders._get_snapshot_contents()
        vals_list = []
        for place, order in enumerate(orders):
            asked = order.date_order - timedelta(days=2, hours=place % 4)
            values = {
                "order_id": order.id,
                "kind": "quotation",
                "content": contents[order.id],
                "required_count": 1,
                "preparer_ids": [Command.set(salesperson.ids)],
                "requested_by_id": salesperson.id,
                "requested_at": asked,
                "decided_by_id": assistant.id,
            }
            if place % ERROR_EVERY == 2:
                key, note = ERRORS[place // ERROR_EVERY % len(ERRORS)]
                vals_list.append(
                    {
                        **values,
                        "state": "superseded",
                        "result": "failed",
                        "error_percent": 100,
                        "cancel_reason_id": self._get_error(key).id,
                        "reason_note": note,
                        "decided_at": asked + timedelta(hours=2),
                        "decision_hours": 2,
                    }
                )
            hours = 1 + place % 5
            vals_list.append(
                {
                    **values,
                    "state": "passed",
                    "result": "passed",
                    "error_percent": 0,
                    "signer_ids": [Command.set(assistant.ids)],
                    "decided_at": asked + timedelta(hours=hours),
                    "decision_hours": hours,
                }
            )
        self.env["sales.assistant.check"].create(vals_list)

    def _take_check_steps(self, orders):
        salesperson = self._as("sales_base.user_salesperson_demo")
        assistant = self._as("sales_assistant.user_assistant_demo")
        wrong = orders[2::ERROR_EVERY]
        failed = salesperson(wrong)._request_checks()
        self._find_errors(assistant(failed))
        checks = salesperson(orders)._request_checks()
        assistant(checks)._do_pass()
        for check in self.env["sales.assistant.check"].browse((failed | checks).ids):
            asked = check.order_id.date_order - timedelta(days=2)
            check._write_guarded(
                {
                    "requested_at": asked,
                    "decided_at": asked + timedelta(hours=3),
                    "decision_hours": 3,
                }
            )

    def _find_errors(self, checks):
        for place, check in enumerate(checks):
            key, note = ERRORS[place % len(ERRORS)]
            check._do_with_reason("fail", self._get_error(key), note)

    def _get_error(self, key):
        return self.env.ref(f"sales_assistant.sales_reason_check_{key}")

    def _check_now(self):
        """Quotations of these days: two wait for the assistant, one for the
        salesperson, one is wrong, one may be sent."""
        today = self.env.company._get_sales_today()
        salesperson = self._as("sales_base.user_salesperson_demo").user
        assistant = self._as("sales_assistant.user_assistant_demo").user
        days = [today + timedelta(days=50 + place) for place in range(5)]
        orders = self.with_user(salesperson)._create_orders(days[:4], lead=49, start=4)
        own = self.with_user(assistant)._create_orders(days[4:], lead=53, start=2)
        orders[:1].sales_special_requirement = (
            "用 LGHP 2 油脂，激光刻客户件号。 / Grease LGHP 2 instead of the "
            "standard grease, laser marking of the customer's part number."
        )
        orders[1:2].is_sales_oral_contract = True
        checks = orders._request_checks()
        own._request_checks()
        self._find_errors(checks[2].with_user(assistant))
        checks[3].with_user(assistant)._do_pass()
