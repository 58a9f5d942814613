# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import Command, api, models


class SalesAssistantDemo(models.AbstractModel):
    """SA-15: two months of samples of the bearing maker, in every state; one became an
    order, one came back with changes, one is a special case for the manager. A
    courier's bill asks too much for one parcel, bills one twice and names one that
    nobody sent."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_samples(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids,
            tracking_disable=True,
            mail_notrack=True,
        )
        self._fill_sample_room()
        samples = self._create_samples()
        samples[1:].action_submit()
        self._check_samples(samples[3:])
        self._check_samples(samples[2], 4)
        self._send_samples(samples[4:])
        self._follow_samples(samples)
        self._make_courier_bill(samples)

    def _fill_sample_room(self):
        company = self.env.company
        company.sales_sample_courier_product_id = self.env.ref(
            "sales_assistant.product_courier_demo"
        )
        courier = self.env.ref("sales_assistant.sales_assistant_courier_dhl")
        courier.partner_id = self.env.ref("sales_assistant.partner_dhl_demo")
        room = company._get_sales_sample_room()
        for place, product in enumerate(self._get_products()):
            self.env["stock.quant"]._update_available_quantity(
                product, room, 24 + 6 * place
            )

    def _create_samples(self):
        """Twelve requests, the newest first: (customer, products, days ago)."""
        customers, products = self._get_customers(), self._get_products()
        today = self.env.company._get_sales_today()
        ages = (0, 1, 3, 4, 9, 13, 20, 27, 34, 41, 48, 55)
        purposes = ("evaluation", "approval", "project", "evaluation", "show")
        samples = self.env["sales.assistant.sample"].create(
            [
                {
                    "partner_id": customers[(3 * n + 1) % 10].id,
                    "user_id": self.env.ref("sales_base.user_salesperson_demo").id,
                    "assistant_id": self.env.ref(
                        "sales_assistant.user_assistant_demo"
                    ).id,
                    "team_id": self.env.ref("sales_assistant.crm_team_export_demo").id,
                    "date_request": today - timedelta(days=age),
                    "date_wanted": today - timedelta(days=age - 6),
                    "purpose": purposes[n % 5],
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": products[(n + 2 * k) % 6].id,
                                "quantity": 2 + n % 3,
                            }
                        )
                        for k in range(1 + n % 2)
                    ],
                }
                for n, age in enumerate(ages)
            ]
        )
        samples[1].charge = "free"
        samples[1].courier_terms = "collect"
        return samples

    def _check_samples(self, samples, count=None):
        """Our own check, by the assistant."""
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        for sample in samples:
            sample.check_ids[:count].with_user(assistant).is_done = True

    def _send_samples(self, samples):
        today = self.env.company._get_sales_today()
        courier = self.env.ref("sales_assistant.sales_assistant_courier_dhl")
        for n, sample in enumerate(samples):
            sample.write(
                {
                    "courier_id": courier.id,
                    "waybill": f"74 2280 {1931 + 37 * n}",
                    "courier_estimate": 28 + 3 * (n % 4),
                }
            )
        if self.env["account.journal"].search_count(
            [("type", "=", "sale"), ("company_id", "=", self.env.company.id)], limit=1
        ):
            for sample in samples.filtered(lambda one: one.charge == "charged"):
                sample.action_invoice()
        else:
            samples.filtered(lambda one: one.charge == "charged").write(
                {"charge": "free"}
            )
        samples.action_send()
        for sample in samples:
            sent = min(today, sample.date_request + timedelta(days=4))
            sample._write_guarded(
                {"date_sent": sent, "date_follow_up": sent + timedelta(days=7)}
            )

    def _follow_samples(self, samples):
        """What the customers say, the older the more."""
        today = self.env.company._get_sales_today()
        reason = "sales_assistant.sales_reason_sample_outcome_"
        there = samples[5:]
        there._do_arrive()
        for sample in there:
            arrived = min(today, sample.date_sent + timedelta(days=5))
            sample._write_guarded(
                {
                    "date_arrived": arrived,
                    "date_follow_up": min(today, arrived + timedelta(days=7)),
                }
            )
        words = (
            "Runs quietly, our workshop measures it this week.",
            "Good finish; the price is compared with two others.",
        )
        for sample, text in zip(there[1:3], words, strict=True):
            sample._do_follow(text, "maybe", today + timedelta(days=2))
        self._order_from_sample(samples[8])
        samples[9]._do_close(
            "changes",
            self.env.ref(f"{reason}dimension"),
            "Bore 0.02 mm too wide for their shaft.",
        )
        samples[10]._do_close("rejected", self.env.ref(f"{reason}price"), False)
        samples[11]._do_close("no_answer")
        for n, sample in enumerate(samples[8:]):
            sample._write_guarded(
                {"date_closed": min(today, sample.date_arrived + timedelta(days=6 + n))}
            )

    def _order_from_sample(self, sample):
        """A sample turned into an order of full boxes."""
        company = self.env.company
        order = self.env["sale.order"].create(sample._prepare_quotation_values())
        for line in order.order_line:
            line.product_uom_qty = 1200
        today = company._get_sales_today()
        order.commitment_date = company._get_sales_moment(today + timedelta(days=35))
        self._check_unusual(
            order, "Purchasing", "Their first series after the sample was accepted."
        )
        reviewed = company.sales_assistant_review_enabled
        company.sales_assistant_review_enabled = False
        order.action_confirm()
        company.sales_assistant_review_enabled = reviewed
        ordered = min(today, sample.date_sent + timedelta(days=19))
        order.date_order = company._get_sales_moment(ordered) + timedelta(hours=10)

    def _make_courier_bill(self, samples):
        """The bill of last month's parcels."""
        sent = samples[6:]
        prepaid = [one for one in sent if one.courier_terms == "prepaid"]
        parcels = [
            (one.waybill, one.partner_id.name, one.courier_estimate) for one in sent
        ]
        if prepaid:
            place = list(sent).index(prepaid[0])
            waybill, name, amount = parcels[place]
            parcels[place] = (waybill, name, amount * 1.4)
            waybill, name, amount = parcels[-1]
            parcels.append((waybill, name, amount))
        parcels.append(("74 2280 9999", "Ningbo Office", 33))
        bill = self.env["sales.assistant.courier.bill"].create(
            {
                "courier_id": self.env.ref(
                    "sales_assistant.sales_assistant_courier_dhl"
                ).id,
                "reference": "NGB-0088412",
                "line_ids": [
                    Command.create(
                        {"waybill": waybill, "description": name, "amount": amount}
                    )
                    for waybill, name, amount in parcels
                ],
            }
        )
        bill.action_check()
