from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.sheet import Column

#: people reminded before the work so far is committed
REMINDED_AT_ONCE = 100


class SalesNoticeReceipt(models.Model):
    """That a person has a notice, and when he said he has read it (F-22)."""

    _name = "sales.notice.receipt"
    _inherit = ["sales.sheet.mixin"]
    _description = "Receipt of a Notice"
    _order = "read_at desc, id"
    _rec_name = "user_id"

    notice_id = fields.Many2one(
        "sales.notice", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="notice_id.company_id", store=True, index=True, precompute=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Reader",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        related="user_id.partner_id.commercial_partner_id", string="Company of Reader"
    )
    read_at = fields.Datetime("Read on", readonly=True)
    reminded_at = fields.Datetime("Reminded on", readonly=True)
    reminder_count = fields.Integer("Reminders", readonly=True)

    _reader_uniq = models.Constraint(
        "UNIQUE(notice_id, user_id)", "This person has the notice already."
    )
    _unread_idx = models.Index("(user_id, notice_id) WHERE read_at IS NULL")

    @api.model
    def _get_sheet_title(self):
        return self.env._("Receipts of Notices")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("notice_id.name", label=_("Notice")),
            Column("notice_id.subject", label=_("Subject"), width=40),
            Column("user_id.partner_id.name", label=_("Reader")),
            Column("notice_id.date_due", label=_("Read Until")),
            Column("read_at"),
            Column("reminded_at"),
            Column("reminder_count"),
        ]

    # ----------------------------------------------------------------- reminders

    @api.model
    def _get_reminder_domain(self):
        """Unread receipts of notices whose day is tomorrow or has passed, not reminded
        of today."""
        today = self.env.company._get_sales_today()
        begin = self.env.company._get_sales_moment(today)
        due = (
            Domain("state", "=", "published")
            & Domain("is_must_read", "=", True)
            & Domain("date_due", "<=", today + timedelta(days=1))
        )
        fresh = Domain("reminded_at", "=", False) | Domain("reminded_at", "<", begin)
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("read_at", "=", False)
            & Domain("notice_id", "any", due)
            & fresh
            & self._get_reminded_people_domain()
        )

    @api.model
    def _get_reminded_people_domain(self):
        """Mail leaves the house only where a setting says so."""
        if self.env.company.sales_notice_remind_outside:
            return Domain("user_id.active", "=", True)
        return Domain("user_id.active", "=", True) & Domain("user_id.share", "=", False)

    @api.model
    def _cron_remind(self):
        """Give receipts to who joined an audience, then remind whoever is late, each
        person once a day with one message."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([]):
            own = self.with_company(company)
            notices = own.env["sales.notice"].search(
                [("state", "=", "published"), ("company_id", "=", company.id)]
            )
            notices._update_receipts()
            cron._commit_progress()
            domain = own._get_reminder_domain()
            while groups := own._read_group(
                domain, ["user_id"], ["id:recordset"], limit=REMINDED_AT_ONCE
            ):
                for user, receipts in groups:
                    receipts._do_remind(user)
                if not cron._commit_progress():
                    return

    def _do_remind(self, user):
        """One message to one person about all that he has not read."""
        reader = self.with_context(lang=user.lang)
        rows = Markup("").join(
            Markup("<li>%s (%s)</li>")
            % (
                receipt.notice_id.display_name,
                format_date(reader.env, receipt.notice_id.date_due),
            )
            for receipt in reader
        )
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=reader.env._("Notices that wait to be read"),
            body=Markup("<p>%s</p><ul>%s</ul>")
            % (reader.env._("Please read and confirm:"), rows),
        )
        now = fields.Datetime.now()
        for count, receipts in self.grouped("reminder_count").items():
            receipts.write({"reminded_at": now, "reminder_count": count + 1})
