from odoo import http
from odoo.http import request

from .portal_pages import PortalPages

REPLY_MAX = 4000


class NoticePortal(PortalPages):
    """Notices in the portal (F-22): read, confirmed and replied to by stations and
    other readers outside the house."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        notices = request.env["sales.notice"]
        if "sales_notice_count" in counters:
            values["sales_notice_count"] = notices.search_count([])
        if "sales_notice_unread_count" in counters:
            values["sales_notice_unread_count"] = notices.search_count(
                [("is_unread", "=", True)]
            )
        return values

    def _get_notice(self, notice_id):
        return self._find_document("sales.notice", notice_id)

    @http.route(
        ["/my/notices", "/my/notices/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_notices(self, page=1, **kw):
        found, pager = self._find_page(request.env["sales.notice"], "/my/notices", page)
        return self._render_page(
            "sales_base.portal_notices", "sales_notices", notices=found, pager=pager
        )

    @http.route(
        "/my/notices/<int:notice_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_notice(self, notice_id, **kw):
        notice = self._get_notice(notice_id)
        notice_sudo = notice.sudo()  # sudo: files and author; found as the user
        replies = notice_sudo.reply_ids
        return self._render_page(
            "sales_base.portal_notice",
            "sales_notice",
            notice=notice_sudo,
            is_unread=notice.is_unread,
            can_reply=notice.can_reply,
            own_replies=replies.filtered(
                lambda reply: reply.user_id == request.env.user
            ),
            shared_replies=replies.filtered(
                lambda reply: (
                    reply.is_shared
                    and reply.answer
                    and reply.user_id != request.env.user
                )
            ),
        )

    @http.route(
        "/my/notices/<int:notice_id>/file/<int:attachment_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_notice_file(self, notice_id, attachment_id, **kw):
        # sudo: a file of a notice that was found as the user
        files_sudo = self._get_notice(notice_id).sudo().attachment_ids
        file_sudo = files_sudo.filtered(lambda row: row.id == attachment_id)
        if not file_sudo:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file_sudo)
        return stream.get_response(as_attachment=True)

    @http.route(
        "/my/notices/<int:notice_id>/read",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_notice_read(self, notice_id, **post):
        notice = self._get_notice(notice_id)
        if notice.is_unread:
            notice.action_read()
        return request.redirect(f"/my/notices/{notice.id}")

    @http.route(
        "/my/notices/<int:notice_id>/reply",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_notice_reply(self, notice_id, **post):
        notice = self._get_notice(notice_id)

        def reply():
            notice._check_can("reply")
            notice._do_reply(str(post.get("text") or "")[:REPLY_MAX])

        return self._answer_form(reply, f"/my/notices/{notice.id}")
