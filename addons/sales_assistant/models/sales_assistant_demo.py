import base64
import io
import math
from datetime import time, timedelta

from PIL import Image, ImageDraw

from odoo import Command, api, models

#: months of history and of work at hand
PAST_ORDERS, CURRENT_ORDERS = 36, 22
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
}


class SalesAssistantDemo(models.AbstractModel):
    """Demo data of the desk, made by the real steps; called by the demo files only.

    A bearing maker sells to ten customers abroad and at home. Two years of orders lie
    in the archive; those of the last five months went through every step and are
    delivered, invoiced and mostly paid; the orders of these weeks are under way, some
    late; quotations lie in every state of the review. Dates are relative to today,
    nothing is random.
    """

    _name = "sales.assistant.demo"
    _description = "Assistant Desk Demo Data"

    # ------------------------------------------------------------------- story

    @api.model
    def _load(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        company.sales_assistant_review_enabled = False
        self._name_departments()
        self._stock_up()
        self._make_archive()
        self._make_history()
        self._make_current()
        company.sales_assistant_review_enabled = True
        self._make_quotations()

    def _name_departments(self):
        """Whose opinion each rule asks for."""
        asked = {
            "amount": ("production", "finance"),
            "discount": ("finance",),
            "payment_term": ("finance",),
            "lead_time": ("technical", "production"),
            "new_customer": ("finance",),
        }
        for key, names in asked.items():
            rule = self.env.ref(f"sales_assistant.sales_assistant_review_rule_{key}")
            rule.department_ids = self.env["sales.department"].union(
                *(
                    self.env.ref(f"sales_assistant.sales_department_{name}_demo")
                    for name in names
                )
            )

    def _stock_up(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        for product in self._get_products():
            self.env["stock.quant"]._update_available_quantity(
                product, warehouse.lot_stock_id, 900000
            )

    def _make_history(self):
        """Orders promised up to last week: shipped, invoiced, mostly paid."""
        today = self.env.company._get_sales_today()
        promised = [today - timedelta(days=151 - 4 * n) for n in range(PAST_ORDERS)]
        orders = self._create_orders(promised, lead=42)
        orders.action_confirm()
        self._date_orders(orders, promised, lead=42)
        delays = [(0, -1, 0, 2, 0, -2, 5)[n % 7] for n in range(PAST_ORDERS)]
        shipped = [
            min(today, day + timedelta(days=delay))
            for day, delay in zip(promised, delays, strict=True)
        ]
        self._ship(orders, shipped)
        invoices = self._invoice(orders, shipped)
        unpaid = invoices.filtered(lambda move: move.id % 6 == 0)
        self._pay(invoices - unpaid - invoices[-5:])
        self._finish_milestones(orders, today)
        self._date_effects(orders, shipped)

    def _make_current(self):
        """Orders promised for these weeks: at work, some late, some at risk."""
        today = self.env.company._get_sales_today()
        promised = [
            today + timedelta(days=5 * n // 2 - 6) for n in range(CURRENT_ORDERS)
        ]
        orders = self._create_orders(promised, lead=36, start=3)
        company = self.env.company
        company.sales_assistant_milestone_enabled = False
        orders[6::6].action_confirm()  # as orders from before the app
        company.sales_assistant_milestone_enabled = True
        (orders - orders[6::6]).action_confirm()
        self._date_orders(orders, promised, lead=36)
        shipped = orders[:2]
        self._ship(shipped, promised[:2])
        behind = [(0, 0, 4, 0, 1, 0, 2)[n % 7] for n in range(CURRENT_ORDERS)]
        for order, days in zip(orders, behind, strict=True):
            self._finish_milestones(order, today - timedelta(days=days))
        self._date_effects(shipped, promised[:2])

    def _make_quotations(self):
        """Quotations in every state of the review."""
        today = self.env.company._get_sales_today()
        days = [today + timedelta(days=40 + n) for n in range(18)]
        orders = self._create_orders(days, lead=20)
        orders.write({"state": "sent"})
        orders[6:12].payment_term_id = self.env.ref(
            "account.account_payment_term_end_following_month"
        )
        orders[6:9].order_line.discount = 12
        orders[9:12].order_line[:1].product_uom_qty = 20000
        orders[7].commitment_date = self.env.company._get_sales_moment(
            today + timedelta(days=9), time(17)
        )
        salesperson = self._as("sales_base.user_salesperson_demo")
        assistant = self._as("sales_assistant.user_assistant_demo")
        requested = salesperson(orders[:15])
        requested._request_reviews()
        self._review_normal(orders[:6], assistant)
        self._review_special(orders[6:12], assistant, salesperson)
        self._accept(orders[12:14])
        orders[14].sales_review_id.with_user(salesperson.user)._do_supersede()

    def _review_normal(self, orders, assistant):
        """Two to be confirmed, one half done, two approved, one rejected."""
        reviews = orders.sales_review_ids
        for order, count in zip(orders, (0, 0, 3, 9, 9, 2), strict=True):
            checks = order.sales_review_id.check_ids[:count]
            assistant(checks).write({"is_done": True})
        for order in orders[3:5]:
            assistant(order.sales_review_id).action_approve()
        orders[3].with_user(assistant.user).action_confirm()
        rejected = assistant(orders[5].sales_review_id)
        rejected._do_with_reason(
            "reject",
            self.env.ref("sales_assistant.sales_reason_reject_price"),
            "Below the price agreed for this year.",
        )
        return reviews

    def _review_special(self, orders, assistant, salesperson):
        """Two wait for opinions, two for the decision, one is approved and confirmed,
        one was changed after its approval and is reviewed again."""
        manager = self._as("sales_base.user_manager_demo")
        words = {
            1: ("object", "The cash cover does not allow these days."),
            2: ("conditional", "Only with 30 % paid in advance."),
        }
        for place, order in enumerate(orders[2:], 2):
            for opinion in order.sales_review_id.opinion_ids:
                answer, note = words.get(place - 1, ("agree", False))
                people = opinion.department_id.user_id
                opinion.with_user(people)._do_answer(answer, note)
        for order in orders[4:6]:
            manager(order.sales_review_id)._do_approve("重要客户 / Key customer")
        orders[4].with_user(salesperson.user).action_confirm()
        salesperson(orders[5]).order_line[:1].price_unit *= 0.95

    def _accept(self, orders):
        """Two customers have signed on the portal."""
        moment = self.env.cr.now()
        orders.write(
            {
                "signature": self._draw_signature(),
                "signed_by": "Purchasing",
                "signed_on": moment,
            }
        )
        # sudo: as on the portal
        orders.sudo().with_context(lang="en_US")._hold_accepted()

    # ------------------------------------------------------------------- parts

    def _draw_signature(self):
        image = Image.new("RGBA", (320, 110), (255, 255, 255, 0))
        points = [
            (20 + 3 * n, 60 + 30 * math.sin(n / 3.5) * math.cos(n / 11) - n / 4)
            for n in range(95)
        ]
        ImageDraw.Draw(image).line(points, fill=(30, 40, 110, 255), width=4)
        stream = io.BytesIO()
        image.save(stream, "PNG")
        return base64.b64encode(stream.getvalue())

    def _as(self, xmlid):
        user = self.env.ref(xmlid)

        def browse(records):
            return records.with_user(user)

        browse.user = user
        return browse

    def _get_customers(self):
        names = (
            "rossi mueller rolamentos shree anadolu lodz monterrey midwest saigon cairo"
        )
        return [
            self.env.ref(f"sales_assistant.partner_{name}_demo")
            for name in names.split()
        ]

    def _get_products(self):
        names = "6204 6305 30206 ucp205 hk2016 51105"
        return self.env["product.product"].union(
            *(
                self.env.ref(f"sales_assistant.product_{name}_demo")
                for name in names.split()
            )
        )

    def _create_orders(self, promised, lead, start=0):
        """Orders of the customers in turn, two or three lines each."""
        customers, products = self._get_customers(), self._get_products()
        yesterday = self.env.company._get_sales_today() - timedelta(days=1)
        moment = self.env.company._get_sales_moment
        vals_list = []
        for n, day in enumerate(promised, start):
            # the newest customer appears in the quotations only
            customer = customers[n % (9 if lead > 30 else 10)]
            lines = [
                Command.create(
                    {
                        "product_id": products[(n + k * 2) % 6].id,
                        "product_uom_qty": 200 * (1 + (n * 3 + k * 5) % 9),
                        "discount": (0, 0, 3, 0, 5)[(n + k) % 5],
                    }
                )
                for k in range(2 + n % 2)
            ]
            vals_list.append(
                {
                    "partner_id": customer.id,
                    "user_id": self.env.ref("sales_base.user_salesperson_demo").id,
                    "team_id": self.env.ref("sales_assistant.crm_team_export_demo").id,
                    "company_id": self.env.company.id,
                    "client_order_ref": f"PO-{4100 + 7 * n}",
                    "commitment_date": moment(day, time(17)),
                    "date_order": moment(
                        min(yesterday, day - timedelta(days=lead)), time(10)
                    ),
                    "require_signature": True,
                    "require_payment": False,
                    "order_line": lines,
                }
            )
        return self.env["sale.order"].create(vals_list)

    def _date_orders(self, orders, promised, lead):
        moment = self.env.company._get_sales_moment
        yesterday = self.env.company._get_sales_today() - timedelta(days=1)
        for order, day in zip(orders, promised, strict=True):
            ordered = min(yesterday, day - timedelta(days=lead))
            order.date_order = moment(ordered, time(10))

    def _ship(self, orders, days):
        pickings = orders.picking_ids
        for move in pickings.move_ids:
            move.quantity = move.product_uom_qty
        pickings.move_ids.picked = True
        pickings.with_context(skip_sms=True)._action_done()

    def _date_effects(self, orders, days):
        """Delivery and payment milestones on the day of the story."""
        moment = self.env.company._get_sales_moment
        for order, day in zip(orders, days, strict=True):
            order.picking_ids.date_done = moment(day, time(15))
            for one in order.sales_milestone_ids.filtered(
                lambda one: one.state == "done" and one.trigger != "hand"
            ):
                late = {"delivery": 0, "invoice": 1, "payment": 30}[one.trigger]
                today = self.env.company._get_sales_today()
                done = min(today, day + timedelta(days=late))
                one._write_guarded({"date_done": done})

    def _invoice(self, orders, days):
        journal = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.env.company.id)], limit=1
        )
        if not journal:
            return self.env["account.move"]
        invoices = orders._create_invoices(grouped=True)
        for order, day in zip(orders, days, strict=True):
            order.invoice_ids.invoice_date = day + timedelta(days=1)
        today = self.env.company._get_sales_today()
        late = invoices.filtered(lambda move: move.invoice_date > today)
        late.invoice_date = today
        invoices.action_post()
        return invoices

    def _pay(self, invoices):
        if not invoices:
            return
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoices.ids
        )
        wizard.create({"group_payment": False}).action_create_payments()

    def _finish_milestones(self, orders, day):
        """What was planned until ``day`` and is done by hand, now and then late."""
        due = orders.sales_milestone_ids.filtered(
            lambda one: (
                one.trigger == "hand"
                and one.state == "pending"
                and one.date_planned <= day
            )
        )
        today = self.env.company._get_sales_today()
        person = self.env.ref("sales_assistant.user_assistant_demo")
        for one in due:
            late = timedelta(
                days=(0, 0, 1, 0, -1, 0, 0, 2)[(one.id + one.sequence) % 8]
            )
            one._write_guarded(
                {
                    "state": "done",
                    "date_done": min(today, one.date_planned + late),
                    "done_by_id": person.id,
                }
            )
