from odoo import fields, models


class SalesNoticeReply(models.Model):
    """What a reader asks or tells, and the author's answer, for him or for all
    (信息发布、交流, S2 第三篇)."""

    _name = "sales.notice.reply"
    _description = "Reply to a Notice"
    _order = "id desc"
    _rec_name = "text"

    notice_id = fields.Many2one(
        "sales.notice", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        "From",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    text = fields.Text("Reply", required=True, readonly=True)
    answer = fields.Text()
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    answered_at = fields.Datetime("Answered on", readonly=True, copy=False)
    is_shared = fields.Boolean(
        "For All", help="All readers see question and answer, not who asked."
    )

    _open_idx = models.Index("(notice_id, id) WHERE answer IS NULL")

    def _has_field_access(self, field, operation):
        """The author answers; what was asked, by whom and when, nobody rewrites."""
        if operation == "write" and not self.env.su:
            return field.name in ("answer", "is_shared") and super()._has_field_access(
                field, operation
            )
        return super()._has_field_access(field, operation)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("answer"):
            # sudo: who answered is noted, not typed
            self.sudo().write(
                {"answered_by_id": self.env.uid, "answered_at": fields.Datetime.now()}
            )
        return result
