from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.sheet import Column
from .sales_document_mixin import Step

NOTICE_STATES = [("draft", "Draft"), ("published", "Published"), ("closed", "Closed")]
NOTICE_KINDS = [
    ("notice", "Notice"),
    ("policy", "Policy"),
    ("training", "Training Material"),
    ("product", "Product Information"),
]
USER = "sales_base.group_sales_base_user"
PUBLISHER = "sales_base.group_sales_base_publisher"
READER = f"{USER},base.group_portal"
#: fields that say who reads; apps add theirs by ``_get_audience_fields``
AUDIENCE = ("is_for_all", "user_ids", "team_ids", "department_ids")


class SalesNotice(models.Model):
    """F-22: text and files that people must read (通知上传下达、学习资料、信息发布,
    S0 十一; S3; S2 第三篇、内勤 1).

    Publishing gives every person of the audience a receipt, which notes when he said
    that he has read it. Who joins the audience later gets his then. Replies come back
    to the author, who answers them, for the asker or for all.
    """

    _name = "sales.notice"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _description = "Notice"
    _order = "published_at desc, id desc"
    _check_company_auto = True

    _steps = {
        "publish": Step({"draft"}, "published", PUBLISHER),
        "close": Step({"published"}, "closed", PUBLISHER),
        "read": Step({"published", "closed"}, None, READER, "read"),
        "reply": Step({"published"}, None, READER, "read"),
    }
    _frozen_states = frozenset({"published", "closed"})
    _closed_fields = frozenset({"published_at"})

    subject = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        NOTICE_STATES, required=True, default="draft", index=True, tracking=True
    )
    kind = fields.Selection(NOTICE_KINDS, required=True, default="notice")
    body = fields.Html()
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    user_id = fields.Many2one(
        "res.users",
        "Author",
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    published_at = fields.Datetime("Published on", readonly=True, copy=False)
    is_must_read = fields.Boolean(
        "Must Be Read", default=True, help="Who has not read it in time is reminded."
    )
    date_due = fields.Date("Read Until")

    # audience
    is_for_all = fields.Boolean("All Users of the Sales Apps")
    user_ids = fields.Many2many(
        "res.users", string="People", domain=[("share", "=", False)]
    )
    team_ids = fields.Many2many("crm.team", string="Sales Teams", check_company=True)
    department_ids = fields.Many2many(
        "sales.department", string="Departments", check_company=True
    )

    # who has read it
    receipt_ids = fields.One2many("sales.notice.receipt", "notice_id", copy=False)
    reply_ids = fields.One2many("sales.notice.reply", "notice_id", copy=False)
    receipt_count = fields.Integer("Readers", compute="_compute_receipts")
    read_count = fields.Integer("Have Read It", compute="_compute_receipts")
    read_percent = fields.Float("Read (%)", compute="_compute_receipts")
    reply_count = fields.Integer("Replies", compute="_compute_receipts")
    is_unread = fields.Boolean(
        "To Read", compute="_compute_is_unread", search="_search_is_unread"
    )

    can_publish = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_read = fields.Boolean(compute="_compute_can_steps")
    can_reply = fields.Boolean(compute="_compute_can_steps")

    _order_idx = models.Index("(published_at DESC, id DESC)")

    # ---------------------------------------------------------------- computes

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for notice in self:
            names = [notice.name, notice.subject]
            notice.display_name = " · ".join(name for name in names if name)

    @api.depends("receipt_ids.read_at", "reply_ids")
    def _compute_receipts(self):
        domain = [("notice_id", "in", self.ids)]
        receipts = {
            notice: (count, read)
            for notice, count, read in self.env["sales.notice.receipt"]._read_group(
                domain, ["notice_id"], ["__count", "read_at:count"]
            )
        }
        replies = dict(
            self.env["sales.notice.reply"]._read_group(
                domain, ["notice_id"], ["__count"]
            )
        )
        for notice in self:
            count, read = receipts.get(notice._origin, (0, 0))
            notice.receipt_count, notice.read_count = count, read
            notice.read_percent = 100 * read / count if count else 0
            notice.reply_count = replies.get(notice._origin, 0)

    @api.depends("receipt_ids.read_at")
    @api.depends_context("uid")
    def _compute_is_unread(self):
        unread = self.search([("id", "in", self.ids), ("is_unread", "=", True)])
        for notice in self:
            notice.is_unread = notice._origin in unread

    def _search_is_unread(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = Domain("user_id", "=", self.env.uid) & Domain("read_at", "=", False)
        return Domain("state", "=", "published") & Domain("receipt_ids", "any", own)

    # ------------------------------------------------------------------ audience

    @api.model
    def _get_audience_fields(self):
        """Hook: names of the fields that say who reads."""
        return AUDIENCE

    @api.model
    def _get_open_when_frozen(self):
        """A published notice may be given to further people."""
        return super()._get_open_when_frozen() | set(self._get_audience_fields())

    def _get_audience_users(self):
        """Hook: the people a notice is for.

        :returns: res.users, in sudo
        """
        self.ensure_one()
        notice_sudo = self.sudo()  # sudo: who belongs to a team is no secret here
        users_sudo = notice_sudo.user_ids
        users_sudo |= notice_sudo.team_ids.member_ids | notice_sudo.team_ids.user_id
        users_sudo |= notice_sudo.department_ids.member_ids
        users_sudo |= notice_sudo.department_ids.user_id
        if notice_sudo.is_for_all:
            users_sudo |= self.env.ref(USER).sudo().all_user_ids  # sudo: as above
        company = notice_sudo.company_id
        return users_sudo.filtered(
            lambda user: user.active and (user.share or company in user.company_ids)
        )

    def _update_receipts(self):
        """A receipt for everybody of the audience who has none; nobody loses his."""
        # sudo: receipts are written by the notice only
        receipts_sudo = self.env["sales.notice.receipt"].sudo()
        known = {}
        for notice, user in receipts_sudo._read_group(
            [("notice_id", "in", self.ids)], ["notice_id", "user_id"]
        ):
            known.setdefault(notice.id, set()).add(user.id)
        receipts_sudo.create(
            [
                {"notice_id": notice.id, "user_id": user_id}
                for notice in self
                for user_id in notice._get_audience_users().ids
                if user_id not in known.get(notice.id, ())
            ]
        )

    def write(self, vals):
        result = super().write(vals)
        if set(vals) & set(self._get_audience_fields()):
            self.filtered(lambda one: one.state == "published")._update_receipts()
        return result

    # -------------------------------------------------------------------- guards

    def _get_publish_obstacle(self):
        if not any(self[fname] for fname in self._get_audience_fields()):
            return self.env._("choose who reads it.")
        if self.is_must_read and not self.date_due:
            return self.env._("say until when it must be read.")
        return False

    def _get_read_obstacle(self):
        receipt = self._get_own_receipts()
        if not receipt:
            return self.env._("it is not addressed to you.")
        return receipt.read_at and self.env._("you have read it already.")

    def _get_reply_obstacle(self):
        if not self._get_own_receipts():
            return self.env._("it is not addressed to you.")
        return False

    def _get_own_receipts(self):
        """Receipts of the current user, in sudo."""
        # sudo: one's own receipt, also for a portal route
        receipts_sudo = self.env["sales.notice.receipt"].sudo()
        return receipts_sudo.search(
            [("notice_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        )

    # --------------------------------------------------------------------- steps

    def action_publish(self):
        self._check_can("publish")
        self._do_publish()

    def _do_publish(self):
        self._take_step("publish", published_at=fields.Datetime.now())
        self._update_receipts()

    def action_close(self):
        self._check_can("close")
        self._take_step("close")

    def action_read(self):
        """The reader says that he has read it; who and when is noted once."""
        self._check_can("read")
        self._get_own_receipts().write({"read_at": fields.Datetime.now()})

    def action_reply(self):
        self._check_can("reply")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reply"),
            "res_model": "sales.notice.respond",
            "view_mode": "form",
            "target": "new",
            "context": {"default_notice_id": self.id},
        }

    def _do_reply(self, text):
        """Feedback to the author; who replies has read it.

        :param str text: not empty
        :raises UserError: an empty text
        """
        self.ensure_one()
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write something first."))
        unread = self._get_own_receipts().filtered(lambda one: not one.read_at)
        unread.write({"read_at": fields.Datetime.now()})
        # sudo: replies are written by the notice only
        replies_sudo = self.env["sales.notice.reply"].sudo()
        return replies_sudo.create(
            {"notice_id": self.id, "user_id": self.env.uid, "text": text}
        )

    # --------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Notices")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("subject", width=40),
            Column("kind"),
            Column("user_id"),
            Column("published_at"),
            Column("date_due"),
            Column("state"),
        ]
