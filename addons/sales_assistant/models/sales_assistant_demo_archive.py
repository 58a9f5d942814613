# pylint: disable=consider-merging-classes-inherited
# Own file: what lies in the archive when the story begins.
import math
from datetime import time, timedelta

from odoo import Command, api, models

#: the archive: from two years ago until the months that went through the real steps
ARCHIVE_DAYS, STORY_DAYS = 730, 195
#: days between two orders of a customer, pieces of its first and its second product
HABITS = (
    (38, 1400, 600),
    (45, 1000, 400),
    (52, 1800, 800),
    (61, 800, 600),
    (47, 1200, 600),
    (66, 600, 400),
    (58, 1600, 1000),
    (41, 1000, 800),
    (73, 800, 400),
)


class SalesAssistantDemo(models.AbstractModel):
    """Two years of orders behind the story: each customer with a rhythm and products of
    its own, growing a little, busier in spring."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _make_archive(self):
        today = self.env.company._get_sales_today()
        products = self._get_products()
        vals_list = []
        for place, (customer, habit) in enumerate(
            zip(self._get_customers(), HABITS, strict=False)
        ):
            every, *pieces = habit
            usual = products[place % 6] | products[(place + 2) % 6]
            for n, ago in enumerate(
                range(ARCHIVE_DAYS - 5 * place, STORY_DAYS, -every)
            ):
                day = today - timedelta(days=ago + n * 3 % 5)
                quantities = [self._vary(amount, n, day) for amount in pieces]
                vals_list.append(
                    self._prepare_archive_order(customer, usual, quantities, day)
                )
        vals_list.sort(key=lambda vals: vals["date_order"])
        self._close(self.env["sale.order"].create(vals_list))

    def _vary(self, pieces, place, day):
        """Pieces of the ``place``-th order: in hundreds, 12 % more a year."""
        season = 1 + 0.15 * math.sin(2 * math.pi * (day.month - 1) / 12)
        mood = (1, 0.9, 1.1, 1, 1.2, 0.85, 1.05)[place % 7]
        growth = 1 + 0.01 * place
        return round(pieces * season * mood * growth / 100) * 100

    def _prepare_archive_order(self, customer, products, quantities, day):
        moment = self.env.company._get_sales_moment
        return {
            "partner_id": customer.id,
            "user_id": self.env.ref("sales_base.user_salesperson_demo").id,
            "team_id": self.env.ref("sales_assistant.crm_team_export_demo").id,
            "company_id": self.env.company.id,
            "date_order": moment(day, time(10)),
            "commitment_date": moment(day + timedelta(days=42), time(17)),
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
                for product, quantity in zip(products, quantities, strict=True)
            ],
        }

    def _close(self, orders):
        """As they lie in the archive: confirmed, delivered and invoiced."""
        self.env.flush_all()
        for line in orders.order_line:
            quantity = line.product_uom_qty
            line._write(
                {
                    "state": "sale",
                    "qty_delivered": quantity,
                    "qty_invoiced": quantity,
                    "qty_to_invoice": 0,
                    "invoice_status": "invoiced",
                }
            )
        orders._write({"state": "sale", "invoice_status": "invoiced", "locked": True})
        self.env.invalidate_all(flush=False)
