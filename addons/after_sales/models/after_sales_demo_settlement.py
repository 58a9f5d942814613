# pylint: disable=consider-merging-classes-inherited
# Own file: charges, objections and complaints of the demo story.
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_base.tools.period import add_months, month_of

#: station, kind, amount, reason, note, days before the end of last month
CHARGES = [
    (
        "beijing",
        "penalty",
        120,
        2,
        "两周的派工单一次寄来。 Job sheets of two weeks came in one parcel.",
        6,
    ),
    (
        "shanghai",
        "credit",
        86.4,
        5,
        "发电机快递至杭州。 Alternator sent to Hangzhou by express.",
        9,
    ),
    (
        "tianjin",
        "deduction",
        64,
        1,
        "返回的水泵缺皮带轮。 Pump returned without its pulley.",
        3,
    ),
]


class AfterSalesDemo(models.AbstractModel):
    """The clerk's part of the story: deductions, penalties and credits of last month;
    two stations object, one has its answer; complaints that belong to claims."""

    _inherit = "after.sales.demo"

    def _settle_recent(self, today):
        month = month_of(add_months(today.replace(day=1), -1))
        self._create_charges(month, today)
        result = super()._settle_recent(today)
        for key, login in (("shanghai", "user_station2"), ("beijing", "user_station")):
            self._object_to_settlement(month, key, login)
        return result

    def _create_charges(self, month, today):
        charges = self.env["after.sales.charge"].with_user(self._get_demo("user_clerk"))
        values_list = [
            {
                "station_id": self._get_demo(f"station_{key}").id,
                "kind": kind,
                "value": value,
                "reason_id": self.env.ref(f"after_sales.reason_charge_{reason}").id,
                "note": note,
                "date": month.last - timedelta(days=days),
            }
            for key, kind, value, reason, note, days in CHARGES
        ]
        charges.create(values_list).action_open()
        charges.create({**values_list[2], "date": today, "value": 18})

    def _object_to_settlement(self, month, key, login):
        """The station objects to its largest row; Shanghai's is answered already."""
        clerk = self._get_demo("user_clerk")
        settlement = self.env["after.sales.settlement"].search(
            [
                ("station_id", "=", self._get_demo(f"station_{key}").id),
                ("date_from", "=", month.first),
                ("state", "in", ("draft", "sent")),
            ]
        )
        if not settlement:
            return
        if settlement.state == "draft":
            settlement.with_user(clerk).action_send()
        row = settlement.line_ids.filtered(lambda line: line.kind == "claim").sorted(
            "amount"
        )[-1:]
        if not row:
            return
        objection = settlement.with_user(self._get_demo(login))._portal_object(
            row.id,
            {
                "reason_id": self.env.ref("after_sales.reason_objection_1").id,
                "note": "工时少算了第二名技师。"
                " The second mechanic is missing in the hours.",
            },
        )
        if key == "shanghai":
            objection.with_user(clerk)._answer(
                "credited",
                "情况属实，补半小时。 You are right: half an hour is credited.",
                42,
            )

    @api.model
    def _tell_complaints(self):
        """A complaint closed long ago belongs to a claim; a call of this week has made
        a new one."""
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        shanghai = story._get_demo("station_shanghai")
        complaint = story.env["sales.complaint"].search(
            [
                ("partner_id", "=", shanghai.partner_id.id),
                ("state", "=", "closed"),
                ("satisfaction", "=", 95),
            ],
            limit=1,
        )
        claim = story.env["after.sales.claim"].search(
            [("station_id", "=", shanghai.id), ("state", "=", "settled")], limit=1
        )
        claim._link_complaint(complaint)
        repair = story.env["after.sales.repair"].search(
            [
                ("station_id", "=", shanghai.id),
                ("state", "=", "picked_up"),
                ("called_at", "=", False),
            ],
            order="picked_up_at",
            limit=1,
        )
        if repair:
            repair.with_user(story._get_demo("user_quality"))._rate(
                45,
                "比约定多等两小时，无人说明。\n"
                "Waited two hours longer than promised, nobody said why.",
            )
            # the subject is made in the language of who calls
            repair.complaint_id.subject = (
                f"{repair.name} 回访 45 分 / 45 points in the call after the repair"
            )
