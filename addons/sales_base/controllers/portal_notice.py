from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

REPLY_MAX = 4000


class NoticePortal(CustomerPortal):
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
        """The notice as the user may read it, or 404."""
        notice = request.env["sales.notice"].search([("id", "=", notice_id)])
        if not notice:
            raise request.not_found()
        return notice

    @http.route(
        ["/my/notices", "/my/notices/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_notices(self, page=1, **kw):
        notices = request.env["sales.notice"]
        pager = portal_pager(
            url="/my/notices",
            total=notices.search_count([]),
            page=page,
            step=self._items_per_page,
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "notices": notices.search(
                    [], limit=self._items_per_page, offset=pager["offset"]
                ),
                "pager": pager,
                "page_name": "sales_notices",
            }
        )
        return request.render("sales_base.portal_notices", values)

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
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "notice": notice_sudo,
                "is_unread": notice.is_unread,
                "can_reply": notice.can_reply,
                "own_replies": replies.filtered(
                    lambda reply: reply.user_id == request.env.user
                ),
                "shared_replies": replies.filtered(
                    lambda reply: (
                        reply.is_shared
                        and reply.answer
                        and reply.user_id != request.env.user
                    )
                ),
                "page_name": "sales_notice",
            }
        )
        return request.render("sales_base.portal_notice", values)

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
        "/my/notices/<int:notice_id>/read", type="http", auth="user", methods=["POST"]
    )
    def portal_notice_read(self, notice_id, **post):
        notice = self._get_notice(notice_id)
        if notice.is_unread:
            notice.action_read()
        return request.redirect(f"/my/notices/{notice.id}")

    @http.route(
        "/my/notices/<int:notice_id>/reply", type="http", auth="user", methods=["POST"]
    )
    def portal_notice_reply(self, notice_id, **post):
        notice = self._get_notice(notice_id)
        try:
            notice._check_can("reply")
            notice._do_reply(str(post.get("text") or "")[:REPLY_MAX])
        except (UserError, AccessError) as error:
            return request.make_json_response({"error": str(error)})
        return request.make_json_response({"redirect": f"/my/notices/{notice.id}"})
