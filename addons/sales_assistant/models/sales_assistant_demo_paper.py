# pylint: disable=consider-merging-classes-inherited
# Own file: contracts and numbered blanks are one chapter of the story.
from datetime import timedelta

from odoo import Command, api, models

#: (customer, subject, form, days since conclusion, days until the end)
CONTRACTS = (
    ("rossi", "Frame contract, deep groove bearings", "written", 330, 35),
    ("mueller", "Yearly contract, tapered roller bearings", "written", 90, 275),
    ("shree", "Processing of needle bearings", "written", 40, 140),
    ("anadolu", "Price agreement for the season", "oral", 20, 70),
    ("lodz", "Cooperation, mounted units", "written", 10, 355),
)


class SalesAssistantDemo(models.AbstractModel):
    """Demo data of the papers: contracts in every state (SA-16), certificates of
    conformity in several hands (SA-17b), all by the real steps."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load(self):
        result = super()._load()
        company = self.env.ref("base.main_company")
        papers = self.with_company(company).with_context(
            allowed_company_ids=company.ids
        )
        papers._make_contracts()
        papers._make_documents()
        return result

    def _make_contracts(self):
        today = self.env.company._get_sales_today()
        assistant = self._as("sales_assistant.user_assistant_demo").user
        manager = self._as("sales_base.user_manager_demo").user
        for n, (name, subject, form, since, left) in enumerate(CONTRACTS):
            partner = self.env.ref(f"sales_assistant.partner_{name}_demo")
            contract = (
                self.env["sales.assistant.contract"]
                .with_user(assistant)
                .create(
                    {
                        "subject": subject,
                        "form": form,
                        "kind": ("sale", "sale", "processing", "sale", "cooperation")[
                            n
                        ],
                        "partner_id": partner.id,
                        "partner_ref": f"{name.upper()}-{2026 + n % 2}",
                        "user_id": self.env.ref("sales_base.user_salesperson_demo").id,
                        "assistant_id": assistant.id,
                        "amount": 60000 * (n + 1),
                        "date_signed": today - timedelta(days=since),
                        "date_from": today - timedelta(days=since),
                        "date_to": today + timedelta(days=left),
                        "agreed_with": form == "oral" and "Purchasing manager",
                        "agreed_how": form == "oral" and "On the phone",
                    }
                )
            )
            contract.action_submit()
            if name == "lodz":
                continue  # waits for the manager
            contract.with_user(manager).action_approve()
            if form == "written":
                contract.action_seal()
                contract.paper_place = f"Cabinet 3, binder {n + 1}"
            contract.action_activate()
            if name == "shree":
                contract.handover_ids = [
                    Command.create({"name": item, "kind": kind})
                    for item, kind in (
                        ("Pressing die HK2016", "tooling"),
                        ("Drawing, revision C", "document"),
                        ("Steel strip of the customer", "material"),
                    )
                ]
                contract.handover_ids[:2].action_done()
            orders = self.env["sale.order"].search(
                [("partner_id", "=", partner.id), ("state", "=", "sale")]
            )
            if name != "shree":
                orders.sales_contract_id = contract

    def _make_documents(self):
        assistant = self._as("sales_assistant.user_assistant_demo").user
        salesperson = self._as("sales_base.user_salesperson_demo").user
        document = self.env["sales.assistant.controlled.document"].create(
            {
                "name": "Certificate of Conformity",
                "prefix": "QC-",
                "keeper_id": assistant.id,
                "minimum_stock": 200,
            }
        )
        moves = self.env["sales.assistant.controlled.document.move"]

        def move(user, kind, numbers, **values):
            return moves.with_user(user).create(
                {"document_id": document.id, "kind": kind, "numbers": numbers, **values}
            )

        move(assistant, "receive", "1001-1500").action_post()
        issued = move(assistant, "issue", "1001-1060", to_id=salesperson.id)
        issued.action_hand()
        issued.with_user(salesperson)._do_sign(salesperson.name, self._draw_signature())
        move(salesperson, "use", "1001-1018").action_post()
        spoiled = self.env.ref("sales_assistant.sales_reason_void_spoiled")
        move(salesperson, "void", "1019", void_reason_id=spoiled.id).action_post()
        move(
            assistant, "issue", "1061-1100", to_id=salesperson.id
        ).action_hand()  # waits for his signature
        count = (
            self.env["sales.assistant.controlled.document.count"]
            .with_user(assistant)
            .create(
                {
                    "document_id": document.id,
                    "holder_id": salesperson.id,
                    "numbers": "1020-1041, 1043-1060",
                }
            )
        )
        count.action_close()
