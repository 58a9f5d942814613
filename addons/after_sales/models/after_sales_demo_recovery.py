# pylint: disable=consider-merging-classes-inherited
# Own file: suppliers in the demo story.
from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_base.tools.period import add_months, month_of

#: what the supplier says to the first of those it disputes
OBJECTION = (
    "壳体有外力磕碰痕迹。图纸要求扭矩 25 Nm，照片显示法兰开裂。\n"
    "The housing shows marks of a blow from outside. Our drawing asks for a torque of "
    "25 Nm; the photo shows a cracked flange."
)


class AfterSalesDemo(models.AbstractModel):
    """Suppliers in the story: what they bore of old claims is posted, one credit note
    is set off against their bill; last month's recovery is with them and one line of it
    is in dispute; of the last weeks some are asked, answered, late, or still to ask."""

    _inherit = "after.sales.demo"

    @api.model
    def _create_story(self):
        result = super()._create_story()
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        story._create_recovery_story(company)
        return result

    def _create_recovery_story(self, company):
        today = company._get_sales_today()
        responsibilities = self.env["after.sales.responsibility"]
        claims = self.env["after.sales.claim"].search(
            responsibilities._get_unprepared_domain(company), order="id"
        )
        records = responsibilities._prepare_claims(claims).sorted("id")
        old = records.filtered(lambda row: row.date_approved <= today - timedelta(57))
        barred = old.filtered(
            lambda row: row.supplier_id == self._get_demo("supplier_battery")
        ).sorted("date_approved")[:1]
        self._decide_old_responsibilities(old - barred, today)
        self._post_old_recoveries(today)
        self._ask_as_quality(barred, today - timedelta(30))
        self._answer_recent(records - old, today)
        self._send_last_recovery(today)

    # -------------------------------------------------------------- responsibilities

    def _decide_old_responsibilities(self, records, today):
        """Created as they ended: three weeks after the approval of the claim."""
        quality = self._get_demo("user_quality")
        for day, own in records.grouped("date_approved").items():
            decided = min(day + timedelta(days=20), today)
            charged = own.filtered("recover_total")
            charged.write(
                {
                    "asked_at": fields.Datetime.to_datetime(day + timedelta(days=2)),
                    "date_due": day + timedelta(days=16),
                    "answered_at": fields.Datetime.to_datetime(
                        day + timedelta(days=12)
                    ),
                }
            )
            (own - charged).is_closed = True
            own.write(
                {
                    "state": "decided",
                    "date_decided": decided,
                    "decided_at": fields.Datetime.to_datetime(decided),
                    "decided_by_id": quality.id,
                }
            )

    def _ask_as_quality(self, records, day):
        """Asked on a day of the story."""
        records.with_user(self._get_demo("user_quality")).action_ask()
        for record in records:
            days = record.supplier_id.reaction_days
            record.write(
                {
                    "asked_at": fields.Datetime.to_datetime(day),
                    "date_due": day + timedelta(days=days),
                }
            )

    def _answer_recent(self, records, today):
        """Eight weeks: a third decided, others accepted, disputed, late or waiting.
        Every step is taken by its person and stands in the chatter on its day."""
        self._write_chatter({})  # of what was done before, by its own people
        records = records.with_context(tracking_disable=False)
        asked = records.filtered(lambda row: row.supplier_id and row.share_supplier)
        cooling = self._get_demo("supplier_cooling")
        waiting = asked[:-6].filtered(lambda row: row.supplier_id == cooling)[-5:]
        earlier = asked[:-6] - waiting
        for day, own in earlier.grouped("date_approved").items():
            self._ask_as_quality(own, min(day + timedelta(days=2), today))
        self._ask_as_quality(waiting, today - timedelta(days=4))
        self._write_chatter(
            {record: record.asked_at.date() for record in earlier | waiting}
        )
        own = earlier.filtered(lambda row: row.supplier_id == cooling)
        others = earlier - own
        third = len(own) // 3
        supplier = self._get_demo("user_supplier")
        # sudo: as the portal does
        answering_sudo = own.with_user(supplier).sudo()
        answering_sudo[: 2 * third].action_accept()
        reasons = self.env["after.sales.responsibility"]._portal_get_reasons(
            "after_sales_dispute"
        )
        for place, record in enumerate(answering_sudo[2 * third : 2 * third + 2]):
            record._do_with_reason("dispute", reasons[1 + place], OBJECTION)
        self._date_answers(own[: 2 * third + 2], today)
        records._answer_next_silent(self.env.company)
        silent = others.filtered("is_silent")
        self._date_answers(silent, today)
        self._decide_as_quality(own[:third] | silent, today)

    def _date_answers(self, records, today):
        """Who answers does so within five days, silence when they are over."""
        days = {}
        for record in records:
            asked = record.asked_at.date()
            day = record.date_due if record.is_silent else asked + timedelta(days=5)
            days[record] = min(day, today)
            record.answered_at = fields.Datetime.to_datetime(days[record])
        self._write_chatter(days)

    def _decide_as_quality(self, records, today):
        """What was answered last month was decided in it."""
        last = month_of(add_months(today.replace(day=1), -1)).last
        ready = records.filtered(lambda record: record.answered_at.date() <= last)
        ready.with_user(self._get_demo("user_quality")).action_decide()
        days = {}
        for record in ready:
            day = min(record.answered_at.date() + timedelta(days=2), last)
            days[record] = day
            record.write(
                {
                    "date_decided": day,
                    "decided_at": fields.Datetime.to_datetime(day),
                }
            )
        self._write_chatter(days)

    # ------------------------------------------------------------------- recoveries

    def _post_old_recoveries(self, today):
        """Two months posted; the older one of the cooling supplier is set off."""
        recoveries = self.env["after.sales.recovery"]
        company = self.env.company
        clerk = self._get_demo("user_clerk")
        for back in (4, 3):
            month = month_of(add_months(today.replace(day=1), -back))
            recoveries._recover(
                self.env["after.sales.responsibility"].search(
                    recoveries._get_recoverable_domain(company, month.last)
                ),
                *month,
            )
            own = recoveries.search([("date_from", "=", month.first)])
            # sudo: the story is told as the clerk, without rights on accounting
            own_sudo = own.with_user(clerk).sudo()
            own_sudo.action_send()
            own_sudo.action_confirm()
            own_sudo.action_post()
            for recovery in own:
                moment = fields.Datetime.to_datetime(recovery.date_to)
                recovery.write(
                    {
                        "sent_at": moment + timedelta(days=3),
                        "confirmed_at": moment + timedelta(days=10),
                        "date_posted": recovery.date_to + timedelta(days=12),
                    }
                )
            if back == 4:
                first = own_sudo.filtered(
                    lambda row: row.supplier_id == self._get_demo("supplier_cooling")
                )
                self._create_supplier_bill(first, today)
                first.action_offset()

    def _create_supplier_bill(self, recovery, today):
        """A delivery of pumps that the supplier has billed."""
        pump = self._get_demo("product_pump")
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": recovery.partner_id.id,
                "currency_id": recovery.currency_id.id,
                "invoice_date": today - timedelta(days=40),
                "ref": "NB-2231",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": pump.id,
                            "quantity": 120,
                            "price_unit": pump.standard_price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        bill.action_post()

    def _send_last_recovery(self, today):
        """Last month is with the suppliers; the cooling supplier disputes a line."""
        recoveries = self.env["after.sales.recovery"]
        month = month_of(add_months(today.replace(day=1), -1))
        clerk = self._get_demo("user_clerk")
        recoveries.with_user(clerk)._start_month(month.first, at_once=True)
        own = recoveries.search([("date_from", "=", month.first)], order="id")
        cooling = own.filtered(
            lambda row: row.supplier_id == self._get_demo("supplier_cooling")
        )
        cooling.with_user(clerk).action_send()
        reasons = self.env["after.sales.responsibility"]._portal_get_reasons(
            "after_sales_dispute"
        )
        supplier = self._get_demo("user_supplier")
        # sudo: as the portal does
        cooling.line_ids[:1].with_user(supplier).sudo()._do_with_reason(
            "dispute",
            reasons[3],
            "一月起协议价已下调。 The agreed price is lower since January.",
        )
