# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, models
from odoo.fields import Domain

from .sales_assistant_check import FEATURE


class SalesAssistantBoard(models.AbstractModel):
    """SA-01, SA-13: what others have prepared and the current user is to check."""

    _inherit = "sales.assistant.board"

    @api.model
    def _get_lanes(self):
        lanes = super()._get_lanes()
        keys = [lane["key"] for lane in lanes]
        lanes.insert(keys.index("accepted") + 1, self._get_check_lane())
        return lanes

    @api.model
    def _get_check_lane(self):
        checks = self.env["sales.assistant.check"]
        return {
            "key": "to_check",
            "title": self.env._("To check"),
            "icon": "fa-eye",
            "model": "sales.assistant.check",
            "domain": Domain("company_id", "in", self.env.companies.ids)
            & checks._get_mine_domain(),
            "order": "requested_at, id",
            "fields": [
                "kind",
                "order_id",
                "document_set_id",
                "partner_id",
                "requested_by_id",
            ],
            "row": self._get_check_row,
            "action": "sales_assistant.sales_assistant_check_action",
            "groups": FEATURE,
        }

    @api.model
    def _get_check_row(self, check):
        kinds = dict(check._fields["kind"]._description_selection(self.env))
        return {
            # sudo: whoever is asked may see what about
            "title": check.document_set_id.sudo().name or check.order_id.sudo().name,
            "subtitle": check.sudo().partner_id.display_name,  # sudo: see above
            "reason": self.env._(
                "%(kind)s prepared by %(person)s, since %(day)s",
                kind=kinds.get(check.kind),
                person=check.requested_by_id.name,
                day=self._format_moment(check.requested_at),
            ),
            "level": "warning",
        }
