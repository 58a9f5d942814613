# pylint: disable=consider-merging-classes-inherited
# Own file: the document sets are one chapter of the story.
from datetime import timedelta

from odoo import api, models

from .sales_assistant_demo import QUIET

#: sets of the story: how many orders, from the last shipped backwards
SHIPPED, UNDER_WAY = 6, 8


class SalesAssistantDemo(models.AbstractModel):
    """Demo data of the document sets (SA-17a): those of shipped orders are handed in,
    settled, or came back from the bank; those under way are being collected; a tax
    refund lies with finance, a tender is due."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_document_sets(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        guards = ("sales_assistant_review_enabled", "sales_assistant_check_quotation")
        before = {name: company[name] for name in guards}
        company.write(dict.fromkeys(guards, False))  # terms the orders always had
        self._name_terms()
        self.env.flush_all()
        company.write(before)
        self._make_document_sets()
        self._make_tender()
        company.write(
            {
                "sales_assistant_sets_enabled": True,
                "sales_assistant_check_document_set": 1,
            }
        )

    def _name_terms(self):
        """Incoterms and weights, which invoice and packing list show."""
        for n, product in enumerate(self._get_products()):
            product.write(
                {
                    "weight": 0.11 + 0.02 * n,
                    "uom_ids": self.env.ref("uom.product_uom_dozen").ids,
                }
            )
        orders = self.env["sale.order"].search(
            [
                ("partner_id", "in", self._get_story_customers().ids),
                ("state", "=", "sale"),
                ("incoterm", "=", False),
            ],
            order="id",
        )
        codes = ("CIF", "FOB", "CIF", "EXW")
        terms = [self.env.ref(f"account.incoterm_{code}") for code in codes]
        for n, term in enumerate(terms):
            orders[n :: len(terms)].incoterm = term

    def _make_document_sets(self):
        today = self.env.company._get_sales_today()
        assistant = self._as("sales_assistant.user_assistant_demo").user
        orders = self.env["sale.order"].search(
            [
                ("state", "=", "sale"),
                ("assistant_id", "=", assistant.id),
                ("partner_id.country_id", "!=", self.env.company.country_id.id),
                ("picking_ids", "!=", False),  # older orders have no deliveries
                ("sales_promised_date", ">=", today - timedelta(days=90)),
            ],
            order="sales_promised_date desc, id desc",
        )
        shipped = orders.filtered(lambda one: one.delivery_status == "full")[:SHIPPED]
        under_way = orders.filtered(lambda one: one.delivery_status != "full")
        under_way = under_way.sorted("sales_promised_date")[:UNDER_WAY]
        sets = (shipped | under_way).with_user(assistant)._create_document_sets()
        for one in sets.filtered(lambda one: one.kind == "export"):
            one.write(
                {
                    "port_loading": "Shanghai",
                    "marks": f"{one.partner_id.name.split()[0].upper()}\n"
                    f"{one.order_id.name}\nMADE IN CHINA",
                    "freight_amount": 180 if one.incoterm_id.code == "CIF" else 0,
                    "insurance_amount": 25 if one.incoterm_id.code == "CIF" else 0,
                }
            )
            for line in one.line_ids:
                line.write(
                    {
                        "gross_weight": line.net_weight + 0.4 * line.carton_count,
                        "volume": 0.02 * line.carton_count,
                    }
                )
        done = sets.filtered(lambda one: one.order_id in shipped)
        self._hand_in(done.filtered(lambda one: one.kind == "export"))
        self._collect((sets - done).filtered(lambda one: one.kind == "export"))
        refund = done.filtered(lambda one: one.kind == "refund")[:2]
        self._get_items(refund)
        refund.action_complete()
        refund[:1]._do_present("finance", "Finance department", "2 folders")

    def _get_items(self, sets):
        for n, item in enumerate(sets.item_ids):
            item.write({"reference": f"{item.kind[:3].upper()}-{26001 + n}"})
        sets.item_ids.action_done()

    def _hand_in(self, sets):
        """Settled, refused once and handed in again, handed in, complete."""
        self._get_items(sets)
        sets.action_complete()
        for n, one in enumerate(sets[1:]):
            one._do_present(
                "bank" if n % 2 else "customer", "Bills department", f"DHL {4711 + n}"
            )
        refused = sets[2:3]
        reason = self.env.ref("sales_assistant.sales_reason_set_figures")
        refused._do_with_reason("refuse", reason, "Gross weight differs from the B/L")
        refused.action_complete()
        refused._do_present("bank", "Bills department", "DHL 4799")
        for one in sets[3:]:
            one._do_settle(one.amount_total)

    def _collect(self, sets):
        """Some documents are there, the first ones are late."""
        for n, one in enumerate(sets):
            items = one.item_ids[: n % 4]
            for item in items:
                item.reference = one.invoice_number
            items.action_done()

    def _make_tender(self):
        today = self.env.company._get_sales_today()
        salesperson = self._as("sales_base.user_salesperson_demo").user
        quotation = self.env["sale.order"].search(
            [("state", "=", "sent"), ("user_id", "=", salesperson.id)],
            order="id desc",
            limit=1,
        )
        tender = (
            self.env["sales.assistant.document.set"]
            .with_user(salesperson)
            .create(
                {
                    "order_id": quotation.id,
                    "template_id": self.env.ref(
                        "sales_assistant.sales_assistant_document_template_tender"
                    ).id,
                    "date_deadline": today + timedelta(days=6),
                }
            )
        )
        item = tender.item_ids[-1]
        item.place = "Cabinet 1, originals"
        item.action_done()
