# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .sales_assistant_document_set import DOCUMENT_SET


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-17a: document sets of which something is due."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        return [*super()._get_lanes(), self._get_document_set_lane()]

    @api.model
    def _get_document_set_lane(self):
        sets = self.env["sales.assistant.document.set"]
        acting = self.env.user._get_sales_acting_ids()
        due = sets._get_due_domain()
        mine = Domain("company_id", "in", self.env.companies.ids) & Domain(
            "item_ids",
            "any",
            Domain("state", "=", "open") & Domain("user_id", "in", acting),
        )
        return {
            "key": "document_sets",
            "title": self.env._("Document sets due"),
            "icon": "fa-files-o",
            "model": "sales.assistant.document.set",
            "domain": due & (self._get_scope() | mine),
            "order": "date_next, id",
            "fields": ["name", "template_id", "partner_id", "date_next", "state"],
            "row": self._get_document_set_row,
            "action": "sales_assistant.sales_assistant_document_set_action",
            "groups": DOCUMENT_SET,
            "owner": "assistant_id",
        }

    @api.model
    def _get_document_set_row(self, one):
        _ = self.env._
        day = format_date(self.env, one.date_next)
        if one.state == "ready":
            reason = _("complete, hand in until %(day)s", day=day)
        else:
            reason = _(
                "%(done)s of %(count)s documents, next due on %(day)s",
                done=one.item_done_count,
                count=one.item_count,
                day=day,
            )
        return {
            "title": f"{one.order_id.name} · {one.template_id.name}",
            "subtitle": one.partner_id.display_name,
            "reason": reason,
            "level": "danger" if one.is_late else "warning",
        }
