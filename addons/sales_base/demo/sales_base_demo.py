from datetime import time, timedelta

from odoo import api, fields, models

#: older complaints are created as they ended
OLD_DAYS = 56
#: working hours until response and answer, in turn
RESPOND, RESOLVE = (0.5, 1.5, 3, 2, 6, 1), (6, 12, 20, 9, 46, 30)
SILENT = {"mail_notrack": True, "mail_activity_quick_update": True}


class SalesBaseDemo(models.AbstractModel):
    """Demo complaints and notices; the apps' demo files give the rows."""

    _name = "sales.base.demo"
    _description = "Demo Data Shared by the Sales Apps"

    @api.model
    def _load_complaints(self, rows):
        """Take complaints down and lead them to their state.

        :param list rows: (days ago, customer id, subject, category, severity, cause,
            answer, state, score); category and severity are the ends of external ids
        """
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **SILENT
        )
        today = company._get_sales_today()
        for number, row in enumerate(rows):
            days, partner_id, subject, category, severity, *rest = row
            day = today - timedelta(days=days)
            moment = company._get_sales_moment(day, time(9 + number % 7, 10))
            complaint = self.env["sales.complaint"].create(
                {
                    "subject": subject,
                    "partner_id": partner_id,
                    "channel": ("phone", "message", "visit", "email")[number % 4],
                    "received_at": min(moment, fields.Datetime.now()),
                    "category_id": self._get_ref(f"category_{category}"),
                    "severity_id": self._get_ref(f"severity_{severity}"),
                }
            )
            if not complaint.user_id:
                complaint.user_id = self.env.ref("sales_base.user_salesperson_demo")
            self._lead(complaint, number, days > OLD_DAYS, *rest)

    def _get_ref(self, name):
        return self.env.ref(f"sales_base.sales_complaint_{name}").id

    def _lead(self, complaint, number, is_old, cause, answer, state, score):
        """Through the real steps; then the clocks are set to what they would show."""
        if state == "new":
            return
        handler = complaint.with_user(complaint.user_id)
        handler.action_accept()
        justified = number % 4 != 3
        complaint.write(
            {
                "judgement": "justified" if justified else "unjustified",
                "cause": cause,
                "action_taken": "Corrected, and checked again a week later.",
                "answer": answer,
            }
        )
        if state in ("answered", "closed"):
            handler.action_answer()
        if state == "closed":
            handler._do_close(score, False)
        self._set_clocks(complaint, number)

    def _set_clocks(self, complaint, number):
        respond = RESPOND[number % len(RESPOND)]
        resolve = RESOLVE[number % len(RESOLVE)]
        responded, answered = complaint.company_id._plan_sales_hours(
            [(complaint.received_at, respond), (complaint.received_at, resolve)]
        )
        values = {
            "responded_at": responded,
            "respond_hours": respond,
            "is_respond_late": responded > complaint.respond_due_at,
        }
        if complaint.answered_at:
            values.update(
                answered_at=answered,
                resolve_hours=resolve,
                is_resolve_late=answered > complaint.resolve_due_at,
            )
        if complaint.closed_at:
            values["closed_at"] = answered + timedelta(days=2)
        complaint._write_guarded(values)

    @api.model
    def _load_notices(self, rows):
        """Publish notices.

        :param list rows: (days ago, author id, kind, subject, body, days to read,
            audience as values, share of readers who have read it)
        """
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **SILENT
        )
        today = company._get_sales_today()
        for days, author_id, kind, subject, body, term, audience, share in rows:
            day = today - timedelta(days=days)
            notice = self.env["sales.notice"].create(
                {
                    "subject": subject,
                    "body": f"<p>{body}</p>",
                    "kind": kind,
                    "user_id": author_id,
                    "date_due": day + timedelta(days=term),
                    **audience,
                }
            )
            notice.action_publish()
            published = company._get_sales_moment(day, time(8, 30))
            notice._write_guarded({"published_at": published})
            receipts = notice.receipt_ids.sorted("id")
            for number, receipt in enumerate(receipts[: round(share * len(receipts))]):
                receipt.read_at = min(
                    published + timedelta(hours=3 + 7 * number), fields.Datetime.now()
                )
