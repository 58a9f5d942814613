# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_base.tools.period import quarter_of

#: (customer, kind, what, the customer's mark, pieces, where, days ago, value)
OWNED = (
    (
        0,
        "tooling",
        "Outer ring forming die 6204",
        "RC-T-017",
        1,
        "Tool room, A3",
        400,
        3200,
    ),
    (
        0,
        "drawing",
        "Drawing, cage with sound grooves",
        "RC-2204-7 E",
        1,
        "Drawing cabinet, 4",
        390,
        0,
    ),
    (0, "packaging", "Returnable pallets", "RC-PAL", 60, "Yard, bay 2", 210, 18),
    (
        1,
        "tooling",
        "Laser marking fixture, logo",
        "MW-LF-2",
        2,
        "Finishing, line 1",
        300,
        450,
    ),
    (
        1,
        "sample",
        "Master bearing 6305, C3",
        "MW-S-11",
        3,
        "Sample cabinet, 2",
        160,
        25,
    ),
    (
        4,
        "material",
        "Seals of the customer's supply",
        "AR-SL-2RS",
        2000,
        "Store, row 7",
        95,
        0.2,
    ),
    (
        6,
        "drawing",
        "Drawing, flange of UCP205",
        "BN-88-03 B",
        1,
        "Drawing cabinet, 4",
        60,
        0,
    ),
    (8, "sample", "Worn bearing for analysis", "SM-Q3", 2, "Laboratory", 24, 0),
)


class SalesAssistantDemo(models.AbstractModel):
    """SA-17c: what customers have with us: a count agreed last quarter in which pallets
    were missing, one with the customer, one to do, a sample to return."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load_property(self):
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids,
            tracking_disable=True,
            mail_notrack=True,
        )
        today = company._get_sales_today()
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        owned = self._create_property().with_user(assistant)
        for one, values in zip(owned, OWNED, strict=True):
            one._do_receive(
                values[4],
                today - timedelta(days=values[6]),
                place=values[5],
                condition="good",
                keeper_id=self.env.ref("sales_assistant.user_assistant_demo").id,
                note="With their delivery note",
            )
        pallets, seals = owned[2], owned[5]
        pallets._do_return(20, today - timedelta(days=150))
        last = quarter_of(quarter_of(today).first - timedelta(days=1)).last
        self._count(pallets, last, agreed=True, missing={pallets: 2})
        self._use_up(seals)
        self._count(owned[3], today - timedelta(days=4))
        owned[7].date_return_due = today + timedelta(days=3)
        self.env["sales.assistant.property.count"]._create_counts(
            owned[6].commercial_partner_id, company, today
        )

    def _create_property(self):
        customers = self._get_customers()
        return self.env["sales.assistant.customer.property"].create(
            [
                {
                    "partner_id": customers[place].id,
                    "kind": kind,
                    "subject": subject,
                    "reference": reference,
                    "value": value,
                    "user_id": self.env.ref("sales_base.user_salesperson_demo").id,
                    "assistant_id": self.env.ref(
                        "sales_assistant.user_assistant_demo"
                    ).id,
                    "team_id": self.env.ref("sales_assistant.crm_team_export_demo").id,
                }
                for place, kind, subject, reference, _n, _where, _days, value in OWNED
            ]
        )

    def _use_up(self, seals):
        day = self.env.company._get_sales_today() - timedelta(days=30)
        seals._do_write_off(
            1200,
            day,
            self.env.ref("sales_assistant.sales_reason_property_used"),
            date_told=day,
            note="Fitted in their order of this month",
        )

    def _count(self, one, day, agreed=False, missing=()):
        """A count by the assistant, sent, and agreed by the customer."""
        counts = self.env["sales.assistant.property.count"]
        count = counts._create_counts(one.commercial_partner_id, self.env.company, day)
        for line in count.line_ids:
            gone = dict(missing).get(line.property_id, 0)
            line.write(
                {
                    "is_counted": True,
                    "counted_quantity": line.booked_quantity - gone,
                    "note": "Broken, and burnt in the yard" if gone else False,
                }
            )
        assistant = self.env.ref("sales_assistant.user_assistant_demo")
        count.with_user(assistant).action_count()
        count._do_send()
        if agreed:
            count._do_agree(one.partner_id.name, False)
