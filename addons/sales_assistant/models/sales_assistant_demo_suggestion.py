# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import api, models

#: (subject, from, improves, how far it is)
SUGGESTIONS = (
    (
        "Print the customer's item number on the label",
        "customer",
        "quality",
        "measured",
    ),
    ("One call a day to the colleague who travels", "staff", "service", "done"),
    ("Send the packing list before the goods leave", "staff", "delivery", "adopted"),
    ("Photos of each pallet with the shipping advice", "customer", "service", "open"),
    ("Gold-coloured boxes for all sizes", "staff", "other", "declined"),
)


class SalesAssistantDemo(models.AbstractModel):
    """SA-07: suggestions of the desk and its customers, one of them measured."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_suggestions(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids,
            tracking_disable=True,
            mail_notrack=True,
            mail_activity_automation_skip=True,
        )
        today = company._get_sales_today()
        department = self.env.ref("sales_assistant.sales_department_production_demo")
        for place, (subject, source, aim, stage) in enumerate(SUGGESTIONS):
            customer = self._get_customers()[place]
            proposal = self.env["sales.complaint.proposal"].create(
                {
                    "subject": subject,
                    "source": source,
                    "partner_id": customer.id if source == "customer" else False,
                    "aim": aim,
                    "department_id": department.id,
                    "user_id": self.env.ref("sales_assistant.user_assistant_demo").id,
                    "date_due": today + timedelta(days=6),
                    "date_planned": today + timedelta(days=10 * place),
                    "measure": "Questions about deliveries a month",
                    "value_before": 14,
                    "date_measure": today,
                }
            )
            self._judge_suggestion(proposal, stage)

    def _judge_suggestion(self, proposal, stage):
        judged = proposal.with_user(proposal.department_id.user_id)
        if stage == "declined":
            proposal.result = "Dearer, and no customer has asked for it."
            judged.action_decline()
        elif stage != "open":
            judged.action_adopt()
        if stage in ("done", "measured"):
            proposal.result = "Introduced for all shipments."
            judged.action_done()
        if stage == "measured":
            judged._do_measure(5, 1800, "Nobody asks for the item any more.")
