# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import api, models

#: (subject, kind, days from today to its day, how it ended)
PROMISES = (
    ("Ship 1,200 pcs 6204 before the weekend", "delivery", 3, "open"),
    ("Second inspection report in English", "document", 0, "open"),
    ("Keep the price of 6305 until the end of the quarter", "price", 24, "feasible"),
    ("Ten days earlier than the contract says", "delivery", 12, "asked"),
    ("Payment of the March invoices", "payment", -2, "open"),
    ("Certificate of origin by courier", "document", -9, "kept"),
    ("Replacement of the damaged boxes", "other", -14, "kept"),
    ("Partial shipment by air", "delivery", -18, "broken_told"),
    ("Balance within two weeks", "payment", -21, "kept"),
    ("Drawing with new tolerances", "document", -25, "kept"),
    ("Delivery together with order of April", "delivery", -29, "broken"),
    ("Old price for the repeat order", "price", -36, "kept"),
)


class SalesAssistantDemo(models.AbstractModel):
    """SA-06: what the desk has promised in these weeks: kept, broken with and without
    telling the customer first, asked, and due today."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_promises(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids,
            tracking_disable=True,
            mail_notrack=True,
            mail_activity_automation_skip=True,
        )
        today = company._get_sales_today()
        customers = self._get_customers()
        engineer = self.env.ref("sales_assistant.user_engineer_demo")
        for place, (subject, kind, days, ending) in enumerate(PROMISES):
            customer = customers[(place * 3) % len(customers)]
            order = self.env["sale.order"].search(
                [("partner_id", "=", customer.id), ("state", "=", "sale")],
                order="id desc",
                limit=1,
            )
            promise = self.env["sales.assistant.promise"].create(
                {
                    "subject": subject,
                    "kind": kind,
                    "partner_id": customer.id,
                    "order_id": order.id,
                    "amount": 4200 + 650 * place if kind == "payment" else 0,
                    "user_id": self.env.ref("sales_base.user_salesperson_demo").id,
                    "assistant_id": self.env.ref(
                        "sales_assistant.user_assistant_demo"
                    ).id,
                    "team_id": self.env.ref("sales_assistant.crm_team_export_demo").id,
                    "checker_id": engineer.id,
                    "date_due": today + timedelta(days=max(days, 0)),
                }
            )
            promise.action_ask()
            if ending == "asked":
                continue
            promise.with_user(engineer).action_confirm()
            if ending == "feasible":
                continue
            promise.action_make()
            due = today + timedelta(days=days)
            promise._write_guarded(
                {"date_due": due, "date_made": due - timedelta(days=12)}
            )
            self._end_promise(promise, ending, due)

    def _end_promise(self, promise, ending, due):
        if ending == "kept":
            promise._do_keep(due - timedelta(days=1), False)
            promise._write_guarded({"date_settled": due})
        elif ending.startswith("broken"):
            told = ending == "broken_told"
            promise._do_break(
                self.env.ref("sales_assistant.sales_reason_promise_broken_production"),
                "A grinding machine stood still for three days.",
                due - timedelta(days=4) if told else due + timedelta(days=1),
            )
            promise._write_guarded({"date_settled": due + timedelta(days=3)})
            if told:
                promise.date_apology = due - timedelta(days=4)
                promise.remedy = "Air freight at our cost for half of the order."
