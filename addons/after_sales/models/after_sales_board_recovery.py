# pylint: disable=consider-merging-classes-inherited
# Own file: the lanes between maker and supplier are one concept.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

CLERK = "after_sales.group_after_sales_clerk"
QUALITY = "after_sales.group_after_sales_quality"
RESPONSIBILITY_ACTION = "after_sales.after_sales_responsibility_action"
RESPONSIBILITY_FIELDS = [
    "name",
    "supplier_id",
    "product_id",
    "recover_total",
    "currency_id",
    "company_id",
    "date_due",
    "date_bar",
    "state",
]


class AfterSalesBoard(models.AbstractModel):
    """Suppliers on the board (AS-09, AS-13): whom to ask, what to decide, what is to be
    recovered before its time bar, and lines in dispute."""

    _inherit = "after.sales.board"

    @api.model
    def _get_lane_domains(self):
        today = self.env.company._get_sales_today()
        company = Domain("company_id", "in", self.env.companies.ids)
        late = Domain("state", "=", "asked") & Domain("date_due", "<", today)
        return {
            **super()._get_lane_domains(),
            "to_ask": list(
                company
                & Domain("state", "=", "draft")
                & Domain("share_supplier", ">", 0)
            ),
            "to_decide": list(
                company & (Domain("state", "in", ("accepted", "disputed")) | late)
            ),
            "time_bar": list(
                company
                & self.env["after.sales.responsibility"]._get_near_bar_domain(
                    self.env.company
                )
            ),
            "recover": list(
                company & Domain("state", "in", ("draft", "sent", "confirmed"))
            ),
            "line_dispute": list(company & Domain("state", "=", "disputed")),
        }

    @api.model
    def _get_lanes(self):
        _ = self.env._
        domains = self._get_lane_domains()
        responsibility = {
            "model": "after.sales.responsibility",
            "action": RESPONSIBILITY_ACTION,
            "fields": RESPONSIBILITY_FIELDS,
        }
        own = [
            {
                **responsibility,
                "key": "time_bar",
                "title": _("Time Bar Near or Past"),
                "icon": "fa-hourglass-end",
                "domain": domains["time_bar"],
                "order": "date_bar, id",
                "row": self._get_time_bar_row,
                "groups": f"{CLERK},{QUALITY}",
                "empty": _("Everything is recovered in time."),
            },
            {
                **responsibility,
                "key": "to_ask",
                "title": _("Suppliers to Ask"),
                "icon": "fa-question-circle",
                "domain": domains["to_ask"],
                "order": "date_bar, id",
                "row": self._get_to_ask_row,
                "groups": QUALITY,
                "empty": _("All suppliers have been asked."),
                "actions": [
                    {"method": "action_ask", "title": _("Ask"), "icon": "fa-send"}
                ],
            },
            {
                **responsibility,
                "key": "to_decide",
                "title": _("Responsibilities to Decide"),
                "icon": "fa-balance-scale",
                "domain": domains["to_decide"],
                "order": "date_due, id",
                "row": self._get_to_decide_row,
                "groups": QUALITY,
                "empty": _("Every answer is decided."),
            },
            {
                "key": "recover",
                "title": _("Recoveries to Go On With"),
                "icon": "fa-money",
                "model": "after.sales.recovery",
                "domain": domains["recover"],
                "order": "date_from, id",
                "action": "after_sales.after_sales_recovery_action",
                "fields": [
                    "name",
                    "supplier_id",
                    "date_from",
                    "amount_total",
                    "currency_id",
                    "state",
                ],
                "row": self._get_recovery_row,
                "groups": CLERK,
                "empty": _("No recovery is open."),
            },
            {
                "key": "line_dispute",
                "title": _("Charges in Dispute"),
                "icon": "fa-gavel",
                "model": "after.sales.recovery.line",
                "domain": domains["line_dispute"],
                "order": "disputed_at, id",
                "action": "after_sales.after_sales_recovery_line_action",
                "fields": [
                    "claim_id",
                    "supplier_id",
                    "amount_total",
                    "currency_id",
                    "dispute_reason_id",
                    "dispute_note",
                ],
                "row": self._get_dispute_row,
                "groups": f"{CLERK},{QUALITY}",
                "empty": _("No supplier disputes a line."),
            },
        ]
        # An auditor's day begins with claims, a quality engineer's with suppliers.
        others = super()._get_lanes()
        is_auditor = self.env.user.has_group("after_sales.group_after_sales_auditor")
        return [*others, *own] if is_auditor else [*own, *others]

    @api.model
    def _get_responsibility_row(self, record):
        return {
            "title": f"{record.name} · {record.product_id.name or '–'}",
            "subtitle": record.supplier_id.name or "",
            "reason": format_amount(self.env, record.recover_total, record.currency_id),
            "level": "muted",
        }

    @api.model
    def _get_to_ask_row(self, record):
        return self._get_responsibility_row(record)

    @api.model
    def _get_time_bar_row(self, record):
        row = self._get_responsibility_row(record)
        today = record.company_id._get_sales_today()
        is_past = record.date_bar < today
        day = format_date(self.env, record.date_bar)
        text = (
            self.env._("Time bar passed %(date)s", date=day)
            if is_past
            else self.env._("Time bar %(date)s", date=day)
        )
        return {
            **row,
            "reason": f"{text} · {row['reason']}",
            "level": "danger" if is_past else "warning",
        }

    @api.model
    def _get_to_decide_row(self, record):
        row = self._get_responsibility_row(record)
        states = dict(record._fields["state"]._description_selection(self.env))
        text = states[record.state]
        if record.state == "asked":
            text = self.env._(
                "No answer until %(date)s",
                date=format_date(self.env, record.date_due),
            )
        return {
            **row,
            "reason": f"{text} · {row['reason']}",
            "level": "muted" if record.state == "accepted" else "warning",
        }

    @api.model
    def _get_recovery_row(self, recovery):
        amount = format_amount(self.env, recovery.amount_total, recovery.currency_id)
        month = format_date(self.env, recovery.date_from, date_format="MM/yyyy")
        states = dict(recovery._fields["state"]._description_selection(self.env))
        return {
            "title": recovery.name,
            "subtitle": recovery.supplier_id.name,
            "reason": f"{month} · {amount} · {states[recovery.state]}",
            "level": "warning" if recovery.state == "confirmed" else "muted",
        }

    @api.model
    def _get_dispute_row(self, line):
        amount = format_amount(self.env, line.amount_total, line.currency_id)
        return {
            "title": f"{line.claim_id.name} · {amount}",
            "subtitle": line.supplier_id.name,
            "reason": line.dispute_note or line.dispute_reason_id.name or "",
            "level": "warning",
        }
