# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the story.
from datetime import time, timedelta

from odoo import api, models

from .sales_assistant_demo import QUIET

#: pieces of the two products of each order, oldest first; repeated
QUANTITIES = (
    (1000, 400),
    (1200, 500),
    (900, 400),
    (1100, 450),
    (1400, 500),
    (950, 350),
)


class SalesAssistantDemo(models.AbstractModel):
    """SA-09 in the story: a customer with two steady years asks for ten times as much,
    another has fallen silent."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_pattern(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        steady = self.env.ref("sales_assistant.partner_nordlicht_demo")
        silent = self.env.ref("sales_assistant.partner_tanaka_demo")
        reviewed = company.sales_assistant_review_enabled
        company.sales_assistant_review_enabled = False
        self._make_closed(steady, count=25, every=30, last=62)
        self._make_closed(silent, count=20, every=24, last=75)
        self._make_recent(steady, days=31)
        company.sales_assistant_review_enabled = reviewed
        company.sales_assistant_pattern_enabled = True
        self._make_odd(steady)
        self.env["sales.assistant.pattern"]._refresh(steady | silent, company)

    def _prepare_pattern_order(self, customer, quantities, day):
        products = self._get_products()[:2]
        return self._prepare_archive_order(customer, products, quantities, day)

    def _make_closed(self, customer, count, every, last):
        """Orders of a steady rhythm."""
        today = self.env.company._get_sales_today()
        self._close(
            self.env["sale.order"].create(
                [
                    self._prepare_pattern_order(
                        customer,
                        QUANTITIES[n % len(QUANTITIES)],
                        today
                        - timedelta(days=last + every * (count - 1 - n) + n % 4 - 2),
                    )
                    for n in range(count)
                ]
            )
        )

    def _make_recent(self, customer, days):
        """The order of last month, through the real steps."""
        today = self.env.company._get_sales_today()
        day = today - timedelta(days=days)
        order = self.env["sale.order"].create(
            [self._prepare_pattern_order(customer, QUANTITIES[0], day)]
        )
        order.action_confirm()
        order.date_order = self.env.company._get_sales_moment(day, time(10))
        self._ship(order, [day])
        self._invoice(order, [day])

    def _make_odd(self, customer):
        """Ten times as much, not checked yet; and a large order that the customer has
        confirmed on the phone."""
        today = self.env.company._get_sales_today()
        _odd, large = self.env["sale.order"].create(
            [
                self._prepare_pattern_order(customer, quantities, today)
                for quantities in ((12000, 450), (4000, 450))
            ]
        )
        self._check_unusual(
            large,
            "Frau Petersen",
            "弗伦斯堡分公司开业备货。 / Stock for a new branch.",
        )

    def _check_unusual(self, order, person, note):
        """The assistant has asked the customer about what is unusual."""
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        check = (
            self.env["sales.assistant.pattern.check"]
            .with_user(assistant)
            .create(
                {
                    "order_id": order.id,
                    "contact_name": person,
                    "channel": "phone",
                    "note": note,
                }
            )
        )
        if check.line_ids:
            check.line_ids.answer = "confirmed"
            check.action_apply()
